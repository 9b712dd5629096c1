/** Incidents as rows. */

import { type Expression, type SqlBool, sql } from 'kysely'
import { slicesOf } from '#app/platform/slices.ts'
import type { Db, Tables } from '#db/index.server.ts'

/** When an incident began, as far as it is known; empty text else, which both databases sort first. */
export const BEGAN = sql<string>`coalesce(incidents.started_at, incidents.detected_at, '')`

export type IncidentRow = Tables['incidents'] & { family_slug: string | null; family_name: string | null }

function withFamily(db: Db) {
  return db
    .selectFrom('incidents')
    .leftJoin('families', 'families.id', 'incidents.family_id')
    .selectAll('incidents')
    .select(['families.slug as family_slug', 'families.name as family_name'])
}

export async function incidentRowsByIds(db: Db, ids: string[]): Promise<IncidentRow[]> {
  const found: IncidentRow[] = []
  for (const slice of slicesOf(ids)) found.push(...(await withFamily(db).where('incidents.id', 'in', slice).execute()))
  return found
}

export async function incidentRowsByKeys(db: Db, keys: string[]): Promise<IncidentRow[]> {
  const found: IncidentRow[] = []
  for (const slice of slicesOf(keys))
    found.push(...(await withFamily(db).where('incidents.key', 'in', slice).execute()))
  return found
}

/** Whatever the case of the ASCII letters; reads the whole table, so only for keys that were not found exactly. */
export async function incidentRowsByLowerKeys(db: Db, lowerKeys: string[]): Promise<IncidentRow[]> {
  const found: IncidentRow[] = []
  for (const slice of slicesOf(lowerKeys))
    found.push(...(await withFamily(db).where(sql<string>`lower(incidents.key)`, 'in', slice).execute()))
  return found
}

export async function incidentRowsByExternalIds(db: Db, externalIds: string[]): Promise<IncidentRow[]> {
  const found: IncidentRow[] = []
  for (const slice of slicesOf(externalIds))
    found.push(...(await withFamily(db).where('incidents.external_id', 'in', slice).execute()))
  return found
}

/** The services of incidents, in the order in which they were named. */
export async function servicesOfIncidents(db: Db, incidentIds: string[]) {
  const found: { incidentId: string; id: string; slug: string; name: string }[] = []
  for (const slice of slicesOf(incidentIds))
    found.push(
      ...(await db
        .selectFrom('incident_services')
        .innerJoin('services', 'services.id', 'incident_services.service_id')
        .where('incident_services.incident_id', 'in', slice)
        .select(['incident_services.incident_id as incidentId', 'services.id', 'services.slug', 'services.name'])
        .orderBy('incident_services.incident_id')
        .orderBy('incident_services.position')
        .execute()),
    )
  return found
}

export async function insertIncidents(db: Db, rows: Tables['incidents'][]): Promise<void> {
  for (const slice of slicesOf(rows)) await db.insertInto('incidents').values(slice).execute()
}

export async function updateIncident(
  db: Db,
  { id, ...change }: Partial<Tables['incidents']> & { id: string },
): Promise<void> {
  await db.updateTable('incidents').set(change).where('id', '=', id).execute()
}

export async function replaceServicesOf(
  db: Db,
  incidentIds: string[],
  rows: Tables['incident_services'][],
): Promise<void> {
  for (const slice of slicesOf(incidentIds))
    await db.deleteFrom('incident_services').where('incident_id', 'in', slice).execute()
  for (const slice of slicesOf(rows)) await db.insertInto('incident_services').values(slice).execute()
}

/** Every key that begins with `INC-`, for the next number. */
export async function numberedKeys(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('incidents').where('key', 'like', 'INC-%').select('key').execute()
  return rows.map(row => row.key)
}

export async function membersOfFamilies(db: Db, familyIds: string[]) {
  if (familyIds.length === 0) return []
  return db
    .selectFrom('incidents')
    .where('family_id', 'in', familyIds)
    .select(['family_id as familyId', 'id', 'key', 'title', 'started_at as startedAt', 'resolved_at as resolvedAt'])
    .orderBy(BEGAN)
    .orderBy('key')
    .execute()
}

/** Resolved are those of which a time is known, or that it is not known. */
export const INCIDENT_STATES = ['open', 'resolved'] as const
export type IncidentState = (typeof INCIDENT_STATES)[number]

export interface IncidentFilter {
  severity?: string
  /** A service's slug. */
  service?: string
  /** A family's slug. */
  family?: string
  /** Teams that own a service of it. */
  teamIds?: string[]
  state?: IncidentState
  /** These and no others. */
  ids?: string[]
  /** Began at this moment or later. */
  from?: string
  /** Began before this moment. */
  to?: string
}

/** What `spoiltMoments` reads of the flags, for a moment of resolution. */
const HAS_NO_END = sql<SqlBool>`(incidents.resolved_at is null and incidents.flags not like '%"resolved_at: %')`

function matching(db: Db, filter: IncidentFilter) {
  return withFamily(db).where(eb => {
    const all: Expression<SqlBool>[] = [eb.lit(true)]
    if (filter.severity) all.push(eb('incidents.severity', '=', filter.severity))
    if (filter.family) all.push(eb('families.slug', '=', filter.family))
    if (filter.from) all.push(eb(BEGAN, '>=', filter.from))
    if (filter.to) all.push(eb(BEGAN, '<', filter.to), eb(BEGAN, '!=', ''))
    if (filter.state) all.push(filter.state === 'open' ? HAS_NO_END : eb.not(HAS_NO_END))
    if (filter.ids) all.push(filter.ids.length > 0 ? eb('incidents.id', 'in', filter.ids) : eb.lit(false))
    const namesOne = (column: 'services.slug' | 'services.team_id', values: string[]) =>
      eb.exists(
        eb
          .selectFrom('incident_services')
          .innerJoin('services', 'services.id', 'incident_services.service_id')
          .whereRef('incident_services.incident_id', '=', 'incidents.id')
          .where(column, 'in', values)
          .select('services.id'),
      )
    if (filter.service) all.push(namesOne('services.slug', [filter.service]))
    if (filter.teamIds) all.push(namesOne('services.team_id', filter.teamIds))
    return eb.and(all)
  })
}

/** One page of incidents, the latest first, and how many there are in all. Those without a time come last. */
export async function pageOfIncidents(
  db: Db,
  filter: IncidentFilter,
  page: { offset: number; limit: number },
): Promise<{ rows: IncidentRow[]; total: number }> {
  const [rows, count] = await Promise.all([
    matching(db, filter)
      .orderBy(BEGAN, 'desc')
      .orderBy('incidents.id', 'desc')
      .offset(page.offset)
      .limit(page.limit)
      .execute(),
    matching(db, filter)
      .clearSelect()
      .select(eb => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow(),
  ])
  return { rows, total: Number(count.n) }
}

/** How many incidents of each severity began on each day (of UTC); those without a time are not counted. */
export async function countsByDay(db: Db, filter: IncidentFilter) {
  const day = sql<string>`substr(coalesce(incidents.started_at, incidents.detected_at, ''), 1, 10)`
  const rows = await matching(db, filter)
    .clearSelect()
    .where(BEGAN, '!=', '')
    .select(({ fn }) => [day.as('day'), 'incidents.severity as severity', fn.countAll<number>().as('n')])
    .groupBy([day, 'incidents.severity'])
    .execute()
  return rows.map(row => ({ ...row, n: Number(row.n) }))
}

/** When the first incident that is still here was recorded: ids sort by the time of their making. */
export async function firstRecordedAt(db: Db): Promise<string | null> {
  const first = await db.selectFrom('incidents').select('created_at').orderBy('id').limit(1).executeTakeFirst()
  return first?.created_at ?? null
}

/** Whom the incident names as its commander. It is no change of the incident's facts. */
export async function nameCommander(db: Db, incidentId: string, personId: string): Promise<void> {
  await db.updateTable('incidents').set({ commander_id: personId }).where('id', '=', incidentId).execute()
}
