/** Waves while they are planned. */
import type { Db } from '#db/index.server.ts'
import type { WaveDates, WavePlan } from './wave.ts'

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
