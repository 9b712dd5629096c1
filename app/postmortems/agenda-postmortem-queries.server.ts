/** Postmortems as agendas of forums show them. */
import type { Db } from '#db/index.server.ts'

/** These postmortems and those of these incidents, the earliest first. Says nothing about who may see them. */
export function postmortemsAboutAny(
  db: Db,
  { ids, incidentIds }: { ids: readonly string[]; incidentIds: readonly string[] },
) {
  return db
    .selectFrom('postmortems')
    .select([
      'id',
      'slug',
      'title',
      'status',
      'words',
      'incident_id',
      'is_restricted',
      'archived_at',
      'published_at',
      'summary',
    ])
    .where(eb =>
      eb.or([
        ...(ids.length > 0 ? [eb('id', 'in', ids)] : []),
        ...(incidentIds.length > 0 ? [eb('incident_id', 'in', incidentIds)] : []),
      ]),
    )
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}
