import type { Clock } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import type { Tx } from '#db/index.server.ts'
import { deploymentsAt, insertDeployments, updateDeployment } from '../deployment-queries.server.ts'
import { ensureServices, findServices } from '../services.server.ts'
import type { Applied } from './apply-incident.server.ts'
import { countOnce, type SourceRow } from './hook-queries.server.ts'
import type { ReportedDeployment } from './reading.ts'
import { countsAsDeployment, keyOf, type SourceTables } from './source-tables.ts'

/** Counts a deployment that succeeded, once, for the service that its repository stands for. */
export async function applyDeployment(
  tx: Tx,
  { clock }: { clock: Clock },
  source: SourceRow,
  { id, at, repositories, environment }: ReportedDeployment,
): Promise<Applied> {
  const tables = JSON.parse(source.tables) as SourceTables
  if (!countsAsDeployment(tables, environment)) {
    const where = environment === null ? 'no environment' : `“${environment}”`
    return { outcome: 'ignored', note: `Deployments to ${where} do not count.`, incidentId: null }
  }
  const service = await serviceOf(tx, { clock }, tables, repositories)
  if (!(await countOnce(tx, { source_id: source.id, external_id: id, deployed_at: at })))
    return { outcome: 'unchanged', note: `This deployment of ${service.name} was counted before.`, incidentId: null }
  const same = (await deploymentsAt(tx, [at])).find(row => row.service_id === service.id)
  if (same) await updateDeployment(tx, same.id, same.count + 1)
  else await insertDeployments(tx, [{ id: newId(), deployed_at: at, service_id: service.id, count: 1 }])
  const made = service.created ? ` ${service.name} is a new service.` : ''
  return { outcome: 'counted', note: `Counted as a deployment of ${service.name}.${made}`, incidentId: null }
}

/** By the source's table, then by a service of that name; else one is made, as imports do. */
async function serviceOf(
  tx: Tx,
  { clock }: { clock: Clock },
  { services }: SourceTables,
  repositories: string[],
): Promise<{ id: string; name: string; created: boolean }> {
  const mapped = repositories.find(name => Object.hasOwn(services, keyOf(name)))
  const names = mapped === undefined ? repositories : [services[keyOf(mapped)]!]
  const known = await findServices(tx, names)
  const [found] = known.values()
  if (found) return { ...found, created: false }
  const name = names.at(-1)!
  return (await ensureServices(tx, { clock }, [name])).get(name)!
}
