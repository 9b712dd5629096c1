/** The operations of the API on reports. */
import { z } from 'zod'
import type { Operation } from '#app/http/operation.ts'
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
