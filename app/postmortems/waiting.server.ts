/** What waits for a person in this room: their open actions, their unpublished texts. */
import { type Actor, can } from '#app/identity/actor.ts'
import { incidentsByIds } from '#app/incidents/incidents.server.ts'
import type { Db } from '#db/index.server.ts'
import { openActionsOf, unpublished } from './listed-queries.server.ts'
import { postmortemsByIds, readHanging } from './postmortem-queries.server.ts'
import { reviewsWaiting } from './review-queries.server.ts'

export async function openActions(db: Db, personId: string) {
  return (await openActionsOf(db, personId)).map(row => ({
    id: row.id,
    title: row.title,
    kind: row.kind,
    dueOn: row.due_on,
    postmortem: row.postmortem_title,
  }))
}

/** What one was asked to review and has not spoken on. */
export async function reviewsAskedOf(db: Db, personId: string) {
  return (await reviewsWaiting(db, personId)).map(row => ({
    slug: row.slug,
    title: row.title,
    invitedAt: row.invited_at,
    invitedBy: row.invited_by,
  }))
}

const HOURS_TO_PUBLISH = 48

/** Drafts and texts in review: one's own, or all for those who see every draft; with the hours left of the 48. */
export async function unpublishedFor(db: Db, actor: Actor, now: number) {
  const rows = await unpublished(db, can(actor, 'see every draft') ? null : actor.personId)
  const ids = rows.map(row => row.id)
  const [full, { authors }] = await Promise.all([postmortemsByIds(db, ids), readHanging(db, ids)])
  const incidents = await incidentsByIds(
    db,
    full.flatMap(row => row.incident_id ?? []),
  )
  const mine = new Set(
    authors.filter(author => author.person_id === actor.personId).map(author => author.postmortem_id),
  )
  const resolved = new Map(
    full.map(row => [row.id, incidents.get(row.incident_id ?? '')?.resolvedAt ?? row.resolved_at]),
  )
  return rows.map(row => {
    const at = resolved.get(row.id)
    return {
      slug: row.slug,
      title: row.title,
      status: row.status,
      updatedAt: row.updated_at,
      isAuthor: mine.has(row.id),
      hoursLeft: at ? Math.floor((Date.parse(at) + HOURS_TO_PUBLISH * 3_600_000 - now) / 3_600_000) : null,
    }
  })
}
