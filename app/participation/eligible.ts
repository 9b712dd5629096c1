/** Who belongs to the participation denominator on a day. */
import { addDays, type Day, daysBetween } from '#app/measure/period.ts'

export interface CensusPerson {
  id: string
  isEngineer: boolean
  startedOn: Day | null
  /** The last day. */
  leftOn: Day | null
  /** `endsOn` is null while nobody knows. */
  leaves: readonly { startsOn: Day; endsOn: Day | null }[]
}

const SETTLED_AFTER_DAYS = 90
const LONG_LEAVE_DAYS = 30

/** Engineers who started 90 days before or earlier, have not left, and are not on a leave of 30 days or longer: their ids. */
export function eligibleOn(people: readonly CensusPerson[], day: Day): Set<string> {
  const settled = addDays(day, -SETTLED_AFTER_DAYS)
  return new Set(
    people.flatMap(person =>
      person.startedOn !== null && person.startedOn <= settled && isPresent(person, day) ? [person.id] : [],
    ),
  )
}

/** Who would be eligible but for a start date that nobody wrote down. */
export function isStartUnknown(person: CensusPerson, day: Day): boolean {
  return isPresent(person, day) && person.startedOn === null
}

function isPresent({ isEngineer, leftOn, leaves }: CensusPerson, day: Day): boolean {
  return isEngineer && (leftOn === null || leftOn > day) && !leaves.some(leave => isLongLeaveOn(leave, day))
}

/** A leave without an end counts as long: it lasts until somebody writes one. */
function isLongLeaveOn({ startsOn, endsOn }: CensusPerson['leaves'][number], day: Day): boolean {
  if (startsOn > day) return false
  return endsOn === null || (endsOn >= day && daysBetween(startsOn, endsOn) + 1 >= LONG_LEAVE_DAYS)
}
