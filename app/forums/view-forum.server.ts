/** A forum as a person sees it: its agenda, without a word of what is not for them. */

import { type Actor, can, demand } from '#app/identity/actor.ts'
import { isStorable } from '#app/identity/fields.ts'
import { type CensusEntry, census, peopleByIds } from '#app/identity/people.server.ts'
import { type IncidentFacts, incidentsByIds } from '#app/incidents/incidents.server.ts'
import { dayAt } from '#app/measure/period.ts'
import { notFound } from '#app/platform/errors.ts'
import { type AgendaPostmortem, agendaPostmortems } from '#app/postmortems/agenda-postmortems.server.ts'
import type { Db } from '#db/index.server.ts'
import { type Frame, offsetsOf, type Phases, readingMinutes, type Sum, sumOf } from './agenda.ts'
import { type ItemRow, itemsOf } from './agenda-queries.server.ts'
import { type Appointment, appointmentOf } from './appointment.ts'
import { isAwayOn } from './away.ts'
import { type ForumRow, forumById } from './forum-queries.server.ts'
import { countReads, hasRead } from './people-queries.server.ts'
import { seriesById } from './series-queries.server.ts'

export const NOT_YET = 'Not published yet'

export interface NamedPerson {
  id: string
  name: string
  email: string
}

export interface AgendaItem {
  id: string
  /** `NOT_YET` where the only title there is belongs to a draft that is not for this person. */
  title: string
  incident: { key: string; severity: string | null } | null
  /** Null where there is none, or none that this person may read. */
  postmortem: { slug: string; title: string; status: string; readingMinutes: number } | null
  presenter: NamedPerson | null
  phases: Phases
  /** Minutes after the beginning. */
  offset: number
  state: string
  spentSeconds: number | null
  reason: string
  conflicts: string[]
}

export interface ForumView extends Appointment {
  series: { id: string; title: string } | null
  facilitator: NamedPerson | null
  cofacilitator: NamedPerson | null
  noteTaker: NamedPerson | null
  frame: Frame
  /** Minutes after the beginning. */
  offsets: { patterns: number; buffer: number }
  items: AgendaItem[]
  /** What stands against those who lead it, while it is planned. */
  conflicts: string[]
  sum: Sum
  readingMinutes: number
  /** How many have read; never who. */
  reads: number
  iHaveRead: boolean
  closedAt: string | null
  cancelledReason: string | null
  mayRun: boolean
  /** Facilitates or helps to. */
  isMine: boolean
}

/** A fixed number of queries. @throws AppError not-found. */
export async function viewForum({ db, actor }: { db: Db; actor: Actor }, id: string): Promise<ForumView> {
  demand(actor, 'take part in forums')
  const row = isStorable(id) ? await forumById(db, id) : undefined
  if (!row) throw notFound('This forum')
  const [rows, presences] = await Promise.all([itemsOf(db, [id]), presencesFor(db, row)])
  const [items, series, people, reads, iHaveRead] = await Promise.all([
    describeItems({ db, actor }, row, rows, presences),
    row.series_id === null ? undefined : seriesById(db, row.series_id),
    peopleByIds(
      db,
      [row.facilitator_id, row.cofacilitator_id, row.note_taker_id].flatMap(person => person ?? []),
    ),
    countReads(db, id),
    hasRead(db, id, actor.personId),
  ])
  const frame = frameOf(row)
  const phases = items.map(item => item.phases)
  const { patterns, buffer } = offsetsOf(frame, phases)
  const named = (person: string | null) => reference(people.get(person ?? ''))
  return {
    ...appointmentOf(row),
    series: series ? { id: series.id, title: series.title } : null,
    facilitator: named(row.facilitator_id),
    cofacilitator: named(row.cofacilitator_id),
    noteTaker: named(row.note_taker_id),
    frame,
    offsets: { patterns, buffer },
    items,
    conflicts: presences ? conflictsOfLeaders(row, named, presences) : [],
    sum: sumOf(frame, phases, row.minutes),
    readingMinutes: items.reduce((sum, item) => sum + (item.postmortem?.readingMinutes ?? 0), 0),
    reads,
    iHaveRead,
    closedAt: row.closed_at,
    cancelledReason: row.cancelled_reason,
    mayRun: can(actor, 'run forums'),
    isMine: leads(row, actor),
  }
}

export function frameOf(row: ForumRow): Frame {
  return { opening: row.opening_minutes, patterns: row.patterns_minutes, buffer: row.buffer_minutes }
}

export function leads(
  { facilitator_id, cofacilitator_id }: Pick<ForumRow, 'facilitator_id' | 'cofacilitator_id'>,
  actor: Actor,
): boolean {
  return actor.personId !== '' && (facilitator_id === actor.personId || cofacilitator_id === actor.personId)
}

type Presences = ReadonlyMap<string, CensusEntry>

/** Who is here and when, while that matters; null once it no longer does. */
async function presencesFor(db: Db, { state }: ForumRow): Promise<Presences | null> {
  if (state !== 'scheduled' && state !== 'ready') return null
  return new Map((await census(db)).map(person => [person.id, person]))
}

function conflictsOfLeaders(
  forum: ForumRow,
  named: (id: string | null) => NamedPerson | null,
  presences: Presences,
): string[] {
  const day = dayAt(forum.starts_at, forum.time_zone)
  const leaders = [
    [forum.facilitator_id, 'facilitates'],
    [forum.cofacilitator_id, 'helps'],
    [forum.note_taker_id, 'takes notes'],
  ] as const
  return leaders.flatMap(([id, does]) =>
    id !== null && isAwayOn(presences.get(id), day) ? [`${named(id)?.name}, who ${does}, is away on that day`] : [],
  )
}

/** The items of one forum as this person may see them. */
async function describeItems(
  { db, actor }: { db: Db; actor: Actor },
  forum: ForumRow,
  rows: readonly ItemRow[],
  presences: Presences | null,
): Promise<AgendaItem[]> {
  const incidentIds = rows.flatMap(row => row.incident_id ?? [])
  const ids = rows.flatMap(row => row.postmortem_id ?? [])
  const presenters = rows.flatMap(row => row.presenter_id ?? [])
  const [incidents, postmortems, people] = await Promise.all([
    incidentsByIds(db, incidentIds),
    agendaPostmortems(db, { ids, incidentIds }),
    peopleByIds(db, presenters),
  ])
  const day = dayAt(forum.starts_at, forum.time_zone)
  const offsets = offsetsOf(frameOf(forum), rows.map(phasesOf)).items
  return rows.map((row, i) => {
    const incident = row.incident_id === null ? undefined : incidents.get(row.incident_id)
    const postmortem = postmortemOf(row, postmortems)
    const isSeen = postmortem !== undefined && maySee(actor, forum, postmortem)
    const presenter = reference(people.get(row.presenter_id ?? ''))
    return {
      id: row.id,
      title: incident?.title ?? titleWithout(row, postmortem, isSeen),
      incident: incident ? { key: incident.key, severity: incident.severity } : null,
      postmortem: isSeen
        ? {
            slug: postmortem.slug,
            title: postmortem.title,
            status: postmortem.status,
            readingMinutes: readingMinutes(postmortem.words),
          }
        : null,
      presenter,
      phases: phasesOf(row),
      offset: offsets[i]!,
      state: row.state,
      spentSeconds: row.spent_seconds,
      reason: row.reason,
      conflicts: presences
        ? conflictsOf({ incident, postmortem, presenter, isAway: isAwayOn(presences.get(row.presenter_id ?? ''), day) })
        : [],
    }
  })
}

/** The title kept with the item may be that of a draft, so it is shown only where there is nothing to hide. */
function titleWithout(row: ItemRow, postmortem: AgendaPostmortem | undefined, isSeen: boolean): string {
  if (postmortem) return isSeen ? postmortem.title : NOT_YET
  return row.postmortem_id === null && row.incident_id === null ? 'No longer in Candor' : NOT_YET
}

function conflictsOf({
  incident,
  postmortem,
  presenter,
  isAway,
}: {
  incident: IncidentFacts | undefined
  postmortem: AgendaPostmortem | undefined
  presenter: NamedPerson | null
  isAway: boolean
}): string[] {
  const conflicts = []
  if (!presenter) conflicts.push('Nobody presents it yet')
  else if (isAway) conflicts.push(`${presenter.name} is away on that day`)
  if (!postmortem) conflicts.push(incident ? 'It has no postmortem yet' : 'Its postmortem is gone')
  else if (!postmortem.isOpen) conflicts.push('Its postmortem is not published yet')
  return conflicts
}

function phasesOf(row: ItemRow): Phases {
  return { context: row.context_minutes, discussion: row.discussion_minutes, capture: row.capture_minutes }
}

/** The item's own, else the incident's; of several the one that everybody may read. */
export function postmortemOf(
  row: Pick<ItemRow, 'postmortem_id' | 'incident_id'>,
  postmortems: readonly AgendaPostmortem[],
): AgendaPostmortem | undefined {
  const own = postmortems.filter(
    one => one.id === row.postmortem_id || (row.incident_id !== null && one.incidentId === row.incident_id),
  )
  return own.find(one => one.isOpen) ?? own.find(one => one.id === row.postmortem_id) ?? own[0]
}

function maySee(actor: Actor, forum: ForumRow, postmortem: AgendaPostmortem): boolean {
  if (postmortem.isOpen || can(actor, 'administer')) return true
  if (postmortem.isRestricted) return false
  return can(actor, 'see every draft') || (leads(forum, actor) && postmortem.status !== 'published')
}

function reference(person: NamedPerson | undefined): NamedPerson | null {
  return person ? { id: person.id, name: person.name, email: person.email } : null
}
