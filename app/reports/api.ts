/** The operations of the API on reports. */
import { z } from 'zod'
import type { Operation } from '#app/http/operation.ts'

const day = z.string({ error: 'Write a day as YYYY-MM-DD.' }).max(40)

const figure = z
  .object({ value: z.number().nullable() })
  .catchall(z.number().nullable())
  .describe('Beside the value its n, interval, what is open or unknown, and its target, as far as it has them')

export const figuresOperation = {
  id: 'getFigures',
  method: 'get',
  path: '/figures',
  summary: 'The figures of a period, by their ids',
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
