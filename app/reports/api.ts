/** The operations of the API on reports. */
import { z } from 'zod'
import { listOf, type Operation, pageQuery } from '#app/http/operation.ts'
import { DEFINITION_GROUPS, type DefinitionGroup, FIGURE_KINDS } from './definition.ts'

const day = z.string({ error: 'Write a day as YYYY-MM-DD.' }).max(40)

const figure = z
  .object({ value: z.number().nullable() })
  .catchall(z.number().nullable())
  .describe('Beside the value its n, interval, what is open or unknown, and its target, as far as it has them')

export const figuresOperation = {
  id: 'getFigures',
  method: 'get',
  path: '/figures',
  summary: 'The figures of a period, by their ids; what each counts is in GET /definitions',
  permission: 'read',
  query: z.object({
    from: day.describe('The first day, YYYY-MM-DD, in the organisation’s time zone'),
    to: day.describe('The day after the last'),
    asOf: z.string().max(60).optional().describe('The moment of looking, ISO 8601 with zone; now if left out'),
  }),
  response: z.object({
    from: z.string(),
    to: z.string(),
    asOf: z.string(),
    timeZone: z.string(),
    costPerHour: z.number().describe('What an hour of downtime is assumed to cost'),
    figures: z.record(z.string(), figure),
  }),
} as const satisfies Operation

const definition = z.object({
  id: z.string().describe('The figure’s id; survey.<item> is one for every question of a survey'),
  group: z.enum(Object.keys(DEFINITION_GROUPS) as [DefinitionGroup, ...DefinitionGroup[]]),
  name: z.string(),
  kind: z.enum(FIGURE_KINDS),
  unit: z.string().describe('After the number; shares are given as 0 to 1'),
  formula: z.string(),
  endpoints: z.object({ from: z.string(), to: z.string() }).nullable().describe('Of a duration'),
  unknown: z.string().nullable(),
  interval: z.object({ kind: z.string(), source: z.string() }).nullable(),
  target: z.string().nullable(),
  better: z.enum(['higher', 'lower']).nullable(),
  version: z.number().int(),
  since: z.string().describe('The first day on which this version was used'),
  history: z.array(z.object({ number: z.number().int(), since: z.string(), what: z.string() })),
})

export const definitionsOperation = {
  id: 'getDefinitions',
  method: 'get',
  path: '/definitions',
  summary: 'What each figure counts: formula, endpoints, unknowns, interval with its source, versions',
  permission: 'read',
  response: z.object({ definitions: z.array(definition) }),
} as const satisfies Operation

const report = z.object({
  period: z.string().describe('2026-Q3'),
  title: z.string(),
  from: z.string().describe('The first day, YYYY-MM-DD'),
  to: z.string().describe('The day after the last'),
  state: z.enum(['draft', 'published']).describe('draft where its next edition is being written and you may see that'),
  editions: z.number().int(),
  publishedAt: z.string().nullable().describe('Of the newest edition'),
})

export const listReportsOperation = {
  id: 'listReports',
  method: 'get',
  path: '/reports',
  summary: 'Culture health reports, the latest period first; drafts for those who may write them',
  permission: 'read',
  query: pageQuery,
  response: listOf(report),
} as const satisfies Operation

const claims = z.array(z.object({ text: z.string(), figures: z.array(z.string()) }))
const figures = z.record(z.string(), figure)

export const getReportOperation = {
  id: 'getReport',
  method: 'get',
  path: '/reports/{period}',
  summary: 'The newest published edition of a report',
  permission: 'read',
  query: z.object({
    edition: z.coerce.number().int().min(1).max(10_000).optional().describe('An earlier edition, by its number'),
  }),
  response: z.object({
    number: z.number().int(),
    publishedAt: z.string(),
    reason: z.string().describe('Why there is another edition; empty for the first'),
    differences: z.array(z.string()).describe('Against the edition before, in words'),
    words: z.object({
      story: z.string().nullable().describe('Written instead of the drafted story; Markdown'),
      commentary: z.record(z.string(), z.string()).describe('By chapter; Markdown'),
    }),
    content: z
      .object({
        form: z.literal(1),
        organisation: z.string(),
        period: z.object({
          key: z.string(),
          firstDay: z.string(),
          endDay: z.string(),
          timeZone: z.string(),
          title: z.string(),
        }),
        before: z.object({ key: z.string(), title: z.string() }),
        asOf: z.string(),
        definitions: z.record(z.string(), z.number()).describe('The version of each figure’s definition'),
        releases: z.array(z.object({ wave: z.string(), title: z.string(), publishedAt: z.string() })),
        costPerHour: z.number(),
        currency: z.string(),
        figures,
        previous: figures,
        story: claims,
        headline: z.array(z.looseObject({ id: z.string(), label: z.string(), change: z.string() })),
        chapters: z.array(
          z.looseObject({
            id: z.string(),
            claims,
            remark: z.string().nullable(),
            missing: z.string().nullable(),
            exhibits: z.array(z.looseObject({ id: z.string(), kind: z.string(), title: z.string() })),
            figures: z.array(z.string()),
          }),
        ),
      })
      .describe('As it was frozen'),
  }),
} as const satisfies Operation
