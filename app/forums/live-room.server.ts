/** Those who follow one forum on this instance: each event is written once and sent to all of them. */

import { randomInt } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Clock } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import type { Change, Presence } from './live-board.ts'
import { openPresenceBook } from './live-presence.server.ts'
import { type EventRow, eventsAfter, liveForum, liveRow } from './live-queries.server.ts'
import { stepName } from './live-row.ts'

/** A reader with more than this unread is closed; it comes back and reads everything anew. */
export const UNREAD_LIMIT = 256 * 1024
/** More than this is not sent at once, lest it alone be too much unread: the reader is told to read everything anew. */
const AT_ONCE_LIMIT = UNREAD_LIMIT / 2
const EVENTS_AT_ONCE = 500
const FRAMES_KEPT = 1_000
const PRESENCE_PAUSE_MS = 1_000
/** Those who lost their stream come back within a second: soon, and not all at once. */
const RETRY_MS = { least: 400, most: 1_000 }

export interface Reader {
  personId: string
  /** Whether they could facilitate. */
  mayRun: boolean
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
  /** Says that the stream lives, and who is there where that has changed. */
  beat(): Promise<void>
  checkReaders(): Promise<void>
  keepPresence(): Promise<void>
  /** Says soon who is there. */
  tellSoon(): void
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
  const frames: Frame[] = []
  let seq = row?.revision ?? 0
  let facilitatorId = row?.facilitator_id ?? forum?.facilitator_id ?? null
  let pumping: Promise<void> | null = null
  let isAgain = false
  let isClosed = false
  let telling: NodeJS.Timeout | undefined
  const here = () => new Set([...readers.keys()].map(reader => reader.personId))
  const book = openPresenceBook({ db, clock, here }, forumId, row ? stepName(row) : 'before')

  const isReading = ({ personId, mayRun }: Reader) =>
    mayRun && (personId === facilitatorId || personId === forum?.cofacilitator_id)

  function send(reader: Reader, chunk: Buffer | string): void {
    const { response } = reader
    if (response.destroyed) return
    response.write(chunk)
    if (response.writableLength > UNREAD_LIMIT) response.destroy()
  }

  function remove(reader: Reader): void {
    book.count()
    readers.delete(reader)
    tellSoon()
  }

  async function tell(): Promise<void> {
    if (await book.keep(facilitatorId)) broadcast(named('presence', book.now()))
  }

  function tellSoon(): void {
    if (isClosed) return
    telling ??= setTimeout(() => {
      telling = undefined
      tell().catch(complain)
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
    const isPrivileged = isReading(reader)
    const chunks = due.map(frame => (isPrivileged ? frame.forFacilitators : frame.forAll))
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    if (bytes > AT_ONCE_LIMIT) send(reader, resync(last.seq))
    else send(reader, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
  }

  function follow({ clock: changed }: Change): void {
    if (!changed) return
    facilitatorId = changed.facilitator?.id ?? null
    book.turnTo(changed.item ?? changed.phase ?? 'before')
  }

  return {
    forumId,
    revision: () => seq,
    add(reader, from, missed) {
      send(reader, `retry: ${randomInt(RETRY_MS.least, RETRY_MS.most)}\n\n`)
      if (missed === null) send(reader, resync(seq))
      book.count()
      readers.set(reader, missed === null ? seq : from)
      if (missed) deliver(reader, from, missed.map(frameOf))
      deliver(reader, readers.get(reader) ?? from, frames)
      send(reader, heartbeat())
      send(reader, named('presence', book.now()))
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
    async beat() {
      broadcast(heartbeat())
      await tell()
    },
    async checkReaders() {
      for (const reader of readers.keys()) if (!(await reader.isWelcome())) reader.response.destroy()
    },
    async keepPresence() {
      await book.keep(facilitatorId)
    },
    tellSoon,
    presence: book.now,
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

/** With an id, so that a reader who comes back is not sent again what it has read by other means. */
function resync(seq: number): Buffer {
  return Buffer.concat([Buffer.from(`id: ${seq}\n`), named('resync', { revision: seq })])
}

function named(event: string, data: object): Buffer {
  return Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
