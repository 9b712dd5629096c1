/** Of a pasted text, the terms that tell most in this library. */
import type { Db } from '#db/index.server.ts'
import { currentIndex } from './document-cache.server.ts'
import { loadPostings } from './matching.server.ts'
import { type PastedKind, type PastedTerm, pastedKind, pastedTerms } from './pasted-text.ts'
import { inverseFrequency } from './ranking.ts'
import { tokenise } from './tokenise.ts'

export interface ReadPaste {
  kind: PastedKind
  /** What is searched for, the most telling first; each is a word of the query language. */
  used: string[]
  /** What could be, and tells less. */
  others: string[]
}

/** More would add what is common. */
const MOST_USED = 14
const MOST_OTHERS = 10
/** A term in more than this share of the documents tells nothing. */
const COMMON = 0.3
/** In a small library a share means little. */
const FEW_DOCUMENTS = 12

/** @returns null when the text is a query or has no words; its own terms where no document has any of them. */
export async function readPaste(db: Db, text: string): Promise<ReadPaste | null> {
  const kind = pastedKind(text)
  if (!kind) return null
  const found = pastedTerms(text).filter(({ text }) => tokenise(text).some(token => token.kind !== 'stop'))
  if (found.length === 0) return null
  const told = await tellingOf(db, found)
  const telling = found
    .map((term, place) => ({ term, place, tells: told(term) }))
    .filter(one => one.tells > 0)
    .sort((a, b) => b.tells - a.tells || a.place - b.place)
    .map(({ term }) => term.text)
  if (telling.length === 0) return { kind, used: heaviest(found), others: [] }
  return { kind, used: telling.slice(0, MOST_USED), others: telling.slice(MOST_USED, MOST_USED + MOST_OTHERS) }
}

function heaviest(found: readonly PastedTerm[]): string[] {
  return found
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MOST_USED)
    .map(({ text }) => text)
}

/** How much a term tells: its weight by its rarity; of a name that no document has whole, its parts. */
async function tellingOf(db: Db, found: readonly PastedTerm[]): Promise<(term: PastedTerm) => number> {
  const view = await currentIndex(db)
  const forms = new Map(found.map(({ text }) => [text, tokenise(text).filter(token => token.kind !== 'stop')]))
  const postings = await loadPostings(
    db,
    view,
    [...forms.values()].flatMap(tokens => tokens.map(({ term }) => term)),
  )
  const rarity = (term: string): number => {
    const documents = postings.get(term)?.numbers.length ?? 0
    if (documents === 0 || (view.count > FEW_DOCUMENTS && documents > COMMON * view.count)) return 0
    return inverseFrequency(view.count, documents)
  }
  return ({ text, weight }) => {
    const tokens = forms.get(text) ?? []
    const whole = Math.max(0, ...tokens.filter(({ kind }) => kind !== 'part').map(({ term }) => rarity(term)))
    if (whole > 0) return weight * whole
    // Parts of a name are words like any other.
    return Math.max(0, ...tokens.map(({ term }) => rarity(term)))
  }
}
