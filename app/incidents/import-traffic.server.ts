import type { Actor } from '#app/identity/actor.ts'
import { isDay } from '#app/measure/period.ts'
import type { Clock } from '#app/platform/clock.ts'
import { parseDay } from '#app/platform/parse-time.ts'
import { quoted, type TableOptions, type TableReport, type TableRow } from '#app/platform/table-import.ts'
import type { Db } from '#db/index.server.ts'
import { type CountTable, importCounts } from './import-counts.server.ts'
import { insertTraffic, trafficOn, updateTraffic } from './traffic-queries.server.ts'

/** A thousand times what the busiest sites serve in a day, and sums of it are still exact. */
const MOST = 1_000_000_000_000

const TRAFFIC: CountTable = {
  act: 'traffic.imported',
  at: {
    column: 'day',
    called: 'day',
    read(text) {
      const parsed = parseDay(text)
      if (parsed.kind === 'day' && isDay(parsed.day)) return parsed.day
      if (parsed.kind === 'unset') return { column: 'day', message: 'traffic needs its day' }
      return {
        column: 'day',
        message: parsed.kind === 'day' ? `${quoted(text)} is not of the years 1900 to 2199` : parsed.why,
      }
    },
  },
  count: {
    column: 'requests',
    read(text) {
      const requests = /^\d{1,13}$/.test(text) ? Number(text) : Number.NaN
      if (requests <= MOST) return requests
      return {
        column: 'requests',
        message:
          text === ''
            ? 'write how many requests there were, 0 for none'
            : `${quoted(text)} is not a whole number from 0 to 1,000,000,000,000`,
      }
    },
  },
  find: async (tx, days) =>
    (await trafficOn(tx, days)).map(row => ({
      id: row.id,
      at: row.day,
      serviceId: row.service_id,
      count: row.requests,
    })),
  insert: (tx, rows) =>
    insertTraffic(
      tx,
      rows.map(({ id, at, serviceId, count }) => ({ id, day: at, service_id: serviceId, requests: count })),
    ),
  update: updateTraffic,
}

/**
 * Brings in traffic: so many requests served on a day, by a service or, where none is named, by all of them together.
 * Day and service say which row it is; the same again changes nothing. Unknown services are made and reported.
 * @throws AppError not-found for those who may not.
 */
export function importTraffic(
  context: { db: Db; clock: Clock; actor: Actor },
  rows: readonly TableRow[],
  options: TableOptions = {},
): Promise<TableReport> {
  return importCounts(context, TRAFFIC, rows, options)
}
