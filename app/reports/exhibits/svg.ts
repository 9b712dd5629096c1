/** What the pictures share: colours, lines, texts, axes. Everything here is pure and returns SVG as text. */

/** Colours of a picture: Okabe–Ito for what is drawn, the site's own for what stands around it. */
export interface Theme {
  /** Null draws no ground. */
  paper: string | null
  ink: string
  muted: string
  line: string
  strong: string
  band: string
  main: string
  past: string
  alarm: string
  favourable: string
  neutral: string
  unfavourable: string
  series: string[]
}

/** Follows the page: its custom properties, so that one picture does in both themes and in print. */
export const PAGE_THEME: Theme = {
  paper: null,
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  strong: 'var(--line-strong)',
  band: 'var(--band)',
  main: 'var(--bar)',
  past: 'var(--bar-past)',
  alarm: 'var(--alarm)',
  favourable: 'var(--favourable)',
  neutral: 'var(--neutral)',
  unfavourable: 'var(--unfavourable)',
  series: ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)'],
}

/** Stands by itself, in a file. */
export const PAPER_THEME: Theme = {
  paper: '#ffffff',
  ink: '#1d1b16',
  muted: '#5c564a',
  line: '#e4dfd3',
  strong: '#8f8878',
  band: '#e3eef5',
  main: '#0072b2',
  past: '#6b8494',
  alarm: '#c04f00',
  favourable: '#0072b2',
  neutral: '#c9c3b6',
  unfavourable: '#d55e00',
  series: ['#0072b2', '#c04f00', '#00805c', '#a0527f'],
}

export const WIDTH = 560

interface Look {
  fill?: string
  stroke?: string
  width?: number
  dash?: string
  opacity?: number
}

export function line(x1: number, y1: number, x2: number, y2: number, look: Look): string {
  return `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"${drawn(look)}/>`
}

export function rect(x: number, y: number, width: number, height: number, look: Look): string {
  return `<rect x="${at(x)}" y="${at(y)}" width="${at(Math.max(0, width))}" height="${at(Math.max(0, height))}"${drawn(look)}/>`
}

export function circle(x: number, y: number, radius: number, look: Look): string {
  return `<circle cx="${at(x)}" cy="${at(y)}" r="${radius}"${drawn(look)}/>`
}

/** A signal: it differs by its shape, not by its colour alone. */
export function diamond(x: number, y: number, radius: number, look: Look): string {
  return path(
    [
      [x, y - radius],
      [x + radius, y],
      [x, y + radius],
      [x - radius, y],
    ],
    look,
    true,
  )
}

export function path(points: [number, number][], look: Look, isClosed = false): string {
  if (points.length === 0) return ''
  const d = points.map(([x, y], index) => `${index ? 'L' : 'M'}${at(x)} ${at(y)}`).join('')
  return `<path d="${d}${isClosed ? 'Z' : ''}"${drawn({ fill: 'none', ...look })}/>`
}

interface Lettering {
  fill: string
  anchor?: 'start' | 'middle' | 'end'
  weight?: number
  /** A mark on an axis, not a figure. */
  isTick?: boolean
  /** The ground around the letters, where lines would run through them. */
  halo?: string
}

export function text(
  x: number,
  y: number,
  words: string,
  { fill, anchor = 'start', weight, isTick, halo }: Lettering,
): string {
  return `<text x="${at(x)}" y="${at(y)}" fill="${fill}"${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}${weight ? ` font-weight="${weight}"` : ''}${isTick ? ' data-tick=""' : ''}${halo ? ` stroke="${halo}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"` : ''}>${escaped(words)}</text>`
}

/** The whole picture. Inside a page it is named by what stands around it; by itself it carries its title and words. */
export function picture(
  height: number,
  parts: string[],
  { theme, title, alternative }: { theme: Theme; title: string; alternative: string },
): string {
  const ground = theme.paper ? rect(0, 0, WIDTH, height, { fill: theme.paper }) : ''
  const named = theme.paper ? `<title>${escaped(title)}</title><desc>${escaped(alternative)}</desc>` : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${at(height)}" width="${WIDTH}" height="${at(height)}" role="img" aria-label="${escaped(alternative)}" font-family="Inter Variable, Inter, system-ui, sans-serif" font-size="12">${named}${ground}${parts.join('')}</svg>`
}

/** Round marks from zero to at least `most`, at most five steps. */
export function ticksTo(most: number, isWhole = false): number[] {
  const rough = Math.max(most, isWhole ? 1 : 1e-9) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step =
    [1, 2, 2.5, 5, 10].map(one => one * power).find(one => one >= rough * (1 - 1e-9) && (!isWhole || one % 1 === 0)) ??
    1
  const count = Math.max(1, Math.ceil(most / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

/** Every how many labels are written so that none touches the next. */
export function labelEvery(labels: string[], space: number): number {
  const widest = Math.max(1, ...labels.map(widthOf))
  return Math.max(1, Math.ceil((widest + 12) / space))
}

/** About how wide words are at 12 px. */
export function widthOf(words: string): number {
  return words.length * 6.4
}

/** Words cut to lines of at most so many characters. */
export function linesOf(words: string, most: number): string[] {
  const lines: string[] = []
  for (const word of words.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length + 1 <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

export function escaped(words: string): string {
  return words.replace(/[&<>"]/g, one => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one)
}

function at(value: number): number {
  return Math.round(value * 10) / 10
}

function drawn({ fill, stroke, width, dash, opacity }: Look): string {
  return [
    fill ? ` fill="${fill}"` : '',
    stroke ? ` stroke="${stroke}"` : '',
    width ? ` stroke-width="${width}"` : '',
    dash ? ` stroke-dasharray="${dash}"` : '',
    opacity ? ` opacity="${opacity}"` : '',
  ].join('')
}
