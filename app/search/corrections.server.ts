/** Words that were probably meant, out of the words of indexed documents. */
import type { Db } from '#db/index.server.ts'
import { lexiconOf, nearestWord } from './did-you-mean.ts'
import { currentIndex } from './document-cache.server.ts'

/** A word that no document has, and what may have been meant. */
export interface Correction {
  /** As it was typed. */
  word: string
  /** The likeliest first; empty when nothing is near. */
  meant: string[]
}

/** What may have been meant by each of these words that no indexed document has, in their order; others are left out. */
export async function corrections(db: Db, words: readonly string[]): Promise<Correction[]> {
  const view = await currentIndex(db)
  const lexicon = lexiconOf(view.documents.flatMap(document => document?.stored.title ?? []))
  return words.flatMap(word => {
    const nearest = nearestWord(word, lexicon)
    return nearest ? [{ word, meant: [nearest] }] : []
  })
}
