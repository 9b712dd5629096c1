/** What the form of a series sends. For the server: the schema's library compiles code, which pages may not. */
import { z } from 'zod'
import { isDay } from '#app/measure/period.ts'
import { meetingFields } from './forum-body.ts'

export const RHYTHM = /^(month|week)-([1-9])$/

export const wallClockField = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time such as 15:00.')
export const dayField = z.string().refine(isDay, 'Write a date that exists, as YYYY-MM-DD.')

export const seriesSchema = z.object({
  ...meetingFields,
  rhythm: z.string().regex(RHYTHM, 'Choose how often.'),
  nth: z.enum(['1', '2', '3', '4', '5', '-1'], { error: 'Choose which of the month.' }),
  weekday: z.enum(['1', '2', '3', '4', '5', '6', '7'], { error: 'Choose a weekday.' }),
  startsAtWall: wallClockField,
  firstOn: dayField,
  /** E-mail addresses, one in a line or with commas. */
  rota: z.string().max(20_000),
  /** Ids or slugs; with no teams and no people everybody is invited. */
  teams: z.array(z.string().max(100)).max(500, 'Choose at most 500 teams.').default([]),
  /** E-mail addresses, as the rota has them. */
  people: z.string().max(20_000).default(''),
  evenSo: z.boolean(),
})

export type SeriesInput = z.input<typeof seriesSchema>
