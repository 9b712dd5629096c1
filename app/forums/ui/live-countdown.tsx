/** The clock everybody sees: quiet for those who listen, but for its milestones. */
import { useEffect, useRef, useState } from 'react'
import { clockInWords, clockText, isOver, milestone } from '#app/forums/countdown.ts'
import { type LiveState, PHASE_NAMES } from '#app/forums/live-board.ts'
import type { Phase } from '#app/forums/live-clock.ts'
import { beep } from './beep.ts'
import { PhaseBar } from './phase-bar.tsx'
import { sendCommand } from './send-command.ts'
import { useKeptChoice } from './use-kept-choice.ts'
import { useRemaining } from './use-remaining.ts'

export function Countdown({
  state,
  phase,
  isFacilitating,
}: {
  state: LiveState
  phase: Phase
  isFacilitating: boolean
}) {
  const left = useRemaining(state)
  const name = PHASE_NAMES[phase]
  const [said, setSaid] = useState('')
  const [isHidden, setHidden] = useKeptChoice('clock-hidden', false)
  const [isAloud, setAloud] = useKeptChoice('clock-sound', false)
  const place = `${state.step} ${phase}`
  const before = useRef({ left, place })
  useEffect(() => {
    const was = before.current
    before.current = { left, place }
    const words = was.place === place ? (state.running ? milestone(was.left, left) : null) : `${name} begins.`
    if (!words) return
    setSaid(words)
    if (isAloud) beep()
  }, [left, place, name, state.running, isAloud])
  useMovingOn(state, left, isFacilitating)
  const minutes = Math.max(0, Math.ceil(left / 60_000))
  const isPast = isOver(left)
  useEffect(() => {
    const before = document.title
    document.title = `${isPast ? 'over time' : `${minutes} min`} · ${name} · Candor`
    return () => {
      document.title = before
    }
  }, [minutes, isPast, name])
  return (
    <>
      <div className={isPast ? 'clock over' : 'clock'} role="timer" aria-live="off" hidden={isHidden}>
        {clockText(left)}
      </div>
      <PhaseBar phases={state.steps[state.step]?.phases ?? []} current={state.phaseOfStep} left={left} />
      <p className="small muted clock-line">
        {!state.running ? <b>Paused </b> : isPast ? <b className="over">Over time </b> : null}
        <button type="button" className="linklike" data-key="t" onClick={() => setSaid(`${clockInWords(left)}.`)}>
          Say the time left
        </button>
        <button type="button" className="linklike" data-key="h" onClick={() => setHidden(!isHidden)}>
          {isHidden ? 'Show the clock' : 'Hide the clock'}
        </button>
        <button
          type="button"
          className="linklike"
          aria-pressed={isAloud}
          onClick={() => {
            setAloud(!isAloud)
            if (!isAloud) beep()
          }}
        >
          {isAloud ? 'Sound is on' : 'Sound is off'}
        </button>
      </p>
      <p className="small said" role="status">
        {said}
      </p>
    </>
  )
}

/** Where the clock moves on by itself, the facilitator's board says that the time is up; the server looks for itself. */
function useMovingOn(state: LiveState, left: number, isFacilitating: boolean): void {
  const { forum, clockRevision, epoch } = state
  const isUp = isFacilitating && state.autoAdvance && state.running && left <= 0
  useEffect(() => {
    // A stale one is refused: somebody has moved on already.
    if (isUp) void sendCommand(forum, { type: 'time-is-up', expectedRevision: clockRevision, epoch })
  }, [isUp, forum, clockRevision, epoch])
}
