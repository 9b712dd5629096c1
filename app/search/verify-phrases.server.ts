/** Phrases are looked for in the words of the documents, since the index knows words only. */
import type { Asked } from './ask.server.ts'
import type { DocumentTexts, LoadTexts } from './document.ts'
import { firstInOrder } from './first-in-order.ts'
import type { IndexedDocument, IndexView } from './index-view.ts'
import { havingAll } from './matching.server.ts'
import type { Phrase } from './phrases.ts'
import type { QueryTerms } from './query-terms.ts'
import { follows, type Sequence } from './sequences.ts'

/** So many documents are read to look for a phrase. */
const MOST_VERIFIED = 500

/** Reads the documents in which a phrase may be, the first in order up to a bound, and keeps those that fit. */
export async function verifyPhrases(
  view: IndexView,
  admitted: Int32Array,
  wanted: QueryTerms,
  asked: Asked,
  order: (a: number, b: number) => number,
  named: number | undefined,
  loadTexts: LoadTexts,
  notices: string[],
): Promise<Int32Array> {
  const required = wanted.phrases.filter(needsReading)
  const excluded = wanted.excludedPhrases
  if (required.length + excluded.length === 0) return admitted
  const having = excluded.map(phrase => havingAll(view, asked.postings, phrase.terms))
  const inQuestion =
    required.length > 0 ? admitted : admitted.filter(number => having.some(numbers => numbers[number] === 1))
  const read = firstInOrder(inQuestion, MOST_VERIFIED, order)
  if (read.length < inQuestion.length)
    notices.push(
      `${inQuestion.length} postmortems have the words of the phrase; ` +
        `it was looked for in the first ${read.length} of them only. Add words to narrow the search.`,
    )
  const sequences = await readSequences(view, read, loadTexts)
  const fits = new Map(
    read.map(number => {
      const sequence = sequences.get(number)!
      const isFit =
        required.every(phrase => follows(sequence, phrase.sequence)) &&
        !excluded.some(phrase => follows(sequence, phrase.sequence))
      return [number, isFit]
    }),
  )
  // Unread documents count as not having the phrase.
  return admitted.filter(number => number === named || (fits.get(number) ?? required.length === 0))
}

/** The words of these documents in their order, of which most are known from earlier searches. */
async function readSequences(view: IndexView, numbers: number[], loadTexts: LoadTexts): Promise<Map<number, Sequence>> {
  const sequences = new Map<number, Sequence>()
  const unknown: IndexedDocument[] = []
  for (const number of numbers) {
    const known = view.sequences.get(number)
    if (known) sequences.set(number, known)
    else unknown.push(view.documents[number]!)
  }
  if (unknown.length === 0) return sequences
  const texts = await loadTexts(unknown.map(document => document.subjectId))
  for (const document of unknown) {
    const { number, subjectId } = document
    sequences.set(number, view.sequences.add(number, searchedTexts(document, texts.get(subjectId))))
  }
  return sequences
}

/** One word alone is a phrase that the index already answers. */
function needsReading(phrase: Phrase): boolean {
  return phrase.sequence.length > 1 || phrase.terms.length === 0
}

function searchedTexts({ stored, identifiers }: IndexedDocument, texts: DocumentTexts | undefined): string[] {
  const names = [...stored.services, ...stored.themes].map(({ label }) => label).concat(identifiers)
  if (!texts) return [stored.title, ...names]
  return [texts.title, texts.summary, texts.factors, texts.lessons, texts.actions, texts.body, ...names]
}
