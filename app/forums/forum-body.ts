/** What a form or the API may send of a forum. For the server: the schema's library compiles code, which pages may not. */
import { z } from 'zod'
import { email, isStorable, line, timeZone } from '#app/identity/fields.ts'
import { parseInstant } from '#app/platform/parse-time.ts'
import { DEFAULT_FRAME } from './agenda.ts'

export const MINUTES = { least: 15, most: 240, usual: 60 } as const

const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `This is longer than ${max.toLocaleString('en-GB')} characters.`)
    .refine(value => isStorable(value) && !value.includes('\n'), 'This has a character that cannot be shown.')

const callUrl = text(2_000).refine(
  url => url === '' || (/^https?:\/\//i.test(url) && URL.canParse(url)),
  'Write an address that begins with https://',
)

const wholeMinutes = (least: number, most: number) =>
  z
    .number({ error: `Write a number of minutes, ${least} to ${most}.` })
    .int('Write whole minutes.')
    .min(least, `At least ${least} minutes.`)
    .max(most, `At most ${most} minutes.`)

const moment = z.string().transform((value, context) => {
  const parsed = parseInstant(value)
  if (parsed?.kind === 'instant') return parsed.iso
  context.addIssue({ code: 'custom', message: 'Write a time with its zone, such as 2026-10-05T15:00:00Z.' })
  return z.NEVER
})

/** An e-mail address of somebody here, or nobody. */
const person = email.nullable()

export const meetingFields = {
  title: line('a title', 120),
  timeZone,
  minutes: wholeMinutes(MINUTES.least, MINUTES.most),
  place: text(200),
  callUrl,
}

const fields = {
  ...meetingFields,
  startsAt: moment,
  facilitator: person,
  cofacilitator: person,
  noteTaker: person,
  openingMinutes: wholeMinutes(0, 60),
  patternsMinutes: wholeMinutes(0, 60),
  bufferMinutes: wholeMinutes(0, 60),
}

export const newForumSchema = z.strictObject({
  ...fields,
  minutes: fields.minutes.default(MINUTES.usual),
  timeZone: timeZone.optional().describe('The organisation’s own if left out'),
  place: fields.place.default(''),
  callUrl: fields.callUrl.default(''),
  facilitator: person.optional().describe('Yourself if left out'),
  cofacilitator: person.default(null),
  noteTaker: person.default(null),
  openingMinutes: fields.openingMinutes.default(DEFAULT_FRAME.opening),
  patternsMinutes: fields.patternsMinutes.default(DEFAULT_FRAME.patterns),
  bufferMinutes: fields.bufferMinutes.default(DEFAULT_FRAME.buffer),
})

/** What is left out of a change stays. */
export const forumChangeSchema = z.strictObject({
  title: fields.title.optional(),
  timeZone: fields.timeZone.optional(),
  startsAt: fields.startsAt.optional(),
  minutes: fields.minutes.optional(),
  place: fields.place.optional(),
  callUrl: fields.callUrl.optional(),
  facilitator: fields.facilitator.optional(),
  cofacilitator: fields.cofacilitator.optional(),
  noteTaker: fields.noteTaker.optional(),
  openingMinutes: fields.openingMinutes.optional(),
  patternsMinutes: fields.patternsMinutes.optional(),
  bufferMinutes: fields.bufferMinutes.optional(),
  state: z
    .enum(['scheduled', 'ready', 'cancelled'], { error: 'A forum is made scheduled, ready or cancelled here.' })
    .optional(),
  reason: text(500).optional().describe('Why it is cancelled; asked for then'),
})

export const phaseSchema = z.object({
  context: wholeMinutes(0, 45),
  discussion: wholeMinutes(0, 45),
  capture: wholeMinutes(0, 45),
})

export type NewForum = z.infer<typeof newForumSchema>
export type ForumChange = z.infer<typeof forumChangeSchema>
export { text as shortText }
