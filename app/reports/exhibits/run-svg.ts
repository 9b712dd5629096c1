/** A run chart: the line, the band that chance alone would give, the target, what stands out, where it must not be read across. */
import type { RunExhibit } from '../report.ts'
import { FEW, numberWords, withUnit } from './number-words.ts'
import { circle, diamond, labelEvery, line, path, rect, type Theme, text, ticksTo, WIDTH, widthOf } from './svg.ts'

const [LEFT, RIGHT, TOP, BOTTOM] = [44, 14, 22, 212]

/** The greatest value that the axis must reach. */
export function topOf({ points, stretches, target, unit }: RunExhibit): number {
  const most = Math.max(0, target ?? 0, ...points.map(point => point.value ?? 0))
  // No limit of a share lies beyond all of them.
  const whole = unit === '%' ? Math.max(100, most) : Number.POSITIVE_INFINITY
  return Math.max(most, ...stretches.map(({ limits }) => Math.min(limits?.high ?? 0, whole)))
}

/** Whether the words of the upper limit would stand where the last value does. */
export function isLimitCrowded({ points }: RunExhibit, high: number, most: number): boolean {
  const last = points.findLast(point => point.value !== null)?.value
  return last !== null && last !== undefined && Math.abs(high - last) < most * 0.2
}

/** Each stretch with the index after its last point. */
export function stretchesOf({ stretches, points }: RunExhibit) {
  return stretches.map((stretch, index) => ({ ...stretch, to: stretches[index + 1]?.from ?? points.length }))
}

/** Points outside their limits, and those of a run. */
export function signalled({ stretches }: RunExhibit): Set<number> {
  const found = new Set<number>()
  for (const signal of stretches.flatMap(stretch => stretch.signals))
    if (signal.kind === 'outside') found.add(signal.at)
    else for (let at = signal.from; at <= signal.to; at++) found.add(at)
  return found
}

export function runParts(exhibit: RunExhibit, theme: Theme): { height: number; parts: string[] } {
  const { points, unit, target, breaks } = exhibit
  const ticks = ticksTo(
    topOf(exhibit),
    points.every(point => Number.isInteger(point.value ?? 0)),
  )
  const most = ticks.at(-1) ?? 1
  const space = (WIDTH - LEFT - RIGHT) / Math.max(points.length, 1)
  const x = (at: number) => LEFT + (at + 0.5) * space
  const y = (value: number) => BOTTOM - (value / most) * (BOTTOM - TOP)
  const marked = signalled(exhibit)
  const bands = stretchesOf(exhibit).flatMap(({ from, to, limits }, index, all) => {
    if (!limits) return []
    const [left, right] = [x(from) - space / 2, x(to - 1) + space / 2]
    const isLast = index === all.length - 1
    const high = Math.min(limits.high, most)
    const isLeft = isLimitCrowded(exhibit, high, most)
    return [
      rect(left, y(high), right - left, y(limits.low) - y(high), { fill: theme.band }),
      line(left, y(limits.mean), right, y(limits.mean), { stroke: theme.main, dash: '3 4' }),
      isLast && high === limits.high
        ? text(isLeft ? left : right, y(high) - 4, 'upper limit', {
            fill: theme.muted,
            anchor: isLeft ? 'start' : 'end',
          })
        : '',
    ]
  })
  const grid = ticks.flatMap((tick, index) => [
    line(LEFT, y(tick), WIDTH - RIGHT, y(tick), { stroke: theme.line }),
    text(LEFT - 8, y(tick) + 4, `${numberWords(tick)}${index === ticks.length - 1 && unit === '%' ? ' %' : ''}`, {
      fill: theme.muted,
      anchor: 'end',
      isTick: true,
    }),
  ])
  const goal =
    target === null
      ? []
      : [
          line(LEFT, y(target), WIDTH - RIGHT, y(target), { stroke: theme.ink, dash: '7 4' }),
          text(LEFT + 4, y(target) + (y(target) < TOP + 12 ? 14 : -5), `target ${numberWords(target)}`, {
            halo: groundOf(theme),
            fill: theme.ink,
          }),
        ]
  const cuts = breaks.flatMap(({ at, why }) => {
    const edge = x(at) - space / 2
    const isRight = edge + widthOf(why) > WIDTH - RIGHT
    return [
      line(edge, TOP - 14, edge, BOTTOM, { stroke: theme.strong, width: 1.5, dash: '2 3' }),
      text(edge + (isRight ? -5 : 5), TOP - 8, why, { fill: theme.ink, anchor: isRight ? 'end' : 'start' }),
    ]
  })
  const every = labelEvery(
    points.map(point => point.label),
    space,
  )
  const names = points.flatMap(({ label }, at) =>
    (points.length - 1 - at) % every === 0
      ? [text(x(at), BOTTOM + 18, label, { fill: theme.muted, anchor: 'middle' })]
      : [],
  )
  const dots = points.flatMap(({ value, n }, at) => {
    if (value === null) return []
    if (marked.has(at)) return [diamond(x(at), y(value), 5.5, { fill: theme.alarm })]
    // Hollow: too few to read a trend from.
    const isFew = n !== null && n < FEW
    return [
      circle(
        x(at),
        y(value),
        3.4,
        isFew ? { fill: groundOf(theme), stroke: theme.main, width: 1.5 } : { fill: theme.main },
      ),
    ]
  })
  return {
    height: BOTTOM + 28,
    parts: [
      ...bands,
      ...grid,
      ...goal,
      ...cuts,
      ...lines(exhibit, x, y, theme),
      ...dots,
      ...lastValue(exhibit, x, y, theme),
      ...names,
    ],
  }
}

/** The line, cut where nothing is known and where it must not be read across. */
function lines({ points, breaks }: RunExhibit, x: (at: number) => number, y: (value: number) => number, theme: Theme) {
  const pieces: [number, number][][] = [[]]
  points.forEach(({ value }, at) => {
    if (value === null || breaks.some(one => one.at === at)) pieces.push([])
    if (value !== null) pieces.at(-1)?.push([x(at), y(value)])
  })
  return pieces.filter(piece => piece.length > 1).map(piece => path(piece, { stroke: theme.main, width: 2.2 }))
}

function lastValue(
  { points, unit }: RunExhibit,
  x: (at: number) => number,
  y: (value: number) => number,
  theme: Theme,
) {
  const at = points.findLastIndex(point => point.value !== null)
  const value = points[at]?.value
  if (value === null || value === undefined) return []
  const words = withUnit(value, unit)
  const isRight = x(at) + widthOf(words) / 2 > WIDTH
  return [
    text(isRight ? WIDTH : x(at), y(value) - 10, words, {
      fill: theme.ink,
      anchor: isRight ? 'end' : 'middle',
      weight: 600,
      halo: groundOf(theme),
    }),
  ]
}

/** What lies under the letters. */
function groundOf({ paper }: Theme): string {
  return paper ?? 'var(--paper)'
}
