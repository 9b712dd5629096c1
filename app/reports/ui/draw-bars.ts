/** What chart.js is told of bars, distributions and answers on a scale. */
import type { Chart, ChartConfiguration } from 'chart.js'
import { token } from '#app/ui/chart-parts.ts'
import { aboveColumn, distributionMarks } from '../exhibits/distribution-marks.ts'
import { FEW, numberWords, percentNumber, withUnit } from '../exhibits/number-words.ts'
import { ticksTo } from '../exhibits/svg.ts'
import type { BarsExhibit, DistributionExhibit, DivergingExhibit } from '../report.ts'
import { calm, fitting, gridLines, type OnPoint, rule, ticks, wide, write } from './chart-frame.ts'

const none = { display: false }

/** Each bar lies under its own name; its figure stands at its end. */
export function barsChart({ bars, unit }: BarsExhibit, onPoint: OnPoint): ChartConfiguration<'bar'> {
  return {
    type: 'bar',
    data: {
      labels: bars.map(bar => bar.label),
      datasets: [
        {
          data: bars.map(bar => bar.value),
          barThickness: 12,
          backgroundColor: () => token('--bar'),
          hoverBackgroundColor: () => token('--ink'),
        },
      ],
    },
    options: {
      ...calm(onPoint),
      indexAxis: 'y',
      layout: { padding: { right: 96, top: 8 } },
      scales: { x: { display: false, beginAtZero: true }, y: none },
    },
    plugins: [
      {
        id: 'names-over-bars',
        afterDatasetsDraw: chart =>
          chart.getDatasetMeta(0).data.forEach((bar, index) => {
            const { label, value, note } = bars[index] ?? { label: '', value: 0, note: null }
            write(chart, fitting(chart, label, chart.width * 0.7), 0, bar.y - 12, { colour: token('--ink') })
            if (note) write(chart, note, chart.width, bar.y - 12, { colour: token('--muted'), align: 'right' })
            write(chart, withUnit(value, unit), bar.x + 6, bar.y + 4, { colour: token('--ink'), weight: 600 })
          }),
      },
    ],
  }
}

export function distributionChart(exhibit: DistributionExhibit, onPoint: OnPoint): ChartConfiguration<'bar'> {
  const { classes } = exhibit
  const marks = ticksTo(Math.max(1, ...classes.flatMap(({ count, before }) => [count, before ?? 0])), true)
  return {
    type: 'bar',
    data: {
      labels: classes.map(one => one.label),
      datasets: [
        {
          data: classes.map(one => one.count),
          maxBarThickness: 44,
          backgroundColor: () => token('--bar'),
          hoverBackgroundColor: () => token('--ink'),
        },
      ],
    },
    options: {
      ...calm(onPoint),
      layout: { padding: { top: 30, bottom: 18 } },
      scales: {
        x: {
          grid: none,
          ticks: { ...ticks(), maxRotation: 0, autoSkipPadding: 4 },
        },
        y: {
          beginAtZero: true,
          max: marks.at(-1),
          ticks: { ...ticks(), stepSize: marks[1], padding: 6 },
          grid: gridLines,
          border: none,
        },
      },
    },
    plugins: [{ id: 'marks', afterDatasetsDraw: chart => drawMarks(chart, exhibit) }],
  }
}

function unitLine({ classes, unit }: DistributionExhibit): string {
  return classes.some(one => one.before !== null) ? `${unit} · the line across is the period before` : unit
}

function drawMarks(chart: Chart, exhibit: DistributionExhibit): void {
  const { left, right, top, bottom } = chart.chartArea
  const { y } = chart.scales
  if (!y) return
  const space = (right - left) / Math.max(exhibit.classes.length, 1)
  chart.getDatasetMeta(0).data.forEach((column, index) => {
    const { count, before } = exhibit.classes[index] ?? { count: 0, before: null }
    const high = aboveColumn(y.getPixelForValue(count), before === null ? null : y.getPixelForValue(before))
    if (before !== null) {
      const at = y.getPixelForValue(before)
      const half = Math.min(26, space * 0.44)
      rule(chart, [column.x - half, at, column.x + half, at], token('--ink'), [], 2)
    }
    if (count)
      write(chart, numberWords(count), column.x, high, { colour: token('--ink'), align: 'center', weight: 600 })
  })
  write(chart, unitLine(exhibit), left, chart.height - 3, { colour: token('--muted') })
  for (const { at, words } of distributionMarks(exhibit)) {
    const x = left + at * space
    const isRight = x + wide(chart, words) > right
    rule(chart, [x, top - 14, x, bottom], token('--alarm'), [4, 3], 1.5)
    write(chart, words, x + (isRight ? -5 : 5), top - 16, {
      colour: token('--alarm'),
      align: isRight ? 'right' : 'left',
    })
  }
}

/** Unfavourable and neutral lie left of the middle, favourable right of it. */
export function divergingChart({ rows }: DivergingExhibit, onPoint: OnPoint): ChartConfiguration<'bar'> {
  const dim = (name: string) => (context: { dataIndex: number }) =>
    (rows[context.dataIndex]?.n ?? FEW) < FEW ? token('--line-strong') : token(name)
  const part = (data: number[], name: string) => ({ data, barThickness: 14, backgroundColor: dim(name) })
  return {
    type: 'bar',
    data: {
      labels: rows.map(row => row.label),
      datasets: [
        part(
          rows.map(row => -row.neutral),
          '--neutral',
        ),
        part(
          rows.map(row => -row.unfavourable),
          '--unfavourable',
        ),
        {
          ...part(
            rows.map(row => row.favourable),
            '--favourable',
          ),
          hoverBackgroundColor: () => token('--ink'),
        },
      ],
    },
    options: {
      ...calm(onPoint),
      indexAxis: 'y',
      layout: { padding: { left: 34, right: 44, top: 26 } },
      scales: {
        x: {
          display: false,
          stacked: true,
          min: -Math.max(0.02, ...rows.map(row => row.unfavourable + row.neutral)),
          max: Math.max(0.02, ...rows.map(row => row.favourable)),
        },
        y: { display: false, stacked: true },
      },
    },
    plugins: [{ id: 'statements', afterDatasetsDraw: chart => writeStatements(chart, rows) }],
  }
}

function writeStatements(chart: Chart, rows: DivergingExhibit['rows']): void {
  const { x } = chart.scales
  if (!x) return
  const middle = x.getPixelForValue(0)
  let left = 0
  for (const name of ['unfavourable', 'neutral', 'favourable']) {
    chart.ctx.save()
    chart.ctx.fillStyle = token(`--${name}`)
    chart.ctx.fillRect(left, 5, 9, 9)
    chart.ctx.restore()
    write(chart, name, left + 14, 13, { colour: token('--muted') })
    left += wide(chart, name) + 30
  }
  chart.getDatasetMeta(2).data.forEach((bar, index) => {
    const row = rows[index]
    if (!row) return
    const colour = token(row.n < FEW ? '--muted' : '--ink')
    rule(chart, [middle, bar.y - 9, middle, bar.y + 9], token('--ink'))
    const about = ` · n ${row.n}`
    write(chart, fitting(chart, row.label, chart.width - wide(chart, about)) + about, 0, bar.y - 14, { colour })
    const start = x.getPixelForValue(-row.unfavourable - row.neutral)
    write(chart, percentNumber(row.unfavourable), start - 5, bar.y + 4, { colour, align: 'right' })
    write(chart, `${percentNumber(row.favourable)} %`, bar.x + 5, bar.y + 4, { colour, weight: 600 })
  })
}
