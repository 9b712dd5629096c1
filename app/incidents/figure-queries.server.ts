/** Incidents as the figures need them: few columns, found by the indexes of their moments. */
import type { Db } from '#db/index.server.ts'
import { BEGAN } from './incident-queries.server.ts'

const columns = [
  'id',
  'severity',
  'started_at as startedAt',
  'detected_at as detectedAt',
  'acknowledged_at as acknowledgedAt',
  'mitigated_at as mitigatedAt',
  'resolved_at as resolvedAt',
  'detected_by as detectedBy',
  'customer_impact as customerImpact',
  'family_id as familyId',
  'flags',
] as const

export interface Between {
  from: string
  to: string
}

/** Incidents that began in one stretch of time or were resolved in another. */
export function incidentsBegunOrResolved(db: Db, begun: Between, resolved: Between) {
  const all = db.selectFrom('incidents').select(columns)
  return all
    .where(BEGAN, '>=', begun.from)
    .where(BEGAN, '<', begun.to)
    .union(all.where('resolved_at', '>=', resolved.from).where('resolved_at', '<', resolved.to))
    .execute()
}

/** The families to which those belong that began then, to be asked within another query. */
function familyIdsBegun(db: Db, begun: Between) {
  return db
    .selectFrom('incidents')
    .where('family_id', 'is not', null)
    .where(BEGAN, '>=', begun.from)
    .where(BEGAN, '<', begun.to)
    .select('family_id')
}

/** Resolved incidents of the families to which those belong that began then. */
export function resolvedRelatives(db: Db, begun: Between) {
  return db
    .selectFrom('incidents')
    .where('family_id', 'in', familyIdsBegun(db, begun))
    .where('resolved_at', 'is not', null)
    .where('resolved_at', '<', begun.to)
    .select(['id', 'family_id as familyId', 'resolved_at as resolvedAt'])
    .execute()
}

/** Through which source of incidents those came that began then; recorded and imported ones are not among them. */
export function sourcesOfIncidents(db: Db, begun: Between) {
  return db
    .selectFrom('incidents')
    .innerJoin('hook_incidents', 'hook_incidents.incident_id', 'incidents.id')
    .innerJoin('hook_sources', 'hook_sources.id', 'hook_incidents.source_id')
    .where(BEGAN, '>=', begun.from)
    .where(BEGAN, '<', begun.to)
    .groupBy('incidents.id')
    .select(({ fn }) => ['incidents.id as incidentId', fn.min('hook_sources.name').as('source')])
    .execute()
}

/** The names of the families to which those belong that began then. */
export function familiesBegunIn(db: Db, begun: Between) {
  return db
    .selectFrom('families')
    .where('families.id', 'in', familyIdsBegun(db, begun))
    .select(['id', 'slug', 'name'])
    .execute()
}

/** When the first incident that is still here was recorded: ids sort by the time of their making. */
export async function firstRecordedAt(db: Db): Promise<string | null> {
  const first = await db.selectFrom('incidents').select('created_at').orderBy('id').limit(1).executeTakeFirst()
  return first?.created_at ?? null
}
