import type { Actor } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { parseInstant } from '#app/platform/parse-time.ts'
import { quoted, type TableOptions, type TableReport, type TableRow } from '#app/platform/table-import.ts'
import type { Db } from '#db/index.server.ts'
import { deploymentsAt, insertDeployments, updateDeployment } from './deployment-queries.server.ts'
import { type CountTable, importCounts } from './import-counts.server.ts'

const MOST = 1_000_000

const DEPLOYMENTS: CountTable = {
  act: 'deployments.imported',
  at: {
    column: 'deployed_at',
    called: 'moment',
    read(text) {
      const at = parseInstant(text)
      if (at.kind === 'instant') return at.iso
      const message = at.kind === 'unset' ? 'a deployment needs its time' : `${quoted(text)}: ${at.why}`
      return { column: 'deployed_at', message }
    },
  },
  count: {
    column: 'count',
    read(text) {
      const count = text === '' ? 1 : /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
      if (count <= MOST) return count
      return { column: 'count', message: `${quoted(text)} is not a whole number from 0 to 1,000,000` }
    },
  },
  find: async (tx, moments) =>
    (await deploymentsAt(tx, moments)).map(row => ({
      id: row.id,
      at: row.deployed_at,
      serviceId: row.service_id,
      count: row.count,
    })),
  insert: (tx, rows) =>
    insertDeployments(
      tx,
      rows.map(({ id, at, serviceId, count }) => ({ id, deployed_at: at, service_id: serviceId, count })),
    ),
  update: updateDeployment,
}

/**
 * Brings in deployments: so many of a service at a moment, one where no number is given. Moment and service say which
 * row it is; the same again changes nothing. Unknown services are made and reported.
 * @throws AppError not-found for those who may not.
 */
export function importDeployments(
  context: { db: Db; clock: Clock; actor: Actor },
  rows: readonly TableRow[],
  options: TableOptions = {},
): Promise<TableReport> {
  return importCounts(context, DEPLOYMENTS, rows, options)
}
