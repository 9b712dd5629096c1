/**
 * What this instance knows of the forums that are live: who listens, what they have been sent, who is there. The
 * numbered rows are the truth; everything here only wakes those who read them.
 */
import { type Clock, systemClock } from '#app/platform/clock.ts'
import { AppError } from '#app/platform/errors.ts'
import type { Log } from '#app/platform/log.server.ts'
import {
  claimAlone,
  type Db,
  databaseNow,
  inTransaction,
  type Listening,
  listenTo,
  notifyOthers,
} from '#db/index.server.ts'
import type { Presence } from './live-board.ts'
import { eventsAfter, liveRow, revisionsOf } from './live-queries.server.ts'
import { type LiveRoom, openRoom, type Reader } from './live-room.server.ts'
import { LIVE_CHANNEL } from './run-command.server.ts'
import { createKeyExchange, type KeyMessage } from './voter-key-exchange.server.ts'
import { createVoterKeys, type VoterKeys } from './voter-keys.server.ts'

const HEARTBEAT_MS = 15_000
const BACKSTOP_MS = 2_000
/** Every so many heartbeats each reader is asked again who they are. */
const BEATS_PER_CHECK = 4
const MOST_STREAMS = 2_000
/** Tabs of one browser share a stream, so nobody needs many. */
const MOST_STREAMS_EACH = 20
/** A longer gap is not replayed: the reader is told to read everything anew. */
const LONGEST_REPLAY = 1_000

export interface LiveHub {
  /** The clock that all instances share: the database's own where it has one. */
  clock: Clock
  voters: VoterKeys
  /** Asks the other processes for a voter key; gives it up when none has it. */
  askForKey(forumId: string, keyId: string): Promise<void>
  /** How many are known to be in a forum. */
  present(forumId: string): number
  presence(forumId: string): Presence
  /** @throws AppError conflict when another process runs live forums on this database file. */
  ready(): Promise<void>
  /** Sends what has come since, here. */
  wake(forumId: string): void
  /** Sends events from a revision on, until the reader goes. @throws AppError too-many. */
  join(forumId: string, reader: Reader, after: number | null): Promise<void>
  /** Writes down who has been there until now, and reads who is, by all instances. */
  settle(forumId: string): Promise<void>
  /** Says soon, in every forum, who is there. */
  tellPresence(): void
  close(): Promise<void>
}

const slot = globalThis as { candorLiveHubs?: WeakMap<object, LiveHub> }

/** The one of this process: in development a module may be loaded twice, the hub may not. */
export function liveHub(site: { db: Db; clock: Clock; log: Log }): LiveHub {
  slot.candorLiveHubs ??= new WeakMap()
  const known = slot.candorLiveHubs.get(site.db)
  if (known) return known
  const made = createLiveHub(site)
  slot.candorLiveHubs.set(site.db, made)
  return made
}

/** After somebody's choice of being shown, where this process runs live forums. */
export function tellPresence(db: Db): void {
  slot.candorLiveHubs?.get(db)?.tellPresence()
}

export function createLiveHub({ db, clock: own, log }: { db: Db; clock: Clock; log: Log }): LiveHub {
  const rooms = new Map<string, LiveRoom>()
  let ahead = 0
  const clock: Clock = { now: () => own.now() + ahead }
  let release: (() => void) | null = null
  let claiming: Promise<void> | null = null
  let listening: Listening | null = null
  let timers: NodeJS.Timeout[] = []
  let beats = 0
  const voters = createVoterKeys()
  const say = (message: object) => inTransaction(db, tx => notifyOthers(tx, LIVE_CHANNEL, JSON.stringify(message)))
  const exchange = createKeyExchange(voters, say)
  let streams = 0
  const streamsOf = new Map<string, number>()

  const complain = (error: unknown) => log.error({ err: error }, 'live forums')

  async function claim(): Promise<void> {
    release = await claimAlone(db, 'live')
    if (!release)
      throw new AppError(
        'conflict',
        'Another Candor is running live forums on this database file, and with SQLite only one can. Stop the other one, or move to PostgreSQL.',
      )
    await askTheTime()
    listening = listenTo(db, LIVE_CHANNEL, {
      hear(payload) {
        const message = JSON.parse(payload) as { session?: string } & KeyMessage
        if (message.session) wake(message.session)
        else exchange.hear(message)
      },
      ready: () => void backstop().catch(complain),
    })
    timers = [
      setInterval(() => void beat().catch(complain), HEARTBEAT_MS),
      setInterval(() => void backstop().catch(complain), BACKSTOP_MS),
    ]
    for (const timer of timers) timer.unref()
  }

  /** A clock that a test sets stays as it is set. */
  async function askTheTime(): Promise<void> {
    if (own !== systemClock) return
    const before = own.now()
    const told = await databaseNow(db)
    if (told !== null) ahead = Math.round(told - (before + own.now()) / 2)
  }

  async function beat(): Promise<void> {
    beats++
    await askTheTime()
    for (const room of rooms.values()) {
      if (beats % BEATS_PER_CHECK === 0) await room.checkReaders()
      await room.beat()
      if (room.isEmpty()) rooms.delete(room.forumId)
    }
    // Finished perhaps by another process.
    for (const forumId of voters.forums())
      if (((await liveRow(db, forumId))?.finished_at ?? null) !== null) voters.forget(forumId)
  }

  async function backstop(): Promise<void> {
    const revisions = await revisionsOf(db, [...rooms.keys()])
    for (const [forumId, revision] of revisions) if (revision > (rooms.get(forumId)?.revision() ?? 0)) wake(forumId)
  }

  function wake(forumId: string): void {
    rooms.get(forumId)?.pump().catch(complain)
  }

  function countStream(personId: string, difference: 1 | -1): void {
    streams += difference
    const own = (streamsOf.get(personId) ?? 0) + difference
    if (own > 0) streamsOf.set(personId, own)
    else streamsOf.delete(personId)
  }

  async function roomFor(forumId: string): Promise<LiveRoom> {
    const known = rooms.get(forumId)
    if (known) return known
    const made = await openRoom({ db, clock, complain }, forumId)
    // Somebody else may have opened it meanwhile.
    const first = rooms.get(forumId) ?? made
    rooms.set(forumId, first)
    return first
  }

  return {
    clock,
    voters,
    present: forumId => rooms.get(forumId)?.presence().count ?? 0,
    presence: forumId => rooms.get(forumId)?.presence() ?? { count: 0, initials: [] },
    ready() {
      claiming ??= claim().catch(error => {
        claiming = null
        throw error
      })
      return claiming
    },
    wake,
    async join(forumId, reader, after) {
      const own = streamsOf.get(reader.personId) ?? 0
      if (streams >= MOST_STREAMS || own >= MOST_STREAMS_EACH)
        throw new AppError('too-many', 'Too many are following forums just now.')
      countStream(reader.personId, 1)
      reader.whenGone(() => countStream(reader.personId, -1))
      for (;;) {
        const room = await roomFor(forumId)
        const from = after ?? room.revision()
        const missed = from < room.revision() ? await eventsAfter(db, forumId, from, LONGEST_REPLAY + 1) : []
        // Meanwhile it may have been given up for being empty, and then nobody would wake it.
        if (rooms.get(forumId) !== room) continue
        return room.add(reader, from, missed.length > LONGEST_REPLAY || from > room.revision() ? null : missed)
      }
    },
    async settle(forumId) {
      const room = await roomFor(forumId)
      await room.keepPresence()
    },
    async askForKey(forumId, keyId) {
      if (!listening || !(await exchange.ask(forumId, keyId))) voters.giveUp(keyId)
    },
    tellPresence() {
      for (const room of rooms.values()) room.tellSoon()
    },
    async close() {
      for (const timer of timers) clearInterval(timer)
      for (const room of rooms.values()) {
        await room.keepPresence().catch(complain)
        room.close()
      }
      rooms.clear()
      await listening?.close()
      release?.()
    },
  }
}
