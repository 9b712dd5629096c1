/** Everything that is on the record of one incident: the front door for those who write about it. */
import { peopleByIds } from '#app/identity/people.server.ts'
import type { Db } from '#db/index.server.ts'
import type { HandoffAnswer, HandoffTexts } from './handoff.ts'
import { type IncidentFacts, incidentsByKeys } from './incidents.server.ts'
import { handoffsOf, severityChangesOf, updatesOf } from './life-queries.server.ts'
import { assignmentsOfIncidents } from './role-queries.server.ts'
import type { IncidentRole, Severity } from './vocabulary.ts'

/** Somebody in People, as others see them. */
export interface Participant {
  id: string
  name: string
}

export interface IncidentUpdate {
  id: string
  /** ISO 8601 UTC, like every time here. */
  at: string
  /** Markdown. */
  text: string
  /** Null where it came from elsewhere. */
  personId: string | null
  authorName: string
}

export interface SeverityChange {
  at: string
  from: Severity | null
  to: Severity | null
  reason: string
  /** Null where an import or another program made the change. */
  personId: string | null
  actorName: string
}

export interface RoleTurn {
  id: string
  role: IncidentRole
  person: Participant
  /** Null where an incident only names its commander. */
  from: string | null
  /** Null while it is held, and where it is not known: see `flags`. */
  until: string | null
  /** Whether the role was passed on to this person during the incident. */
  takenOver: boolean
  flags: string[]
}

export interface Handoff {
  id: string
  role: IncidentRole
  assignmentId: string
  giver: Participant
  receiver: Participant
  offeredAt: string
  parts: HandoffTexts
  /** Null while the receiver has not answered. */
  answer: HandoffAnswer | null
  answeredAt: string | null
  /** Why it was declined. */
  reason: string
}

export interface IncidentRecord {
  facts: IncidentFacts
  /** By time, the earliest first. */
  updates: IncidentUpdate[]
  severityHistory: SeverityChange[]
  roles: RoleTurn[]
  handoffs: Handoff[]
}

/** The facts, updates, roles, handoffs and severity changes of the incident with this key; null when there is none. */
export async function incidentRecord(db: Db, key: string): Promise<IncidentRecord | null> {
  const facts = (await incidentsByKeys(db, [key])).get(key)
  if (!facts) return null
  const [updates, changes, assignments, handoffs] = await Promise.all([
    updatesOf(db, facts.id),
    severityChangesOf(db, facts.id),
    assignmentsOfIncidents(db, [facts.id]),
    handoffsOf(db, facts.id),
  ])
  const people = await peopleByIds(db, [
    ...new Set([...assignments.map(row => row.person_id), ...handoffs.flatMap(row => [row.giver_id, row.receiver_id])]),
  ])
  const participant = (id: string): Participant => ({ id, name: people.get(id)?.name ?? 'Somebody no longer listed' })
  return {
    facts,
    updates: updates.map(row => ({
      id: row.id,
      at: row.at,
      text: row.text,
      personId: row.person_id,
      authorName: row.author_name,
    })),
    severityHistory: changes.map(row => ({
      at: row.at,
      from: row.from_severity as Severity | null,
      to: row.to_severity as Severity | null,
      reason: row.reason,
      personId: row.person_id,
      actorName: row.actor_name,
    })),
    roles: assignments.map(row => ({
      id: row.id,
      role: row.role as IncidentRole,
      person: participant(row.person_id),
      from: row.started_at,
      until: row.ended_at,
      takenOver: row.taken_over === 1,
      flags: JSON.parse(row.flags) as string[],
    })),
    handoffs: handoffs.map(row => ({
      id: row.id,
      role: row.role as IncidentRole,
      assignmentId: row.assignment_id,
      giver: participant(row.giver_id),
      receiver: participant(row.receiver_id),
      offeredAt: row.offered_at,
      parts: JSON.parse(row.parts) as HandoffTexts,
      answer: row.answer as HandoffAnswer | null,
      answeredAt: row.answered_at,
      reason: row.reason,
    })),
  }
}
