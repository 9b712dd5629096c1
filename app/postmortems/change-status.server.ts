import { type Actor, can } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { recordToEdit } from './edit-postmortem.server.ts'
import type { Status } from './record.ts'
import { lockRoom, saveRecords } from './save-records.server.ts'

export const STEPS = {
  'send to review': { from: ['draft'], to: 'in review', note: 'Sent to review' },
  'take back': { from: ['in review'], to: 'draft', note: 'Taken back from review' },
  publish: { from: ['draft', 'in review'], to: 'published', note: 'Published' },
} as const satisfies Record<string, { from: Status[]; to: Status; note: string }>
export type Step = keyof typeof STEPS

/**
 * Takes a postmortem a step on its way from draft to publication, each a revision of its own.
 * @throws AppError not-found for those who may not edit it; invalid when a member publishes; conflict when it is no
 * longer where the step begins.
 */
export async function changeStatus(
  context: { db: Db; clock: Clock; actor: Actor },
  slug: string,
  step: Step,
): Promise<void> {
  await inTransaction(context.db, async tx => {
    await lockRoom(tx)
    const { id, record } = await recordToEdit({ ...context, db: tx }, slug)
    const { from, to, note } = STEPS[step]
    if (to === 'published' && !can(context.actor, 'edit the library'))
      throw new AppError('invalid', 'An editor publishes. Send it to review and ask one.')
    if (record.status === to) return
    if (!(from as readonly Status[]).includes(record.status))
      throw new AppError('conflict', `It is ${record.status} meanwhile. Look at it again before you go on.`)
    const publishedAt = to === 'published' ? (record.publishedAt ?? isoNow(context.clock)) : record.publishedAt
    await saveRecords(tx, context, [{ id, record: { ...record, status: to, publishedAt }, note }])
  })
}

export function isStep(text: string): text is Step {
  return Object.hasOwn(STEPS, text)
}
