/** Postmortems for the agendas of forums: what is said of them, and whether everybody may read it. */
import type { Actor } from '#app/identity/actor.ts'
import type { Db } from '#db/index.server.ts'
import { postmortemsAboutAny } from './agenda-postmortem-queries.server.ts'
import { isOpen } from './index-postmortems.server.ts'
import { visibleRow } from './read-postmortem.server.ts'

export interface AgendaPostmortem {
  id: string
  incidentId: string | null
  slug: string
  /** Not for those who may not see it: look at isOpen first. */
  title: string
  status: string
  words: number
  /** As the title: not for those who may not see it. */
  summary: string
  publishedAt: string | null
  /** Published, neither archived nor restricted: for every member. */
  isOpen: boolean
  isRestricted: boolean
}

/** One query. */
export async function agendaPostmortems(
  db: Db,
  subjects: { ids: readonly string[]; incidentIds: readonly string[] },
): Promise<AgendaPostmortem[]> {
  if (subjects.ids.length + subjects.incidentIds.length === 0) return []
  return (await postmortemsAboutAny(db, subjects)).map(row => ({
    id: row.id,
    incidentId: row.incident_id,
    slug: row.slug,
    title: row.title,
    status: row.status,
    words: row.words,
    summary: row.summary,
    publishedAt: row.published_at,
    isOpen: isOpen(row),
    isRestricted: row.is_restricted === 1,
  }))
}

/** One that is put on an agenda by its address. @throws AppError not-found when this actor may not see it. */
export async function postmortemForAgenda(
  { db, actor }: { db: Db; actor: Actor },
  slug: string,
): Promise<{ id: string; title: string; incidentId: string | null; isRestricted: boolean }> {
  const row = await visibleRow({ db, actor }, slug)
  return { id: row.id, title: row.title, incidentId: row.incident_id, isRestricted: row.is_restricted === 1 }
}
