import { type Actor, can, demand } from '#app/identity/actor.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import { inSlice } from '#app/platform/in-slice.server.ts'
import { linesInWords } from '#app/platform/lines-in-words.ts'
import { eachSlice } from '#app/platform/slices.ts'
import {
  type CellComplaint,
  emptyTableReport,
  quoted,
  reject,
  type TableOptions,
  type TableReport,
  type TableRow,
} from '#app/platform/table-import.ts'
import { type Db, lockFor, type Tx } from '#db/index.server.ts'
import type { Changed } from './action-change.ts'
import { type ActionEventRow, insertActionEvents } from './action-history-queries.server.ts'
import { type ReadActionItem, readActionItem } from './action-item-cells.ts'
import {
  actionsLike,
  insertActions,
  type KnownAction,
  postmortemsNamed,
  updateAction,
} from './action-item-queries.server.ts'
import { noteActionChange } from './note-action-change.server.ts'
import type { ActionRow } from './postmortem-queries.server.ts'

/** Rows per transaction: few enough that other requests hardly wait. */
const SLICE = 200

interface Run {
  clock: Clock
  actor: Actor
  now: string
  maySeeRestricted: boolean
  report: TableReport
  /** Ids of people by their address. */
  owners: ReadonlyMap<string, string>
  /** The line that each item of the database was named by. */
  lines: Map<string, number>
}

/**
 * Brings in action items. External id, else incident (or postmortem) and title say which item it is; the same again
 * changes nothing. An item may hang on an incident that has no postmortem. An empty cell clears what was known, an
 * absent column leaves it.
 * @throws AppError not-found for those who may not.
 */
export async function importActionItems(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  rows: readonly TableRow[],
  { dryRun = false, onProgress }: TableOptions = {},
): Promise<TableReport> {
  demand(actor, 'import postmortems and incidents')
  const report = emptyTableReport()
  const readable = rows.flatMap(({ line, cells }) => {
    const { item, complaints, notes } = readActionItem(line, cells)
    if (complaints.length > 0) reject(report, line, complaints)
    else report.notes.push(...notes.map(({ column, message }) => `Line ${line}, ${column}: ${message}`))
    return complaints.length > 0 ? [] : item
  })
  const run: Run = {
    clock,
    actor,
    now: isoNow(clock),
    maySeeRestricted: can(actor, 'administer'),
    report,
    owners: await findOwners(db, readable, report),
    lines: new Map(),
  }
  await eachSlice(readable, SLICE, { done: rows.length - readable.length, tell: onProgress }, slice =>
    inSlice(db, dryRun, tx => importSlice(tx, run, slice)),
  )
  report.errors.sort((one, other) => one.line - other.line)
  return report
}

/** Owners whom nobody knows are noted once, with the lines; the item keeps them as written. */
async function findOwners(db: Db, items: ReadActionItem[], report: TableReport): Promise<Map<string, string>> {
  const lines = new Map<string, number[]>()
  for (const { owner, line } of items) if (owner) lines.set(owner, [...(lines.get(owner) ?? []), line])
  const people = await peopleByEmails(db, [...lines.keys()])
  for (const [owner, where] of lines)
    if (!people.has(owner))
      report.notes.push(
        `${linesInWords(where)}, owner_email: ${quoted(owner, 100)} is not the e-mail address of anyone here: kept as written`,
      )
  return new Map([...people].map(([email, person]) => [email, person.id]))
}

/** Where an item hangs. */
interface Place {
  incidentId: string | null
  postmortemId: string | null
}

async function importSlice(tx: Tx, run: Run, slice: ReadActionItem[]): Promise<void> {
  await lockFor(tx, 'postmortems')
  const places = await findPlaces(tx, run, slice)
  const known = (
    await actionsLike(tx, {
      external_id: slice.flatMap(item => item.externalId ?? []),
      incident_id: [...new Set([...places.values()].flatMap(place => place.incidentId ?? []))],
      postmortem_id: [...new Set([...places.values()].flatMap(place => place.postmortemId ?? []))],
    })
  ).filter(action => run.maySeeRestricted || action.is_restricted !== 1)
  const items = new Known(known)
  const inserts: ActionRow[] = []
  const events: ActionEventRow[] = []
  const concerned = new Set<string>()
  for (const item of slice) {
    const place = places.get(item)
    if (!place) continue
    const found = items.find(item, place)
    if (found === 'several') {
      const message = `several items have the external_id ${quoted(item.externalId!)}`
      reject(run.report, item.line, [{ column: 'external_id', message }])
      continue
    }
    const first = found && run.lines.get(found.id)
    if (first !== undefined) {
      const column = item.externalId === null ? 'title' : 'external_id'
      reject(run.report, item.line, [
        { column, message: `the same item as on line ${first}: only the first was taken` },
      ])
      continue
    }
    const facts = factsOf(item, found, run.owners)
    const changes = found
      ? Object.fromEntries(
          Object.entries(facts).filter(([column, value]) => found[column as keyof ActionRow] !== value),
        )
      : facts
    if (!found) {
      const row: ActionRow = {
        ...facts,
        id: newId(),
        postmortem_id: place.postmortemId,
        incident_id: place.incidentId,
        position: items.nextPosition(place),
        created_at: run.now,
        updated_at: run.now,
      }
      inserts.push(row)
      items.add({ ...row, is_restricted: null })
      run.lines.set(row.id, item.line)
      events.push(eventOf(run, row.id, {}))
      run.report.created++
      if (row.postmortem_id) concerned.add(row.postmortem_id)
    } else {
      run.lines.set(found.id, item.line)
      if (Object.keys(changes).length === 0) run.report.unchanged++
      else {
        await updateAction(tx, { ...changes, id: found.id, updated_at: run.now })
        events.push(eventOf(run, found.id, changedBy(changes, found)))
        run.report.updated++
        if (found.postmortem_id) concerned.add(found.postmortem_id)
      }
    }
  }
  await insertActions(tx, inserts)
  await insertActionEvents(tx, events)
  await noteActionChange(tx, run, [...concerned], 'Action items imported')
}

function eventOf(run: Run, actionId: string, changed: Changed): ActionEventRow {
  return {
    id: newId(),
    action_id: actionId,
    at: run.now,
    person_id: run.actor.personId || null,
    actor_name: run.actor.name,
    change: JSON.stringify(changed),
    why: 'Imported',
    decided_by: null,
  }
}

/** The columns that history tells of; an owner is named as the file does. */
function changedBy(changes: Partial<ActionRow>, before: KnownAction): Changed {
  const changed: Changed = {}
  if (changes.title !== undefined) changed.title = [before.title, changes.title]
  if (changes.kind !== undefined) changed.kind = [before.kind, changes.kind]
  if (changes.due_on !== undefined) changed.dueOn = [before.due_on, changes.due_on]
  if (changes.state !== undefined) changed.state = [before.state, changes.state]
  return changed
}

/** The incident and the postmortem that each item names; rows that name what is not there are refused. */
async function findPlaces(tx: Tx, run: Run, slice: ReadActionItem[]): Promise<Map<ReadActionItem, Place>> {
  const incidents = await incidentsByKeys(
    tx,
    slice.flatMap(item => item.incident ?? []),
  )
  const names = [...new Set(slice.flatMap(item => item.postmortem ?? []))]
  const postmortems = names.length > 0 ? await postmortemsNamed(tx, names) : []
  const open = postmortems.filter(row => run.maySeeRestricted || row.is_restricted !== 1)
  const byName = new Map([
    ...open.map(row => [row.external_id, row] as const),
    ...open.map(row => [row.slug, row] as const),
  ])
  const places = new Map<ReadActionItem, Place>()
  for (const item of slice) {
    const complaints: CellComplaint[] = []
    const incident = item.incident === null ? null : incidents.get(item.incident)
    const postmortem = item.postmortem === null ? null : byName.get(item.postmortem)
    if (incident === undefined)
      complaints.push({ column: 'incident', message: `there is no incident ${quoted(item.incident!)}` })
    if (postmortem === undefined)
      complaints.push({ column: 'postmortem', message: `there is no postmortem ${quoted(item.postmortem!)}` })
    if (incident && postmortem?.incident_id && postmortem.incident_id !== incident.id)
      complaints.push({ column: 'postmortem', message: `${quoted(item.postmortem!)} belongs to another incident` })
    if (complaints.length > 0) reject(run.report, item.line, complaints)
    else
      places.set(item, {
        incidentId: incident?.id ?? postmortem?.incident_id ?? null,
        postmortemId: postmortem?.id ?? null,
      })
  }
  return places
}

/** The items that rows may mean. */
class Known {
  readonly #items: KnownAction[] = []
  readonly #byExternalId = new Map<string, KnownAction[]>()
  readonly #byTitle = new Map<string, KnownAction[]>()

  constructor(items: KnownAction[]) {
    for (const item of items) this.add(item)
  }

  add(item: KnownAction): void {
    this.#items.push(item)
    put(this.#byTitle, item.title, item)
    if (item.external_id !== null) put(this.#byExternalId, item.external_id, item)
  }

  find({ externalId, title }: ReadActionItem, place: Place): KnownAction | 'several' | undefined {
    const isHere = (one: KnownAction) =>
      place.incidentId === null ? one.postmortem_id === place.postmortemId : one.incident_id === place.incidentId
    if (externalId !== null) {
      const named = this.#byExternalId.get(externalId) ?? []
      const here = named.filter(isHere)
      if (here.length === 1 || named.length === 1) return here[0] ?? named[0]
      if (named.length > 1) return 'several'
    }
    // A row with an external id may give it to an item that has none yet, never take another's.
    return this.#byTitle.get(title)?.find(one => isHere(one) && (externalId === null || one.external_id === null))
  }

  nextPosition({ incidentId, postmortemId }: Place): number {
    const beside = this.#items.filter(one =>
      postmortemId === null ? one.incident_id === incidentId : one.postmortem_id === postmortemId,
    )
    return Math.max(-1, ...beside.map(one => one.position)) + 1
  }
}

function put<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** The row that results when what the file says is laid over what was there. */
function factsOf(item: ReadActionItem, old: KnownAction | undefined, owners: ReadonlyMap<string, string>) {
  const keep = <T>(given: T | null | undefined, before: T | null | undefined) =>
    given === undefined ? (before ?? null) : given
  const ownerId = item.owner === undefined ? undefined : item.owner === null ? null : (owners.get(item.owner) ?? null)
  const ownerText = item.owner === undefined ? undefined : ownerId === null ? item.owner : null
  const closedOn = keep(item.closedOn, old?.closed_on)
  return {
    title: item.title,
    kind: keep(item.kind, old?.kind),
    owner_id: keep(ownerId, old?.owner_id),
    owner_text: keep(ownerText, old?.owner_text),
    created_on: keep(item.createdOn, old?.created_on),
    due_on: keep(item.dueOn, old?.due_on),
    state: item.state ?? stateFrom(closedOn, old?.state),
    closed_on: closedOn,
    drop_reason: keep(item.reason, old?.drop_reason),
    external_id: item.externalId ?? old?.external_id ?? null,
  }
}

/** Where the file does not say it: what has a day on which it was closed is done, unless it was dropped. */
function stateFrom(closedOn: string | null, before: string | undefined): string {
  return closedOn !== null && before !== 'dropped' ? 'done' : (before ?? 'open')
}
