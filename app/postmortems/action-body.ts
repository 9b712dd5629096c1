/** What a form or the API may send of an action item. For the server: the schema's library compiles code, which pages may not. */
import { z } from 'zod'
import { isStorable } from '#app/identity/fields.ts'
import { isDay } from '#app/platform/parse-time.ts'
import { ACTION_KINDS, ACTION_STATES } from './vocabulary.ts'

const MOST_DAYS = 1_000
const LONGEST = { title: 1_000, why: 2_000, name: 200, state: 60, url: 2_000 } as const

const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `This is longer than ${max.toLocaleString('en-GB')} characters.`)
    .refine(isStorable, 'This has a character that cannot be stored.')
const optional = (max: number) => text(max).transform(value => value || null)

const fields = {
  title: text(LONGEST.title)
    .transform(title => title.replace(/\s*\n\s*/g, ' '))
    .refine(title => title !== '', 'Write what will be true when it is done.'),
  kind: z.enum(ACTION_KINDS, { error: 'Choose a kind from the list.' }).nullable(),
  /** An e-mail address of somebody here. */
  owner: optional(300).nullable(),
  dueOn: z
    .string()
    .refine(day => isDay(day) && day >= '1900-01-01' && day < '2200-01-01', 'Write a date that exists, as YYYY-MM-DD.')
    .nullable(),
  effortDays: z
    .number({ error: 'Write a number of days, such as 1.5.' })
    .min(0, 'Days are counted from 0.')
    .max(MOST_DAYS, `At most ${MOST_DAYS.toLocaleString('en-GB')} days.`)
    .nullable(),
  trackerUrl: optional(LONGEST.url)
    .nullable()
    .refine(
      url => url === null || (/^https?:\/\//i.test(url) && URL.canParse(url)),
      'Write an address that begins with https://',
    ),
  trackerState: optional(LONGEST.state).nullable(),
}

/** What is left out of a change stays. */
export const actionChangeSchema = z.strictObject({
  title: fields.title.optional(),
  kind: fields.kind.optional(),
  owner: fields.owner.optional(),
  dueOn: fields.dueOn.optional(),
  state: z.enum(ACTION_STATES, { error: 'Choose a state from the list.' }).optional(),
  effortDays: fields.effortDays.optional().describe('What it took, in days'),
  trackerUrl: fields.trackerUrl.optional().describe('The issue elsewhere that this mirrors'),
  trackerState: fields.trackerState.optional().describe('The state of that issue, as last seen'),
  why: optional(LONGEST.why).optional().describe('Asked for when it is postponed or dropped'),
  decidedBy: optional(LONGEST.name).optional().describe('For whose decision it is dropped'),
})
export type ActionChange = z.infer<typeof actionChangeSchema>

export const newActionSchema = z.strictObject({
  title: fields.title,
  kind: fields.kind.default(null),
  owner: fields.owner.default(null),
  dueOn: fields.dueOn.default(null),
  incident: text(200).nullable().default(null).describe('An incident’s key'),
  postmortem: text(300).nullable().default(null).describe('A postmortem’s slug'),
})
export type NewAction = z.infer<typeof newActionSchema>
