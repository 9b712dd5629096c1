/** Families as rows: who was moved where, what was refused, what was looked at. */

import { sql } from 'kysely'
import { slicesOf } from '#app/platform/slices.ts'
import type { Db, Tables, Tx } from '#db/index.server.ts'
import { BEGAN } from './incident-queries.server.ts'

export interface Move {
  incidentId: string
  from: string | null
  to: string | null
}

/** Puts incidents into a family, or out of any. */
export async function setFamily(
  tx: Tx,
  incidentIds: readonly string[],
  familyId: string | null,
  now: string,
): Promise<void> {
  for (const slice of slicesOf(incidentIds))
    await tx.updateTable('incidents').set({ family_id: familyId, updated_at: now }).where('id', 'in', slice).execute()
}

export async function familiesOfIncidents(db: Db, incidentIds: readonly string[]) {
  if (incidentIds.length === 0) return []
  return db.selectFrom('incidents').where('id', 'in', incidentIds).select(['id', 'family_id as familyId']).execute()
}

export async function insertFamilyChange(tx: Tx, row: Tables['family_changes']): Promise<void> {
  await tx.insertInto('family_changes').values(row).execute()
}

/** What was judged about a family, the latest first. */
export function familyChanges(db: Db, familyId: string) {
  return db
    .selectFrom('family_changes')
    .selectAll()
    .where('family_id', '=', familyId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export function familyChange(db: Db, id: string) {
  return db.selectFrom('family_changes').selectAll().where('id', '=', id).executeTakeFirst()
}

/** @returns whether it was not undone before. */
export async function claimUndo(tx: Tx, id: string, now: string): Promise<boolean> {
  const claimed = await tx
    .updateTable('family_changes')
    .set({ undone_at: now })
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return Number(claimed.numUpdatedRows) === 1
}

/** Families by name, with how many incidents each has; those without any are left out. */
export async function familiesWithMembers(db: Db) {
  const rows = await db
    .selectFrom('families')
    .innerJoin('incidents', 'incidents.family_id', 'families.id')
    .groupBy(['families.id', 'families.slug', 'families.name'])
    .select(({ fn }) => ['families.id', 'families.slug', 'families.name', fn.countAll<number>().as('members')])
    .orderBy('families.name')
    .execute()
  return rows.map(row => ({ ...row, members: Number(row.members) }))
}

export async function insertRefusal(tx: Tx, one: string, other: string, now: string): Promise<void> {
  const [incident_id, other_id] = one < other ? [one, other] : [other, one]
  await tx
    .insertInto('family_refusals')
    .values({ incident_id, other_id, at: now })
    .onConflict(conflict => conflict.columns(['incident_id', 'other_id']).doNothing())
    .execute()
}

/** Incidents that were judged not to be the same failure as this one. */
export async function refusedFor(db: Db, incidentId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('family_refusals')
    .where(({ eb, or }) => or([eb('incident_id', '=', incidentId), eb('other_id', '=', incidentId)]))
    .select(['incident_id as one', 'other_id as other'])
    .execute()
  return new Set(rows.map(({ one, other }) => (one === incidentId ? other : one)))
}

/** Members of families that began at this moment or later, with their family. */
export function membersSince(db: Db, from: string) {
  return db
    .selectFrom('incidents')
    .innerJoin('families', 'families.id', 'incidents.family_id')
    .where(BEGAN, '>=', from)
    .select(['incidents.id', 'families.id as familyId', 'families.slug', 'families.name'])
    .execute()
}

export async function reviewsOf(
  db: Db,
  incidentIds: readonly string[],
): Promise<Map<string, Tables['senior_reviews']>> {
  const found = new Map<string, Tables['senior_reviews']>()
  for (const slice of slicesOf(incidentIds))
    for (const row of await db.selectFrom('senior_reviews').selectAll().where('incident_id', 'in', slice).execute())
      found.set(row.incident_id, row)
  return found
}

export async function putReview(tx: Tx, row: Tables['senior_reviews']): Promise<void> {
  await tx
    .insertInto('senior_reviews')
    .values(row)
    .onConflict(conflict =>
      conflict.column('incident_id').doUpdateSet({
        at: sql<string>`excluded.at`,
        actor_name: sql<string>`excluded.actor_name`,
        note: sql<string>`excluded.note`,
      }),
    )
    .execute()
}
