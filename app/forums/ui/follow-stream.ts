/** One tab's own way to the server: the stream of events, opened again when it is lost, and asking meanwhile. */
import type { LiveEvent, Presence } from '#app/forums/live-board.ts'
import { addressOf, askState, type Link, type Message } from './live-messages.ts'

const SILENCE_MS = 40_000
/** A stream that says nothing at once is held back by something on its way. */
const FIRST_WORD_MS = 3_000
const POLL_MS = 3_000
/** The browser comes back by itself from a broken connection; from an answer that is no stream, we do, this much later. */
const AGAIN_MS = { least: 400, most: 1_000 }

export interface Listener {
  /** The revision that is known. */
  after(): number
  hear(message: Message): void
}

export interface Stream {
  /** The stream may have died unnoticed: a new one. */
  reopen(): void
  close(): void
}

export function followStream(forum: string, { after, hear }: Listener): Stream {
  let source: EventSource | null = null
  let heardAt: number | null = null
  let openedAt = 0
  let link: Link = 'waiting'
  let again: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  function tell(now: Link): void {
    if (now !== link) hear({ type: 'link', link: now })
    link = now
  }

  function heard(message: Message): void {
    heardAt = performance.now()
    tell('in step')
    hear(message)
  }

  function open(): void {
    clearTimeout(again)
    again = undefined
    source?.close()
    heardAt = null
    openedAt = performance.now()
    const own = new EventSource(`${addressOf(forum)}/events?after=${after()}`)
    source = own
    own.onmessage = ({ data }: MessageEvent<string>) => heard({ type: 'event', event: JSON.parse(data) as LiveEvent })
    const pulse = ({ data }: MessageEvent<string>) =>
      heard({ type: 'pulse', revision: (JSON.parse(data) as { revision: number }).revision })
    own.addEventListener('heartbeat', pulse)
    own.addEventListener('resync', pulse)
    own.addEventListener('presence', ({ data }: MessageEvent<string>) =>
      heard({ type: 'presence', presence: JSON.parse(data) as Presence }),
    )
    own.onerror = () => {
      if (source !== own) return
      heardAt = null
      tell('asking')
      if (own.readyState !== EventSource.CLOSED) return
      again ??= setTimeout(open, AGAIN_MS.least + Math.random() * (AGAIN_MS.most - AGAIN_MS.least))
    }
  }

  async function ask(): Promise<void> {
    const answer = await askState(forum, after())
    if (answer && !isClosed) hear(answer)
  }

  const watch = setInterval(() => {
    const now = performance.now()
    if (heardAt !== null && now - heardAt <= SILENCE_MS) return
    if (heardAt !== null) open()
    if (now - openedAt >= FIRST_WORD_MS) tell('asking')
    // Without a network the next turn tries again.
    if (link === 'asking') void ask().catch(() => undefined)
  }, POLL_MS)
  open()
  return {
    reopen: open,
    close() {
      isClosed = true
      clearInterval(watch)
      clearTimeout(again)
      source?.close()
    },
  }
}
