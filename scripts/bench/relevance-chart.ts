/** nDCG@10 by collection and engine as bars, as an SVG file that follows the reader's theme. */
import { escapeHtml } from '#app/search/highlight.ts'

export interface Bar {
  collection: string
  engine: string
  ndcg: number
}

const WIDTH = 720
const LEFT = 230
const RIGHT = 70
const ROW = 26
const HEAD = 44
const STYLE = `text { font: 14px system-ui, sans-serif; fill: #4a463d } .name { font-weight: 600; fill: #1d1b16 }
.bar { fill: #8f8878 } .own { fill: #0f5c5c }
@media (prefers-color-scheme: dark) { text { fill: #cdc7ba } .name { fill: #eee9de } .bar { fill: #7b7565 } .own { fill: #74c9c1 } }`

/** Bars begin at zero and end at the whole, so that their lengths can be compared; the first of each is the product's. */
export function relevanceChart(bars: readonly Bar[]): string {
  const parts: string[] = []
  let y = 8
  for (const collection of new Set(bars.map(bar => bar.collection))) {
    const own = bars.filter(bar => bar.collection === collection)
    parts.push(`<text class="name" x="0" y="${y + 20}">${escapeHtml(collection)}: nDCG@10</text>`)
    y += HEAD
    own.forEach((bar, index) => {
      const length = (WIDTH - LEFT - RIGHT) * bar.ndcg
      parts.push(
        `<text x="${LEFT - 12}" y="${y + 15}" text-anchor="end">${escapeHtml(bar.engine)}</text>`,
        `<rect class="bar${index === 0 ? ' own' : ''}" x="${LEFT}" y="${y + 2}" width="${length.toFixed(1)}" height="16"/>`,
        `<text x="${(LEFT + length + 8).toFixed(1)}" y="${y + 15}">${bar.ndcg.toFixed(3)}</text>`,
      )
      y += ROW
    })
    y += 10
  }
  const told = bars.map(bar => `${bar.collection}, ${bar.engine}: ${bar.ndcg.toFixed(3)}`).join('; ')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-label="${escapeHtml(told)}">`,
    `<style>${STYLE}</style>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}
