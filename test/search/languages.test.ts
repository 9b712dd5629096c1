import { beforeAll, describe, expect, it } from 'vitest'
import { indexDocuments } from '#app/search/index-documents.server.ts'
import { languageOf } from '#app/search/languages.ts'
import { search } from '#app/search/search.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { documentOf, inMemoryTexts } from './support.ts'

const DOCUMENTS = [
  documentOf({
    subjectId: 'german',
    title: 'Zwei Ausfälle nach dem Wechsel der Zertifikate',
    texts: {
      summary: 'Die Datenbanken waren überlastet, weil niemand die Größe der Verbindungen begrenzt hatte.',
      body: 'Wir haben den Server neu gestartet und danach die Ursache in der Konfiguration gefunden.',
    },
  }),
  documentOf({
    subjectId: 'english',
    title: 'Server certificate expired',
    texts: { summary: 'The database was slow, and we died a little while the war room served coffee.' },
  }),
]

describe('the language of a text', () => {
  it('is English unless it is German beyond doubt', () => {
    expect(languageOf('Der Ausfall der Datenbank dauerte zwei Stunden, weil sie überlastet war.')).toBe('de')
    expect(languageOf('The outage of the database took two hours, as it was overloaded.')).toBe('en')
    for (const text of ['', 'ECONNRESET', 'die war', 'Zertifikat', 'INC-12 orders-db p99', '\ud800', 'の件'])
      expect(languageOf(text), text).toBe('en')
  })
})

onBothDatabases('German and English side by side', database => {
  let db: Db
  const found = async (q: string) => {
    const { hits } = await search(db, { q }, { texts: async ids => inMemoryTexts(DOCUMENTS)(ids) })
    return hits.map(hit => hit.subjectId)
  }

  beforeAll(async () => {
    db = await database.fresh()
    await inTransaction(db, tx => indexDocuments(tx, DOCUMENTS))
  })

  it('German words meet in all their forms, with umlauts and without', async () => {
    for (const q of [
      'Ausfall',
      'Ausfälle',
      'AUSFAELLE',
      'ueberlastet',
      'überlastete',
      'Datenbank',
      'groesse',
      'Grösse',
    ])
      expect(await found(q), q).toEqual(['german'])
  })

  it('a word of both languages finds both, and a German stem no English word', async () => {
    expect((await found('server')).toSorted()).toEqual(['english', 'german'])
    expect(await found('served')).toEqual(['english'])
  })

  it('leaves out what only holds a German sentence together', async () => {
    expect(await found('die Datenbank war nicht schnell')).toEqual(['german'])
  })

  it('excludes and marks them too', async () => {
    expect(await found('server -Ausfall')).toEqual(['english'])
    const { hits } = await search(db, { q: 'Verbindung' }, { texts: async ids => inMemoryTexts(DOCUMENTS)(ids) })
    expect(hits[0]?.snippet).toContain('<mark>Verbindungen</mark>')
  })
})
