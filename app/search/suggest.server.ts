/** What somebody may be about to type: titles, themes and services of what is indexed, and of nothing else. */
import type { Db } from '#db/index.server.ts'
import { currentIndex } from './document-cache.server.ts'
import { firstInOrder } from './first-in-order.ts'
import type { IndexedDocument, IndexView } from './index-view.ts'
import { fold } from './word-forms.ts'

export interface Suggestions {
  documents: { slug: string; title: string }[]
  themes: { value: string; label: string }[]
  services: { value: string; label: string }[]
}

const MOST_DOCUMENTS = 5
const MOST_NAMES = 3
/** One letter begins too much. */
const SHORTEST = 2
const LONGEST = 80

/** Every word of what was typed begins a word of what is suggested. */
export async function suggest(db: Db, typed: string): Promise<Suggestions> {
  const begins = beginnings(typed)
  if (begins === null) return { documents: [], themes: [], services: [] }
  const view = await currentIndex(db)
  const found: { document: IndexedDocument; isFirst: boolean }[] = []
  for (const document of view.documents) {
    if (!document) continue
    const title = spaced(document)
    if (begins.every(word => title.includes(word))) found.push({ document, isFirst: title.startsWith(begins[0]!) })
  }
  const best = firstInOrder(found, MOST_DOCUMENTS, (a, b) => {
    if (a.isFirst !== b.isFirst) return a.isFirst ? -1 : 1
    if (a.document.date !== b.document.date) return a.document.date > b.document.date ? -1 : 1
    return a.document.stored.subjectId < b.document.stored.subjectId ? -1 : 1
  })
  return {
    documents: best.map(({ document }) => ({ slug: document.stored.slug, title: document.stored.title })),
    themes: namesBeginning(view, 'theme', begins),
    services: namesBeginning(view, 'service', begins),
  }
}

/** Whether a name can be meant by what was typed. */
export function isBegun(typed: string, name: string): boolean {
  return beginnings(typed)?.every(word => inWords(name).includes(word)) ?? false
}

/** Each with a space before it, as it must stand in a title; null where it is too short to mean anything. */
function beginnings(typed: string): string[] | null {
  const words = inWords(typed.slice(0, LONGEST)).split(' ').filter(Boolean)
  return words.join('').length < SHORTEST ? null : words.map(word => ` ${word}`)
}

/** Titles never change under a document's number: they are folded once. */
const titles = new WeakMap<IndexedDocument, string>()

function spaced(document: IndexedDocument): string {
  let title = titles.get(document)
  if (title === undefined) {
    title = inWords(document.stored.title)
    titles.set(document, title)
  }
  return title
}

function inWords(text: string): string {
  return ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ')}`.replace(/ {2,}/g, ' ')
}

/** Names that a living document carries, by their place in the alphabet. */
function namesBeginning(view: IndexView, facet: 'theme' | 'service', begins: readonly string[]): Suggestions['themes'] {
  const { values, labels } = view.names[facet]
  return values
    .flatMap((value, id) => {
      const label = labels[id]!
      const words = inWords(label)
      const isMeant = begins.every(word => words.includes(word))
      return isMeant && isCarried(view, facet, id) ? [{ value, label }] : []
    })
    .sort((a, b) => (a.label < b.label ? -1 : 1))
    .slice(0, MOST_NAMES)
}

function isCarried(view: IndexView, facet: 'theme' | 'service', id: number): boolean {
  const carries = view.columns.havingAny(facet, new Set([id]))
  return view.documents.some(document => document !== undefined && carries(document.number))
}
