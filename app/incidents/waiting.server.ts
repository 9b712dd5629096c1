/** What waits for a person in this room: handoffs to answer, updates that are due. */
import type { Actor } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { type Cadence, nextUpdate } from './cadence.ts'
import { heldTurns, unansweredFor } from './life-queries.server.ts'
import { isOpen } from './moments.ts'
import { readSeverities } from './severities.server.ts'
import type { IncidentRole, Severity } from './vocabulary.ts'

const TELLS = 'communications lead' satisfies IncidentRole
/** Of an incident of which nothing was heard for so long no update is due. */
const SILENCE_MS = 7 * 86_400_000

export interface WaitingHandoff {
  id: string
  key: string
  title: string
  role: string
  giver: string
  offeredAt: string
}

/** Handoffs that a person has not answered, the oldest first. */
export async function handoffsFor(db: Db, actor: Actor): Promise<WaitingHandoff[]> {
  if (actor.personId === '') return []
  const rows = await unansweredFor(db, actor.personId)
  const people = await peopleByIds(db, [...new Set(rows.map(row => row.giverId))])
  return rows.map(({ giverId, ...row }) => ({ ...row, giver: people.get(giverId)?.name ?? 'Somebody' }))
}

export interface DueUpdate extends Cadence {
  key: string
  title: string
}

/** Updates that a person owes as communications lead of incidents that go on. */
export async function updatesDueFrom({
  db,
  clock,
  actor,
}: {
  db: Db
  clock: Clock
  actor: Actor
}): Promise<DueUpdate[]> {
  if (actor.personId === '') return []
  const due: DueUpdate[] = []
  for (const turn of await heldTurns(db, actor.personId, TELLS)) {
    const severity = turn.severity as Severity | null
    const last = turn.lastUpdateAt ?? turn.from
    if (last === null || clock.now() - Date.parse(last) > SILENCE_MS) continue
    if (!isOpen({ resolvedAt: null, flags: JSON.parse(turn.flags) as string[] })) continue
    const next = nextUpdate(
      { severity, since: turn.from, lastUpdateAt: turn.lastUpdateAt },
      readSeverities(),
      clock.now(),
    )
    if (next) due.push({ key: turn.key, title: turn.title, ...next })
  }
  return due
}
