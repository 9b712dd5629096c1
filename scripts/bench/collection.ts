/** Collections with questions and judgements, and how well a ranking answers them. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'

export interface CollectionDocument {
  id: string
  /** May be empty. */
  title: string
  text: string
  /** A file as it is brought in; without one the product is given title and text. */
  file?: { name: string; bytes: Uint8Array }
}

export interface Question {
  id: string
  text: string
}

export interface Collection {
  name: string
  documents: CollectionDocument[]
  questions: Question[]
  /** By question and document: 4 for a complete answer down to 1. */
  gains: Map<string, Map<string, number>>
}

/** Beside the project, not in it. */
export const SHARED_DATA = join(PROJECT_FOLDER, '../shared/data')
const CRANFIELD = join(SHARED_DATA, 'cranfield')

/** How far down a ranking each measure looks. */
const SHOWN = 10
export const DEEPEST = 100

export function isThere(folder: string): boolean {
  return ['documents.jsonl', 'queries.jsonl', 'judgements.tsv'].every(name => existsSync(join(folder, name)))
}

/** The public test collection that stands beside the project; null where it does not. */
export function cranfield(): Collection | null {
  return isThere(CRANFIELD) ? readCollection(CRANFIELD) : null
}

/**
 * Reads `documents.jsonl` ({id, title, text}), `queries.jsonl` ({id, text}) and `judgements.tsv` (question, document,
 * grade; 1 is the best).
 * @throws Error when a file is missing or a line cannot be read.
 */
export function readCollection(folder: string): Collection {
  if (!isThere(folder))
    throw new Error(`${folder} has no documents.jsonl, queries.jsonl and judgements.tsv, so it is no collection.`)
  return {
    name: folder.replace(/\/+$/, '').split('/').at(-1) ?? folder,
    documents: linesOf<CollectionDocument>(folder, 'documents.jsonl').map(one => ({
      id: String(one.id),
      title: one.title ?? '',
      text: one.text ?? '',
    })),
    ...readJudged(folder),
  }
}

/** Questions and judgements of a folder, whose documents may be elsewhere. */
export function readJudged(folder: string): Pick<Collection, 'questions' | 'gains'> {
  return {
    questions: linesOf<Question>(folder, 'queries.jsonl').map(({ id, text }) => ({ id: String(id), text })),
    gains: gainsOf(readFileSync(join(folder, 'judgements.tsv'), 'utf8')),
  }
}

function linesOf<T>(folder: string, file: string): T[] {
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as T)
}

/** Gain = 5 − grade for grades 1 to 4; whatever else is written there gains nothing. */
function gainsOf(table: string): Map<string, Map<string, number>> {
  const gains = new Map<string, Map<string, number>>()
  for (const row of table.split('\n').slice(1)) {
    const [question, document, grade] = row.trim().split('\t')
    const value = Number(grade)
    if (!question || !document || !(value >= 1 && value <= 4)) continue
    if (!gains.has(question)) gains.set(question, new Map())
    gains.get(question)!.set(document, 5 - value)
  }
  return gains
}

export interface Relevance {
  /** The order of the first ten against the best possible order (Järvelin & Kekäläinen, TOIS 20/4, 2002), linear gain. */
  ndcg: number
  /** One over the place of the first judged answer among the first ten, else 0. */
  mrr: number
  /** The share of all judged answers among the first hundred. */
  recall: number
}

/** The mean of each measure over the questions that have an answer at all. */
export async function relevanceOf(
  { questions, gains }: Collection,
  rank: (question: string) => Promise<string[]> | string[],
  eachQuestion: (id: string, relevance: Relevance) => void = () => undefined,
): Promise<Relevance> {
  const sum: Relevance = { ndcg: 0, mrr: 0, recall: 0 }
  let count = 0
  for (const { id, text } of questions) {
    const judged = gains.get(id)
    if (!judged) continue
    const one = judge((await rank(text)).slice(0, DEEPEST), judged)
    eachQuestion(id, one)
    sum.ndcg += one.ndcg
    sum.mrr += one.mrr
    sum.recall += one.recall
    count++
  }
  return { ndcg: sum.ndcg / count, mrr: sum.mrr / count, recall: sum.recall / count }
}

function judge(ranking: readonly string[], judged: ReadonlyMap<string, number>): Relevance {
  const gains = ranking.map(document => judged.get(document) ?? 0)
  const ideal = [...judged.values()].sort((a, b) => b - a)
  const first = gains.slice(0, SHOWN).findIndex(gain => gain > 0)
  return {
    ndcg: discounted(gains) / discounted(ideal),
    mrr: first < 0 ? 0 : 1 / (first + 1),
    recall: gains.filter(gain => gain > 0).length / ideal.length,
  }
}

function discounted(gains: readonly number[]): number {
  return gains.slice(0, SHOWN).reduce((total, gain, index) => total + gain / Math.log2(index + 2), 0)
}
