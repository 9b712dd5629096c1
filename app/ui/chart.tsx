/** Counts as bars, with the same figures as a table. Without JavaScript, or if the picture fails, the table is open. */
import type { Chart, ChartConfiguration } from 'chart.js'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { neighbour, token, watchAppearance } from './chart-parts.ts'
import './chart.css'

export interface BarFigure {
  /** Under the bar: short. */
  label: string
  value: number
}

interface Props {
  figures: BarFigure[]
  /** What the picture shows, how it is counted and of how many. */
  caption: string
  /** Headings of the table's two columns. */
  columns: [string, string]
  /** What is counted, after a number: one and many. */
  unit: [string, string]
}

/** A bar chart from zero. The arrow keys go from bar to bar and read each out. */
export function BarChart({ figures, caption, columns, unit }: Props) {
  const id = useId()
  const canvas = useRef<HTMLCanvasElement>(null)
  const chart = useRef<Chart | null>(null)
  const details = useRef<HTMLDetailsElement>(null)
  const [state, setState] = useState<'waiting' | 'drawn' | 'failed'>('waiting')
  const [at, setAt] = useState<number | null>(null)

  useEffect(() => {
    let isGone = false
    let stopWatching = () => {}
    loadBars().then(
      Bars => {
        if (isGone || !canvas.current) return
        const drawn = new Bars(canvas.current, barsOf(figures))
        chart.current = drawn
        stopWatching = watchAppearance(() => drawn.update('none'))
        setState('drawn')
        if (details.current) details.current.open = false
      },
      () => {
        if (!isGone) setState('failed')
      },
    )
    return () => {
      isGone = true
      stopWatching()
      chart.current?.destroy()
      chart.current = null
    }
  }, [figures])

  function onKeyDown(event: KeyboardEvent) {
    const next = neighbour(event.key, at, figures.length)
    if (next === null) return
    event.preventDefault()
    setAt(next)
    chart.current?.setActiveElements([{ datasetIndex: 0, index: next }])
    chart.current?.update('none')
  }

  const said = at === null ? null : figures[at]
  return (
    <figure className={`chart is-${state}`} aria-labelledby={`${id}-caption`}>
      <figcaption id={`${id}-caption`}>{caption}</figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
      <div
        className="chart-frame"
        role="group"
        tabIndex={0}
        aria-label={`Bar chart. ${caption} Use the arrow keys to read it.`}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} />
      </div>
      {state === 'drawn' ? (
        <p className="chart-said" aria-live="polite">
          {said ? `${said.label}: ${said.value} ${said.value === 1 ? unit[0] : unit[1]}` : ''}
        </p>
      ) : null}
      <details open ref={details}>
        <summary>Show as table</summary>
        <table>
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{columns[0]}</th>
              <th scope="col" className="n">
                {columns[1]}
              </th>
            </tr>
          </thead>
          <tbody>
            {figures.map(figure => (
              <tr key={figure.label}>
                <td>{figure.label}</td>
                <td className="n">{figure.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

/** chart.js comes only to the pages that draw with it, and only as much of it as bars need. */
async function loadBars(): Promise<typeof Chart> {
  const { BarController, BarElement, CategoryScale, Chart, LinearScale } = await import('chart.js')
  Chart.register(BarController, BarElement, CategoryScale, LinearScale)
  return Chart
}

/** What chart.js is told: the colours as functions, so that an update takes those of the theme that shows by then. */
function barsOf(figures: BarFigure[]): ChartConfiguration<'bar'> {
  const ticks = { color: () => token('--muted'), font: { family: token('--sans'), size: 12 } }
  return {
    type: 'bar',
    data: {
      labels: figures.map(figure => figure.label),
      datasets: [
        {
          data: figures.map(figure => figure.value),
          maxBarThickness: 56,
          backgroundColor: () => token('--bar'),
          hoverBackgroundColor: () => token('--ink'),
        },
      ],
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      events: [],
      layout: { padding: { top: 20 } },
      scales: {
        x: { grid: { display: false }, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12 } },
        y: {
          beginAtZero: true,
          suggestedMax: 4,
          ticks: { ...ticks, precision: 0, maxTicksLimit: 5 },
          grid: { color: () => token('--line') },
          border: { display: false },
        },
      },
    },
    plugins: [{ id: 'figures-on-bars', afterDatasetsDraw: chart => writeFigures(chart, figures) }],
  }
}

/** Direct labels: each bar carries its figure. */
function writeFigures(chart: Chart, figures: BarFigure[]): void {
  const { ctx } = chart
  ctx.save()
  ctx.fillStyle = token('--ink')
  ctx.font = `500 12px ${token('--mono')}`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'bottom'
  chart.getDatasetMeta(0).data.forEach((bar, index) => {
    const value = figures[index]?.value
    if (value) ctx.fillText(String(value), bar.x, bar.y - 3)
  })
  ctx.restore()
}
