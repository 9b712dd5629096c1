/** Who led: one credit for each person and incident. */
import type { CommanderTurn } from '#app/incidents/incident-figures.server.ts'
import { minutesBetween } from '#app/measure/durations.ts'

export type Turn = CommanderTurn

export interface Credit {
  personId: string
  began: string
}

const MINUTES_TO_LEAD = 10

/** A credit for whoever held the role at least ten minutes in sum, or took it over. */
export function leadCredits(turns: readonly Turn[], asOf: string): Credit[] {
  const held = new Map<string, { credit: Credit; minutes: number; hasTakenOver: boolean }>()
  for (const turn of turns) {
    if (turn.from > asOf || turn.began > asOf) continue
    const key = `${turn.incidentId} ${turn.personId}`
    let sum = held.get(key)
    if (!sum) {
      sum = { credit: { personId: turn.personId, began: turn.began }, minutes: 0, hasTakenOver: false }
      held.set(key, sum)
    }
    sum.hasTakenOver ||= turn.isTakenOver
    if (sum.hasTakenOver || turn.isEndUnknown) continue
    const until = turn.until === null || turn.until > asOf ? asOf : turn.until
    sum.minutes += minutesBetween(turn.from, until) ?? 0
  }
  return [...held.values()]
    .filter(({ minutes, hasTakenOver }) => minutes >= MINUTES_TO_LEAD || hasTakenOver)
    .map(({ credit }) => credit)
}
