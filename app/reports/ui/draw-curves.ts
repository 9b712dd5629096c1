/** What chart.js is told of curves and of small series beside each other. */
import type { Chart, ChartConfiguration } from 'chart.js'
import { token } from '#app/ui/chart-parts.ts'
import { apart, DASHES, lastDay, topOfAll, withStart } from '../exhibits/curves-svg.ts'
import { numberWords } from '../exhibits/number-words.ts'
import type { MultiplesExhibit, SurvivalExhibit } from '../report.ts'
import { calm, fitting, gridLines, type OnPoint, ticks, wide, write } from './chart-frame.ts'

export const SERIES = ['--series-1', '--series-2', '--series-3', '--series-4']

const colourOf = (index: number) => token(SERIES[index % SERIES.length] ?? '--bar')

export function survivalChart(exhibit: SurvivalExhibit, onPoint: OnPoint): ChartConfiguration<'scatter'> {
  const { curves } = exhibit
  return {
    type: 'scatter',
    data: {
      datasets: curves.map((curve, index) => ({
        data: withStart(curve.steps).map(({ day, share }) => ({ x: day, y: 100 * share })),
        showLine: true,
        stepped: true,
        borderColor: () => colourOf(index),
        borderDash: (DASHES[index % DASHES.length] ?? '').split(' ').filter(Boolean).map(Number),
        borderWidth: 2.2,
        pointRadius: 0,
        pointHoverRadius: 5,
        pointHoverBackgroundColor: () => colourOf(index),
      })),
    },
    options: {
      ...calm(point => {
        const curve = point && curves[point.dataset]
        const early = curve ? withStart(curve.steps).length - curve.steps.length : 0
        onPoint(point && { ...point, index: Math.max(0, point.index - early) })
      }),
      layout: { padding: { top: 12, right: 8, bottom: 18 } },
      scales: {
        x: {
          min: 0,
          max: lastDay(exhibit),
          ticks: { ...ticks(), maxRotation: 0, maxTicksLimit: 6 },
          grid: { display: false },
        },
        y: {
          min: 0,
          max: 100,
          ticks: { ...ticks(), stepSize: 25, padding: 6, callback: value => (value === 100 ? '100 %' : String(value)) },
          grid: gridLines,
          border: { display: false },
        },
      },
    },
    plugins: [
      {
        id: 'curves',
        beforeDatasetsDraw: chart => drawIntervals(chart, exhibit),
        afterDatasetsDraw: chart => nameCurves(chart, exhibit),
      },
    ],
  }
}

/** Where there are few curves, the band in which each may lie. */
function drawIntervals(chart: Chart, { curves }: SurvivalExhibit): void {
  const { x, y } = chart.scales
  if (!x || !y || curves.length > 2) return
  const { ctx } = chart
  curves.forEach(({ steps }, index) => {
    const all = withStart(steps)
    ctx.save()
    ctx.globalAlpha = 0.14
    ctx.fillStyle = colourOf(index)
    all.forEach(({ day, low, high }, at) => {
      const next = all[at + 1]
      if (!next) return
      const [left, top] = [x.getPixelForValue(day), y.getPixelForValue(100 * high)]
      ctx.fillRect(left, top, x.getPixelForValue(next.day) - left, y.getPixelForValue(100 * low) - top)
    })
    ctx.restore()
  })
}

/** Direct labels: each curve is named at its end, above it. */
function nameCurves(chart: Chart, { curves }: SurvivalExhibit): void {
  const { top, bottom, left, right } = chart.chartArea
  write(chart, 'days after it was begun; share still open', left, chart.height - 3, { colour: token('--muted') })
  const ends = curves.map((_, index) => (chart.getDatasetMeta(index).data.at(-1)?.y ?? top) - 8)
  const places = apart(ends, 16, top + 10, bottom - 6)
  curves.forEach(({ label, n }, index) => {
    const words = { colour: colourOf(index), align: 'right', weight: 600 } as const
    write(chart, `${label}, n ${n}`, right, places[index] ?? 0, words)
  })
}

/** One of several small charts; all share an axis. */
export function multipleChart(exhibit: MultiplesExhibit, series: number, onPoint: OnPoint): ChartConfiguration<'bar'> {
  const { label = '', values = [] } = exhibit.series[series] ?? {}
  return {
    type: 'bar',
    data: {
      labels: exhibit.labels,
      datasets: [
        {
          data: values,
          maxBarThickness: 12,
          backgroundColor: ({ dataIndex }) => token(dataIndex === values.length - 1 ? '--bar' : '--bar-past'),
          hoverBackgroundColor: () => token('--ink'),
        },
      ],
    },
    options: {
      ...calm(point => onPoint(point && { dataset: series, index: point.index })),
      layout: { padding: { top: 24, bottom: 12 } },
      scales: {
        x: { grid: { display: false }, ticks: { display: false } },
        y: { display: false, min: 0, max: topOfAll(exhibit) },
      },
    },
    plugins: [
      {
        id: 'name',
        afterDatasetsDraw(chart) {
          const last = numberWords(values.at(-1) ?? null)
          const [first, end] = [exhibit.labels[0] ?? '', exhibit.labels.at(-1) ?? '']
          const colour = token('--muted')
          write(chart, fitting(chart, label, chart.width - wide(chart, last) - 8), 0, 14, {
            colour: token('--ink'),
            weight: 600,
          })
          write(chart, last, chart.width, 14, { colour: token('--ink'), align: 'right' })
          write(chart, fitting(chart, first, chart.width / 2 - 4), 0, chart.height - 2, { colour })
          write(chart, fitting(chart, end, chart.width / 2 - 4), chart.width, chart.height - 2, {
            colour,
            align: 'right',
          })
        },
      },
    ],
  }
}
