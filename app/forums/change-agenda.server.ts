/** Puts incidents and postmortems on a forum's agenda, takes them off, orders them and divides their time. */
import { z } from 'zod'
import { type Actor, demand } from '#app/identity/actor.ts'
import { check, invalid } from '#app/identity/fields.ts'
import { type IncidentFacts, incidentsByIds, incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { agendaPostmortems, postmortemForAgenda } from '#app/postmortems/agenda-postmortems.server.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import { DEFAULT_PHASES, fillsSlots, MOST_ITEMS, moved } from './agenda.ts'
import { deleteItem, type ItemRow, insertItem, itemsOf, updateItem } from './agenda-queries.server.ts'
import { plannedForum, ROOM_LOCK } from './change-forum.server.ts'
import { phaseSchema } from './forum-body.ts'
import { updateForum } from './forum-queries.server.ts'
import { namePeople } from './name-people.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/** Runs `work` on the agenda of a forum that can still be planned, one at a time. */
function onAgenda<T>(
  { db, clock, actor }: Context,
  forumId: string,
  work: (tx: Tx, items: ItemRow[]) => Promise<T>,
): Promise<T> {
  demand(actor, 'run forums')
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    await plannedForum(tx, forumId)
    const answer = await work(tx, await itemsOf(tx, [forumId]))
    await updateForum(tx, forumId, { updated_at: isoNow(clock) })
    return answer
  })
}

/**
 * Adds an incident by its key, or a postmortem by its address, at the end. Who commanded the incident is asked to
 * present it.
 * @returns the item's id.
 * @throws AppError invalid naming `subject`, conflict when the agenda is full.
 */
export function addItem(
  context: Context,
  { forumId, subject, reason = '' }: { forumId: string; subject: string; reason?: string },
): Promise<string> {
  return onAgenda(context, forumId, async (tx, items) => {
    if (items.length >= MOST_ITEMS)
      throw new AppError('conflict', `An agenda has at most ${MOST_ITEMS} items. Another forum has room for more.`)
    const { incident, postmortemId, title } = await subjectNamed(tx, context.actor, subject)
    if (items.some(item => (incident ? item.incident_id === incident.id : item.postmortem_id === postmortemId)))
      throw invalidField('subject', 'This is on the agenda already.')
    const id = newId()
    await insertItem(tx, {
      id,
      forum_id: forumId,
      position: Math.max(-1, ...items.map(item => item.position)) + 1,
      incident_id: incident?.id ?? null,
      postmortem_id: postmortemId,
      title,
      presenter_id: incident?.commanderId ?? null,
      context_minutes: DEFAULT_PHASES.context,
      discussion_minutes: DEFAULT_PHASES.discussion,
      capture_minutes: DEFAULT_PHASES.capture,
      state: 'planned',
      added_by: context.actor.personId || null,
      reason: reason.slice(0, 500),
      spent_seconds: null,
    })
    return id
  })
}

async function subjectNamed(
  tx: Tx,
  actor: Actor,
  subject: string,
): Promise<{ incident: IncidentFacts | null; postmortemId: string | null; title: string }> {
  const named = subject.trim().replace(/^.*\/(?:incidents|library)\//, '')
  if (named === '') throw invalidField('subject', 'Write an incident’s key or a postmortem’s address.')
  const incident = (await incidentsByKeys(tx, [named])).get(named)
  if (incident) {
    const [postmortem] = await agendaPostmortems(tx, { ids: [], incidentIds: [incident.id] })
    return { incident, postmortemId: postmortem?.id ?? null, title: incident.title }
  }
  const found = await visiblePostmortem(tx, actor, named)
  if (found.isRestricted) throw invalidField('subject', 'A restricted postmortem is not for a forum.')
  const of = found.incidentId ? (await incidentsByIds(tx, [found.incidentId])).get(found.incidentId) : undefined
  return { incident: of ?? null, postmortemId: found.id, title: of?.title ?? found.title }
}

async function visiblePostmortem(tx: Tx, actor: Actor, slug: string) {
  try {
    return await postmortemForAgenda({ db: tx, actor }, slug)
  } catch (error) {
    if (error instanceof AppError && error.refusal === 'not-found')
      throw invalidField('subject', 'There is no incident with this key and no postmortem at this address.')
    throw error
  }
}

const itemChange = z.strictObject({ ...phaseSchema.shape, presenter: z.string().trim().nullable() })

/** Divides an item's slots among its phases and says who presents. @throws AppError invalid naming the fields. */
export function changeItem(
  context: Context,
  { forumId, itemId, change: given }: { forumId: string; itemId: string; change: unknown },
): Promise<void> {
  return onAgenda(context, forumId, async (tx, items) => {
    itemAmong(items, itemId)
    const { presenter, ...phases } = check(itemChange, given)
    const { ids, errors } = await namePeople(tx, context.clock.now(), { presenter: presenter || null })
    if (!fillsSlots(phases))
      errors.push({ path: 'discussion', message: 'The three phases together fill slots of 15 minutes: 15, 30 or 45.' })
    if (errors.length > 0) throw invalid(errors)
    await updateItem(tx, itemId, {
      context_minutes: phases.context,
      discussion_minutes: phases.discussion,
      capture_minutes: phases.capture,
      presenter_id: ids.presenter ?? null,
    })
  })
}

export function removeItem(context: Context, { forumId, itemId }: { forumId: string; itemId: string }): Promise<void> {
  return onAgenda(context, forumId, async (tx, items) => {
    await deleteItem(tx, itemAmong(items, itemId).id)
    if (items.length === 1) await updateForum(tx, forumId, { state: 'scheduled' })
  })
}

/** One place earlier or later; nothing at either end. */
export function moveItem(
  context: Context,
  { forumId, itemId, by }: { forumId: string; itemId: string; by: -1 | 1 },
): Promise<void> {
  return onAgenda(context, forumId, async (tx, items) => {
    await putInOrder(tx, items, moved(items, itemAmong(items, itemId), by))
  })
}

/** The whole order at once, as it was dragged. @throws AppError conflict when the agenda has other items meanwhile. */
export function orderItems(
  context: Context,
  { forumId, itemIds }: { forumId: string; itemIds: readonly string[] },
): Promise<void> {
  return onAgenda(context, forumId, async (tx, items) => {
    const byId = new Map(items.map(item => [item.id, item]))
    const next = itemIds.flatMap(id => byId.get(id) ?? [])
    if (next.length !== items.length || new Set(itemIds).size !== items.length)
      throw new AppError('conflict', 'The agenda has changed meanwhile. Here is how it stands now.')
    await putInOrder(tx, items, next)
  })
}

async function putInOrder(tx: Tx, before: readonly ItemRow[], after: readonly ItemRow[]): Promise<void> {
  for (const [position, item] of after.entries())
    if (item.position !== position || before[position]?.id !== item.id) await updateItem(tx, item.id, { position })
}

function itemAmong(items: readonly ItemRow[], id: string): ItemRow {
  const item = items.find(one => one.id === id)
  if (!item) throw notFound('This item')
  return item
}
