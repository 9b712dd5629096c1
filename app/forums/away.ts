/** Who cannot be at a forum on a day. */
import type { Day } from '#app/measure/period.ts'

interface Presence {
  leftOn: Day | null
  leaves: readonly { startsOn: Day; endsOn: Day | null }[]
}

/** Whether somebody has left, or is on any leave that covers the day. Nobody is away too. */
export function isAwayOn(person: Presence | undefined, day: Day): boolean {
  if (!person) return true
  if (person.leftOn !== null && person.leftOn <= day) return true
  return person.leaves.some(({ startsOn, endsOn }) => startsOn <= day && (endsOn === null || endsOn >= day))
}
