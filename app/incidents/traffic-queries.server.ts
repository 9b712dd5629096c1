/** Traffic as rows: requests served on a day, by one service or by all. */
import { sql } from 'kysely'
import { slicesOf } from '#app/platform/slices.ts'
import { type Db, insertRows, type Tables, type Tx } from '#db/index.server.ts'

export type TrafficRow = Tables['traffic']

export async function trafficOn(db: Db, days: string[]): Promise<TrafficRow[]> {
  const found: TrafficRow[] = []
  for (const slice of slicesOf(days))
    found.push(...(await db.selectFrom('traffic').selectAll().where('day', 'in', slice).execute()))
  return found
}

export async function insertTraffic(tx: Tx, rows: TrafficRow[]): Promise<void> {
  await insertRows(tx, 'traffic', rows)
}

export async function updateTraffic(db: Db, id: string, requests: number): Promise<void> {
  await db.updateTable('traffic').set({ requests }).where('id', '=', id).execute()
}

/**
 * Requests from one day to another (excluded), and on how many of those days there are any numbers. A day's row without
 * a service is of all of them and counts alone; else the services' are added up.
 */
export function trafficByDay(db: Db, { from, to }: { from: string; to: string }) {
  return db
    .selectFrom('traffic')
    .where('day', '>=', from)
    .where('day', '<', to)
    .groupBy('day')
    .select([
      'day',
      sql<number>`coalesce(max(case when service_id is null then requests end), sum(requests))`.as('requests'),
    ])
    .orderBy('day')
    .execute()
}

/** Of a page of rows in the order of their days; `after` is the last row of the page before. */
export function trafficPage(db: Db, after: { day: string; id: string } | null, limit: number) {
  return db
    .selectFrom('traffic')
    .leftJoin('services', 'services.id', 'traffic.service_id')
    .select(['traffic.id', 'traffic.day', 'services.name as service', 'traffic.requests'])
    .$if(after !== null, query =>
      query.where(({ eb, and, or }) =>
        or([
          eb('traffic.day', '>', after!.day),
          and([eb('traffic.day', '=', after!.day), eb('traffic.id', '>', after!.id)]),
        ]),
      ),
    )
    .orderBy('traffic.day')
    .orderBy('traffic.id')
    .limit(limit)
    .execute()
}
