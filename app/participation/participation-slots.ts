/** What this room shows of the rooms above: the composition root fills it. */
import type { Db } from '#db/index.server.ts'

declare module '#app/platform/slots.ts' {
  interface SlotMap {
    /** How many forums one person attended of those held in [from, to). */
    'participation.forums-attended': (db: Db, personId: string, period: { from: string; to: string }) => Promise<number>
  }
}
