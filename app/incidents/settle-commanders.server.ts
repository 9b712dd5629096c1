/** What must be true of the commanders of an incident after any of their turns was written. */
import type { Tx } from '#db/index.server.ts'
import { type AssignmentRow, deleteAssignments, markTakenOver } from './role-queries.server.ts'
import { COMMANDER } from './vocabulary.ts'

/** Of a commander whom an incident only names nobody knows since when or until when. */
export function isUntimed(row: Pick<AssignmentRow, 'started_at' | 'ended_at'>): boolean {
  return row.started_at === null && row.ended_at === null
}

/** A turn of unknown times gives way to those with times; of these, all but the first took over. */
export async function settleCommanders(tx: Tx, incidents: AssignmentRow[][]): Promise<void> {
  const superseded: string[] = []
  const later: string[] = []
  for (const assignments of incidents) {
    const commanders = assignments.filter(row => row.role === COMMANDER)
    const turns = commanders.filter(row => !isUntimed(row))
    if (turns.length === 0) continue
    superseded.push(...commanders.filter(isUntimed).map(row => row.id))
    turns.sort((a, b) => compare(a.started_at ?? '', b.started_at ?? '') || a.position - b.position)
    later.push(...turns.slice(1).flatMap(row => (row.taken_over ? [] : row.id)))
  }
  await deleteAssignments(tx, superseded)
  await markTakenOver(tx, later)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
