/**
 * Where a comment stands in a text that goes on being edited. A passage is kept as W3C's TextQuoteSelector keeps it:
 * its words, and a little of what is before and after them. Pure; white space counts as one space.
 */

export interface Passage {
  quote: string
  prefix: string
  suffix: string
}

export interface Found {
  start: number
  end: number
  /** Whether the words are still what they were. */
  isExact: boolean
}

export const LONGEST_PASSAGE = 2_000
const CONTEXT = 48

/** One line with single spaces: the form in which texts and passages are compared. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/**
 * The passage that somebody chose in `text`; of several alike, the one whose surroundings fit `near` best.
 * @param text in one line.
 * @returns null when these words are not there.
 */
export function passageIn(text: string, quote: string, near?: { prefix: string; suffix: string }): Passage | null {
  const words = inOneLine(quote)
  if (!words || words.length > LONGEST_PASSAGE) return null
  const start = bestPlace(text, { quote: words, prefix: near?.prefix ?? '', suffix: near?.suffix ?? '' })
  if (start === null) return null
  return {
    quote: words,
    prefix: whole(text.slice(Math.max(0, start - CONTEXT), start)),
    suffix: whole(text.slice(start + words.length, start + words.length + CONTEXT)),
  }
}

/**
 * Finds a passage again: its very words where they still stand, in the surroundings that fit best; else the stretch
 * that most of its words still form in their order.
 * @param text in one line.
 */
export function findPassage(text: string, passage: Passage): Found | null {
  const start = bestPlace(text, passage)
  if (start !== null) return { start, end: start + passage.quote.length, isExact: true }
  return nearestStretch(text, passage.quote)
}

/** Places that are looked at before one is taken; a word that stands everywhere is nobody's passage. */
const MOST_PLACES = 5_000

function bestPlace(text: string, { quote, prefix, suffix }: Passage): number | null {
  let best: number | null = null
  let bestFit = -1
  let places = 0
  for (let at = text.indexOf(quote); quote && at >= 0 && places < MOST_PLACES; at = text.indexOf(quote, at + 1)) {
    places++
    const fit = commonEnd(text, at, prefix) + commonStart(text, at + quote.length, suffix)
    if (fit > bestFit) [best, bestFit] = [at, fit]
  }
  return best
}

/** How many characters before `at` are the last ones of `prefix`. */
function commonEnd(text: string, at: number, prefix: string): number {
  let n = 0
  while (n < prefix.length && n < at && text[at - 1 - n] === prefix[prefix.length - 1 - n]) n++
  return n
}

function commonStart(text: string, at: number, suffix: string): number {
  let n = 0
  while (n < suffix.length && at + n < text.length && text[at + n] === suffix[n]) n++
  return n
}

/** Fewer words than these are found as they were, or not at all. */
const FEWEST_WORDS = 4
/** The share of the words that must still be there, in order. */
const LIKE_ENOUGH = 0.7

interface Word {
  text: string
  start: number
  end: number
}

function nearestStretch(text: string, quote: string): Found | null {
  const wanted = wordsIn(quote)
  if (wanted.length < FEWEST_WORDS) return null
  const words = wordsIn(text)
  const window = words.slice(...densestWindow(words, wanted))
  const kept = keptInOrder(wanted, window)
  if (kept.length < LIKE_ENOUGH * wanted.length) return null
  const first = window[kept[0] as number] as Word
  const last = window[kept[kept.length - 1] as number] as Word
  return { start: first.start, end: last.end, isExact: false }
}

function wordsIn(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map(match => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** The stretch, somewhat longer than the passage, in which most of its words stand. */
function densestWindow(words: Word[], wanted: Word[]): [number, number] {
  const length = wanted.length + Math.ceil(wanted.length / 4)
  const missing = new Map<string, number>()
  for (const { text } of wanted) missing.set(text, (missing.get(text) ?? 0) + 1)
  let [best, bestCount, count] = [0, -1, 0]
  for (let at = 0; at < words.length; at++) {
    const entering = missing.get(words[at]!.text)
    if (entering !== undefined) {
      if (entering > 0) count++
      missing.set(words[at]!.text, entering - 1)
    }
    const gone = words[at - length]
    const leaving = gone && missing.get(gone.text)
    if (gone && leaving !== undefined) {
      missing.set(gone.text, leaving + 1)
      if (leaving >= 0) count--
    }
    if (count > bestCount) [best, bestCount] = [Math.max(0, at - length + 1), count]
  }
  return [best, Math.min(words.length, best + length)]
}

/** Places in `window` of the longest run of `wanted` words that stand there in their order. */
function keptInOrder(wanted: Word[], window: Word[]): number[] {
  const width = window.length + 1
  const longest = new Uint16Array((wanted.length + 1) * width)
  for (let i = wanted.length - 1; i >= 0; i--)
    for (let j = window.length - 1; j >= 0; j--)
      longest[i * width + j] =
        wanted[i]!.text === window[j]!.text
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!)
  const kept: number[] = []
  for (let i = 0, j = 0; i < wanted.length && j < window.length; )
    if (wanted[i]!.text === window[j]!.text) {
      kept.push(j)
      i++
      j++
    } else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i++
    else j++
  return kept
}

/** Without the halves of characters that were cut through. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '')
}
