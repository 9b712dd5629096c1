/** Deployments as rows. */

import { sql } from 'kysely'
import { slicesOf } from '#app/platform/slices.ts'
import { type Db, insertRows, type Tables, type Tx } from '#db/index.server.ts'

export type DeploymentRow = Tables['deployments']

export async function deploymentsAt(db: Db, moments: string[]): Promise<DeploymentRow[]> {
  const found: DeploymentRow[] = []
  for (const slice of slicesOf(moments))
    found.push(...(await db.selectFrom('deployments').selectAll().where('deployed_at', 'in', slice).execute()))
  return found
}

export async function insertDeployments(tx: Tx, rows: DeploymentRow[]): Promise<void> {
  await insertRows(tx, 'deployments', rows)
}

export async function updateDeployment(db: Db, id: string, count: number): Promise<void> {
  await db.updateTable('deployments').set({ count }).where('id', '=', id).execute()
}

/** How many deployments there were from `from` to `middle`, and from there to `to`. */
export async function deploymentSums(
  db: Db,
  { from, middle, to }: { from: string; middle: string; to: string },
): Promise<{ before: number; now: number }> {
  const sums = await db
    .selectFrom('deployments')
    .where('deployed_at', '>=', from)
    .where('deployed_at', '<', to)
    .select([
      sql<number>`coalesce(sum(case when deployed_at < ${middle} then count else 0 end), 0)`.as('before'),
      sql<number>`coalesce(sum(case when deployed_at < ${middle} then 0 else count end), 0)`.as('now'),
    ])
    .executeTakeFirstOrThrow()
  return { before: Number(sums.before), now: Number(sums.now) }
}

/** How many deployments there were in each of these stretches of time, in one reading of them all. */
export async function deploymentCounts(db: Db, stretches: readonly { from: string; to: string }[]): Promise<number[]> {
  if (stretches.length === 0) return []
  const first = stretches.map(({ from }) => from).sort()[0]!
  const last = stretches
    .map(({ to }) => to)
    .sort()
    .at(-1)!
  const sums = await db
    .selectFrom('deployments')
    .where('deployed_at', '>=', first)
    .where('deployed_at', '<', last)
    .select(
      stretches.map(({ from, to }, i) =>
        sql<number>`coalesce(sum(case when deployed_at >= ${from} and deployed_at < ${to} then count else 0 end), 0)`.as(
          `n${i}`,
        ),
      ),
    )
    .executeTakeFirstOrThrow()
  return stretches.map((_, i) => Number((sums as Record<string, number>)[`n${i}`]))
}
