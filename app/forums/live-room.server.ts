/** Those who follow one forum on this instance: each event is written once and sent to all of them. */

import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { peopleByIds } from '#app/identity/people.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { type Change, initialsOf, type Presence } from './live-board.ts'
import {
  type EventRow,
  eventsAfter,
  liveForum,
  liveRow,
  noteFacilitatorSeen,
  putSittings,
  type Sitting,
  seenSince,
} from './live-queries.server.ts'
import { stepName } from './live-row.ts'

/** A reader with more than this unread is closed; it comes back and reads everything anew. */
export const UNREAD_LIMIT = 256 * 1024
const EVENTS_AT_ONCE = 500
const FRAMES_KEPT = 1_000
/** Somebody who has not been seen for so long has gone. */
const SEEN_MS = 40_000
const PRESENCE_PAUSE_MS = 1_000
const MOST_INITIALS = 60

export interface Reader {
  personId: string
  response: ServerResponse
  /** Whether they may still read. */
  isWelcome(): Promise<boolean>
  whenGone(then: () => void): void
}

interface Frame {
  seq: number
  forAll: Buffer
  forFacilitators: Buffer
}

export interface LiveRoom {
  forumId: string
  /** The latest that was sent. */
  revision(): number
  /** @param missed what the reader has not seen; null when it is too much to send. */
  add(reader: Reader, from: number, missed: EventRow[] | null): void
  pump(): Promise<void>
  beat(): void
  checkReaders(): Promise<void>
  keepPresence(): Promise<void>
  presence(): Presence
  isEmpty(): boolean
  close(): void
}

interface Context {
  db: Db
  clock: Clock
  complain(error: unknown): void
}

export async function openRoom({ db, clock, complain }: Context, forumId: string): Promise<LiveRoom> {
  const [forum, row] = await Promise.all([liveForum(db, forumId), liveRow(db, forumId)])
  const readers = new Map<Reader, number>()
  const sitting = randomUUID()
  const sat = new Map<string, Sitting>()
  const frames: Frame[] = []
  let seq = row?.revision ?? 0
  let facilitatorId = row?.facilitator_id ?? forum?.facilitator_id ?? null
  let step = row ? stepName(row) : 'before'
  let countedAt = clock.now()
  let pumping: Promise<void> | null = null
  let isAgain = false
  let isClosed = false
  let presence: Presence = { count: 0, initials: [] }
  let telling: NodeJS.Timeout | undefined

  const isReading = (personId: string) =>
    personId === facilitatorId || (forum?.cofacilitator_id !== null && personId === forum?.cofacilitator_id)

  function send(reader: Reader, chunk: Buffer | string): void {
    const { response } = reader
    if (response.destroyed) return
    response.write(chunk)
    if (response.writableLength > UNREAD_LIMIT) response.destroy()
  }

  function remove(reader: Reader): void {
    count()
    readers.delete(reader)
    tellSoon()
  }

  /** Adds the time since it was counted last to everybody who is here. */
  function count(): void {
    const now = clock.now()
    const passed = Math.max(0, now - countedAt)
    countedAt = now
    for (const personId of new Set([...readers.keys()].map(reader => reader.personId))) {
      const key = `${personId} ${step}`
      const before = sat.get(key)?.presentMs ?? 0
      const lastSeenAt = new Date(now).toISOString()
      sat.set(key, { forumId, personId, step, sitting, presentMs: before + passed, lastSeenAt })
    }
  }

  async function keepPresence(): Promise<void> {
    count()
    const now = clock.now()
    const here = new Set([...readers.keys()].map(reader => reader.personId))
    const gone = new Date(now - SEEN_MS).toISOString()
    const all = [...sat.values()].map(one => (here.has(one.personId) ? one : { ...one, lastSeenAt: gone }))
    if (all.length) await inTransaction(db, tx => putSittings(tx, all))
    // What counts for steps behind us stands.
    for (const [key, one] of sat) if (one.step !== step || !here.has(one.personId)) sat.delete(key)
    if (facilitatorId !== null && here.has(facilitatorId))
      await noteFacilitatorSeen(db, forumId, new Date(now).toISOString())
    const seen = await seenSince(db, forumId, gone)
    const shown = seen.filter(person => !person.isHidden).slice(0, MOST_INITIALS)
    const people = await peopleByIds(
      db,
      shown.map(person => person.personId),
    )
    presence = { count: seen.length, initials: [...people.values()].map(person => initialsOf(person.name)).sort() }
  }

  function tellSoon(): void {
    if (isClosed) return
    telling ??= setTimeout(() => {
      telling = undefined
      keepPresence().then(() => broadcast(named('presence', presence)), complain)
    }, PRESENCE_PAUSE_MS).unref()
  }

  function broadcast(chunk: Buffer): void {
    for (const reader of readers.keys()) send(reader, chunk)
  }

  async function pumpOnce(): Promise<void> {
    for (;;) {
      isAgain = false
      const rows = await eventsAfter(db, forumId, seq, EVENTS_AT_ONCE)
      const fresh = rows.map(frameOf)
      for (const event of rows) follow(JSON.parse(event.data) as Change)
      frames.push(...fresh)
      frames.splice(0, frames.length - FRAMES_KEPT)
      seq = fresh.at(-1)?.seq ?? seq
      for (const [reader, from] of readers) deliver(reader, from, fresh)
      if (!isAgain && rows.length < EVENTS_AT_ONCE) return
    }
  }

  function deliver(reader: Reader, from: number, some: Frame[]): void {
    const due = some.filter(frame => frame.seq > from)
    const last = due.at(-1)
    if (!last) return
    readers.set(reader, last.seq)
    const isPrivileged = isReading(reader.personId)
    const chunks = due.map(frame => (isPrivileged ? frame.forFacilitators : frame.forAll))
    send(reader, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
  }

  function follow({ clock: changed }: Change): void {
    if (!changed) return
    facilitatorId = changed.facilitator?.id ?? null
    const now = changed.item ?? changed.phase ?? 'before'
    if (now === step) return
    count()
    step = now
  }

  return {
    forumId,
    revision: () => seq,
    add(reader, from, missed) {
      send(reader, 'retry: 2000\n\n')
      if (missed === null) send(reader, named('resync', { revision: seq }))
      count()
      readers.set(reader, missed === null ? seq : from)
      if (missed) deliver(reader, from, missed.map(frameOf))
      deliver(reader, readers.get(reader) ?? from, frames)
      send(reader, heartbeat())
      reader.whenGone(() => remove(reader))
      tellSoon()
    },
    pump() {
      isAgain = true
      pumping ??= pumpOnce().finally(() => {
        pumping = null
      })
      return pumping
    },
    beat: () => broadcast(heartbeat()),
    async checkReaders() {
      for (const reader of readers.keys()) if (!(await reader.isWelcome())) reader.response.destroy()
    },
    keepPresence,
    presence: () => presence,
    isEmpty: () => readers.size === 0,
    close() {
      isClosed = true
      clearTimeout(telling)
      for (const reader of readers.keys()) reader.response.destroy()
    },
  }

  function heartbeat(): Buffer {
    return named('heartbeat', { serverTime: new Date(clock.now()).toISOString(), revision: seq })
  }
}

function frameOf({ seq, kind, audience, data, at }: EventRow): Frame {
  const full = numbered(seq, `{"revision":${seq},"kind":${JSON.stringify(kind)},"at":"${at}","data":${data}}`)
  if (audience === 'all') return { seq, forAll: full, forFacilitators: full }
  return {
    seq,
    forAll: numbered(seq, `{"revision":${seq},"kind":"quiet","at":"${at}","data":{}}`),
    forFacilitators: full,
  }
}

function numbered(seq: number, json: string): Buffer {
  return Buffer.from(`id: ${seq}\ndata: ${json}\n\n`)
}

function named(event: string, data: object): Buffer {
  return Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
