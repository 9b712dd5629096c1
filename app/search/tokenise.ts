/**
 * Text to terms. Plain words are folded and stemmed; what engineers paste (`ConnectionPoolTimeoutException`,
 * `orders-db`, `v2.14.3`, `0x80070005`, paths) gives a term for the whole and one for each part.
 * One pass by character codes: linear in any input, and no regular expression sees more than one word.
 */
import { classAt, DIGIT, LOWER, MARK, OTHER, UNSPACED, UPPER, widthAt } from './character-classes.ts'
import { isApostrophe, isLetterAt, nextRun, runEnd } from './runs.ts'
import { fold, formAt, formScanned, scanPlain, wholeAt } from './word-forms.ts'
import { WordTable } from './word-table.ts'

/**
 * `word` and `part` are the running text, `whole` spans several parts, `stop` is not indexed but counts in phrases.
 */
export type TokenKind = 'word' | 'part' | 'whole' | 'stop'

export interface Token {
  term: string
  /** Counts words and parts; a whole has the position of its first part. */
  position: number
  /** Where in the source it stands, in UTF-16 code units. */
  start: number
  end: number
  kind: TokenKind
}

export type Visit = (term: string, position: number, start: number, end: number, kind: TokenKind) => void

/** Longer chains of joined words are read as several. */
const LONGEST_CHAIN = 256
/** Longer runs of letters and digits are data, not names: they get no parts. */
const LONGEST_NAME = 64

export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  forEachToken(text, collectIn(tokens))
  return tokens
}

function collectIn(tokens: Token[]): Visit {
  return (term, position, start, end, kind) => tokens.push({ term, position, start, end, kind })
}

const EVERY_LETTER = (1 << 26) - 1

/**
 * The letters with which these terms begin, for `forEachToken`. Neither folding nor stemming changes the first letter of
 * a plain word, so words that begin with another one need not be looked up.
 */
export function firstLetters(terms: Iterable<string>): number {
  let letters = 0
  for (const term of terms) if (isAsciiLetter(term.charCodeAt(0))) letters |= letterOf(term.charCodeAt(0))
  return letters
}

/**
 * Calls `visit` for every token in order of position; the allocation-free form of `tokenise`.
 * @param letters plain words that begin with another letter are counted, but not visited.
 */
export function forEachToken(text: string, visit: Visit, letters = EVERY_LETTER): void {
  let position = 0
  let at = 0
  while (at < text.length) {
    // Running text is mostly plain words and spaces: these are read in one pass, what is left takes the long way.
    const code = text.charCodeAt(at)
    if (isAsciiLetter(code)) {
      const isWanted = (letters & letterOf(code)) !== 0
      const end = isWanted ? scanPlain(text, at) : endOfPlain(text, at)
      if (endsPlainly(text, end)) {
        if (isWanted) {
          const { term, stop } = formScanned(text, at, end)
          visit(term, position, at, end, stop ? 'stop' : 'word')
        }
        position++
        at = end
        continue
      }
    } else if (code <= 0x20) {
      at++
      continue
    }
    const first = classAt(text, at)
    if (first === OTHER || first === MARK) {
      at += widthAt(text, at)
    } else if (first === UNSPACED) {
      at = visitUnspaced(text, at, position++, visit)
    } else {
      const end = runEnd(text, at)
      const joined = nextRun(text, end)
      if (joined < 0 && isPlain(text, at, end)) {
        const { term, stop } = formAt(text, at, end)
        if (term) visit(term, position++, at, end, stop ? 'stop' : 'word')
        at = end
      } else {
        const chainEnd = endOfChain(text, at, end, joined)
        position =
          chainEnd - at > LONGEST_CHAIN
            ? visitChain(text, readChain(text, at, end, joined), position, visit)
            : visitKnown(chains.at(text, at, chainEnd), at, position, visit)
        at = chainEnd
      }
    }
  }
}

/** Names come again and again: what is in them is found once. Tokens and positions are counted from zero. */
const chains = new WordTable(
  (chain): { tokens: Token[]; positions: number } => {
    const tokens: Token[] = []
    const end = runEnd(chain, 0)
    const positions = visitChain(chain, readChain(chain, 0, end, nextRun(chain, end)), 0, collectIn(tokens))
    return { tokens, positions }
  },
  { longest: LONGEST_CHAIN, capacity: 1 << 14 },
)

function visitKnown(
  { tokens, positions }: { tokens: readonly Token[]; positions: number },
  at: number,
  from: number,
  visit: Visit,
): number {
  for (const { term, position, start, end, kind } of tokens) visit(term, from + position, at + start, at + end, kind)
  return from + positions
}

function isAsciiLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
}

/** One bit for each letter, whether capital or small. */
function letterOf(code: number): number {
  return 1 << ((code | 0x20) - 0x61)
}

function endOfPlain(text: string, start: number): number {
  let at = start + 1
  for (let code = text.charCodeAt(at); code >= 0x61 && code <= 0x7a; code = text.charCodeAt(at)) at++
  return at
}

/** Whether a word of ASCII letters that ends here is complete: nothing belongs to it, nothing is joined to it. */
function endsPlainly(text: string, end: number): boolean {
  if (end === text.length) return true
  const code = text.charCodeAt(end)
  return code < 0x80 && !isApostrophe(code) && classAt(text, end) === OTHER && nextRun(text, end) < 0
}

/** One character as a word and, with its right neighbour, as a whole: pairs stand in for words we cannot see. */
function visitUnspaced(text: string, at: number, position: number, visit: Visit): number {
  const end = at + widthAt(text, at)
  visit(fold(text.slice(at, end)) || text.slice(at, end), position, at, end, 'word')
  if (end < text.length && classAt(text, end) === UNSPACED) {
    const pairEnd = end + widthAt(text, end)
    visit(fold(text.slice(at, pairEnd)), position, at, pairEnd, 'whole')
  }
  return end
}

/** Starts and ends of the joined runs, alternating. */
function readChain(text: string, start: number, end: number, joined: number): number[] {
  const runs = [start, end]
  let next = joined
  while (next >= 0 && next - start < LONGEST_CHAIN) {
    const nextEnd = runEnd(text, next)
    runs.push(next, nextEnd)
    next = nextRun(text, nextEnd)
  }
  return runs
}

function endOfChain(text: string, start: number, end: number, joined: number): number {
  let last = end
  for (let next = joined; next >= 0 && next - start < LONGEST_CHAIN; next = nextRun(text, last))
    last = runEnd(text, next)
  return last
}

/** Nothing inside to take apart: letters of one kind with at most a capital in front, or digits only. */
function isPlain(text: string, start: number, end: number): boolean {
  let before = OTHER
  for (let at = start; at < end; at++) {
    const kind = classAt(text, at)
    if (kind === MARK || kind === OTHER) continue
    if (before !== OTHER && kind !== before && !(before === UPPER && at === start + 1)) return false
    if (before !== OTHER && (kind === DIGIT) !== (before === DIGIT)) return false
    before = kind
  }
  return true
}

/** Where a chain is broken to find the names in it: nowhere, at slashes and the like, and at dots. */
const BREAKS = ['', '/\\:@', '/\\:@.'] as const

/** Visits the chain, `orders-db.internal` and `error.log` in it, `orders-db` in these, and the parts of each run. */
function visitChain(text: string, runs: number[], from: number, visit: Visit): number {
  let position = from
  const starts = [0, 0, 0]
  const ends = [0, 0, 0]
  for (let run = 0; run < runs.length; run += 2) {
    let outer = Number.POSITIVE_INFINITY
    for (let level = 0; level < BREAKS.length; level++) {
      if (run === ends[level]) {
        starts[level] = run
        ends[level] = groupEnd(text, runs, run, BREAKS[level]!)
      }
      const size = ends[level]! - starts[level]!
      if (run === starts[level] && size > 2) {
        if (size < outer) visitWhole(text, runs[run]!, runs[run + size - 1]!, position, visit)
        if (level === 1) visitVersions(text, runs[run]!, runs[run + size - 1]!, position, visit)
      }
      outer = size
    }
    position = visitName(text, runs[run]!, runs[run + 1]!, position, runs.length > 2, visit)
  }
  return position
}

/** The index after the last run that is joined to `from` without a break. */
function groupEnd(text: string, runs: number[], from: number, breaks: string): number {
  let next = from + 2
  while (next < runs.length && !breaks.includes(text[runs[next - 1]!]!)) next += 2
  return next
}

function visitWhole(text: string, start: number, end: number, position: number, visit: Visit): void {
  const term = wholeAt(text, start, end)
  if (term.length > 1) visit(term, position, start, end, 'whole')
}

/** `v2.14.3` is also found as 2.14, `2.14.3-rc.1` as 2.14.3, `10.0.3.17` as 10.0.3. */
function visitVersions(text: string, start: number, end: number, position: number, visit: Visit): void {
  const dotted = /^v?\d{1,9}(?:\.\d{1,9}){1,7}/i.exec(text.slice(start, Math.min(end, start + LONGEST_NAME)))?.[0]
  if (!dotted) return
  let cut = dotted.length === end - start ? dotted.lastIndexOf('.') : dotted.length
  for (; dotted.indexOf('.') < cut; cut = dotted.lastIndexOf('.', cut - 1))
    visitWhole(text, start, start + cut, position, visit)
}

/** One run of a chain: its parts by capitals and digits, and itself when it has several. */
function visitName(text: string, start: number, end: number, from: number, chained: boolean, visit: Visit): number {
  let position = from
  const parts = end - start > LONGEST_NAME ? [start, end] : partsOf(text, start, end)
  if (parts.length > 2) visitWhole(text, start, end, position, visit)
  if (text.charCodeAt(start) === 0x30 && /^0x[0-9a-f]+$/i.test(text.slice(start, Math.min(end, start + LONGEST_NAME))))
    visitWhole(text, start + 2, end, position, visit)
  const isPart = chained || parts.length > 2
  for (let part = 0; part < parts.length - 1; part++) {
    const { term, stop } = formAt(text, parts[part]!, parts[part + 1]!)
    if (!term) continue
    const kind = stop || (isPart && term.length < 2) ? 'stop' : isPart ? 'part' : 'word'
    visit(term, position++, parts[part]!, parts[part + 1]!, kind)
  }
  return position
}

/** The bounds of the parts: at a capital after a small letter, before the last of several capitals, at digits. */
function partsOf(text: string, start: number, end: number): number[] {
  const bounds = [start]
  const splitsDigits = !/^(?:0x)?[0-9a-f]{6,}$|^0x/i.test(text.slice(start, end))
  let letters = 0
  let capitals = 0
  let before = OTHER
  let beforeAt = start
  for (let at = start; at < end; at += widthAt(text, at)) {
    const kind = classAt(text, at)
    if (kind === MARK || kind === OTHER) continue
    const turns = before !== OTHER && (kind === DIGIT) !== (before === DIGIT)
    if (kind === UPPER && before === LOWER) bounds.push(at)
    else if (kind === LOWER && capitals > 1 && !isPluralEnd(text, at, end)) bounds.push(beforeAt)
    else if (turns && splitsDigits && (kind === DIGIT ? letters : lettersFrom(text, at, end)) > 2) bounds.push(at)
    letters = kind === DIGIT ? 0 : letters + 1
    capitals = kind === UPPER ? capitals + 1 : 0
    before = kind
    beforeAt = at
  }
  bounds.push(end)
  return bounds
}

/** The s of `VMs` and `SLOs` does not begin a word. */
function isPluralEnd(text: string, at: number, end: number): boolean {
  return text[at] === 's' && (at + 1 === end || classAt(text, at + 1) !== LOWER)
}

function lettersFrom(text: string, from: number, end: number): number {
  let count = 0
  for (let at = from; at < end && isLetterAt(text, at); at++) count++
  return count
}
