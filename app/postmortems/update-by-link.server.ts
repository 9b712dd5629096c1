/** A mailed link speaks for the owner of one action item: once, for some days, and only while they still own it. */
import type { Actor } from '#app/identity/actor.ts'
import { peopleHere } from '#app/identity/mail-recipients.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { AppError } from '#app/platform/errors.ts'
import { sha256 } from '#app/platform/ids.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { isUnfinished } from './action-change.ts'
import { actionLink, claimActionLink } from './action-history-queries.server.ts'
import { changeActionItem } from './change-action-item.server.ts'
import { type ActionItem, findActionItem } from './find-action-item.server.ts'

/** @throws AppError gone when it was used, is too old, or does not speak for the owner of an open item any more. */
export async function readActionLink(
  { db, clock }: { db: Db; clock: Clock },
  secret: string,
): Promise<{ item: ActionItem; owner: Actor }> {
  const link = await actionLink(db, sha256(secret))
  if (!link || link.used_at !== null || link.expires_at <= isoNow(clock)) throw gone()
  const { timeZone } = await readSettings(db)
  const person = (await peopleHere(db, [link.person_id], dayIn(timeZone, clock.now()))).get(link.person_id)
  if (!person) throw gone()
  const owner: Actor = {
    accountId: '',
    personId: person.id,
    name: person.name,
    email: person.email,
    role: 'member',
    timeZone,
    via: 'token',
  }
  const item = await findActionItem({ db, actor: owner }, link.action_id).catch(() => {
    throw gone()
  })
  if (item.ownerId !== person.id || !isUnfinished(item.facts.state)) throw gone()
  return { item, owner }
}

/**
 * Changes the item and uses the link up. Looking at it never does: mail scanners look.
 * @throws AppError gone; invalid naming the fields, and then the link still works.
 */
export async function updateByLink(
  context: { db: Db; clock: Clock },
  secret: string,
  change: Record<string, unknown>,
): Promise<void> {
  await inTransaction(context.db, async tx => {
    const { item, owner } = await readActionLink({ ...context, db: tx }, secret)
    if (!(await claimActionLink(tx, sha256(secret), isoNow(context.clock)))) throw gone()
    await changeActionItem({ ...context, db: tx, actor: owner }, { id: item.id, change })
  })
}

function gone(): AppError {
  return new AppError(
    'gone',
    `This link was used already, is too old, or the action item is finished or somebody else’s.`,
  )
}
