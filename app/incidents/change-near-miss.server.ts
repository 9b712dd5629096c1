/** Puts a near miss right after it was reported: its words and its service, or the name beside it taken off. */
import { type Actor, can, demand } from '#app/identity/actor.ts'
import { check, isStorable } from '#app/identity/fields.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { type NearMissRow, nearMissById, updateNearMiss } from './near-miss-queries.server.ts'
import { wordsOf } from './near-miss-words.ts'
import { nearMissSchema, serviceNamed } from './report-near-miss.server.ts'
import { ROOM_LOCK, servicesByIds } from './services.server.ts'

interface Context {
  db: Db
  actor: Actor
}

export interface NearMissToChange {
  id: string
  title: string
  whatHappened: string
  whatStoppedIt: string
  /** A service's slug; empty for none. */
  service: string
  /** Whether it is one's own, with one's name beside it. */
  isOwn: boolean
}

/** Whether somebody may put a near miss right: editors any, others what they reported with their name. */
export function mayChange(actor: Actor, reporterId: string | null): boolean {
  return can(actor, 'edit the library') || isOwn(actor, reporterId)
}

function isOwn(actor: Actor, reporterId: string | null): boolean {
  return reporterId !== null && reporterId === actor.personId
}

/** @throws AppError not-found, also for those who may not change it. */
export async function nearMissToChange({ db, actor }: Context, id: string): Promise<NearMissToChange> {
  demand(actor, 'record incidents')
  const row = changeable(actor, isStorable(id) ? await nearMissById(db, id) : undefined)
  const service = row.service_id === null ? undefined : (await servicesByIds(db, [row.service_id])).get(row.service_id)
  return {
    id: row.id,
    title: row.title,
    whatHappened: row.what_happened,
    whatStoppedIt: row.what_stopped_it,
    service: service?.slug ?? '',
    isOwn: isOwn(actor, row.person_id),
  }
}

/**
 * The day on which it was reported stays. One's own name can be taken off, and nothing brings it back; nobody can put
 * one there. What editors change is in the audit trail, without the words from before: they may be why it was changed.
 * @throws AppError not-found, also for those who may not change it; invalid naming the fields.
 */
export async function changeNearMiss(
  { db, clock, actor }: Context & { clock: Clock },
  id: string,
  given: { title: string; whatHappened: string; whatStoppedIt: string; service: string; isNamed: boolean },
): Promise<void> {
  demand(actor, 'record incidents')
  if (!isStorable(id)) throw notFound('This near miss')
  await inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const row = changeable(actor, await nearMissById(tx, id))
    const { title, whatHappened, whatStoppedIt, service: slug, isNamed } = check(nearMissSchema, given)
    const service = await serviceNamed(tx, slug)
    const own = isOwn(actor, row.person_id)
    const next: NearMissRow = {
      ...row,
      title,
      what_happened: whatHappened,
      what_stopped_it: whatStoppedIt,
      service_id: service?.id ?? null,
      person_id: own && !isNamed ? null : row.person_id,
    }
    await updateNearMiss(tx, next, wordsOf(title, whatHappened, whatStoppedIt, service?.name ?? ''))
    if (!own) await recordAudit(tx, { actor, clock }, { act: 'near-miss.changed', subject: title })
  })
}

function changeable(actor: Actor, row: NearMissRow | undefined): NearMissRow {
  if (!row || !mayChange(actor, row.person_id)) throw notFound('This near miss')
  return row
}
