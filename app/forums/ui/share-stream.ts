/**
 * Tabs of one browser share one stream, since a browser opens only a few connections to one server: the tab that holds
 * a lock follows it and passes on what it hears; when that tab goes, the next has the lock. Where the browser has no
 * locks, each tab follows by itself.
 */
import type { Presence } from '#app/forums/live-board.ts'
import { followStream, type Listener, type Stream } from './follow-stream.ts'
import type { Link, Message } from './live-messages.ts'

/** A tab that has the stream answers at once; one that the browser has put to sleep does not. */
const ANSWER_MS = 2_000
const SILENCE_MS = 40_000

/** What one tab says to the others: a message of the stream, or a question whether somebody has it. */
type Said = Message | { type: 'hello' }

export interface SharedStream {
  /** This page has come back: whoever has the stream makes sure of it. */
  wake(): void
  close(): void
}

/** @param reader who reads along: tabs of another person are not told. */
export function shareStream(forum: string, reader: string, { after, hear }: Listener): SharedStream {
  if (!navigator.locks || typeof BroadcastChannel === 'undefined') {
    const own = followStream(forum, { after, hear })
    return { wake: own.reopen, close: own.close }
  }
  const name = `candor live ${forum} ${reader}`
  const channel = new BroadcastChannel(name)
  let stream: Stream | null = null
  let letGo: (() => void) | null = null
  let asking = new AbortController()
  let last: { link: Link; presence: Presence | null } = { link: 'waiting', presence: null }
  let heardAt = performance.now()
  let doubt: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  const say = (said: Said) => channel.postMessage(said)

  function hearOwn(message: Message): void {
    if (message.type === 'link') last = { ...last, link: message.link }
    if (message.type === 'presence') last = { ...last, presence: message.presence }
    say(message)
    hear(message)
  }

  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (isClosed) return
    if (data.type !== 'hello') {
      believe()
      heardAt = performance.now()
      if (!stream) hear(data)
    } else if (stream) {
      say({ type: 'link', link: last.link })
      say({ type: 'pulse', revision: after() })
      if (last.presence) say({ type: 'presence', presence: last.presence })
    }
  }

  /** Waits for the lock and holds it until this tab lets go of it, or another takes it away. */
  function queue(isTaken: boolean): void {
    asking.abort()
    asking = new AbortController()
    let own: Stream | null = null
    const hold = () => {
      if (isClosed) return
      return new Promise<void>(resolve => {
        letGo = resolve
        own = stream = followStream(forum, { after, hear: hearOwn })
      })
    }
    const options: LockOptions = isTaken ? { steal: true } : { signal: asking.signal }
    navigator.locks.request(name, options, hold).catch(() => {
      // No longer asked for, or taken away.
      if (own === null || own !== stream) return
      leave()
      queue(false)
    })
  }

  function leave(): void {
    stream?.close()
    stream = null
    letGo?.()
    letGo = null
  }

  /** Whether somebody has the stream: without an answer this tab takes it. */
  function makeSure(): void {
    say({ type: 'hello' })
    doubt ??= setTimeout(() => {
      doubt = undefined
      if (!stream) queue(true)
    }, ANSWER_MS)
  }

  function believe(): void {
    clearTimeout(doubt)
    doubt = undefined
  }

  const watch = setInterval(() => {
    if (!stream && document.visibilityState === 'visible' && performance.now() - heardAt > SILENCE_MS) makeSure()
  }, ANSWER_MS)
  queue(false)
  makeSure()
  return {
    wake() {
      if (stream) stream.reopen()
      else makeSure()
    },
    close() {
      isClosed = true
      clearInterval(watch)
      believe()
      asking.abort()
      leave()
      channel.close()
    },
  }
}
