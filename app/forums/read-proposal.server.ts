/** One proposal of a closed forum, for those who may settle it: facilitators, and whom the forum named as owner. */
import { type Actor, can, demand } from '#app/identity/actor.ts'
import { isStorable } from '#app/identity/fields.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { incidentsByIds } from '#app/incidents/incidents.server.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { itemsOf } from './agenda-queries.server.ts'
import { forumById } from './forum-queries.server.ts'
import { type FollowUpRow, followUpById, recordOf } from './record-queries.server.ts'

export interface OpenProposal {
  forum: { id: string; title: string }
  text: string
  kind: string | null
  /** The address of whom the forum named. */
  owner: string
  /** The key of the incident that it is for; null where that is still to be said. */
  incident: string | null
  confirmBy: string
}

interface Which {
  forumId: string
  id: string
}

/** @throws AppError not-found, also for what has been settled. */
export async function readProposal({ db, actor }: { db: Db; actor: Actor }, which: Which): Promise<OpenProposal> {
  const proposal = await demandProposal({ db, actor }, which)
  if (proposal.state !== 'proposed') throw notFound('This proposal')
  const [forum, record, people, incident] = await Promise.all([
    forumById(db, which.forumId),
    recordOf(db, which.forumId),
    peopleByIds(db, proposal.suggested_owner_id === null ? [] : [proposal.suggested_owner_id]),
    incidentOf(db, proposal),
  ])
  return {
    forum: { id: forum!.id, title: forum!.title },
    text: proposal.text,
    kind: proposal.kind,
    owner: people.get(proposal.suggested_owner_id ?? '')?.email ?? '',
    incident,
    confirmBy: record!.confirm_by,
  }
}

/** @throws AppError not-found for those who may not settle it. */
export async function demandProposal(
  { db, actor }: { db: Db; actor: Actor },
  { forumId, id }: Which,
): Promise<FollowUpRow> {
  demand(actor, 'take part in forums')
  const proposal = isStorable(id) ? await followUpById(db, id) : undefined
  if (!proposal || proposal.forum_id !== forumId) throw notFound('This proposal')
  if (!can(actor, 'run forums') && (actor.personId === '' || proposal.suggested_owner_id !== actor.personId))
    throw notFound('This proposal')
  return proposal
}

/** The key of the incident that a proposal was made for. */
export async function incidentOf(db: Db, proposal: FollowUpRow): Promise<string | null> {
  if (proposal.item_id === null) return null
  const item = (await itemsOf(db, [proposal.forum_id])).find(one => one.id === proposal.item_id)
  if (!item?.incident_id) return null
  return (await incidentsByIds(db, [item.incident_id])).get(item.incident_id)?.key ?? null
}
