/** The operations of the API on series of forums, and on what a forum might discuss next. */
import { z } from 'zod'
import { listOf, type Operation, pageQuery } from '#app/http/operation.ts'
import { email, timeZone } from '#app/identity/fields.ts'
import { MINUTES, meetingFields } from './forum-body.ts'
import { dayField, wallClockField } from './series-form.ts'

const person = z.object({ name: z.string(), email: z.string() })

const rule = z.object({
  unit: z.enum(['week', 'month']),
  every: z.number().int().min(1).max(9).describe('Each so many weeks or months, counted from firstOn'),
  weekday: z.number().int().min(1).max(7).describe('1 for Monday to 7 for Sunday'),
  nth: z
    .union([z.literal(-1), z.number().int().min(1).max(5)])
    .nullable()
    .describe('Which of that weekday in the month, -1 for the last; null for weeks'),
})

export const seriesSummary = z.object({
  id: z.string(),
  title: z.string(),
  rule,
  inWords: z.string(),
  timeZone: z.string(),
  startsAtWall: z.string().describe('HH:MM on the clocks of the time zone, in summer as in winter'),
  minutes: z.number().int(),
  firstOn: z.string(),
  isEnded: z.boolean(),
})

export const seriesResource = seriesSummary.extend({
  place: z.string(),
  callUrl: z.string(),
  rota: z.array(person).describe('Who facilitates in turn'),
  audience: z
    .object({ teams: z.array(z.string()).describe('Slugs; with the teams below them'), people: z.array(person) })
    .nullable()
    .describe('Who is invited; null for everybody'),
  days: z
    .array(
      z.object({
        day: z.string(),
        startsAt: z.string(),
        skipped: z
          .string()
          .nullable()
          .describe('Why it is left out: what somebody wrote, or the name of a day off of the organisation'),
        forum: z.string().nullable().describe('The forum’s id, once it is planned'),
      }),
    )
    .describe('The next ones'),
})

export type SeriesSummary = z.infer<typeof seriesSummary>
export type SeriesResource = z.infer<typeof seriesResource>

const audience = z
  .strictObject({ teams: z.array(z.string()).max(500).default([]), people: z.array(email).max(500).default([]) })
  .nullable()
  .describe('Teams by their slugs, people by their addresses; null invites everybody')

const fields = {
  ...meetingFields,
  rule: rule.strict(),
  startsAtWall: wallClockField,
  firstOn: dayField,
  rota: z.array(email).max(500).describe('Addresses of those who facilitate in turn'),
  audience,
  evenSo: z.boolean().describe('Takes a rule that seldom comes up, such as the fifth Tuesday'),
}

const newSeries = z.strictObject({
  ...fields,
  minutes: fields.minutes.default(MINUTES.usual),
  timeZone: timeZone.optional().describe('The organisation’s own if left out'),
  place: fields.place.default(''),
  callUrl: fields.callUrl.default(''),
  rota: fields.rota.default([]),
  audience: audience.default(null),
  evenSo: fields.evenSo.default(false),
})

const seriesChange = z
  .strictObject({ ...fields, isEnded: z.literal(true).describe('Calls off what is to come, for good') })
  .partial()

export type NewSeries = z.infer<typeof newSeries>
export type SeriesChange = z.infer<typeof seriesChange>

export const listSeriesOperation = {
  id: 'listForumSeries',
  method: 'get',
  path: '/forum-series',
  summary: 'Series of forums, by their titles',
  permission: 'take part in forums',
  query: pageQuery,
  response: listOf(seriesSummary),
} as const satisfies Operation

export const createSeriesOperation = {
  id: 'createForumSeries',
  method: 'post',
  path: '/forum-series',
  summary: 'Begin a series of forums',
  permission: 'run forums',
  body: newSeries,
  status: 201,
  response: seriesResource,
} as const satisfies Operation

export const getSeriesOperation = {
  id: 'getForumSeries',
  method: 'get',
  path: '/forum-series/{id}',
  summary: 'One series with its next days',
  permission: 'take part in forums',
  response: seriesResource,
} as const satisfies Operation

export const changeSeriesOperation = {
  id: 'changeForumSeries',
  method: 'patch',
  path: '/forum-series/{id}',
  summary: 'Change what is given and leave the rest; forums to come follow',
  permission: 'run forums',
  body: seriesChange,
  response: seriesResource,
} as const satisfies Operation

export const agendaProposal = z.object({
  incident: z.string().describe('The incident’s key, as an agenda takes it'),
  title: z.string(),
  severity: z.string().nullable().describe('Of a recent one'),
  startedAt: z.string().nullable(),
  score: z.number().int(),
  reasons: z.array(z.string()),
})

export const listProposalsOperation = {
  id: 'listForumProposals',
  method: 'get',
  path: '/forum-proposals',
  summary: 'What a forum might discuss next, with what speaks for it; the best first',
  permission: 'run forums',
  query: pageQuery,
  response: listOf(agendaProposal),
} as const satisfies Operation
