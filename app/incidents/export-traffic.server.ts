import { type Actor, demand } from '#app/identity/actor.ts'
import { writeCsv } from '#app/platform/csv.ts'
import type { Db } from '#db/index.server.ts'
import { TRAFFIC_COLUMNS } from './import-columns.ts'
import { trafficPage } from './traffic-queries.server.ts'

const SLICE = 500

/**
 * All traffic as CSV, in the columns that the import reads: brought in again it is the same.
 * @throws AppError not-found for those who may not bring it in.
 */
export async function* exportTraffic({ db, actor }: { db: Db; actor: Actor }): AsyncGenerator<string> {
  demand(actor, 'administer')
  yield writeCsv(TRAFFIC_COLUMNS.known, [])
  for (let after: { day: string; id: string } | null = null; ; ) {
    const rows: Awaited<ReturnType<typeof trafficPage>> = await trafficPage(db, after, SLICE)
    if (rows.length === 0) return
    yield writeCsv(TRAFFIC_COLUMNS.known, rows).split('\r\n').slice(1).join('\r\n')
    after = rows.at(-1)!
  }
}
