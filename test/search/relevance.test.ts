import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '#app/platform/clock.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { openDatabase } from '#db/index.server.ts'
import { type Collection, cranfield, type Relevance, relevanceOf } from '#scripts/bench/collection.ts'
import { judgedPostmortems } from '#scripts/bench/judged-postmortems.ts'
import { askLibrary, bringIn } from '#scripts/bench/library-of.ts'

/** Below what is measured, so that one question answered worse is no failure. */
const FLOORS: [name: string, read: () => Collection | null, floor: Relevance][] = [
  ['Cranfield', cranfield, { ndcg: 0.4, mrr: 0.53, recall: 0.78 }],
  ['our questions over public postmortems', judgedPostmortems, { ndcg: 0.88, mrr: 0.94, recall: 0.94 }],
]

/** The texts are kept beside the project and not in it. */
describe.skipIf(!judgedPostmortems())(
  'Relevance, as the page searches (skipped where ../shared/data is absent)',
  () => {
    it.each(FLOORS)('%s', async (_, read, floor) => {
      const collection = read()!
      const folder = mkdtempSync(join(tmpdir(), 'candor-relevance-'))
      const db = openDatabase(`file:${join(folder, 'candor.db')}`)
      await prepareDatabase({ db, clock: systemClock })
      await bringIn(db, collection.documents)
      const found = await relevanceOf(collection, question => askLibrary(db, question))
      await db.destroy()
      rmSync(folder, { recursive: true })
      for (const measure of ['ndcg', 'mrr', 'recall'] as const)
        expect(found[measure], measure).toBeGreaterThanOrEqual(floor[measure])
    })

    it('every judged document is there, and every question has an answer', () => {
      const collection = judgedPostmortems()!
      const documents = new Set(collection.documents.map(document => document.id))
      expect(collection.questions.length).toBeGreaterThanOrEqual(60)
      for (const { id, text } of collection.questions) {
        expect(collection.gains.get(id)?.size, text).toBeGreaterThan(0)
        for (const judged of collection.gains.get(id)!.keys()) expect(documents.has(judged), judged).toBe(true)
      }
    })
  },
)
