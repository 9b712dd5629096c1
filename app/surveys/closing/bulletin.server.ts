/** The bulletin of a closed wave: what was counted, for everybody to check. */
import type { Clock } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { findWave } from '../get-wave.server.ts'
import type { Charter } from '../wave.ts'
import { type BulletinEntry, bulletinEntries, commentReceiptsOf } from './bulletin-queries.server.ts'

export interface Bulletin {
  wave: string
  /** SPKI DER in base64url. */
  publicKey: string
  charter: Charter
  invited: number
  collected: number
  cast: number
  /** Sorted by serial. */
  entries: BulletinEntry[]
  /** Sorted, apart from the entries: nobody can say whose is whose. */
  commentReceipts: string[]
}

/** @throws AppError not-found until the wave is closed. */
export async function bulletinOf({ db, clock }: { db: Db; clock: Clock }, id: string): Promise<Bulletin> {
  const wave = await findWave(db, id, clock)
  const isClosed = wave?.kept === 'closed' || wave?.kept === 'published'
  if (!wave?.charter || !wave.publicKey || !isClosed) throw notFound('This bulletin')
  const [entries, commentReceipts] = await Promise.all([bulletinEntries(db, id), commentReceiptsOf(db, id)])
  return {
    wave: id,
    publicKey: wave.publicKey,
    charter: wave.charter,
    invited: wave.invited ?? 0,
    collected: wave.collected ?? 0,
    cast: wave.castCount ?? 0,
    entries,
    commentReceipts,
  }
}
