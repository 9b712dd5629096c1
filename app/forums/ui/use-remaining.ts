/** What is left of the phase, by the server's clock. */
import { useEffect, useRef, useState } from 'react'
import { untilNextText } from '#app/forums/countdown.ts'
import type { LiveState } from '#app/forums/live-board.ts'
import { keepTime, type Timekeeper } from './keep-time.ts'
import { onWake } from './on-wake.ts'

/** At least so often, for a correction that is on its way. */
const TICK_MS = 250

/** Milliseconds left, told anew whenever the clock's text changes. */
export function useRemaining({ forum, endsAt, remainingMs, serverTime }: LiveState): number {
  const [left, setLeft] = useState(() => leftAt({ endsAt, remainingMs }, Date.parse(serverTime)))
  const guess = useRef(serverTime)
  const time = useRef<Timekeeper | null>(null)

  useEffect(() => {
    const keeper = keepTime(forum, Date.parse(guess.current))
    time.current = keeper
    const stopWaking = onWake(keeper.wake)
    return () => {
      stopWaking()
      keeper.stop()
    }
  }, [forum])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      const now = leftAt({ endsAt, remainingMs }, time.current?.now() ?? 0)
      setLeft(now)
      timer = setTimeout(tick, Math.min(untilNextText(now), TICK_MS))
    }
    tick()
    return () => clearTimeout(timer)
  }, [endsAt, remainingMs])
  return left
}

function leftAt({ endsAt, remainingMs }: Pick<LiveState, 'endsAt' | 'remainingMs'>, now: number): number {
  return endsAt === null ? (remainingMs ?? 0) : Date.parse(endsAt) - now
}
