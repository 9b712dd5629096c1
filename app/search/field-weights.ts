/** How much a word counts by where it stands: the weights of BM25F, as whole numbers so that they pack small. */
import type { DocumentTexts, SearchDocument } from './document.ts'
import { forEachTokenIn, type Language, languageOf } from './languages.ts'

export type WeightedTerm = [term: string, weight: number]

/** Raise it when terms or weights change in a way that asks for a new index. */
export const INDEX_VERSION = 2

/** A weight of UNIT is one word of the body. */
export const UNIT = 4
const TITLE = 8
const GIST = 5
const BODY = 4

/** What is read of a document; a text that is only being compared has no names yet. */
export type Readable = Pick<SearchDocument, 'title' | 'texts'> &
  Partial<Pick<SearchDocument, 'key' | 'externalId' | 'services' | 'themes'>>

/**
 * Visits every term of a document with its weight, as often as it occurs, names of services and themes included.
 * @returns the weighted number of words, in units; wholes are not counted beside their parts.
 */
export function eachTerm(document: Readable, visit: (term: string, weight: number) => void): number {
  let length = 0
  const { title, texts } = document
  const language = languageOfTexts({ title, ...texts })
  const read = (text: string, weight: number): void =>
    forEachTokenIn(language, text, (term, _position, _start, _end, kind) => {
      if (kind === 'stop') return
      if (kind !== 'whole') length += weight
      visit(term, weight)
    })
  read(title, TITLE)
  for (const identifier of [document.key, document.externalId]) if (identifier) read(identifier, TITLE)
  for (const name of [...(document.services ?? []), ...(document.themes ?? [])]) read(name.label, GIST)
  read(texts.summary, GIST)
  read(texts.factors, GIST)
  read(texts.lessons, BODY)
  read(texts.actions, BODY)
  read(texts.body, BODY)
  return length
}

/** In which language a document is written. */
export function languageOfTexts({ title, summary, body, factors }: DocumentTexts): Language {
  return languageOf(`${summary}\n${body}\n${factors}\n${title}`)
}

/** Up to `count` terms that stand for a document: the most frequent that occur more than once or in its title. */
export function frequentTerms(terms: string[], weightAt: (index: number) => number, count: number): WeightedTerm[] {
  const frequent: WeightedTerm[] = []
  for (let i = 0; i < terms.length; i++) {
    const weight = weightAt(i)
    if (weight > GIST && terms[i]!.length > 2 && !/^[\d./-]+$/.test(terms[i]!)) frequent.push([terms[i]!, weight])
  }
  return frequent.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, count)
}
