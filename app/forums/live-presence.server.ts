/** Who is at one live forum: counted by this instance, kept in the database, and so known to all of them. */
import { randomUUID } from 'node:crypto'
import { peopleByIds } from '#app/identity/people.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { initialsOf, type Presence } from './live-board.ts'
import { noteFacilitatorSeen, putSittings, type Sitting, seenSince } from './live-queries.server.ts'

/** Somebody who has not been seen for so long has gone. */
const SEEN_MS = 40_000
const MOST_INITIALS = 60

export interface PresenceBook {
  /** Adds the time since it was counted last to everybody who is here. */
  count(): void
  /** From here on time counts for this step. */
  turnTo(step: string): void
  /** Writes down what was counted and reads who is there by all instances. @returns whether that has changed. */
  keep(facilitatorId: string | null): Promise<boolean>
  now(): Presence
}

interface Context {
  db: Db
  clock: Clock
  /** The ids of those whom this instance sends events to. */
  here(): Set<string>
}

export function openPresenceBook({ db, clock, here }: Context, forumId: string, firstStep: string): PresenceBook {
  const sitting = randomUUID()
  const sat = new Map<string, Sitting>()
  let step = firstStep
  let countedAt = clock.now()
  let presence: Presence = { count: 0, initials: [] }

  function count(): void {
    const now = clock.now()
    const passed = Math.max(0, now - countedAt)
    countedAt = now
    for (const personId of here()) {
      const key = `${personId} ${step}`
      const before = sat.get(key)?.presentMs ?? 0
      const lastSeenAt = new Date(now).toISOString()
      sat.set(key, { forumId, personId, step, sitting, presentMs: before + passed, lastSeenAt })
    }
  }

  async function whoIsThere(gone: string): Promise<Presence> {
    const seen = await seenSince(db, forumId, gone)
    const shown = seen.filter(person => !person.isHidden).slice(0, MOST_INITIALS)
    const people = await peopleByIds(
      db,
      shown.map(person => person.personId),
    )
    return { count: seen.length, initials: [...people.values()].map(person => initialsOf(person.name)).sort() }
  }

  return {
    count,
    turnTo(next) {
      if (next === step) return
      count()
      step = next
    },
    async keep(facilitatorId) {
      count()
      const now = clock.now()
      const people = here()
      const gone = new Date(now - SEEN_MS).toISOString()
      const all = [...sat.values()].map(one => (people.has(one.personId) ? one : { ...one, lastSeenAt: gone }))
      if (all.length) await inTransaction(db, tx => putSittings(tx, all))
      // What counts for steps behind us stands.
      for (const [key, one] of sat) if (one.step !== step || !people.has(one.personId)) sat.delete(key)
      if (facilitatorId !== null && people.has(facilitatorId))
        await noteFacilitatorSeen(db, forumId, new Date(now).toISOString())
      const before = presence
      presence = await whoIsThere(gone)
      return before.count !== presence.count || before.initials.join() !== presence.initials.join()
    },
    now: () => presence,
  }
}
