/** Bars that lie, each under its own name; columns of a distribution; answers to the left and right of a middle. */
import type { BarsExhibit, DistributionExhibit, DivergingExhibit } from '../report.ts'
import { aboveColumn, distributionMarks } from './distribution-marks.ts'
import { FEW, numberWords, percentNumber, withUnit } from './number-words.ts'
import { circle, labelEvery, line, linesOf, rect, type Theme, text, ticksTo, WIDTH, widthOf } from './svg.ts'

interface Parts {
  height: number
  parts: string[]
}

const ROW = 40

export function barsParts({ bars, unit }: BarsExhibit, theme: Theme): Parts {
  const most = Math.max(1e-9, ...bars.map(bar => bar.value))
  const parts = bars.flatMap(({ label, value, note }, index) => {
    const y = index * ROW
    const words = withUnit(value, unit)
    const width = (value / most) * (WIDTH - widthOf(words) - 16)
    return [
      text(0, y + 14, label, { fill: theme.ink }),
      note ? text(WIDTH, y + 14, note, { fill: theme.muted, anchor: 'end' }) : '',
      rect(0, y + 20, Math.max(width, 1), 12, { fill: theme.main }),
      text(Math.max(width, 1) + 6, y + 30, words, { fill: theme.ink, weight: 600 }),
    ]
  })
  return { height: bars.length * ROW + 4, parts }
}

const [LEFT, TOP, BOTTOM] = [36, 30, 200]

export function distributionParts(exhibit: DistributionExhibit, theme: Theme): Parts {
  const { classes, unit } = exhibit
  const ticks = ticksTo(Math.max(1, ...classes.flatMap(({ count, before }) => [count, before ?? 0])), true)
  const most = ticks.at(-1) ?? 1
  const space = (WIDTH - LEFT) / Math.max(classes.length, 1)
  const y = (count: number) => BOTTOM - (count / most) * (BOTTOM - TOP)
  const thick = Math.min(44, space * 0.56)
  const every = labelEvery(
    classes.map(one => one.label),
    space,
  )
  const columns = classes.flatMap(({ label, count, before }, index) => {
    const middle = LEFT + (index + 0.5) * space
    return [
      rect(middle - thick / 2, y(count), thick, BOTTOM - y(count), { fill: theme.main }),
      before === null
        ? ''
        : line(middle - thick / 2 - 4, y(before), middle + thick / 2 + 4, y(before), { stroke: theme.ink, width: 2 }),
      count
        ? text(middle, aboveColumn(y(count), before === null ? null : y(before)), numberWords(count), {
            fill: theme.ink,
            anchor: 'middle',
            weight: 600,
          })
        : '',
      index % every === 0 ? text(middle, BOTTOM + 17, label, { fill: theme.muted, anchor: 'middle' }) : '',
    ]
  })
  const marks = distributionMarks(exhibit).flatMap(({ at, words }) => {
    const x = LEFT + at * space
    const isRight = x + widthOf(words) > WIDTH
    return [
      line(x, TOP - 14, x, BOTTOM, { stroke: theme.alarm, width: 1.5, dash: '4 3' }),
      text(x + (isRight ? -5 : 5), TOP - 18, words, { fill: theme.alarm, anchor: isRight ? 'end' : 'start' }),
    ]
  })
  const grid = ticks.flatMap(tick => [
    line(LEFT, y(tick), WIDTH, y(tick), { stroke: theme.line }),
    text(LEFT - 8, y(tick) + 4, numberWords(tick), { fill: theme.muted, anchor: 'end', isTick: true }),
  ])
  const foot = classes.some(one => one.before !== null) ? `${unit} · the line across is the period before` : unit
  return {
    height: BOTTOM + 42,
    parts: [...grid, ...columns, ...marks, text(LEFT, BOTTOM + 36, foot, { fill: theme.muted })],
  }
}

const LABEL_CHARACTERS = 78
const LINE = 16

export function divergingParts({ rows }: DivergingExhibit, theme: Theme): Parts {
  const left = Math.max(0.02, ...rows.map(row => row.unfavourable + row.neutral))
  const right = Math.max(0.02, ...rows.map(row => row.favourable))
  const scale = (WIDTH - 76) / (left + right)
  const middle = 38 + left * scale
  let y = 24
  const parts = rows.flatMap(({ label, n, unfavourable, neutral, favourable }) => {
    const lines = linesOf(`${label} · n ${n}`, LABEL_CHARACTERS)
    const fill = n < FEW ? theme.muted : theme.ink
    const opacity = n < FEW ? 0.45 : undefined
    const top = y + lines.length * LINE
    const between = middle - neutral * scale
    const drawn = [
      ...lines.map((words, index) => text(0, y + 12 + index * LINE, words, { fill })),
      rect(between - unfavourable * scale, top + 2, unfavourable * scale, 14, { fill: theme.unfavourable, opacity }),
      rect(between, top + 2, neutral * scale, 14, { fill: theme.neutral, opacity }),
      rect(middle, top + 2, favourable * scale, 14, { fill: theme.favourable, opacity }),
      line(middle, top, middle, top + 18, { stroke: theme.ink }),
      text(between - unfavourable * scale - 5, top + 13, percentNumber(unfavourable), { fill, anchor: 'end' }),
      text(middle + favourable * scale + 5, top + 13, `${percentNumber(favourable)} %`, { fill, weight: 600 }),
    ]
    y = top + 26
    return drawn
  })
  const names = [
    circle(5, 9, 4, { fill: theme.unfavourable }),
    text(14, 13, 'unfavourable', { fill: theme.muted }),
    circle(105, 9, 4, { fill: theme.neutral }),
    text(114, 13, 'neutral', { fill: theme.muted }),
    circle(171, 9, 4, { fill: theme.favourable }),
    text(180, 13, 'favourable', { fill: theme.muted }),
  ]
  return { height: y, parts: [...names, ...parts] }
}
