import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { indexDocuments } from '#app/search/index-documents.server.ts'
import { search } from '#app/search/search.server.ts'
import { inTransaction, migrate, openDatabase } from '#db/index.server.ts'
import { documentOf } from './support.ts'

/** A public test collection, kept beside the project and not in it; see its README for the rule of evaluation. */
const FOLDER = new URL('../../../shared/data/cranfield/', import.meta.url)

describe.skipIf(!existsSync(FOLDER))('relevance (skipped where ../shared/data/cranfield is absent)', () => {
  it('reaches an nDCG@10 of .40 on Cranfield', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'candor-cranfield-'))
    const db = openDatabase(`file:${join(folder, 'candor.db')}`)
    await migrate(db)
    const documents = lines<{ id: string; title: string; text: string }>('documents.jsonl').map(({ id, title, text }) =>
      documentOf({ subjectId: id.padStart(5, '0'), title, texts: { body: text } }),
    )
    for (let at = 0; at < documents.length; at += 500)
      await inTransaction(db, tx => indexDocuments(tx, documents.slice(at, at + 500)))

    const texts = new Map(documents.map(({ subjectId, title, texts }) => [subjectId, { title, ...texts }]))
    const grades = readGrades()
    let sum = 0
    let reciprocal = 0
    let recall = 0
    const queries = lines<{ id: string; text: string }>('queries.jsonl')
    for (const { id, text } of queries) {
      const judged = grades.get(id)!
      const { hits } = await search(
        db,
        { q: text, limit: 100 },
        { texts: async ids => new Map(ids.map(id => [id, texts.get(id)!])) },
      )
      const gains = hits.map(hit => judged.get(String(Number(hit.subjectId))) ?? 0)
      const ideal = [...judged.values()].sort((a, b) => b - a)
      sum += discounted(gains) / discounted(ideal)
      const first = gains.slice(0, 10).findIndex(gain => gain > 0)
      reciprocal += first < 0 ? 0 : 1 / (first + 1)
      recall += gains.filter(gain => gain > 0).length / ideal.filter(gain => gain > 0).length
    }
    await db.destroy()
    rmSync(folder, { recursive: true })
    const mean = (total: number): number => Number((total / queries.length).toFixed(3))
    console.log('Cranfield:', { 'nDCG@10': mean(sum), 'MRR@10': mean(reciprocal), 'recall@100': mean(recall) })
    expect(mean(sum)).toBeGreaterThanOrEqual(0.4)
  })
})

function lines<T>(file: string): T[] {
  return readFileSync(new URL(file, FOLDER), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as T)
}

/** Gains by query and document: 5 minus the grade for grades 1 to 4, nothing for the others. */
function readGrades(): Map<string, Map<string, number>> {
  const grades = new Map<string, Map<string, number>>()
  for (const row of readFileSync(new URL('judgements.tsv', FOLDER), 'utf8').split('\n').slice(1)) {
    const [query, document, grade] = row.split('\t')
    if (!query || !document) continue
    if (!grades.has(query)) grades.set(query, new Map())
    const value = Number(grade)
    if (value >= 1 && value <= 4) grades.get(query)!.set(document, 5 - value)
  }
  return grades
}

/** Discounted cumulative gain over the first ten. */
function discounted(gains: number[]): number {
  return gains.slice(0, 10).reduce((total, gain, index) => total + gain / Math.log2(index + 2), 0)
}
