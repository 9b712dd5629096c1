/** Curves of what is still open, and small series beside each other. */
import type { MultiplesExhibit, SurvivalExhibit } from '../report.ts'
import { numberWords } from './number-words.ts'
import { circle, line, path, rect, type Theme, text, ticksTo, WIDTH, widthOf } from './svg.ts'

const [LEFT, TOP, BOTTOM] = [44, 14, 212]

/** The day on which the axis ends. */
export function lastDay({ curves }: SurvivalExhibit): number {
  return Math.max(1, ...curves.flatMap(curve => curve.steps.map(step => step.day)))
}

/** With the beginning, when everything is open. */
export function withStart(steps: SurvivalExhibit['curves'][number]['steps']) {
  return steps[0]?.day === 0 ? steps : [{ day: 0, share: 1, low: 1, high: 1 }, ...steps]
}

/** What stands at the end of each curve, pushed apart so that none covers another. */
export function apart(wanted: number[], gap: number, least: number, most: number): number[] {
  const order = wanted.map((y, index) => ({ y, index })).sort((one, other) => one.y - other.y)
  let last = Number.NEGATIVE_INFINITY
  for (const one of order) last = one.y = Math.max(one.y, last + gap, least)
  let next = most
  for (const one of order.toReversed()) {
    one.y = Math.min(one.y, next)
    next = one.y - gap
  }
  return wanted.map((_, index) => order.find(one => one.index === index)?.y ?? 0)
}

export function survivalParts(exhibit: SurvivalExhibit, theme: Theme): { height: number; parts: string[] } {
  const names = exhibit.curves.map(({ label, n }) => `${label}, n ${n}`)
  const right = WIDTH - Math.min(190, Math.max(60, ...names.map(name => widthOf(name) + 12)))
  const end = lastDay(exhibit)
  const x = (day: number) => LEFT + (day / end) * (right - LEFT)
  const y = (share: number) => BOTTOM - share * (BOTTOM - TOP)
  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap(share => [
    line(
      LEFT,
      y(share),
      right,
      y(share),
      share === 0.5 ? { stroke: theme.strong, dash: '3 4' } : { stroke: theme.line },
    ),
    text(LEFT - 8, y(share) + 4, `${share * 100}${share === 1 ? ' %' : ''}`, {
      fill: theme.muted,
      anchor: 'end',
      isTick: true,
    }),
  ])
  const days = ticksTo(end, true)
    .filter(day => day <= end)
    .map(day => text(x(day), BOTTOM + 18, numberWords(day), { fill: theme.muted, anchor: 'middle', isTick: true }))
  const places = apart(
    exhibit.curves.map(curve => y(curve.steps.at(-1)?.share ?? 1) + 4),
    16,
    TOP + 4,
    BOTTOM,
  )
  const curves = exhibit.curves.flatMap(({ steps }, index) => {
    const colour = theme.series[index % theme.series.length] ?? theme.main
    const all = withStart(steps)
    const stairs = (of: (step: (typeof all)[number]) => number): [number, number][] =>
      all.flatMap((step, at): [number, number][] => {
        const before = all[at - 1]
        return before
          ? [
              [x(step.day), y(of(before))],
              [x(step.day), y(of(step))],
            ]
          : [[x(step.day), y(of(step))]]
      })
    const band = [...stairs(step => step.high), ...stairs(step => step.low).reverse()]
    return [
      exhibit.curves.length <= 2 ? path(band, { fill: colour, opacity: 0.14 }, true) : '',
      path(
        stairs(step => step.share),
        { stroke: colour, width: 2.2, dash: DASHES[index % DASHES.length] },
      ),
      text(right + 8, places[index] ?? 0, names[index] ?? '', { fill: colour, weight: 600 }),
    ]
  })
  return {
    height: BOTTOM + 40,
    parts: [
      ...grid,
      ...days,
      ...curves,
      text(LEFT, BOTTOM + 36, 'days after it was begun; share still open', { fill: theme.muted }),
    ],
  }
}

/** Curves differ by their stroke too, not by colour alone. */
export const DASHES = [undefined, '7 3', '2 3', '9 3 2 3']

const COLUMNS = 3
const GAP = 20
const CELL = (WIDTH - (COLUMNS - 1) * GAP) / COLUMNS
const CELL_HEIGHT = 96
/** Characters that fit into half of a cell. */
const HALF = 13

/** The greatest value of all series: they share an axis. */
export function topOfAll({ series }: MultiplesExhibit): number {
  return Math.max(1e-9, ...series.flatMap(({ values }) => values.map(value => value ?? 0)))
}

export function multiplesParts(exhibit: MultiplesExhibit, theme: Theme): { height: number; parts: string[] } {
  const top = topOfAll(exhibit)
  const parts = exhibit.series.flatMap(({ label, values }, index) => {
    const left = (index % COLUMNS) * (CELL + GAP)
    const head = Math.floor(index / COLUMNS) * CELL_HEIGHT
    const [low, high] = [head + 76, head + 26]
    const thick = Math.min(12, (CELL / Math.max(values.length, 1)) * 0.7)
    const x = (at: number) => left + ((at + 0.5) * CELL) / Math.max(values.length, 1)
    const last = values.at(-1) ?? null
    return [
      text(left, head + 14, cut(label, Math.floor((CELL - 30) / 6.4)), { fill: theme.ink, weight: 600 }),
      text(left + CELL, head + 14, numberWords(last), { fill: theme.ink, anchor: 'end' }),
      line(left, low, left + CELL, low, { stroke: theme.strong }),
      ...values.map((value, at) =>
        value === null
          ? circle(x(at), low - 3, 1.2, { fill: theme.strong })
          : rect(x(at) - thick / 2, low - (value / top) * (low - high), thick, (value / top) * (low - high), {
              fill: at === values.length - 1 ? theme.main : theme.past,
            }),
      ),
      index < COLUMNS ? text(left, low + 14, cut(exhibit.labels[0] ?? '', HALF), { fill: theme.muted }) : '',
      index < COLUMNS
        ? text(left + CELL, low + 14, cut(exhibit.labels.at(-1) ?? '', HALF), { fill: theme.muted, anchor: 'end' })
        : '',
    ]
  })
  return { height: Math.ceil(exhibit.series.length / COLUMNS) * CELL_HEIGHT, parts }
}

function cut(words: string, most: number): string {
  return words.length > most ? `${words.slice(0, most - 1)}…` : words
}
