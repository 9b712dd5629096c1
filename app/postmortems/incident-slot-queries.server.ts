/** Postmortems as the pages of incidents show them. */
import { type Actor, can } from '#app/identity/actor.ts'
import type { Db } from '#db/index.server.ts'

/** The postmortems of incidents that this person may see, in one query: the rule of read-postmortem.server.ts. */
export function seenPostmortemsOf(db: Db, actor: Actor, incidentIds: string[]) {
  return db
    .selectFrom('postmortems')
    .where('incident_id', 'in', incidentIds)
    .where(eb => {
      if (can(actor, 'administer')) return eb.lit(true)
      const isOpen = eb.and([
        eb('status', '=', 'published'),
        eb('archived_at', 'is', null),
        eb('is_restricted', '=', 0),
      ])
      if (can(actor, 'see every draft')) return eb.or([isOpen, eb('is_restricted', '=', 0), isNamed()])
      return eb.or([isOpen, eb.and([isNamed(), eb.or([eb('is_restricted', '=', 1), eb('status', '!=', 'published')])])])

      function isNamed() {
        return eb.or([
          eb.exists(
            eb
              .selectFrom('postmortem_authors')
              .whereRef('postmortem_authors.postmortem_id', '=', 'postmortems.id')
              .where('postmortem_authors.person_id', '=', actor.personId)
              .select('postmortem_authors.position'),
          ),
          eb.exists(
            eb
              .selectFrom('postmortem_readers')
              .whereRef('postmortem_readers.postmortem_id', '=', 'postmortems.id')
              .where('postmortem_readers.person_id', '=', actor.personId)
              .select('postmortem_readers.person_id'),
          ),
        ])
      }
    })
    .select(['incident_id as incidentId', 'slug', 'title', 'status'])
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Incidents whose postmortem every member may read and carries the theme, itself or by a factor. */
export async function incidentsCarrying(db: Db, themeId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('postmortems')
    .where('incident_id', 'is not', null)
    .where('status', '=', 'published')
    .where('archived_at', 'is', null)
    .where('is_restricted', '=', 0)
    .where('id', 'in', query =>
      query
        .selectFrom('postmortem_themes')
        .where('theme_id', '=', themeId)
        .select('postmortem_id')
        .union(
          query
            .selectFrom('factor_themes')
            .innerJoin('factors', 'factors.id', 'factor_themes.factor_id')
            .where('factor_themes.theme_id', '=', themeId)
            .select('factors.postmortem_id'),
        ),
    )
    .select('incident_id')
    .distinct()
    .execute()
  return rows.flatMap(row => row.incident_id ?? [])
}
