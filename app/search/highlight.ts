/** The passage that shows best why a document was found, as HTML in which `<mark>` is the only markup. */
import { forEachTokenIn, type Language } from './languages.ts'
import { plainText } from './plain-text.ts'
import { firstLetters, forEachToken, type Visit } from './tokenise.ts'

const PASSAGE = 240
/** How far a passage may begin before its first match, to take in the beginning of the sentence. */
const LEAD = 80
/** Longer texts are shown from their beginning only. */
const LONGEST_SCANNED = 60_000

interface Match {
  start: number
  end: number
  term: string
}

/**
 * @param texts Markdown, the most telling first: among equally good passages the earlier text wins.
 * @param weights how much each term of the query tells.
 * @returns the best passage with the query's words marked, else the beginning of the first text.
 */
export function bestPassage(
  texts: readonly string[],
  weights: ReadonlyMap<string, number>,
  language: Language = 'en',
): string {
  let best = { text: '', matches: [] as Match[], from: 0, score: 0 }
  let first = ''
  let budget = LONGEST_SCANNED
  const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  for (const markdown of texts) {
    if (budget <= 0) break
    const text = plainText(markdown.slice(0, budget))
    budget -= markdown.length
    first ||= text
    if (weights.size === 0 && first) break
    const matches = findMatches(text, weights, language)
    const window = bestWindow(matches, weights)
    if (window && window.score > best.score) best = { text, matches, ...window }
    // Every term in one passage: a later text can hardly do better.
    if (best.score > 0 && best.score >= all) break
  }
  return best.score > 0 ? markPassage(best.text, best.matches, best.from) : markPassage(first, [], 0)
}

/** Text as HTML text. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character]!)
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Where the terms stand, in order, none within another. */
function findMatches(text: string, weights: ReadonlyMap<string, number>, language: Language): Match[] {
  const matches: Match[] = []
  if (weights.size === 0) return matches
  const visit: Visit = (term, _position, start, end) => {
    // A whole is visited before its parts, so what lies within the last match is already marked.
    if (weights.has(term) && start >= (matches.at(-1)?.end ?? 0)) matches.push({ start, end, term })
  }
  if (language === 'en') forEachToken(text, visit, firstLetters(weights.keys()))
  else forEachTokenIn(language, text, visit)
  return matches
}

/** The window with the most telling distinct terms; a term that comes again adds a little. */
function bestWindow(
  matches: readonly Match[],
  weights: ReadonlyMap<string, number>,
): { from: number; score: number } | null {
  let best: { from: number; score: number } | null = null
  const inside = new Map<string, number>()
  let score = 0
  let next = 0
  const gain = (term: string, count: number): number => weights.get(term)! * (count === 0 ? 1 : 0.1)
  matches.forEach((first, index) => {
    while (next <= index || (next < matches.length && matches[next]!.end <= first.start + PASSAGE - LEAD)) {
      const { term } = matches[next++]!
      const count = inside.get(term) ?? 0
      score += gain(term, count)
      inside.set(term, count + 1)
    }
    if (!best || score > best.score + 1e-9) best = { from: first.start, score }
    const others = inside.get(first.term)! - 1
    score -= gain(first.term, others)
    inside.set(first.term, others)
  })
  return best
}

function markPassage(text: string, matches: readonly Match[], from: number): string {
  const start = passageStart(text, from)
  const end = passageEnd(text, start)
  let html = start > 0 ? '… ' : ''
  let at = start
  for (const match of matches) {
    if (match.start < start || match.end > end) continue
    html += `${escapeHtml(text.slice(at, match.start))}<mark>${escapeHtml(text.slice(match.start, match.end))}</mark>`
    at = match.end
  }
  return html + escapeHtml(text.slice(at, end)) + (end < text.length ? ' …' : '')
}

/** Where a sentence begins after another, and where a part of one does. */
const BEGINNINGS = [/[.!?…]["'”’)]{0,3}\s+(?=["'“‘([]{0,3}[\p{Lu}\p{Lo}\p{N}])/gu, /[:;]\s+(?=\S)/gu]

/** The beginning of the sentence if it is near, else of a part of it, else of a word some way before. */
function passageStart(text: string, from: number): number {
  if (from <= LEAD) return 0
  const near = text.slice(from - LEAD, from + 1)
  for (const beginning of BEGINNINGS) {
    const last = [...near.matchAll(beginning)].at(-1)
    if (last) return from - LEAD + last.index + last[0].length
  }
  const word = near.slice(LEAD / 2, LEAD).indexOf(' ')
  return word < 0 ? from : from - LEAD / 2 + word + 1
}

/** The last end of a word within the length of a passage. */
function passageEnd(text: string, start: number): number {
  if (text.length <= start + PASSAGE) return text.length
  const last = text.lastIndexOf(' ', start + PASSAGE)
  if (last > start + PASSAGE / 2) return last
  const code = text.charCodeAt(start + PASSAGE)
  return code >= 0xdc00 && code <= 0xdfff ? start + PASSAGE - 1 : start + PASSAGE
}
