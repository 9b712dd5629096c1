/** The operations of the API on forums. */
import { z } from 'zod'
import { listOf, type Operation, pageQuery } from '#app/http/operation.ts'
import { forumChangeSchema, newForumSchema } from './forum-body.ts'

const STATES = ['scheduled', 'ready', 'live', 'closed', 'cancelled'] as const
const person = z.object({ name: z.string(), email: z.string() }).nullable()

export const forumSummary = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(STATES),
  startsAt: z.string(),
  timeZone: z.string(),
  minutes: z.number().int(),
  place: z.string(),
  callUrl: z.string(),
  facilitator: person,
  itemCount: z.number().int().describe('On the agenda; of a closed forum those that were discussed'),
  closedAt: z.string().nullable(),
  cancelledReason: z.string().nullable(),
})

export const forumResource = forumSummary.extend({
  series: z.object({ id: z.string(), title: z.string() }).nullable(),
  cofacilitator: person,
  noteTaker: person,
  openingMinutes: z.number().int(),
  patternsMinutes: z.number().int(),
  bufferMinutes: z.number().int(),
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string().describe('“Not published yet” where it is a draft’s that is not for you'),
      incident: z.string().nullable().describe('The incident’s key'),
      postmortem: z.string().nullable().describe('The postmortem’s slug; null while you may not read it'),
      presenter: person,
      contextMinutes: z.number().int(),
      discussionMinutes: z.number().int(),
      captureMinutes: z.number().int(),
      state: z.enum(['planned', 'discussed', 'skipped']),
      spentSeconds: z.number().int().nullable(),
    }),
  ),
})

export type ForumSummary = z.infer<typeof forumSummary>
export type ForumResource = z.infer<typeof forumResource>

const items = z
  .array(z.string().max(300))
  .max(12)
  .optional()
  .describe('The agenda in its order: keys of incidents or slugs of postmortems')

export const listForumsOperation = {
  id: 'listForums',
  method: 'get',
  path: '/forums',
  summary: 'Forums, the latest first',
  permission: 'take part in forums',
  query: pageQuery.extend({ state: z.enum(STATES).optional() }),
  response: listOf(forumSummary),
} as const satisfies Operation

export const createForumOperation = {
  id: 'createForum',
  method: 'post',
  path: '/forums',
  summary: 'Plan a forum',
  permission: 'run forums',
  body: newForumSchema.extend({ items }),
  status: 201,
  response: forumResource,
} as const satisfies Operation

export const getForumOperation = {
  id: 'getForum',
  method: 'get',
  path: '/forums/{id}',
  summary: 'One forum with its agenda',
  permission: 'take part in forums',
  response: forumResource,
} as const satisfies Operation

export const changeForumOperation = {
  id: 'changeForum',
  method: 'patch',
  path: '/forums/{id}',
  summary: 'Change what is given and leave the rest, until the forum is live',
  permission: 'run forums',
  body: forumChangeSchema.extend({ items }),
  response: forumResource,
} as const satisfies Operation
