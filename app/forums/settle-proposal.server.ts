/** What becomes of a proposal after its forum: an action item with owner and due date, or nothing, for a reason. */
import type { Actor } from '#app/identity/actor.ts'
import { invalid } from '#app/identity/fields.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, type FieldError } from '#app/platform/errors.ts'
import { createActionItem } from '#app/postmortems/create-action-item.server.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { ROOM_LOCK } from './change-forum.server.ts'
import { demandProposal, incidentOf } from './read-proposal.server.ts'
import { type FollowUpRow, updateFollowUp } from './record-queries.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

export interface Confirmation {
  title: string
  owner: string
  dueOn: string
  kind: string | null
  /** The key of the incident that it is for; only asked for where the proposal was about the whole forum. */
  incident: string
}

/**
 * Makes it an action item of the incident that it was about.
 * @returns the action item's id.
 * @throws AppError invalid naming the fields, not-found, conflict when it was settled meanwhile.
 */
export function confirmProposal(
  context: Context,
  { forumId, id, given }: { forumId: string; id: string; given: Confirmation },
): Promise<string> {
  return settling(context, { forumId, id }, async (db, proposal) => {
    const errors: FieldError[] = []
    if (given.owner.trim() === '') errors.push({ path: 'owner', message: 'Write the e-mail address of its owner.' })
    if (given.dueOn.trim() === '') errors.push({ path: 'dueOn', message: 'Write the day by which it will be done.' })
    if (errors.length > 0) throw invalid(errors)
    const actionId = await createActionItem(
      { ...context, db },
      {
        title: given.title,
        kind: given.kind,
        owner: given.owner.trim(),
        dueOn: given.dueOn.trim(),
        incident: (await incidentOf(db, proposal)) ?? (given.incident.trim() || null),
        postmortem: null,
      },
    )
    return { answer: actionId, change: { state: 'confirmed', action_id: actionId, text: given.title.trim() } }
  })
}

/** @throws AppError invalid without a reason, not-found, conflict when it was settled meanwhile. */
export function dropProposal(
  context: Context,
  { forumId, id, reason }: { forumId: string; id: string; reason: string },
): Promise<void> {
  return settling(context, { forumId, id }, async () => {
    const why = reason.trim().replace(/\s+/g, ' ').slice(0, 500)
    if (why === '') throw invalid([{ path: 'reason', message: 'Write why, for those who proposed it.' }])
    return { answer: undefined, change: { state: 'dropped', reason: why } }
  })
}

/** For facilitators, and for whom the forum named as owner. */
function settling<T>(
  { db, clock, actor }: Context,
  { forumId, id }: { forumId: string; id: string },
  work: (tx: Db, proposal: FollowUpRow) => Promise<{ answer: T; change: Partial<FollowUpRow> }>,
): Promise<T> {
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const proposal = await demandProposal({ db: tx, actor }, { forumId, id })
    if (proposal.state !== 'proposed') throw new AppError('conflict', 'This proposal has been settled meanwhile.')
    const { answer, change } = await work(tx, proposal)
    const decided = { decided_by: actor.personId || null, decided_at: isoNow(clock) }
    await updateFollowUp(tx, id, { ...change, ...decided })
    return answer
  })
}
