/** Turns in a role: who holds it, and whether another turn fits beside those there are. */
import type { IncidentRole } from './vocabulary.ts'

export interface Turn {
  role: string
  personId: string
  /** ISO 8601 UTC; null where nobody knows since when. */
  from: string | null
  /** Null while it is held. */
  until: string | null
}

/** Whether several people may hold the role at once. */
export function isShared(role: IncidentRole): boolean {
  return role === 'responder'
}

/**
 * The turn with which another one cannot stand: somebody holds a role that one person holds at a time, or the same
 * person holds it already. A turn ends at the moment at which the next may begin.
 */
export function turnInTheWay<T extends Turn>(turns: readonly T[], wanted: Turn & { role: IncidentRole }): T | null {
  return (
    turns.find(
      turn =>
        turn.role === wanted.role &&
        (!isShared(wanted.role) || turn.personId === wanted.personId) &&
        (turn.until === null || wanted.from === null || turn.until > wanted.from) &&
        (wanted.until === null || turn.from === null || wanted.until > turn.from),
    ) ?? null
  )
}
