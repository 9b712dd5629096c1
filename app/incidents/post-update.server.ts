/** Updates of an incident: written here while it is open, or told by another system. */
import { z } from 'zod'
import { type Actor, demand } from '#app/identity/actor.ts'
import { check, isStorable } from '#app/identity/fields.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { announce } from '#app/platform/events.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import './incident-events.ts'
import { incidentsByKeys } from './incidents.server.ts'
import { insertUpdates, rewriteUpdate, updatesByExternalIds } from './life-queries.server.ts'
import { ROOM_LOCK } from './services.server.ts'

/** Longest update that is kept, in UTF-16 code units. */
export const UPDATE_LIMIT = 20_000

const updateSchema = z.object({
  text: z
    .string({ error: 'Write the update.' })
    .trim()
    .min(1, 'Write the update.')
    .max(UPDATE_LIMIT, `This is longer than ${UPDATE_LIMIT.toLocaleString('en-GB')} characters.`)
    .refine(isStorable, 'This has a character that cannot be stored.'),
})

/**
 * Puts an update on the timeline, at this moment.
 * @returns its id.
 * @throws AppError not-found; invalid naming `text`.
 */
export async function postUpdate(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { key, ...given }: { key: string; text: string },
): Promise<string> {
  demand(actor, 'record incidents')
  const { text } = check(updateSchema, given)
  return inTransaction(db, async tx => {
    const incident = (await incidentsByKeys(tx, [key])).get(key)
    if (!incident) throw notFound('This incident')
    const now = isoNow(clock)
    const id = newId()
    await insertUpdates(tx, [
      {
        id,
        incident_id: incident.id,
        at: now,
        text,
        person_id: actor.personId || null,
        author_name: actor.name,
        external_id: null,
        created_at: now,
      },
    ])
    await announce(tx, 'incidents.record-changed', { incidentId: incident.id })
    return id
  })
}

/** An update as another system, an import or the demo tells it. */
export interface ToldUpdate {
  /** ISO 8601 UTC with milliseconds. */
  at: string
  /** Markdown. */
  text: string
  authorName: string
  personId?: string | null
  /** Who it is elsewhere. The same again rewrites its text and time. */
  externalId?: string | null
}

/** Takes in updates of an incident that exists, inside the caller's transaction. @returns how many are new. */
export async function takeInUpdates(
  tx: Tx,
  { clock }: { clock: Clock },
  incidentId: string,
  updates: ToldUpdate[],
): Promise<number> {
  if (updates.length === 0) return 0
  await lockFor(tx, ROOM_LOCK)
  const known = new Map(
    (
      await updatesByExternalIds(
        tx,
        incidentId,
        updates.flatMap(update => update.externalId ?? []),
      )
    ).map(row => [row.external_id, row]),
  )
  const fresh: ToldUpdate[] = []
  let isRewritten = false
  for (const update of updates) {
    const row = update.externalId ? known.get(update.externalId) : undefined
    if (!row) fresh.push(update)
    else if (row.at !== update.at || row.text !== update.text) {
      await rewriteUpdate(tx, { id: row.id, at: update.at, text: update.text })
      isRewritten = true
    }
  }
  const created_at = isoNow(clock)
  await insertUpdates(
    tx,
    fresh.map(update => ({
      id: newId(),
      incident_id: incidentId,
      at: update.at,
      text: update.text,
      person_id: update.personId ?? null,
      author_name: update.authorName,
      external_id: update.externalId ?? null,
      created_at,
    })),
  )
  if (fresh.length > 0 || isRewritten) await announce(tx, 'incidents.record-changed', { incidentId })
  return fresh.length
}
