/** Whether what was promised was done: pure functions by the definitions of the metrics page. Days are YYYY-MM-DD. */
import { type Duration, durationFigure, quantile } from '#app/measure/durations.ts'
import { type Figures, withUnknown } from '#app/measure/figure.ts'
import { type Day, dayAt, daysBetween, type Period } from '#app/measure/period.ts'
import { shareOfEvents } from '#app/measure/share.ts'
import type { ACTION_KINDS, ACTION_STATES } from './vocabulary.ts'

export interface ActionFact {
  createdOn: Day | null
  dueOn: Day | null
  state: (typeof ACTION_STATES)[number]
  /** When it was done or dropped; null where that is not known. */
  closedOn: Day | null
}

/** With what more is known of an item. */
export interface ActionHistoryFact extends ActionFact {
  kind: (typeof ACTION_KINDS)[number] | null
  /** Tenths of a day that it took; null where nobody noted it. */
  effortTenths: number | null
}

export function actionFigures({
  period,
  asOf,
  actions,
}: {
  period: Period
  asOf: string
  actions: readonly ActionFact[]
}): Figures {
  const today = dayAt(asOf, period.timeZone)
  const isIn = (day: Day | null) => day !== null && day >= period.firstDay && day < period.endDay
  const seen = actions.map(action => seenOn(action, today))

  const due = seen.filter(action => isIn(action.dueOn) && action.state !== 'dropped')
  const done = due.filter(action => action.state === 'done')
  const undated = done.filter(action => action.closedOn === null).length
  const inTime = done.filter(action => action.closedOn !== null && action.closedOn <= action.dueOn!)

  const { known, unknown } = completionsOf({ period, asOf, actions })
  const late = seen.filter(({ state, dueOn }) => isOpen(state) && dueOn !== null && dueOn < today)
  return {
    'actions.completed': { ...shareOfEvents(done.length, due.length) },
    'actions.onTime': withUnknown({ ...shareOfEvents(inTime.length, due.length - undated) }, undated),
    'actions.daysToComplete': { ...durationFigure(known, unknown) },
    'actions.overdue': {
      value: late.length,
      medianDaysLate: quantile(
        late.map(action => daysBetween(action.dueOn!, today)),
        0.5,
      ),
    },
  }
}

/** Days to completion of the items that were created in the period; how many of them are not known. */
export function completionsOf({
  period,
  asOf,
  actions,
}: {
  period: Period
  asOf: string
  actions: readonly ActionFact[]
}): { known: Duration[]; unknown: number } {
  const today = dayAt(asOf, period.timeZone)
  const lengths = actions
    .filter(
      ({ createdOn }) =>
        createdOn !== null && createdOn >= period.firstDay && createdOn < period.endDay && createdOn <= today,
    )
    .map(action => daysTaken(seenOn(action, today), today))
  const known = lengths.filter(length => length !== null)
  return { known, unknown: lengths.length - known.length }
}

/** The item as it was on a day: one that was closed later was open then. */
function seenOn(action: ActionFact, day: Day): ActionFact {
  return action.closedOn !== null && action.closedOn > day ? { ...action, state: 'open', closedOn: null } : action
}

function isOpen(state: ActionFact['state']): boolean {
  return state === 'open' || state === 'in progress'
}

/** Days to its completion; a dropped one lasted until the drop, an open one until today. Null where a day is missing. */
function daysTaken({ createdOn, state, closedOn }: ActionFact, today: Day): Duration | null {
  const end = isOpen(state) ? today : closedOn
  const value = end === null ? -1 : daysBetween(createdOn!, end)
  return value < 0 ? null : { value, isOpen: state !== 'done' }
}
