/** A collection as postmortems of a library, asked as the library's page asks. */
import { terminalActor } from '#app/identity/auth.server.ts'
import { systemClock } from '#app/platform/clock.ts'
import { type Incoming, importPostmortems } from '#app/postmortems/import-postmortems.server.ts'
import { libraryAddress, libraryQuery } from '#app/postmortems/library-query.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'
import { understandFiles } from '#app/postmortems/understand-files.server.ts'
import type { Db } from '#db/index.server.ts'
import { type CollectionDocument, DEEPEST } from './collection.ts'

/**
 * Brings the documents in by the product's own import, published.
 * @throws Error naming the first that was not taken.
 */
export async function bringIn(db: Db, documents: readonly CollectionDocument[]): Promise<void> {
  const report = await importPostmortems({ db, clock: systemClock, actor: terminalActor() }, understood(documents))
  if (report.created !== documents.length)
    throw new Error(
      `${report.created} of ${documents.length} documents were brought in. ${report.errors[0]?.message ?? report.notes[0]}`,
    )
}

async function* understood(documents: readonly CollectionDocument[]): AsyncGenerator<Incoming> {
  for (const document of documents)
    for await (const part of understandFiles([document.file ?? asFile(document)])) {
      const [record] = part.records
      if (!record) throw new Error(`${document.id} was not understood: ${part.errors[0]?.message}`)
      // Named by the collection, so that hits can be told apart whatever their titles.
      record.record.externalId = document.id
      record.record.status = 'published'
      yield { ...record, source: document.id }
    }
}

/** An import refuses what has neither title nor text; a collection may hold such a thing. */
function asFile({ id, title, text }: CollectionDocument): { name: string; bytes: Uint8Array } {
  const line = JSON.stringify({ title: title || (text ? '' : `Document ${id}`), body: text, status: 'published' })
  return { name: `${id}.jsonl`, bytes: new TextEncoder().encode(line) }
}

/** The documents that the library's page shows for what was typed, from the first page on. */
export async function askLibrary(db: Db, typed: string): Promise<string[]> {
  const address = new URL(libraryAddress({ q: typed }), 'http://bench')
  const { hits } = await searchLibrary(db, libraryQuery(address), DEEPEST)
  return hits.map(hit => hit.externalId ?? '')
}
