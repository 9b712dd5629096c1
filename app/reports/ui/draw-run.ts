import type { Chart, ChartConfiguration } from 'chart.js'
import { token } from '#app/ui/chart-parts.ts'
import { FEW, numberWords, withUnit } from '../exhibits/number-words.ts'
import { isLimitCrowded, signalled, stretchesOf, topOf } from '../exhibits/run-svg.ts'
import { ticksTo } from '../exhibits/svg.ts'
import type { RunExhibit } from '../report.ts'
import { calm, gridLines, type OnPoint, rule, ticks, wide, write } from './chart-frame.ts'

/** What chart.js is told of a run chart; the limits, the target and the breaks are drawn around its line. */
export function runChart(exhibit: RunExhibit, onPoint: OnPoint): ChartConfiguration<'line'> {
  const { points, breaks } = exhibit
  const marked = signalled(exhibit)
  const marks = ticksTo(
    topOf(exhibit),
    points.every(point => Number.isInteger(point.value ?? 0)),
  )
  const isFew = (index: number) => (points[index]?.n ?? FEW) < FEW
  return {
    type: 'line',
    data: {
      labels: points.map(point => point.label),
      datasets: [
        {
          data: points.map(point => point.value),
          borderColor: () => token('--bar'),
          borderWidth: 2.2,
          segment: {
            borderColor: segment => (breaks.some(one => one.at === segment.p1DataIndex) ? 'transparent' : undefined),
          },
          pointStyle: ({ dataIndex }) => (marked.has(dataIndex) ? 'rectRot' : 'circle'),
          pointRadius: ({ dataIndex }) => (marked.has(dataIndex) ? 6.5 : 3.8),
          pointHoverRadius: 8,
          pointBorderWidth: 1.6,
          pointBorderColor: ({ dataIndex }) => token(marked.has(dataIndex) ? '--alarm' : '--bar'),
          pointBackgroundColor: ({ dataIndex }) =>
            token(marked.has(dataIndex) ? '--alarm' : isFew(dataIndex) ? '--paper' : '--bar'),
        },
      ],
    },
    options: {
      ...calm(onPoint),
      layout: { padding: { top: 22, right: 8 } },
      scales: {
        x: {
          offset: true,
          grid: { display: false },
          ticks: { ...ticks(), maxRotation: 0, autoSkipPadding: 14, align: 'center' },
        },
        y: {
          beginAtZero: true,
          max: marks.at(-1),
          ticks: { ...ticks(), stepSize: marks[1], padding: 6, callback: value => numberWords(Number(value)) },
          grid: gridLines,
          border: { display: false },
        },
      },
    },
    plugins: [
      {
        id: 'around-the-line',
        beforeDatasetsDraw: chart => drawAround(chart, exhibit),
        afterDatasetsDraw: chart => writeLast(chart, exhibit),
      },
    ],
  }
}

function drawAround(chart: Chart, exhibit: RunExhibit): void {
  const { left, right, top, bottom } = chart.chartArea
  const { x, y } = chart.scales
  if (!x || !y) return
  const half = (right - left) / Math.max(exhibit.points.length, 1) / 2
  const stretches = stretchesOf(exhibit)
  stretches.forEach(({ from, to, limits }, index) => {
    if (!limits) return
    const [start, end] = [x.getPixelForValue(from) - half, x.getPixelForValue(to - 1) + half]
    const shown = Math.min(limits.high, y.max)
    const [high, low] = [y.getPixelForValue(shown), y.getPixelForValue(limits.low)]
    chart.ctx.save()
    chart.ctx.fillStyle = token('--band')
    chart.ctx.fillRect(start, high, end - start, low - high)
    chart.ctx.restore()
    const mean = y.getPixelForValue(limits.mean)
    rule(chart, [start, mean, end, mean], token('--bar'), [3, 4])
    if (index !== stretches.length - 1 || shown !== limits.high) return
    const isLeft = isLimitCrowded(exhibit, shown, y.max)
    write(chart, 'upper limit', isLeft ? start : end, high - 4, {
      colour: token('--muted'),
      align: isLeft ? 'left' : 'right',
    })
  })
  if (exhibit.target !== null) {
    const at = y.getPixelForValue(exhibit.target)
    rule(chart, [left, at, right, at], token('--ink'), [7, 4])
    write(chart, `target ${numberWords(exhibit.target)}`, left + 4, at + (at < top + 12 ? 14 : -5), {
      colour: token('--ink'),
      isOverLines: true,
    })
  }
  for (const { at, why } of exhibit.breaks) {
    const edge = x.getPixelForValue(at) - half
    const isRight = edge + wide(chart, why) > right
    rule(chart, [edge, top - 14, edge, bottom], token('--line-strong'), [2, 3], 1.5)
    write(chart, why, edge + (isRight ? -5 : 5), top - 8, { colour: token('--ink'), align: isRight ? 'right' : 'left' })
  }
}

/** Direct label: the last value. */
function writeLast(chart: Chart, { points, unit }: RunExhibit): void {
  const at = points.findLastIndex(point => point.value !== null)
  const value = points[at]?.value
  const dot = chart.getDatasetMeta(0).data[at]
  if (!dot || value === null || value === undefined) return
  const words = withUnit(value, unit)
  const isRight = dot.x + wide(chart, words) / 2 > chart.width
  write(chart, words, isRight ? chart.width : dot.x, dot.y - 10, {
    colour: token('--ink'),
    align: isRight ? 'right' : 'center',
    weight: 600,
    isOverLines: true,
  })
}
