/** Waves while they are planned. */
import type { Db } from '#db/index.server.ts'
import type { WaveDates, WavePlan } from '../wave.ts'

export interface PlannedWave extends WaveDates {
  id: string
  title: string
  plan: WavePlan
  /** The wave of the same survey before. */
  previousId: string | null
}

export async function insertPlan(db: Db, wave: PlannedWave, now: string): Promise<void> {
  await db
    .insertInto('waves')
    .values({ id: wave.id, state: 'planned', ...columnsOf(wave), collected_shown: 0, created_at: now, updated_at: now })
    .execute()
}

/** @returns whether the wave was still planned. */
export async function updatePlan(db: Db, wave: PlannedWave, now: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('waves')
    .set({ ...columnsOf(wave), updated_at: now })
    .where('id', '=', wave.id)
    .where('state', '=', 'planned')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

function columnsOf({ title, plan, collectingFrom, answeringFrom, closesAt, previousId }: PlannedWave) {
  return {
    title,
    plan: JSON.stringify(plan),
    asks_attenders: plan.listSalt === undefined ? 0 : 1,
    collecting_from: collectingFrom,
    answering_from: answeringFrom,
    closes_at: closesAt,
    previous_id: previousId,
  }
}

/** What every wave plans, the last to close first. */
export async function allPlans(db: Db): Promise<{ id: string; state: string; plan: WavePlan; closesAt: string }[]> {
  const rows = await db
    .selectFrom('waves')
    .select(['id', 'state', 'plan', 'closes_at as closesAt'])
    .orderBy('closes_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(row => ({ ...row, plan: JSON.parse(row.plan) as WavePlan }))
}

/** Of these waves those to which somebody is invited. */
export async function invitationsAmong(db: Db, personId: string, waves: readonly string[]): Promise<Set<string>> {
  if (!personId || waves.length === 0) return new Set()
  const rows = await db
    .selectFrom('wave_invited')
    .where('person_id', '=', personId)
    .where('wave_id', 'in', waves)
    .select('wave_id')
    .execute()
  return new Set(rows.map(row => row.wave_id))
}

/** Open waves to which somebody is invited, the first to close first. */
export function openInvitations(db: Db, personId: string) {
  return db
    .selectFrom('wave_invited')
    .innerJoin('waves', 'waves.id', 'wave_invited.wave_id')
    .where('wave_invited.person_id', '=', personId)
    .where('waves.state', '=', 'open')
    .select([
      'waves.id',
      'waves.title',
      'waves.collecting_from as collectingFrom',
      'waves.answering_from as answeringFrom',
      'waves.closes_at as closesAt',
    ])
    .orderBy('waves.closes_at')
    .orderBy('waves.id')
    .execute()
}

/** Plans whose collecting begins before a moment, or was to begin; the first to close first. */
export function plansBefore(db: Db, moment: string) {
  return db
    .selectFrom('waves')
    .where('state', '=', 'planned')
    .where('collecting_from', '<', moment)
    .select(['id', 'title', 'collecting_from as collectingFrom'])
    .orderBy('closes_at')
    .orderBy('id')
    .limit(5)
    .execute()
}

/** Waves that are over, ask to be repeated and have no wave after them; abandoned ones after them count. */
export async function wavesToRepeat(db: Db): Promise<PlannedWave[]> {
  const rows = await db
    .selectFrom('waves')
    .where('state', 'in', ['closed', 'published'])
    .where(where =>
      where.not(
        where.exists(
          where.selectFrom('waves as later').whereRef('later.previous_id', '=', 'waves.id').select('later.id'),
        ),
      ),
    )
    .select(['id', 'title', 'plan', 'collecting_from', 'answering_from', 'closes_at', 'previous_id'])
    .orderBy('closes_at')
    .orderBy('id')
    .execute()
  return rows
    .map(row => ({
      id: row.id,
      title: row.title,
      plan: JSON.parse(row.plan) as WavePlan,
      collectingFrom: row.collecting_from,
      answeringFrom: row.answering_from,
      closesAt: row.closes_at,
      previousId: row.previous_id,
    }))
    .filter(wave => wave.plan.repeatMonths !== null)
}
