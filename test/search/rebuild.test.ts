import { beforeEach, expect, it } from 'vitest'
import { corrections } from '#app/search/corrections.server.ts'
import { indexDocuments, removeDocuments } from '#app/search/index-documents.server.ts'
import { beginRebuild, differing, endRebuild, indexedAfter, isIndexOld } from '#app/search/rebuild.server.ts'
import { search } from '#app/search/search.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { CORPUS } from './corpus.ts'
import { documentOf, inMemoryTexts } from './support.ts'

const texts = inMemoryTexts(CORPUS)
const found = async (db: Db, q: string) =>
  (await search(db, { q, limit: 200 }, { texts: async ids => texts(ids) })).hits.map(hit => [hit.subjectId, hit.score])

onBothDatabases('building the index again', database => {
  let db: Db

  beforeEach(async () => {
    db = await database.fresh()
    await inTransaction(db, tx => indexDocuments(tx, CORPUS))
  })

  it('gives the same answers before, amid and after, and leaves nothing of the old one', async () => {
    const before = await found(db, 'connection pool certificate')
    const half = CORPUS.length >> 1
    const rebuild = await beginRebuild(db)
    await inTransaction(db, tx => indexDocuments(tx, CORPUS.slice(0, half)))
    expect(await found(db, 'connection pool certificate')).toEqual(before)
    await inTransaction(db, tx => indexDocuments(tx, CORPUS.slice(half)))
    await endRebuild(db, rebuild)
    expect(await found(db, 'connection pool certificate')).toEqual(before)
    const rows = await db.selectFrom('search_postings').select('block').distinct().execute()
    expect(rows).toEqual([{ block: 1 }])
  })

  it('drops what was not indexed again', async () => {
    const rebuild = await beginRebuild(db)
    await inTransaction(db, tx => indexDocuments(tx, CORPUS.slice(1)))
    expect(await indexedAfter(db, '', 500)).toHaveLength(CORPUS.length)
    await endRebuild(db, rebuild)
    expect(await indexedAfter(db, '', 500)).toHaveLength(CORPUS.length - 1)
    expect(await found(db, '')).toHaveLength(CORPUS.length - 1)
  })

  it('is asked for by an index of an older form only', async () => {
    expect(await isIndexOld(db)).toBe(false)
    await db.updateTable('search_state').set({ version: 1 }).execute()
    expect(await isIndexOld(db)).toBe(true)
    await endRebuild(db, await beginRebuild(db))
    expect(await isIndexOld(db)).toBe(false)
  })

  it('names the documents that are missing or other than they are', async () => {
    await inTransaction(db, tx => removeDocuments(tx, [CORPUS[2]!.subjectId]))
    const changed = { ...CORPUS[1]!, title: 'Another title' }
    expect(await differing(db, [CORPUS[0]!, changed, ...CORPUS.slice(2)])).toEqual([
      CORPUS[1]!.subjectId,
      CORPUS[2]!.subjectId,
    ])
  })
})

onBothDatabases('corrections', database => {
  let db: Db
  const meant = async (...words: string[]) =>
    (await corrections(db, words)).map(({ word, meant }) => [word, meant[0] ?? null])

  beforeEach(async () => {
    db = await database.fresh()
    await inTransaction(db, tx =>
      indexDocuments(tx, [
        documentOf({ subjectId: 'a', title: 'Quorum lost', texts: { body: 'The bellwether went silent.' } }),
        documentOf({ subjectId: 'b', title: 'Ausfall', texts: { body: 'The quorum was restored by hand.' } }),
      ]),
    )
  })

  it('are words of any text of the documents, in the order asked; a word that is there is left alone', async () => {
    expect(await meant('silnet', 'quorum', 'Qurum', 'belwehter', 'xyzzyx', 'the')).toEqual([
      ['silnet', 'silent'],
      ['Qurum', 'quorum'],
      ['belwehter', 'bellwether'],
      ['xyzzyx', null],
    ])
  })

  it('forget the words of what is taken out, and learn those that come', async () => {
    expect(await meant('belwether')).toEqual([['belwether', 'bellwether']])
    await inTransaction(db, tx => removeDocuments(tx, ['a']))
    expect(await meant('belwether', 'qurum')).toEqual([
      ['belwether', null],
      ['qurum', 'quorum'],
    ])
    await inTransaction(db, tx => indexDocuments(tx, [documentOf({ subjectId: 'c', title: 'Rebalancing' })]))
    expect(await meant('rebalacning')).toEqual([['rebalacning', 'rebalancing']])
  })
})
