/** Whether somebody's initials are shown on live boards. They are counted either way. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { tellPresence } from './live-hub.server.ts'
import { isHidden, setHidden } from './live-queries.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/** Takes effect on every board within seconds. @throws AppError not-found for who is nobody. */
export async function setPresenceShown({ db, clock, actor }: Context, isShown: boolean): Promise<void> {
  demand(actor, 'take part in forums')
  if (actor.personId === '') throw notFound()
  await setHidden(db, actor.personId, !isShown, isoNow(clock))
  tellPresence(db)
}

export async function isPresenceShown({ db, actor }: Omit<Context, 'clock'>): Promise<boolean> {
  return !(await isHidden(db, actor.personId))
}
