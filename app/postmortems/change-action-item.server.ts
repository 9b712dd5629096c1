import type { Actor } from '#app/identity/actor.ts'
import { check, invalid } from '#app/identity/fields.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, type Tx } from '#db/index.server.ts'
import { actionChangeSchema } from './action-body.ts'
import { changeInWords, layChange } from './action-change.ts'
import { insertActionEvents, putActionDetails } from './action-history-queries.server.ts'
import { updateAction } from './action-item-queries.server.ts'
import { type ActionItem, findActionItem } from './find-action-item.server.ts'
import { noteActionChange } from './note-action-change.server.ts'
import { lockRoom } from './save-records.server.ts'

/**
 * Changes what is named of an action item, and writes down who did, when and why. Changing nothing leaves no trace.
 * @param input.expected the item's `updatedAt` that was seen, where somebody looked at it.
 * @throws AppError not-found; invalid naming the fields; conflict when it changed since it was seen.
 */
export async function changeActionItem(
  context: { db: Db; clock: Clock; actor: Actor },
  input: { id: string; change: unknown; expected?: string },
): Promise<void> {
  const { clock, actor } = context
  const change = check(actionChangeSchema, input.change)
  await inTransaction(context.db, async tx => {
    await lockRoom(tx)
    const item = await findActionItem({ db: tx, actor }, input.id)
    if (!item.mayChange) throw notFound('This action item')
    if (input.expected !== undefined && input.expected !== item.updatedAt)
      throw new AppError(
        'conflict',
        'It was changed while you were looking at it. What you typed is still here: look at the history below, then save again.',
        [{ path: 'expected', message: item.updatedAt }],
      )
    const today = dayIn(actor.timeZone, clock.now())
    const { after, changed, errors } = layChange(item.facts, change, today)
    if (errors.length) throw invalid(errors)
    if (Object.keys(changed).length === 0) return
    const owner = changed.owner ? await ownerIn(tx, after.owner) : null
    await updateAction(tx, {
      id: item.id,
      title: after.title,
      kind: after.kind,
      due_on: after.dueOn,
      state: after.state,
      closed_on: after.closedOn,
      drop_reason: after.reason,
      updated_at: isoNow(clock),
      ...(changed.owner ? { owner_id: owner?.id ?? null, owner_text: null } : {}),
    })
    if (changed.effortDays || changed.trackerUrl || changed.trackerState) await keepDetails(tx, item, after, today)
    await insertActionEvents(tx, [
      {
        id: newId(),
        action_id: item.id,
        at: isoNow(clock),
        person_id: actor.personId || null,
        actor_name: actor.name,
        change: JSON.stringify(changed),
        why: change.why ?? null,
        decided_by: after.state === 'dropped' ? (change.decidedBy ?? null) : null,
      },
    ])
    const { effortDays, trackerUrl, trackerState, ...written } = changed
    if (item.postmortemId && Object.keys(written).length > 0)
      await noteActionChange(
        tx,
        { clock, actor },
        [item.postmortemId],
        `Action item “${shortened(item.facts.title)}”: ${changeInWords(written, on => on)}`,
      )
  })
}

/** Somebody who is here by this address, or nobody. @throws AppError invalid naming `owner`. */
export async function ownerIn(tx: Tx, email: string | null): Promise<{ id: string } | null> {
  if (email === null) return null
  const person = [...(await peopleByEmails(tx, [email])).values()][0]
  if (!person) throw invalidField('owner', 'Nobody here has this address. Write the e-mail of somebody in People.')
  return person
}

async function keepDetails(tx: Tx, item: ActionItem, after: ActionItem['facts'], today: string): Promise<void> {
  const isSeen = after.trackerState !== item.facts.trackerState
  await putActionDetails(tx, {
    action_id: item.id,
    effort_tenths: after.effortDays === null ? null : Math.round(after.effortDays * 10),
    tracker_url: after.trackerUrl,
    tracker_state: after.trackerUrl === null ? null : after.trackerState,
    tracker_seen_on: after.trackerUrl === null ? null : isSeen ? today : item.trackerSeenOn,
  })
}

function shortened(title: string): string {
  return title.length > 80 ? `${title.slice(0, 79)}…` : title
}
