/** From a word as written to the term under which it is indexed. */
import stem from 'wink-porter2-stemmer'
import { WordTable } from './word-table.ts'

export const LONGEST_TERM = 64
/** Of a longer run of characters only the beginning is read. */
const LONGEST_READ = LONGEST_TERM * 4

export interface WordForm {
  term: string
  /** Too common to index; phrases still need it. */
  stop: boolean
}

const STOP_WORDS = new Set(
  `a about after all also am an and any are arent as at be because been before being between both but by can cant could
  couldnt did didnt do does doesnt doing dont during each few for from further had hadnt has hasnt have havent having
  he her here hers him his how i if in into is isnt it its just me more most my no nor not of off on once only or other
  our ours out over own same she should shouldnt so some such than that the their theirs them then there these they this
  those through to too under until up very was wasnt we were werent what when where which while who whom why will with
  wont would wouldnt you your yours`.split(/\s+/),
)

/** Lower-case and without accents: "Größe" and "GROESSE" stay apart, "Crème" and "creme" meet. */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøłđðþıς]/g, letter => FOLDED[letter]!)
}

const FOLDED: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
}

/** The form of the word from `start` to `end`: folded, without possessive, stemmed when it is plain letters. */
export function formAt(text: string, start: number, end: number): WordForm {
  return forms.at(text, start, end)
}

/** Where the word that begins with an ASCII letter at `start` ends, as far as small ASCII letters follow. */
export function scanPlain(text: string, start: number): number {
  return forms.scan(text, start)
}

/** The form of the word that `scanPlain` found last, without reading it again. */
export function formScanned(text: string, start: number, end: number): WordForm {
  return forms.scanned(text, start, end)
}

/**
 * The term for the identifier from `start` to `end` as a whole. Hyphens, underscores and capitals are writing habits, so `orders-db`,
 * `orders_db` and `OrdersDb` are one term; dots and slashes carry meaning and stay (slashes and colons as one).
 */
export function wholeAt(text: string, start: number, end: number): string {
  return wholes.at(text, start, end)
}

const forms = new WordTable(
  (word): WordForm => {
    const folded = fold(word)
      .replace(/['’]s$/, '')
      .replace(/[^\p{L}\p{N}]+/gu, '')
    return { term: cut(stemmed(folded)), stop: STOP_WORDS.has(folded) }
  },
  { longest: LONGEST_READ },
)

const wholes = new WordTable(
  (identifier): string => {
    const folded = fold(identifier)
      .replace(/['’]s$/, '')
      .replace(/[\\/:]+/g, '/')
      .replace(/(?<!\d)[-_]+|[-_]+(?!\d)/g, '')
      .replace(/[^\p{L}\p{N}./@_-]+/gu, '')
      .replace(/^v(?=\d+(?:\.\d+)+$)/, '')
    return cut(stemmed(folded))
  },
  { longest: LONGEST_READ },
)

function stemmed(word: string): string {
  return /^[a-z]{3,}$/.test(word) && word.length <= LONGEST_TERM ? stem(word) : word
}

/** At most LONGEST_TERM code units, never half a surrogate pair (PostgreSQL could not store it). */
function cut(term: string): string {
  if (term.length <= LONGEST_TERM) return term
  const last = term.charCodeAt(LONGEST_TERM - 1)
  return term.slice(0, last >= 0xd800 && last <= 0xdbff ? LONGEST_TERM - 1 : LONGEST_TERM)
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
