/** What the composition root hands to every request. */
import type { Actor } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { Mailer } from '#app/platform/mail.server.ts'
import type { Db } from '#db/index.server.ts'

export interface Site {
  db: Db
  clock: Clock
  log: Log
  mailer: Mailer
  /** The address people use; null until ORIGIN is set: then the request's own Host is believed. */
  origin: string | null
  dataDir: string
  /** The one-time code of first set-up; null once an account exists. */
  setUpCode: string | null
  isDemo: boolean
}

declare module '@remix-run/node' {
  interface AppLoadContext {
    site: Site
    /** Who asks; null for a visitor. */
    actor: Actor | null
    /** The client's address, for throttling only. */
    address: string
    /** This response's Content-Security-Policy nonce. */
    nonce: string
  }
  interface Future {
    v3_singleFetch: true
  }
}
