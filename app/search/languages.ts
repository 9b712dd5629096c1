/**
 * English and German. A document is read in the language that it is written in; a query in both, since nobody says
 * which one is meant. German stems are terms of their own, marked, so that `server` (German stem: serv) never meets
 * the English `serve`.
 */
import { stemmer } from '@orama/stemmers/german'
import { stopwords } from '@orama/stopwords/german'
import { francAll } from 'franc-min'
import { forEachToken, tokenise, type Visit } from './tokenise.ts'
import { fold, LONGEST_TERM, type WordForm } from './word-forms.ts'
import { WordTable } from './word-table.ts'

export type Language = 'en' | 'de'

/** What follows a German stem; the tokeniser gives no term that has it. */
const MARK = '~'
const GERMAN_STOP_WORDS = new Set(stopwords.map(folded))
/** Of a document so much is looked at to tell its language. */
const LOOKED_AT = 2_000
/** In German prose every third word is a stop word; in English prose some, such as "die" and "war", look like one. */
const LEAST_SHARE = 0.1
const LEAST_STOP_WORDS = 3

/** The language of running text: English unless it is German beyond doubt. */
export function languageOf(text: string): Language {
  const sample = text.slice(0, LOOKED_AT)
  const { german, english, words } = stopWordsIn(sample)
  if (german <= english || german < Math.max(LEAST_STOP_WORDS, words * LEAST_SHARE)) return 'en'
  return francAll(sample, { only: ['eng', 'deu'], minLength: 1 })[0]?.[0] === 'deu' ? 'de' : 'en'
}

/** `forEachToken` in a language. */
export function forEachTokenIn(language: Language, text: string, visit: Visit): void {
  if (language === 'en') return forEachToken(text, visit)
  forEachToken(text, (term, position, start, end, kind) => {
    if (kind === 'whole' || kind === 'stop') return visit(term, position, start, end, kind)
    const german = germanForms.at(text, start, end)
    visit(german.term, position, start, end, german.stop ? 'stop' : kind)
  })
}

/** The terms under which German documents have the words of a query, by the terms of English ones. */
export function germanTwins(text: string): Map<string, Set<string>> {
  const twins = new Map<string, Set<string>>()
  forEachToken(text, (term, _position, start, end, kind) => {
    if (kind === 'whole' || kind === 'stop') return
    const german = germanForms.at(text, start, end)
    if (german.stop || german.term === term) return
    const known = twins.get(term)
    if (known) known.add(german.term)
    else twins.set(term, new Set([german.term]))
  })
  return twins
}

/** The words of a query that only hold a German sentence together. None when it is not one. */
export function germanStopTerms(text: string): Set<string> {
  const { german, english } = stopWordsIn(text)
  if (german <= english) return new Set()
  return new Set(
    tokenise(text)
      .filter(token => token.kind === 'word' && GERMAN_STOP_WORDS.has(folded(text.slice(token.start, token.end))))
      .map(token => token.term),
  )
}

function stopWordsIn(text: string): { german: number; english: number; words: number } {
  const count = { german: 0, english: 0, words: 0 }
  forEachToken(text, (_term, _position, start, end, kind) => {
    if (kind === 'whole' || kind === 'part') return
    count.words++
    const isGerman = GERMAN_STOP_WORDS.has(folded(text.slice(start, end)))
    // What both languages have, such as "in" and "an", tells nothing.
    if (kind === 'stop' && !isGerman) count.english++
    else if (kind !== 'stop' && isGerman) count.german++
  })
  return count
}

const germanForms = new WordTable(
  (word): WordForm => {
    const plain = folded(word).replace(/[^\p{L}\p{N}]+/gu, '')
    const stop = GERMAN_STOP_WORDS.has(plain)
    return /^[a-z]{3,}$/.test(plain) && plain.length < LONGEST_TERM
      ? { term: stemmer(plain) + MARK, stop }
      : { term: plain.slice(0, LONGEST_TERM).replace(/[\ud800-\udbff]$/, ''), stop }
  },
  { longest: LONGEST_TERM * 4 },
)

/** Umlauts meet the ways to write them without: ü, ue and u are one, as ß and ss are (Snowball's German 2 variant). */
function folded(word: string): string {
  return fold(word)
    .replace(/ae/g, 'a')
    .replace(/oe/g, 'o')
    .replace(/(?<!q)ue/g, 'u')
}
