/** The operations of the API on postmortems and search. */
import { z } from 'zod'
import { listOf, type Operation, pageQuery } from '#app/http/operation.ts'
import { actionSchema, factorSchema, recordSchema, timelineEntrySchema } from './record.ts'

const named = z.object({ slug: z.string(), name: z.string() })
const day = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'Write YYYY, YYYY-MM or YYYY-MM-DD.')
const filters = {
  theme: z.string().max(200).optional().describe('A theme’s slug'),
  severity: z.string().max(20).optional().describe('SEV-1 to SEV-4'),
  service: z.string().max(200).optional().describe('A service’s slug'),
  from: day.optional().describe('On its first day or later'),
  to: day.optional().describe('Before its first day'),
}

export const searchHit = z.object({
  slug: z.string(),
  key: z.string().nullable().describe('The incident’s key'),
  externalId: z.string().nullable(),
  title: z.string(),
  url: z.string(),
  severity: z.string().nullable(),
  services: z.array(named),
  themes: z.array(named),
  publishedAt: z.string().nullable(),
  snippet: z.string().describe('HTML: only <mark> is markup, all else is escaped'),
})
const facet = z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() }))

export const searchOperation = {
  id: 'search',
  method: 'get',
  path: '/search',
  summary: 'Search the library; never refuses a query, whatever is in it',
  permission: 'read',
  query: pageQuery.extend({ q: z.string().default(''), ...filters, sort: z.enum(['best', 'newest']).default('best') }),
  response: z.object({
    total: z.number().int(),
    items: z.array(searchHit),
    facets: z.object({ theme: facet, severity: facet, service: facet, year: facet }),
    didYouMean: z.string().nullable(),
    notices: z.array(z.string()).describe('What could not be read as meant, in words'),
    nextCursor: z.string().nullable(),
  }),
} as const satisfies Operation

export const postmortemSummary = z.object({
  slug: z.string(),
  key: z.string().nullable(),
  externalId: z.string().nullable(),
  title: z.string(),
  url: z.string(),
  status: z.string(),
  severity: z.string().nullable(),
  publishedAt: z.string().nullable(),
  updatedAt: z.string(),
  isPublic: z.boolean(),
})

const { title: _title, ...rest } = recordSchema.shape
export const postmortemResource = z.object({
  slug: z.string(),
  url: z.string(),
  revision: z.number().int(),
  isRestricted: z.boolean(),
  archivedAt: z.string().nullable(),
  title: z.string(),
  ...rest,
  timeline: z.array(timelineEntrySchema),
  factors: z.array(factorSchema),
  actions: z.array(actionSchema),
})

/** Fields left out of a new postmortem are empty; left out of a change, they stay. */
export const postmortemBody = recordSchema
  .extend({ sections: recordSchema.shape.sections.partial() })
  .partial()
  .strict()
export type PostmortemBody = z.infer<typeof postmortemBody>

export const listPostmortemsOperation = {
  id: 'listPostmortems',
  method: 'get',
  path: '/postmortems',
  summary: 'Postmortems that you may see, oldest first; drafts only of your own or for editors',
  permission: 'read',
  query: pageQuery.extend({ status: z.enum(['draft', 'in review', 'published']).default('published') }),
  response: listOf(postmortemSummary),
} as const satisfies Operation

export const createPostmortemOperation = {
  id: 'createPostmortem',
  method: 'post',
  path: '/postmortems',
  summary: 'Write a postmortem: a draft unless an editor publishes it at once',
  permission: 'draft postmortems',
  body: postmortemBody.extend({ title: recordSchema.shape.title }),
  status: 201,
  response: postmortemResource,
} as const satisfies Operation

export const getPostmortemOperation = {
  id: 'getPostmortem',
  method: 'get',
  path: '/postmortems/{slug}',
  summary: 'One postmortem, whole',
  permission: 'read',
  response: postmortemResource,
} as const satisfies Operation

export const changePostmortemOperation = {
  id: 'changePostmortem',
  method: 'patch',
  path: '/postmortems/{slug}',
  summary: 'Change what you name; every change is a revision',
  permission: 'draft postmortems',
  body: postmortemBody,
  response: postmortemResource,
} as const satisfies Operation
