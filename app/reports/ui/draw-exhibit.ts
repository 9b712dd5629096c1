/** Draws an exhibit with chart.js. Imported only where there is one to draw, so that chart.js comes to no other page. */
import type { Chart } from 'chart.js'
import type { Drawn } from '../exhibits/exhibit-svg.ts'
import { chartIn, type OnPoint } from './chart-frame.ts'
import { barsChart, distributionChart, divergingChart } from './draw-bars.ts'
import { multipleChart, survivalChart } from './draw-curves.ts'
import { runChart } from './draw-run.ts'

export interface Drawing {
  /** Marks a point of `pointsSaid`; null marks none. */
  mark(point: { dataset: number; index: number } | null): void
  /** Draws again in the colours that hold by now. */
  refresh(): void
  destroy(): void
}

export function drawExhibit(host: HTMLElement, exhibit: Drawn, onPoint: OnPoint): Drawing {
  const charts = chartsOf(host, exhibit, onPoint)
  return {
    mark(point) {
      charts.forEach((chart, at) => {
        const isHere = point !== null && (exhibit.kind !== 'multiples' || point.dataset === at)
        const datasetIndex = exhibit.kind === 'multiples' ? 0 : (point?.dataset ?? 0)
        const shown = chart.data.datasets[datasetIndex]?.data.length ?? 0
        const first = exhibit.kind === 'survival' ? shown - (exhibit.curves[datasetIndex]?.steps.length ?? shown) : 0
        chart.setActiveElements(isHere ? [{ datasetIndex, index: point.index + first }] : [])
        chart.update('none')
      })
    },
    refresh: () => charts.forEach(chart => void chart.update('none')),
    destroy() {
      for (const chart of charts) chart.destroy()
      host.replaceChildren()
    },
  }
}

function chartsOf(host: HTMLElement, exhibit: Drawn, onPoint: OnPoint): Chart[] {
  switch (exhibit.kind) {
    case 'run':
      return [chartIn(host, runChart(exhibit, onPoint))]
    case 'distribution':
      return [chartIn(host, distributionChart(exhibit, onPoint))]
    case 'bars':
      return [chartIn(host, barsChart(exhibit, onPoint))]
    case 'diverging':
      return [chartIn(host, divergingChart(exhibit, onPoint))]
    case 'survival':
      return [chartIn(host, survivalChart(exhibit, onPoint))]
    case 'multiples':
      return exhibit.series.map((_, at) => {
        const cell = document.createElement('div')
        cell.className = 'one-of-many'
        host.append(cell)
        return chartIn(cell, multipleChart(exhibit, at, onPoint))
      })
  }
}
