/** The plain words behind Markdown, and the first sentence of a text, for titles. */
import { closesFence, fenceOf, isListLine } from './markdown-blocks.ts'

/** One line of Markdown as plain text: links by their words, without emphasis, images and list or heading marks. */
export function plainText(markdown: string): string {
  return stripLinks(markdown.slice(0, 4_000))
    .replace(/^[\s>]*(?:#{1,6}\s|[-*+]\s|\d{1,3}[.)]\s)?/, '')
    .replace(/[*`]|~~|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '')
    .replace(/<(https?:[^>\s]{1,2000})>/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

/** `[words](address)` becomes words, `![image](address)` nothing. Looks at each character once. */
function stripLinks(text: string): string {
  let out = ''
  let from = 0
  for (let close = text.indexOf(']('); close >= 0; close = text.indexOf('](', from)) {
    const before = text.slice(from, close)
    const open = before.lastIndexOf('[')
    const end = text.indexOf(')', close)
    if (end < 0) break
    if (open < 0) {
      out += text.slice(from, close + 1)
      from = close + 1
      continue
    }
    const image = open > 0 && before[open - 1] === '!'
    out += before.slice(0, image ? open - 1 : open) + (image ? '' : before.slice(open + 1))
    from = end + 1
  }
  return out + text.slice(from)
}

/**
 * The first sentence of the first paragraph of prose, at most `max` characters, cut at a word. Headings, code, tables,
 * pictures, lists and lines that only give an address are passed over; lists serve where there is nothing else.
 */
export function firstSentence(markdown: string, max = 120): string | null {
  const text = markdown.slice(0, 50_000)
  let listed: string | null = null
  for (const paragraph of proseParagraphs(text)) {
    const words = plainText(paragraph)
    if (!/[\p{L}\p{N}]/u.test(words)) continue
    if (/\S\s+\S+\s+\S/.test(words) && !isListLine(paragraph)) return cutAtWord(upToSentenceEnd(words), max)
    listed ??= cutAtWord(upToSentenceEnd(words), max)
  }
  return listed
}

/** Paragraphs and list items, each on one line. */
function* proseParagraphs(text: string): Generator<string> {
  let fence: string | null = null
  let paragraph: string[] = []
  for (const line of text.split('\n')) {
    const words = line.trim()
    const opening: ReturnType<typeof fenceOf> = fence === null ? fenceOf(line) : null
    const prose = fence === null && !opening && words !== '' && !isNoProse(words)
    if (fence !== null && closesFence(line, fence)) fence = null
    if (opening) fence = opening.mark
    if ((!prose || isListLine(line)) && paragraph.length > 0) {
      yield paragraph.join(' ')
      paragraph = []
    }
    if (prose) paragraph.push(words)
  }
  if (paragraph.length > 0) yield paragraph.join(' ')
}

function isNoProse(text: string): boolean {
  if (/^(?:#{1,6}\s|\||<|!\[|\[[^\]]{1,99}\]:|(?:-{3,}|={3,}|\*{3,}|_{3,})$)/.test(text)) return true
  // 'Internal post-mortem: https://…', and headings written as bold lines
  return /^[\p{L}\p{N} -]{1,40}:\s*<?https?:\S{1,2000}$/u.test(text) || /^\*\*[^*]{1,80}\*\*:?$/.test(text)
}

function upToSentenceEnd(text: string): string {
  const ends = /[.!?](?=["'”’)]?(?:\s|$))/g
  for (let match = ends.exec(text); match; match = ends.exec(text)) {
    const end = match.index + 1
    if (text.length <= end) return text.slice(0, match.index)
    const wordStart = text.lastIndexOf(' ', match.index - 1) + 1
    const word = text.slice(wordStart, match.index)
    // 'e.g.', 'U.S.', 'Nov. 18', 'approx. two': no end of a sentence.
    const next = text.slice(end).replace(/^["'”’)\s]{1,4}/, '')
    if (match[0] === '.' && (word.length < 3 || word.includes('.') || /^[\p{Ll}\p{N}]/u.test(next))) continue
    return match[0] === '.' ? text.slice(0, match.index) : text.slice(0, end)
  }
  return text
}

/** At most `max` characters, cut between words and never within a character. */
export function cutAtWord(text: string, max: number): string {
  if (text.length <= max) return text
  const head = text.slice(0, max - 1)
  const space = head.lastIndexOf(' ')
  const cut = (space > max / 2 ? head.slice(0, space) : head)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/[\s,;:–—-]+$/, '')
  return `${cut}…`
}
