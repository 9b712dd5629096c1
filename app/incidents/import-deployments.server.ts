import { type Actor, demand } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import { parseInstant } from '#app/platform/parse-time.ts'
import { eachSlice } from '#app/platform/slices.ts'
import {
  type CellComplaint,
  emptyTableReport,
  quoted,
  reject,
  type TableOptions,
  type TableReport,
  type TableRow,
} from '#app/platform/table-import.ts'
import { type Db, lockFor, type Tx } from '#db/index.server.ts'
import { auditedSlice } from './audited-slice.server.ts'
import { type DeploymentRow, deploymentsAt, insertDeployments, updateDeployment } from './deployment-queries.server.ts'
import { NAME_LIMIT, slugOfName, tidyName } from './names.server.ts'
import { ensureServices, ROOM_LOCK } from './services.server.ts'

interface ReadDeployment {
  line: number
  deployedAt: string
  /** Null where the file does not say what was deployed. */
  service: string | null
  count: number
}

/** Rows per transaction: few enough that other requests hardly wait. */
const SLICE = 500
const MOST = 1_000_000

/**
 * Brings in deployments: so many of a service at a moment. Moment and service say which row it is; the same again
 * changes nothing. Unknown services are made and reported.
 * @throws AppError not-found for those who may not.
 */
export async function importDeployments(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  rows: readonly TableRow[],
  { dryRun = false, onProgress }: TableOptions = {},
): Promise<TableReport> {
  demand(actor, 'administer')
  const report = emptyTableReport()
  const readable = readRows(rows, report)
  const made = new Set<string>()
  await eachSlice(readable, SLICE, { done: rows.length - readable.length, tell: onProgress }, slice =>
    auditedSlice({ db, clock, actor, dryRun }, { act: 'deployments.imported', slice, report }, tx =>
      importSlice(tx, clock, slice, report, made),
    ),
  )
  if (made.size > 0) report.notes.push(`New services: ${[...made].join(', ')}`)
  return report
}

function readRows(rows: readonly TableRow[], report: TableReport): ReadDeployment[] {
  const readable: ReadDeployment[] = []
  const firstLines = new Map<string, number>()
  for (const { line, cells } of rows) {
    const { deployment, complaints } = readDeployment(line, cells)
    if (deployment) {
      const identity = `${deployment.deployedAt} ${deployment.service === null ? '' : slugOfName(deployment.service)}`
      const first = firstLines.get(identity)
      if (first === undefined) firstLines.set(identity, line)
      else {
        const message = `the same moment and service as on line ${first}: only the first was taken; add them up in count`
        complaints.push({ column: 'deployed_at', message })
      }
    }
    if (deployment && complaints.length === 0) readable.push(deployment)
    else reject(report, line, complaints)
  }
  return readable
}

function readDeployment(
  line: number,
  cells: Record<string, string>,
): { deployment: ReadDeployment | null; complaints: CellComplaint[] } {
  const complaints: CellComplaint[] = []
  const complain = (column: string, message: string) => void complaints.push({ column, message })
  const cell = (column: string) => (cells[column] ?? '').trim()

  const at = parseInstant(cell('deployed_at'))
  if (at.kind === 'unset') complain('deployed_at', 'a deployment needs its time')
  else if (at.kind !== 'instant') complain('deployed_at', `${quoted(cell('deployed_at'))}: ${at.why}`)
  const service = tidyName(cell('service'))
  if (service.length > NAME_LIMIT)
    complain('service', `a name of ${service.length} characters; at most ${NAME_LIMIT} are kept`)
  const count = cell('count') === '' ? 1 : /^\d{1,7}$/.test(cell('count')) ? Number(cell('count')) : Number.NaN
  if (!(count <= MOST)) complain('count', `${quoted(cell('count'))} is not a whole number from 0 to 1,000,000`)
  if (complaints.length > 0 || at.kind !== 'instant') return { deployment: null, complaints }
  return { deployment: { line, deployedAt: at.iso, service: service || null, count }, complaints }
}

async function importSlice(
  tx: Tx,
  clock: Clock,
  slice: ReadDeployment[],
  report: TableReport,
  made: Set<string>,
): Promise<void> {
  await lockFor(tx, ROOM_LOCK)
  const names = [...new Set(slice.flatMap(row => row.service ?? []))]
  const services = await ensureServices(tx, { clock }, names)
  for (const service of services.values()) if (service.created) made.add(service.name)
  const identity = (at: string, serviceId: string | null) => `${at} ${serviceId ?? ''}`
  const known = new Map(
    (await deploymentsAt(tx, [...new Set(slice.map(row => row.deployedAt))])).map(row => [
      identity(row.deployed_at, row.service_id),
      row,
    ]),
  )
  const inserts: DeploymentRow[] = []
  for (const { deployedAt, service, count, line } of slice) {
    const serviceId = service === null ? null : services.get(service)!.id
    const key = identity(deployedAt, serviceId)
    const old = known.get(key)
    if (!old) {
      const row = { id: newId(), deployed_at: deployedAt, service_id: serviceId, count }
      inserts.push(row)
      known.set(key, row)
      report.created++
    } else if (inserts.includes(old)) {
      // A renamed service has two names, of which the reading of the file knows one.
      const message = `another row of this file is the same service at the same moment: only the first was taken`
      reject(report, line, [{ column: 'service', message }])
    } else if (old.count === count) report.unchanged++
    else {
      await updateDeployment(tx, old.id, count)
      report.updated++
    }
  }
  await insertDeployments(tx, inserts)
}
