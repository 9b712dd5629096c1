/** Which postmortems belong to which incidents and services. */
import type { Db } from '#db/index.server.ts'
import type { PostmortemRow } from './postmortem-queries.server.ts'

export async function idsOfIncidents(db: Db, incidentIds: string[]): Promise<string[]> {
  if (incidentIds.length === 0) return []
  const rows = await db.selectFrom('postmortems').select('id').where('incident_id', 'in', incidentIds).execute()
  return rows.map(row => row.id)
}

export async function idsOfService(db: Db, serviceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('postmortem_services')
    .select('postmortem_id')
    .where('service_id', '=', serviceId)
    .execute()
  return rows.map(row => row.postmortem_id)
}

/** The address of each incident's postmortem, where every member may read it. */
export async function openSlugsOfIncidents(db: Db, incidentIds: string[]): Promise<Map<string, string>> {
  if (incidentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('postmortems')
    .select(['incident_id', 'slug'])
    .where('incident_id', 'in', incidentIds)
    .where('status', '=', 'published')
    .where('archived_at', 'is', null)
    .where('is_restricted', '=', 0)
    .execute()
  return new Map(rows.map(row => [row.incident_id as string, row.slug]))
}

/** All postmortems of an incident that are not archived, the oldest first. */
export function postmortemsOfIncident(db: Db, incidentId: string): Promise<PostmortemRow[]> {
  return db
    .selectFrom('postmortems')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .where('archived_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Keys of incidents that postmortems name and that were not there when they were written. */
export async function unlinkedKeys(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('postmortems')
    .select('incident_key')
    .distinct()
    .where('incident_key', 'is not', null)
    .execute()
  return rows.flatMap(row => row.incident_key ?? [])
}

/** Links what names this key to the incident that now has it. @returns the postmortems' ids. */
export async function linkIncident(db: Db, key: string, incidentId: string): Promise<string[]> {
  const rows = await db.selectFrom('postmortems').select('id').where('incident_key', '=', key).execute()
  const ids = rows.map(row => row.id)
  for (let at = 0; at < ids.length; at += 500) {
    const these = ids.slice(at, at + 500)
    await db
      .updateTable('postmortems')
      .set({ incident_id: incidentId, incident_key: null })
      .where('id', 'in', these)
      .execute()
    await db.updateTable('action_items').set({ incident_id: incidentId }).where('postmortem_id', 'in', these).execute()
  }
  return ids
}
