/** What may become of an action item, and what has to be said with it: pure. Days are YYYY-MM-DD. */
import { z } from 'zod'
import { isStorable } from '#app/identity/fields.ts'
import type { FieldError } from '#app/platform/errors.ts'
import { isDay } from '#app/platform/parse-time.ts'
import { ACTION_KINDS, ACTION_STATES } from './vocabulary.ts'

export type ActionState = (typeof ACTION_STATES)[number]
export type ActionKind = (typeof ACTION_KINDS)[number]

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

/** What a change is laid over. */
export interface ActionFacts {
  title: string
  kind: ActionKind | null
  /** The owner's address, or as an import wrote it. */
  owner: string | null
  dueOn: string | null
  state: ActionState
  closedOn: string | null
  reason: string | null
  effortDays: number | null
  trackerUrl: string | null
  trackerState: string | null
}

/** By field what it was and what it is now. */
export type Changed = Partial<Record<keyof ActionFacts, [unknown, unknown]>>

export function isUnfinished(state: string): boolean {
  return state === 'open' || state === 'in progress'
}

/** Whether the new day gives it more time than it had. */
export function isPostponed(before: string | null, after: string | null): boolean {
  return before !== null && (after === null || after > before)
}

/**
 * Lays a change over the facts. Postponing asks why; dropping asks why and for whose decision; what is closed gets
 * the day, what is opened again loses it. Effort is noted with what is done.
 */
export function layChange(
  before: ActionFacts,
  change: ActionChange,
  today: string,
): { after: ActionFacts; changed: Changed; errors: FieldError[] } {
  const { why = null, decidedBy = null, ...given } = change
  const after: ActionFacts = { ...before, ...withoutUndefined(given) }
  const errors: FieldError[] = []
  if (isUnfinished(after.state)) {
    after.closedOn = null
    after.reason = null
    if (isPostponed(before.dueOn, after.dueOn) && isUnfinished(before.state) && !why)
      errors.push({ path: 'why', message: 'Say why it needs more time: the next reader will ask.' })
  } else if (after.state !== before.state) {
    after.closedOn = today
    after.reason = after.state === 'dropped' ? why : null
    if (after.state === 'dropped') {
      if (!why) errors.push({ path: 'why', message: 'Say why it is dropped.' })
      if (!decidedBy) errors.push({ path: 'decidedBy', message: 'Say for whose decision it is dropped.' })
    }
  }
  if (after.effortDays !== before.effortDays && after.effortDays !== null && after.state !== 'done')
    errors.push({ path: 'effortDays', message: 'What it took is noted when it is done.' })
  const changed: Changed = {}
  for (const key of Object.keys(after) as (keyof ActionFacts)[])
    if (after[key] !== before[key]) changed[key] = [before[key], after[key]]
  return { after, changed, errors }
}

function withoutUndefined<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>
}

/** What happened, as a sentence goes on after a name: 'Ada Okafor postponed it from 3 May to 1 June'. */
export function changeInWords(changed: Changed, day: (on: string) => string): string {
  const parts: string[] = []
  const state = changed.state?.[1]
  if (state === 'done') parts.push('said that it is done')
  if (state === 'dropped') parts.push('dropped it')
  if (state === 'in progress') parts.push('said that it is in progress')
  if (state === 'open') parts.push('opened it again')
  if (changed.dueOn) {
    const [from, to] = changed.dueOn as [string | null, string | null]
    if (from === null) parts.push(`set it due on ${day(to!)}`)
    else if (to === null) parts.push(`took its date away, which was ${day(from)}`)
    else parts.push(`${to > from ? 'postponed it' : 'brought it forward'} from ${day(from)} to ${day(to)}`)
  }
  if (changed.owner) parts.push(changed.owner[1] ? `gave it to ${changed.owner[1]}` : 'left it without an owner')
  if (changed.title) parts.push(`reworded it from “${changed.title[0]}”`)
  if (changed.kind) parts.push(changed.kind[1] ? `called it ${changed.kind[1]}` : 'took its kind away')
  if (changed.effortDays)
    parts.push(
      changed.effortDays[1] === null
        ? 'took away what it took'
        : `noted that it took ${inDays(changed.effortDays[1] as number)}`,
    )
  if (changed.trackerUrl)
    parts.push(changed.trackerUrl[1] ? 'linked an issue elsewhere' : 'removed the link to an issue')
  if (changed.trackerState)
    parts.push(
      changed.trackerState[1] ? `saw that issue as “${changed.trackerState[1]}”` : 'cleared the state of that issue',
    )
  if (parts.length === 0) return 'wrote it down'
  const last = parts.pop()!
  return parts.length ? `${parts.join(', ')} and ${last}` : last
}

/** 'one day', 'half a day', '2.5 days'. */
export function inDays(days: number): string {
  if (days === 0.5) return 'half a day'
  return days === 1 ? 'one day' : `${days.toLocaleString('en-GB', { maximumFractionDigits: 1 })} days`
}
