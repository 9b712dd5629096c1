/** One action item for those who may see it, with what may be done by the one who asks. */
import { type Actor, can } from '#app/identity/actor.ts'
import { isStorable } from '#app/identity/fields.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { incidentsByIds } from '#app/incidents/incidents.server.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import type { ActionFacts, ActionKind, ActionState } from './action-change.ts'
import { actionDetails } from './action-history-queries.server.ts'
import { actionById, actionsWithIds, type ListedActionRow } from './action-list-queries.server.ts'
import { readHanging } from './postmortem-queries.server.ts'
import { visibleRow } from './read-postmortem.server.ts'

export interface ActionItem {
  id: string
  facts: ActionFacts
  createdOn: string | null
  externalId: string | null
  ownerId: string | null
  /** A name where there is one, else as an import wrote it. */
  ownerName: string | null
  incidentId: string | null
  incident: { key: string; title: string } | null
  postmortemId: string | null
  postmortem: { slug: string; title: string } | null
  trackerSeenOn: string | null
  updatedAt: string
  mayChange: boolean
}

/** @throws AppError not-found when it does not exist or its postmortem is not for this actor. */
export async function findActionItem({ db, actor }: { db: Db; actor: Actor }, id: string): Promise<ActionItem> {
  const row = isStorable(id) ? await actionById(db, id) : undefined
  if (!row) throw notFound('This action item')
  if (row.postmortemSlug !== null)
    await visibleRow({ db, actor }, row.postmortemSlug).catch(() => {
      throw notFound('This action item')
    })
  const [item] = await describeActions(db, [row])
  return { ...item!, mayChange: await mayChange(db, actor, row) }
}

/** Those that exist, by id; says nothing about who may see them. */
export async function actionsByIds(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, Omit<ActionItem, 'mayChange'>>> {
  if (ids.length === 0) return new Map()
  const items = await describeActions(db, await actionsWithIds(db, ids))
  return new Map(items.map(item => [item.id, item]))
}

/** Names and addresses for rows, in a number of queries that does not grow. */
export async function describeActions(db: Db, rows: ListedActionRow[]): Promise<Omit<ActionItem, 'mayChange'>[]> {
  const [people, incidents, details] = await Promise.all([
    peopleByIds(db, [...new Set(rows.flatMap(row => row.ownerId ?? []))]),
    incidentsByIds(
      db,
      rows.flatMap(row => row.incidentId ?? []),
    ),
    actionDetails(
      db,
      rows.map(row => row.id),
    ),
  ])
  return rows.map(row => {
    const owner = people.get(row.ownerId ?? '')
    const incident = incidents.get(row.incidentId ?? '')
    const known = details.get(row.id)
    return {
      id: row.id,
      facts: {
        title: row.title,
        kind: row.kind as ActionKind | null,
        owner: owner?.email ?? row.ownerText,
        dueOn: row.dueOn,
        state: row.state as ActionState,
        closedOn: row.closedOn,
        reason: row.reason,
        effortDays: known?.effort_tenths == null ? null : known.effort_tenths / 10,
        trackerUrl: known?.tracker_url ?? null,
        trackerState: known?.tracker_state ?? null,
      },
      createdOn: row.createdOn,
      externalId: row.externalId,
      ownerId: row.ownerId,
      ownerName: owner?.name ?? row.ownerText,
      incidentId: row.incidentId,
      incident: incident ? { key: incident.key, title: incident.title } : null,
      postmortemId: row.postmortemId,
      postmortem: row.postmortemSlug === null ? null : { slug: row.postmortemSlug, title: row.postmortemTitle ?? '' },
      trackerSeenOn: known?.tracker_seen_on ?? null,
      updatedAt: row.updatedAt,
    }
  })
}

/** Its owner, editors, the authors of its postmortem; of one without an owner or a postmortem, everybody who sees it. */
async function mayChange(db: Db, actor: Actor, row: ListedActionRow): Promise<boolean> {
  if (!can(actor, 'own action items')) return false
  if (can(actor, 'edit the library') || row.ownerId === null || row.postmortemId === null) return true
  if (actor.personId === '') return false
  if (row.ownerId === actor.personId) return true
  const { authors } = await readHanging(db, [row.postmortemId])
  return authors.some(author => author.person_id === actor.personId)
}
