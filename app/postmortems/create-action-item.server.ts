import { type Actor, demand } from '#app/identity/actor.ts'
import { check, invalid } from '#app/identity/fields.ts'
import { incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { AppError, type FieldError } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { newActionSchema } from './action-body.ts'
import { insertActionEvents } from './action-history-queries.server.ts'
import { actionsLike, insertActions } from './action-item-queries.server.ts'
import { ownerIn } from './change-action-item.server.ts'
import { noteActionChange } from './note-action-change.server.ts'
import { mayChange, visibleRow } from './read-postmortem.server.ts'
import { lockRoom } from './save-records.server.ts'

/**
 * Writes down an action item of an incident, or of a postmortem by those who may change that.
 * @returns its id.
 * @throws AppError invalid naming the fields; not-found for those who may not.
 */
export async function createActionItem(
  context: { db: Db; clock: Clock; actor: Actor },
  given: unknown,
): Promise<string> {
  const { clock, actor } = context
  demand(actor, 'own action items')
  const input = check(newActionSchema, given)
  return inTransaction(context.db, async tx => {
    await lockRoom(tx)
    const { place, errors } = await placeOf(tx, actor, input)
    if (errors.length) throw invalid(errors)
    const owner = await ownerIn(tx, input.owner)
    const beside = await actionsLike(tx, {
      external_id: [],
      incident_id: place.postmortemId === null && place.incidentId ? [place.incidentId] : [],
      postmortem_id: place.postmortemId ? [place.postmortemId] : [],
    })
    const id = newId()
    await insertActions(tx, [
      {
        id,
        postmortem_id: place.postmortemId,
        incident_id: place.incidentId,
        position: Math.max(-1, ...beside.map(one => one.position)) + 1,
        title: input.title,
        kind: input.kind,
        owner_id: owner?.id ?? null,
        owner_text: null,
        created_on: dayIn(actor.timeZone, clock.now()),
        due_on: input.dueOn,
        state: 'open',
        closed_on: null,
        drop_reason: null,
        external_id: null,
        created_at: isoNow(clock),
        updated_at: isoNow(clock),
      },
    ])
    await insertActionEvents(tx, [
      {
        id: newId(),
        action_id: id,
        at: isoNow(clock),
        person_id: actor.personId || null,
        actor_name: actor.name,
        change: '{}',
        why: null,
        decided_by: null,
      },
    ])
    if (place.postmortemId) await noteActionChange(tx, { clock, actor }, [place.postmortemId], 'Action item added')
    return id
  })
}

async function placeOf(
  tx: Db,
  actor: Actor,
  { incident, postmortem }: { incident: string | null; postmortem: string | null },
) {
  const errors: FieldError[] = []
  const found = incident ? (await incidentsByKeys(tx, [incident])).get(incident) : undefined
  if (incident && !found) errors.push({ path: 'incident', message: 'There is no incident with this key.' })
  const row = postmortem ? await rowOrNull(tx, actor, postmortem) : null
  if (postmortem && !(row && (await mayChange(tx, actor, row))))
    errors.push({ path: 'postmortem', message: 'There is no postmortem at this address that you may change.' })
  if (!incident && !postmortem)
    errors.push({ path: 'incident', message: 'Write the key of the incident that it came from.' })
  if (found && row?.incident_id && row.incident_id !== found.id)
    errors.push({ path: 'postmortem', message: 'This postmortem belongs to another incident.' })
  return { place: { incidentId: found?.id ?? row?.incident_id ?? null, postmortemId: row?.id ?? null }, errors }
}

async function rowOrNull(tx: Db, actor: Actor, slug: string) {
  try {
    return await visibleRow({ db: tx, actor }, slug)
  } catch (error) {
    if (error instanceof AppError && error.refusal === 'not-found') return null
    throw error
  }
}
