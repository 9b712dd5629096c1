import { type Actor, demand } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { insertRefusal } from './family-queries.server.ts'
import { incidentRowsByKeys } from './incident-queries.server.ts'

/** An editor judges that two incidents are not the same failure: neither is proposed for the other again. */
export async function refuseFamily(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { key, other }: { key: string; other: string },
): Promise<void> {
  demand(actor, 'edit the library')
  const [one, two] = await incidentRowsByKeys(db, [key, other])
  if (!one || !two) throw notFound('This incident')
  await inTransaction(db, tx => insertRefusal(tx, one.id, two.id, isoNow(clock)))
}
