/** Who else may read a draft, or a postmortem that is restricted. */
import type { Actor } from '#app/identity/actor.ts'
import { peopleByEmails, peopleByIds } from '#app/identity/people.server.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { mayChange, visibleRow } from './read-postmortem.server.ts'
import { readersOf, replaceReaders } from './reader-queries.server.ts'
import { lockRoom } from './save-records.server.ts'

const MOST = 200

/** E-mail addresses of the named readers, in order. */
export async function namedReaders(db: Db, postmortemId: string): Promise<string[]> {
  const people = await peopleByIds(db, await readersOf(db, postmortemId))
  return [...people.values()].map(person => person.email).sort()
}

/**
 * Puts these people in the place of those named before; authors need not be among them.
 * @throws AppError not-found for those who may not change the postmortem; invalid with the addresses nobody has.
 */
export async function nameReaders(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  slug: string,
  addresses: string[],
): Promise<void> {
  const wanted = [...new Set(addresses.map(address => address.trim().toLowerCase()).filter(Boolean))]
  if (wanted.length > MOST) throw invalidField('readers', `At most ${MOST} people.`)
  await inTransaction(db, async tx => {
    await lockRoom(tx)
    const row = await visibleRow({ db: tx, actor }, slug)
    if (!(await mayChange(tx, actor, row))) throw notFound()
    const people = await peopleByEmails(tx, wanted)
    const unknown = wanted.filter(address => !people.has(address))
    if (unknown.length) throw invalidField('readers', `Nobody has the address ${unknown.slice(0, 5).join(', ')}.`)
    const before = await namedReaders(tx, row.id)
    await replaceReaders(
      tx,
      row.id,
      [...people.values()].map(person => person.id),
    )
    const after = [...people.keys()].sort()
    if (after.join() === before.join()) return
    await recordAudit(
      tx,
      { actor, clock },
      { act: 'postmortem.readers', subject: row.title, before: { readers: before }, after: { readers: after } },
    )
  })
}
