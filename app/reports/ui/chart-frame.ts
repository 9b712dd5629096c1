/** Where chart.js comes in, and what all its charts here have in common. Loaded by the browser only. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartOptions,
  type ChartType,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
} from 'chart.js'
import { token } from '#app/ui/chart-parts.ts'

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
)

/** A chart on a canvas of its own inside `host`. */
export function chartIn<Kind extends ChartType>(host: HTMLElement, configuration: ChartConfiguration<Kind>): Chart {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  host.append(canvas)
  return new Chart(canvas, configuration) as Chart
}

export const ticks = () => ({ color: () => token('--muted'), font: { family: token('--sans'), size: 12 } })

export const gridLines = { color: () => token('--line'), drawTicks: false }

/** @param onPoint is told the point under the pointer; null when it has left. */
export function calm(
  onPoint: OnPoint,
): Pick<ChartOptions, 'responsive' | 'maintainAspectRatio' | 'animation' | 'events' | 'interaction' | 'onHover'> {
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    events: ['mousemove', 'mouseout', 'click', 'touchstart'],
    interaction: { mode: 'nearest', intersect: false },
    onHover: (_event, [found]) => onPoint(found ? { dataset: found.datasetIndex, index: found.index } : null),
  }
}

export type OnPoint = (point: { dataset: number; index: number } | null) => void

interface Writing {
  colour: string
  align?: CanvasTextAlign
  weight?: number
  /** With the ground around the letters, where lines would run through them. */
  isOverLines?: boolean
}

/** Words on the picture itself. */
export function write(
  { ctx }: Chart,
  words: string,
  x: number,
  y: number,
  { colour, align, weight, isOverLines }: Writing,
): void {
  ctx.save()
  ctx.fillStyle = colour
  ctx.font = `${weight ?? 400} 12px ${token('--sans')}`
  ctx.textAlign = align ?? 'left'
  ctx.textBaseline = 'alphabetic'
  if (isOverLines) {
    ctx.strokeStyle = token('--paper')
    ctx.lineWidth = 4
    ctx.lineJoin = 'round'
    ctx.strokeText(words, x, y)
  }
  ctx.fillText(words, x, y)
  ctx.restore()
}

/** How wide words are in the type in which they are written. */
export function wide({ ctx }: Chart, words: string): number {
  ctx.save()
  ctx.font = `600 12px ${token('--sans')}`
  const { width } = ctx.measureText(words)
  ctx.restore()
  return width
}

export function rule(
  { ctx }: Chart,
  [x1, y1, x2, y2]: [number, number, number, number],
  colour: string,
  dash: number[] = [],
  width = 1,
): void {
  ctx.save()
  ctx.strokeStyle = colour
  ctx.lineWidth = width
  ctx.setLineDash(dash)
  ctx.beginPath()
  ctx.moveTo(x1, y1)
  ctx.lineTo(x2, y2)
  ctx.stroke()
  ctx.restore()
}

/** Words that fit into so many pixels; the whole of them is in the table and said aloud. */
export function fitting(chart: Chart, words: string, width: number): string {
  if (wide(chart, words) <= width) return words
  let most = words.length
  while (most > 1 && wide(chart, `${words.slice(0, most)}…`) > width) most--
  return `${words.slice(0, most).trimEnd()}…`
}
