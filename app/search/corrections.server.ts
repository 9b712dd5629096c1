/** Words that were probably meant, out of the words of indexed documents. */
import type { Db } from '#db/index.server.ts'
import { isClear, likeliest } from './did-you-mean.ts'
import { currentIndex } from './document-cache.server.ts'
import type { IndexView } from './index-view.ts'
import { germanTwins } from './languages.ts'
import { loadPostings } from './matching.server.ts'
import { wordsSince } from './search-queries.server.ts'
import { tokenise } from './tokenise.ts'

/** A word that no document has, and what may have been meant. */
export interface Correction {
  /** As it was typed. */
  word: string
  /** The likeliest first; empty when nothing is near. */
  meant: string[]
  /** Whether the first of them was meant without much doubt. */
  isClear: boolean
}

const WORDS_PER_PAGE = 20_000
const MOST_CORRECTED = 8

/**
 * What may have been meant by each of these words that no indexed document has, in their order; others are left out.
 * Only words that a document still has are offered.
 */
export async function corrections(db: Db, words: readonly string[]): Promise<Correction[]> {
  const view = await currentIndex(db)
  const asked = [...new Set(words)].map(word => ({ word, typed: word.toLowerCase().normalize('NFC') }))
  const known = await usesOf(
    db,
    view,
    asked.map(({ typed }) => typed),
  )
  const unknown = asked.filter(({ typed }) => known.get(typed) === 0).slice(0, MOST_CORRECTED)
  if (unknown.length === 0) return []
  await readWords(db, view)
  const near = unknown.map(({ word, typed }) => ({ word, candidates: view.lexicon.words.near(typed) }))
  const uses = await usesOf(
    db,
    view,
    near.flatMap(({ candidates }) => candidates.map(candidate => candidate.word)),
  )
  return near.map(({ word, candidates }) => {
    const there = candidates.filter(candidate => (uses.get(candidate.word) ?? 0) > 0)
    const likely = likeliest(there, candidate => uses.get(candidate)!)
    return { word, meant: likely.map(({ word }) => word), isClear: isClear(likely) }
  })
}

/** In how many documents each word is; words in which there is nothing to search for are left out. */
async function usesOf(db: Db, view: IndexView, words: readonly string[]): Promise<Map<string, number>> {
  const terms = new Map<string, string[]>()
  for (const word of words) {
    const own = tokenise(word).filter(token => token.kind !== 'stop')
    if (own.length > 0)
      terms.set(word, [
        ...own.map(token => token.term),
        ...[...germanTwins(word).values()].flatMap(twins => [...twins]),
      ])
  }
  const postings = await loadPostings(db, view, [...terms.values()].flat())
  return new Map(
    [...terms].map(([word, own]) => [
      word,
      own.reduce((most, term) => Math.max(most, postings.get(term)?.numbers.length ?? 0), 0),
    ]),
  )
}

/** Brings the words in memory up to date: those that came with later revisions are added. */
async function readWords(db: Db, view: IndexView): Promise<void> {
  const { lexicon } = view
  if (lexicon.revision >= view.revision) return
  let last = { revision: lexicon.revision, word: '\uffff' }
  for (;;) {
    const page = await wordsSince(db, last, WORDS_PER_PAGE)
    for (const { word } of page) lexicon.words.add(word)
    const end = page.at(-1)
    if (!end || page.length < WORDS_PER_PAGE) break
    last = end
  }
  lexicon.revision = Math.max(lexicon.revision, view.revision)
}
