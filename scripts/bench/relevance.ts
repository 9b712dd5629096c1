/** How well the library's search answers questions with judged answers, beside other engines over the same documents. */
import { join } from 'node:path'
import { systemClock } from '#app/platform/clock.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { openDatabase } from '#db/index.server.ts'
import { type Collection, cranfield, type Relevance, readCollection, relevanceOf } from './collection.ts'
import { judgedPostmortems } from './judged-postmortems.ts'
import { askLibrary, bringIn } from './library-of.ts'
import { type Bench, tableOf, thousands, withFolder } from './measure.ts'
import { OTHER_ENGINES } from './other-engines.ts'
import { relevanceChart } from './relevance-chart.ts'

const CANDOR = 'Candor, as its page searches'
/** Questions of a quick run. */
const FEW = 20

interface Measured extends Relevance {
  collection: Collection
  engine: string
}

const bench: Bench = {
  title: 'relevance: questions with judged answers',
  async run({ quick, say, folder }) {
    const measured: Measured[] = []
    for (const whole of collectionsIn(folder)) {
      const collection = quick ? { ...whole, questions: whole.questions.slice(0, FEW) } : whole
      const { name, documents } = collection
      say(`${name}: ${thousands(documents.length)} documents are brought in`)
      const relevance = await relevanceOfCandor(collection)
      measured.push({ collection, engine: CANDOR, ...relevance })
      for (const [engine, index] of Object.entries(OTHER_ENGINES)) {
        say(`${name}: ${engine}`)
        measured.push({ collection, engine, ...(await relevanceOf(collection, index(documents))) })
      }
    }
    const bars = measured.map(({ collection, engine, ndcg }) => ({ collection: collection.name, engine, ndcg }))
    return { json: asJson(measured), text: asText(measured), svg: relevanceChart(bars) }
  },
}
export default bench

/** @throws Error when nothing is there to measure with. */
function collectionsIn(folder: string | undefined): Collection[] {
  if (folder) return [readCollection(folder)]
  const found = [cranfield(), judgedPostmortems()].filter(one => one !== null)
  if (found.length === 0)
    throw new Error(
      'Name a folder with documents.jsonl, queries.jsonl and judgements.tsv: none stands beside the project.',
    )
  return found
}

function relevanceOfCandor(collection: Collection): Promise<Relevance> {
  return withFolder(async folder => {
    const db = openDatabase(`file:${join(folder, 'candor.db')}`)
    try {
      await prepareDatabase({ db, clock: systemClock })
      await bringIn(db, collection.documents)
      return await relevanceOf(collection, question => askLibrary(db, question))
    } finally {
      await db.destroy()
    }
  })
}

function asJson(measured: Measured[]): object {
  return {
    bench: 'relevance',
    results: measured.map(({ collection, engine, ndcg, mrr, recall }) => ({
      collection: collection.name,
      documents: collection.documents.length,
      questions: collection.questions.length,
      engine,
      ndcgAt10: ndcg,
      mrrAt10: mrr,
      recallAt100: recall,
    })),
  }
}

function asText(measured: Measured[]): string {
  const rows = measured.map(({ collection, engine, ndcg, mrr, recall }) => [
    collection.name,
    engine,
    ...[ndcg, mrr, recall].map(figure => figure.toFixed(3)),
  ])
  const sizes = [...new Set(measured.map(one => one.collection))].map(
    ({ name, documents, questions }) =>
      `${name}: ${thousands(documents.length)} documents, ${thousands(questions.length)} questions.`,
  )
  return [
    tableOf(['collection', 'engine', 'nDCG@10', 'MRR@10', 'recall@100'], rows),
    '',
    ...sizes,
    'Gain is 5 minus the grade, 1 being the best of 4; whole rankings, from which nothing is taken out; means over the questions.',
    'Every engine is given the whole question and may answer with documents that have any of its words.',
  ].join('\n')
}
