/** Who is invited to a wave, and the placeholders of their ballots. */
import { sql } from 'kysely'
import { type Db, insertRows, stampsRows, type Tx } from '#db/index.server.ts'

/** What stands in a placeholder until a ballot was collected … */
export const NOTHING_SIGNED = '0'.repeat(64)
/** … and once the wave is closed, for those who did: nothing but that. */
export const SOMETHING_SIGNED = 'f'.repeat(64)

/** People in one shard of placeholders: see fillPlaceholders. */
const SHARD_SIZE = 64

export interface InvitedRow {
  personId: string
  groupId: string | null
}

export async function insertInvited(tx: Tx, wave: string, people: readonly InvitedRow[]): Promise<void> {
  const rows = people.map(({ personId, groupId }) => ({ wave_id: wave, person_id: personId, group_id: groupId }))
  await insertRows(tx, 'wave_invited', rows)
}

/** @param personIds in random order. */
export async function insertPlaceholders(
  tx: Tx,
  wave: string,
  personIds: readonly string[],
  digestOf: (personId: string) => string = () => NOTHING_SIGNED,
): Promise<void> {
  const rows = personIds.map((personId, at) => ({
    wave_id: wave,
    person_id: personId,
    shard: Math.floor(at / SHARD_SIZE),
    digest: digestOf(personId),
  }))
  await insertRows(tx, 'wave_ballots', rows)
}

export function invitedRows(db: Db, wave: string): Promise<InvitedRow[]> {
  return db
    .selectFrom('wave_invited')
    .select(['person_id as personId', 'group_id as groupId'])
    .where('wave_id', '=', wave)
    .orderBy('person_id')
    .execute()
}

export async function isInvited(db: Db, wave: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('wave_invited')
    .select('person_id')
    .where('wave_id', '=', wave)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}

export interface Placeholder {
  personId: string
  shard: number
  digest: string
}

const placeholder = ['person_id as personId', 'shard', 'digest'] as const

export function placeholdersOf(db: Db, wave: string, personIds: readonly string[]): Promise<Placeholder[]> {
  if (personIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('wave_ballots')
    .select(placeholder)
    .where('wave_id', '=', wave)
    .where('person_id', 'in', personIds)
    .execute()
}

export function allPlaceholders(db: Db, wave: string): Promise<Placeholder[]> {
  return db.selectFrom('wave_ballots').select(placeholder).where('wave_id', '=', wave).execute()
}

/**
 * Fills in place; where the database notes when a row was written, the whole shard is written anew, so that this is the
 * same for all of it.
 */
export async function fillPlaceholders(
  tx: Tx,
  wave: string,
  shard: number,
  filled: ReadonlyMap<string, string>,
): Promise<void> {
  const cases = [...filled].map(([personId, digest]) => sql`when ${personId} then ${digest}`)
  await tx
    .updateTable('wave_ballots')
    .set({ digest: sql<string>`case person_id ${sql.join(cases, sql` `)} else digest end` })
    .where('wave_id', '=', wave)
    .where('shard', '=', shard)
    .$if(!stampsRows(tx), query => query.where('person_id', 'in', [...filled.keys()]))
    .execute()
}

export async function deletePlaceholders(tx: Db, wave: string): Promise<void> {
  await tx.deleteFrom('wave_ballots').where('wave_id', '=', wave).execute()
}

export async function countCollected(db: Db, wave: string): Promise<number> {
  const { n } = await db
    .selectFrom('wave_ballots')
    .select(count => count.fn.countAll<number>().as('n'))
    .where('wave_id', '=', wave)
    .where('digest', '!=', NOTHING_SIGNED)
    .executeTakeFirstOrThrow()
  return n
}

/** Waves closed or abandoned before this day that still have placeholders. */
export async function wavesWithOldPlaceholders(db: Db, before: string): Promise<string[]> {
  const rows = await db
    .selectFrom('waves')
    .select('id')
    .where(where => where.or([where('closed_at', '<=', before), where('abandoned_at', '<=', before)]))
    .where('state', 'in', ['closed', 'published', 'abandoned'])
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('wave_ballots').select('person_id').whereRef('wave_ballots.wave_id', '=', 'waves.id').limit(1)),
    )
    .execute()
  return rows.map(row => row.id)
}
