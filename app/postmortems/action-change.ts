/** What may become of an action item, and what has to be said with it: pure. Days are YYYY-MM-DD. */
import type { FieldError } from '#app/platform/errors.ts'
import type { ActionChange } from './action-body.ts'
import type { ACTION_KINDS, ACTION_STATES } from './vocabulary.ts'

export type ActionState = (typeof ACTION_STATES)[number]
export type ActionKind = (typeof ACTION_KINDS)[number]

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
