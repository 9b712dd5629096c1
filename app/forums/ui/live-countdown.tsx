/** The clock everybody sees: quiet for those who listen, but for its milestones. */
import { useEffect, useRef, useState } from 'react'
import { clockInWords, clockText, isOver, milestone } from '#app/forums/countdown.ts'
import type { LiveState } from '#app/forums/live-board.ts'
import { useRemaining } from './use-remaining.ts'

export function Countdown({ state, phase }: { state: LiveState; phase: string }) {
  const left = useRemaining(state)
  const [said, setSaid] = useState('')
  const [isHidden, setHidden] = useState(false)
  const before = useRef({ left, phase })
  useEffect(() => {
    const was = before.current
    before.current = { left, phase }
    const words = was.phase === phase ? (state.running ? milestone(was.left, left) : null) : `${phase} begins.`
    if (words) setSaid(words)
  }, [left, phase, state.running])
  const minutes = Math.max(0, Math.ceil(left / 60_000))
  useEffect(() => {
    document.title = `${minutes} min · ${phase} · Candor`
  }, [minutes, phase])
  return (
    <>
      <div className={isOver(left) ? 'clock over' : 'clock'} role="timer" aria-live="off" hidden={isHidden}>
        {clockText(left)}
      </div>
      <p className="small muted clock-line">
        {!state.running ? 'Paused · ' : isOver(left) ? 'Over time · ' : ''}
        <button type="button" className="linklike" onClick={() => setSaid(`${clockInWords(left)}.`)}>
          Say the time left
        </button>{' '}
        <button type="button" className="linklike" onClick={() => setHidden(!isHidden)}>
          {isHidden ? 'Show the clock' : 'Hide the clock'}
        </button>
      </p>
      <p className="small" role="status">
        {said}
      </p>
    </>
  )
}
