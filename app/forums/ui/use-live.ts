/** Follows a live forum in the browser: its events, the server's clock, and what to do while neither can be reached. */
import { useEffect, useRef, useState } from 'react'
import { offsetFrom, slew, type TimeSample } from '#app/forums/countdown.ts'
import { advanceCapture, advanceState, type Capture, type LiveEvent, type LiveState } from '#app/forums/live-board.ts'

const SAMPLES = 8
const RESAMPLE_MS = 60_000
const SILENCE_MS = 40_000
const POLL_MS = 3_000

export interface Following {
  state: LiveState
  capture: Capture
  count: number | null
  link: 'waiting' | 'in step' | 'asking'
}

/** @param first what the page came with; a later one of a higher revision replaces what is known. */
export function useFollowing(first: { state: LiveState; capture: Capture }): Following {
  const [known, setKnown] = useState(first)
  const [count, setCount] = useState<number | null>(null)
  const [link, setLink] = useState<Following['link']>('waiting')
  const latest = useRef(first)

  useEffect(() => {
    if (first.state.revision < latest.current.state.revision) return
    latest.current = first
    setKnown(first)
  }, [first])

  const forum = first.state.forum
  useEffect(() => {
    const address = `/api/v1/forums/${encodeURIComponent(forum)}/live`
    let source: EventSource | null = null
    let heardAt = performance.now()
    let isOver = false
    const take = (next: typeof first) => {
      latest.current = next
      setKnown(next)
    }
    async function readAnew(): Promise<void> {
      const answer = await fetch(`${address}/state`)
      if (!answer.ok || isOver) return
      const { capture, ...state } = (await answer.json()) as LiveState & { capture: Capture }
      if (state.revision >= latest.current.state.revision) take({ state, capture })
    }
    function hear(event: MessageEvent<string>): void {
      heardAt = performance.now()
      const one = JSON.parse(event.data) as LiveEvent
      const { state, capture } = latest.current
      if (one.revision <= state.revision) return
      const isOtherReader = one.data.clock && one.data.clock.facilitator?.id !== state.facilitator?.id
      if (one.revision > state.revision + 1 || isOtherReader || state.revision === 0) void readAnew().catch(ignore)
      else take({ state: advanceState(state, one), capture: advanceCapture(capture, one) })
    }
    function open(): void {
      source?.close()
      heardAt = performance.now()
      source = new EventSource(`${address}/events?after=${latest.current.state.revision}`)
      source.onopen = () => setLink('in step')
      source.onmessage = hear
      source.addEventListener('heartbeat', event => {
        heardAt = performance.now()
        const { revision } = JSON.parse(event.data) as { revision: number }
        if (revision > latest.current.state.revision) void readAnew().catch(ignore)
      })
      source.addEventListener('resync', () => void readAnew().catch(ignore))
      source.addEventListener('presence', event => setCount((JSON.parse(event.data) as { count: number }).count))
      source.onerror = () => setLink('asking')
    }
    const poll = setInterval(() => {
      if (source?.readyState !== EventSource.OPEN) void readAnew().catch(ignore)
      if (source?.readyState === EventSource.CLOSED || performance.now() - heardAt > SILENCE_MS) open()
    }, POLL_MS)
    const wake = () => {
      if (document.visibilityState === 'visible') open()
    }
    open()
    document.addEventListener('visibilitychange', wake)
    window.addEventListener('online', wake)
    window.addEventListener('pageshow', wake)
    return () => {
      isOver = true
      source?.close()
      clearInterval(poll)
      document.removeEventListener('visibilitychange', wake)
      window.removeEventListener('online', wake)
      window.removeEventListener('pageshow', wake)
    }
  }, [forum])
  return { ...known, count, link }
}

function ignore(): void {
  // Without a network the next turn tries again.
}

/** Milliseconds left by the server's clock, some times a second. */
export function useRemaining({ forum, endsAt, remainingMs, serverTime }: LiveState): number {
  const [left, setLeft] = useState(() => leftAt({ endsAt, remainingMs }, Date.parse(serverTime)))
  const offset = useRef<number | null>(null)
  const target = useRef<number | null>(null)

  useEffect(() => {
    let isOver = false
    async function sample(): Promise<void> {
      const samples: TimeSample[] = []
      for (let i = 0; i < SAMPLES && !isOver; i++) {
        const sentAt = performance.now()
        const answer = await fetch(`/api/v1/forums/${encodeURIComponent(forum)}/live/time`).catch(() => null)
        if (!answer?.ok) continue
        const { serverTime } = (await answer.json()) as { serverTime: string }
        samples.push({ sentAt, answeredAt: performance.now(), serverTime: Date.parse(serverTime) })
      }
      target.current = offsetFrom(samples) ?? target.current
    }
    void sample()
    const again = setInterval(() => void sample(), RESAMPLE_MS)
    const wake = () => void sample()
    window.addEventListener('pageshow', wake)
    document.addEventListener('visibilitychange', wake)
    return () => {
      isOver = true
      clearInterval(again)
      window.removeEventListener('pageshow', wake)
      document.removeEventListener('visibilitychange', wake)
    }
  }, [forum])

  useEffect(() => {
    offset.current ??= Date.parse(serverTime) - performance.now()
    let before = performance.now()
    const tick = () => {
      const now = performance.now()
      if (target.current !== null) offset.current = slew(offset.current as number, target.current, now - before)
      before = now
      setLeft(leftAt({ endsAt, remainingMs }, now + (offset.current as number)))
    }
    tick()
    const timer = setInterval(tick, 200)
    return () => clearInterval(timer)
  }, [endsAt, remainingMs, serverTime])
  return left
}

function leftAt({ endsAt, remainingMs }: Pick<LiveState, 'endsAt' | 'remainingMs'>, now: number): number {
  return endsAt === null ? (remainingMs ?? 0) : Date.parse(endsAt) - now
}
