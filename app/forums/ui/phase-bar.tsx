/** An item's phases as one bar: what is behind, what runs, and in amber what runs over. */
import { PHASE_NAMES } from '#app/forums/live-board.ts'
import type { PhaseTime } from '#app/forums/live-clock.ts'

const GAP = 0.6

export function PhaseBar({ phases, current, left }: { phases: PhaseTime[]; current: number; left: number }) {
  const total = phases.reduce((sum, time) => sum + time.allottedMs, 0)
  if (phases.length < 2 || total <= 0) return null
  let at = 0
  const parts = phases.map((time, place) => {
    const share = (time.allottedMs / total) * 100
    const used = place === current ? time.allottedMs - left : time.usedMs
    const part = { ...time, x: at, share, filled: Math.min(1, Math.max(0, used / time.allottedMs)), place }
    at += share
    return part
  })
  const isOver = left < 0
  return (
    <svg className="phases" width="100%" height="32" role="img" aria-label={inWords(phases, current, isOver)}>
      {parts.map(({ phase, x, share, filled, place, allottedMs }) => (
        <g key={phase} className={place === current ? (isOver ? 'now over' : 'now') : undefined}>
          <rect className="track" x={`${x}%`} width={`${Math.max(0, share - GAP)}%`} height="8" rx="4" />
          <rect className="filled" x={`${x}%`} width={`${Math.max(0, share - GAP) * filled}%`} height="8" rx="4" />
          <text
            x={place === parts.length - 1 ? '100%' : `${x}%`}
            y="27"
            textAnchor={place === parts.length - 1 ? 'end' : 'start'}
          >
            {PHASE_NAMES[phase]} {minutes(allottedMs)}
          </text>
        </g>
      ))}
    </svg>
  )
}

function inWords(phases: PhaseTime[], current: number, isOver: boolean): string {
  return phases
    .map(({ phase, allottedMs }, place) => {
      const now = place === current ? (isOver ? ', now, over time' : ', now') : ''
      return `${PHASE_NAMES[phase]} ${minutes(allottedMs)} minutes${now}`
    })
    .join('; ')
}

function minutes(ms: number): number {
  return Math.round(ms / 60_000)
}
