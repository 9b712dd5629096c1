/** What a reader reads of a postmortem, in one line: what a passage beside a comment is looked for in. */
import { renderingTime, renderLine, renderMarkdown } from '#app/platform/markdown.server.ts'
import { inOneLine } from './comment-passage.ts'
import { PAGE_ORDER } from './page-order.ts'
import type { PostmortemRecord, Why } from './record.ts'

export function readingText(record: PostmortemRecord): string {
  const time = renderingTime()
  const section = (kind: keyof PostmortemRecord['sections']) => {
    const text = record.sections[kind].trim()
    return text ? wordsOf(renderMarkdown(text, `${kind}-`, time).html) : ''
  }
  const line = (text: string) => wordsOf(renderLine(text, time))
  const whys = (list: Why[]): string[] => list.flatMap(why => [line(why.text), ...whys(why.whys)])
  return inOneLine(
    [
      record.title,
      section('summary'),
      ...PAGE_ORDER.beforeTimeline.map(section),
      ...record.timeline.map(entry => line(entry.text)),
      section('body'),
      ...record.factors.flatMap(factor => [line(factor.text), ...whys(factor.whys)]),
      ...PAGE_ORDER.afterFactors.map(section),
    ].join(' \n '),
  )
}

const BLOCK = /<\/?(?:p|li|ul|ol|h[1-6]|div|section|table|t[rdh]|thead|tbody|pre|blockquote|br|hr|dl|dt|dd)\b[^>]*>/g
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' }

/** Our own sanitised HTML without its tags, as a browser would copy it. */
function wordsOf(html: string): string {
  return html
    .replace(BLOCK, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,6}));/gi,
      (whole, hex?: string, decimal?: string, name?: string) => {
        if (name) return ENTITIES[name] ?? whole
        const point = hex ? Number.parseInt(hex, 16) : Number(decimal)
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole
      },
    )
}
