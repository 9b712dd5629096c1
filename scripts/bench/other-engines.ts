/** Other engines over the same documents, each set up as its own documentation does, any word of the question will do. */
import SQLite from 'better-sqlite3'
import lunr from 'lunr'
import MiniSearch from 'minisearch'
import bm25 from 'wink-bm25-text-search'
import nlp from 'wink-nlp-utils'
import { type CollectionDocument, DEEPEST } from './collection.ts'

/** Documents for a question, the best first. */
type Rank = (question: string) => string[]

export const OTHER_ENGINES: Record<string, (documents: readonly CollectionDocument[]) => Rank> = {
  'SQLite FTS5, porter': fts5,
  lunr: lunrIndex,
  MiniSearch: miniSearch,
  'wink-bm25': winkBm25,
}

/** bm25 with the title three times, stop words taken out of the question. */
function fts5(documents: readonly CollectionDocument[]): Rank {
  const db = new SQLite(':memory:')
  db.exec(`create virtual table texts using fts5 (id unindexed, title, text, tokenize = 'porter unicode61')`)
  const insert = db.prepare('insert into texts (id, title, text) values (?, ?, ?)')
  db.transaction(() => {
    for (const { id, title, text } of documents) insert.run(id, title, text)
  })()
  const search = db
    .prepare(`select id from texts where texts match ? order by bm25(texts, 0, 3, 1) limit ${DEEPEST}`)
    .pluck()
  return question => {
    const words = wordsOf(question)
    return words.length === 0 ? [] : (search.all(words.map(word => `"${word}"`).join(' OR ')) as string[])
  }
}

function lunrIndex(documents: readonly CollectionDocument[]): Rank {
  const index = lunr(function () {
    this.ref('id')
    this.field('title')
    this.field('text')
    for (const { id, title, text } of documents) this.add({ id, title, text })
  })
  return question =>
    index
      .query(query => {
        query.term(wordsOf(question), {})
      })
      .map(hit => hit.ref)
}

function miniSearch(documents: readonly CollectionDocument[]): Rank {
  const index = new MiniSearch<CollectionDocument>({
    fields: ['title', 'text'],
    searchOptions: { boost: { title: 2 } },
  })
  index.addAll(documents)
  return question => index.search(question).map(hit => String(hit.id))
}

function winkBm25(documents: readonly CollectionDocument[]): Rank {
  const engine = bm25()
  engine.defineConfig({ fldWeights: { title: 3, text: 1 } })
  const { string, tokens } = nlp
  engine.definePrepTasks([
    string.lowerCase,
    string.removeExtraSpaces,
    string.tokenize0,
    tokens.propagateNegations,
    tokens.removeWords,
    tokens.stem,
  ])
  for (const { id, title, text } of documents) engine.addDoc({ title, text }, id)
  engine.consolidate()
  return question => engine.search(question, DEEPEST).map(([id]) => id)
}

function wordsOf(question: string): string[] {
  const words = question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(nlp.tokens.removeWords(words))]
}
