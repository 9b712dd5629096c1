/** Waves, who is invited, ballots and responses: the core of the room's tables. Knows nothing of accounts. */
import { type Clock, isoNow, systemClock } from '#app/platform/clock.ts'
import { type Db, nowColumn, type Tables } from '#db/index.server.ts'
import { nearness } from './planning/waves-apart.ts'
import type { KeptState } from './wave.ts'

export type WaveRow = Tables['waves'] & {
  /** When it was read: by the database's clock where it has one that all instances share. */
  now: string
}

/** A clock that a test has set counts; otherwise the database's own does. */
function nowOf(clock: Clock, fromDatabase: string | null): string {
  return clock === systemClock && fromDatabase !== null ? fromDatabase : isoNow(clock)
}

export async function waveRow(db: Db, id: string, clock: Clock): Promise<WaveRow | null> {
  const row = await db
    .selectFrom('waves')
    .selectAll()
    .select(nowColumn(db).as('now'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, now: nowOf(clock, row.now) } : null
}

/** What casting and collecting ask before anything else: the state, by the clock that counts. */
export interface WaveMoment {
  id: string
  publicKey: string | null
  state: KeptState
  collectingFrom: string
  answeringFrom: string
  closesAt: string
  now: string
}

export async function waveMoment(db: Db, id: string, clock: Clock): Promise<WaveMoment | null> {
  const row = await db
    .selectFrom('waves')
    .select(['state', 'public_key', 'collecting_from', 'answering_from', 'closes_at', nowColumn(db).as('now')])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  return {
    id,
    publicKey: row.public_key,
    state: row.state as KeptState,
    collectingFrom: row.collecting_from,
    answeringFrom: row.answering_from,
    closesAt: row.closes_at,
    now: nowOf(clock, row.now),
  }
}

/** What is frozen at opening; null before. */
export async function frozenRow(db: Db, id: string): Promise<{ questionnaire: string; charter: string } | null> {
  const row = await db.selectFrom('waves').select(['questionnaire', 'charter']).where('id', '=', id).executeTakeFirst()
  return row?.questionnaire && row.charter ? { questionnaire: row.questionnaire, charter: row.charter } : null
}

/** The last to close first. */
export async function waveRows(
  db: Db,
  clock: Clock,
  { limit, after }: { limit: number; after?: { closesAt: string; id: string } },
): Promise<WaveRow[]> {
  const rows = await db
    .selectFrom('waves')
    .selectAll()
    .select(nowColumn(db).as('now'))
    .$if(after !== undefined, query =>
      query.where(where =>
        where.or([
          where('closes_at', '<', after?.closesAt ?? ''),
          where.and([where('closes_at', '=', after?.closesAt ?? ''), where('id', '>', after?.id ?? '')]),
        ]),
      ),
    )
    .orderBy('closes_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(row => ({ ...row, now: nowOf(clock, row.now) }))
}

export async function countWaves(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('waves')
    .select(count => count.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/** Waves in one of these states, the first to close first. */
export async function wavesIn(db: Db, states: readonly KeptState[], clock: Clock): Promise<WaveRow[]> {
  const rows = await db
    .selectFrom('waves')
    .selectAll()
    .select(nowColumn(db).as('now'))
    .where('state', 'in', states)
    .orderBy('closes_at')
    .orderBy('id')
    .execute()
  return rows.map(row => ({ ...row, now: nowOf(clock, row.now) }))
}

/** @returns whether the wave was in one of these states. */
export async function changeWave(
  db: Db,
  id: string,
  from: readonly KeptState[],
  change: Partial<Omit<Tables['waves'], 'id'>> & { updated_at: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('waves')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Opened waves that are not abandoned and are open within the given distance of another one. */
export async function wavesNear(
  db: Db,
  wave: { id: string; collectingFrom: string; closesAt: string },
): Promise<Tables['waves'][]> {
  const { from, to } = nearness(wave)
  return db
    .selectFrom('waves')
    .selectAll()
    .where('state', 'in', ['open', 'closing', 'closed', 'published'])
    .where('closes_at', '>', from)
    .where('collecting_from', '<', to)
    .where('id', '!=', wave.id)
    .orderBy('closes_at')
    .execute()
}

/** The name of the lock that casting and collecting share, and that opening and closing hold alone. */
export function waveLock(wave: string): string {
  return `wave:${wave}`
}
