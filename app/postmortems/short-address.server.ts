/** Addresses that every browser and proxy carries. */
import { readPaste } from '#app/search/read-paste.server.ts'
import type { Db } from '#db/index.server.ts'
import { type LibraryQuery, LONGEST_IN_ADDRESS, libraryAddress } from './library-query.ts'

/** The address of a query; of a pasted text that of its terms, since the text may be longer than an address can be. */
export async function shortAddress(db: Db, query: LibraryQuery): Promise<string> {
  const paste = query.q.length > LONGEST_IN_ADDRESS || query.q.includes('\n') ? await readPaste(db, query.q) : null
  if (!paste) return libraryAddress({ ...query, q: query.q.slice(0, LONGEST_IN_ADDRESS) })
  return libraryAddress({ ...query, q: paste.used.join(' '), picked: [...paste.used, ...paste.others] })
}
