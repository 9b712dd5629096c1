/** The roles of an incident and its handoffs, as their pages show them. */
import type { Actor } from '#app/identity/actor.ts'
import { listPeople } from '#app/identity/list-people.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { clockInWords } from '#app/platform/wall-time.ts'
import type { Db } from '#db/index.server.ts'
import { handoffMarkdown } from './handoff-markdown.ts'
import { incidentRecord } from './incident-record.server.ts'
import { isOpen } from './moments.ts'
import { readRoles } from './roles.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/** Every turn in a role, what the roles mean here, and who may be named. @throws AppError not-found. */
export async function presentRoles({ db, clock, actor }: Context, key: string) {
  const [record, people] = await Promise.all([incidentRecord(db, key), peopleToChoose({ db, clock, actor })])
  if (!record) throw notFound('This incident')
  const offered = new Set(record.handoffs.flatMap(handoff => (handoff.answer === null ? handoff.assignmentId : [])))
  return {
    key: record.facts.key,
    title: record.facts.title,
    isOpen: isOpen(record.facts),
    turns: record.roles.map(turn => ({
      id: turn.id,
      role: turn.role,
      name: turn.person.name,
      from: turn.from,
      until: turn.until,
      takenOver: turn.takenOver,
      flags: turn.flags,
      isMine: turn.person.id === actor.personId,
      isOffered: offered.has(turn.id),
    })),
    definitions: readRoles(),
    people,
    me: actor.personId,
  }
}

/** The roles that this person holds and can hand over, and to whom. @throws AppError not-found. */
export async function presentOffer({ db, clock, actor }: Context, key: string) {
  const [record, people] = await Promise.all([incidentRecord(db, key), peopleToChoose({ db, clock, actor })])
  if (!record) throw notFound('This incident')
  const offered = new Set(record.handoffs.flatMap(handoff => (handoff.answer === null ? handoff.assignmentId : [])))
  return {
    key: record.facts.key,
    title: record.facts.title,
    turns: record.roles
      .filter(turn => turn.person.id === actor.personId && turn.until === null && !offered.has(turn.id))
      .map(({ id, role }) => ({ id, role })),
    people: people.filter(person => person.id !== actor.personId),
  }
}

/** One handoff, and its Markdown for a chat. @throws AppError not-found. */
export async function presentHandoff({ db, actor }: Context, key: string, id: string) {
  const record = await incidentRecord(db, key)
  const handoff = record?.handoffs.find(one => one.id === id)
  if (!record || !handoff) throw notFound('This handoff')
  const offered = clockInWords(actor.timeZone, Date.parse(handoff.offeredAt), { withDay: true })
  return {
    ...handoff,
    key: record.facts.key,
    title: record.facts.title,
    severity: record.facts.severity,
    markdown: handoffMarkdown(handoff, record.facts, offered),
    isForMe: handoff.answer === null && handoff.receiver.id === actor.personId,
    isFromMe: handoff.answer === null && handoff.giver.id === actor.personId,
  }
}

/** Longer lists are for search, not for a field. */
const MOST_PEOPLE = 5_000

/** Everybody who is here, by name. */
async function peopleToChoose(context: Context): Promise<{ id: string; label: string }[]> {
  const { items } = await listPeople(context, {}, { limit: MOST_PEOPLE })
  return items.map(({ id, name, team }) => ({ id, label: team ? `${name}, ${team.name}` : name }))
}
