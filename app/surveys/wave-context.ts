/** What the use-cases on a wave take. */
import type { Actor } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import type { KeyPlace } from './wave-keys.server.ts'

/** `dataDir` and `origin` are the site's. */
export interface WaveContext extends KeyPlace {
  db: Db
  clock: Clock
  actor: Actor
}
