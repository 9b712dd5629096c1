/** The shelf of well-known public incidents that Candor brings along: added and archived at will. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Actor, demand } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { CONTENT_FOLDER } from '#app/platform/content.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { type ImportReport, type Incoming, importPostmortems } from './import-postmortems.server.ts'
import { indexPostmortems } from './index-postmortems.server.ts'
import { setArchived, shelfIds } from './shelf-queries.server.ts'
import { understandMarkdown } from './understand-markdown.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/** Adds every incident of `content/library`, and brings back those that were taken off; edits to them stay. */
export async function addShelf(context: Context): Promise<ImportReport> {
  demand(context.actor, 'import postmortems and incidents')
  const folder = join(CONTENT_FOLDER, 'library')
  const names = (await readdir(folder)).filter(name => name.endsWith('.md') && name !== 'README.md').sort()
  const incoming: Incoming[] = []
  for (const name of names)
    incoming.push({ ...understandMarkdown(await readFile(join(folder, name), 'utf8'), name), source: name })
  const report = await importPostmortems(context, incoming)
  await archiveShelf(context, false)
  return report
}

/** Takes the public incidents out of search, themes and lists; adding the shelf again brings them back. */
export async function removeShelf(context: Context): Promise<void> {
  demand(context.actor, 'import postmortems and incidents')
  await archiveShelf(context, true)
}

/** How many public incidents are on the shelf now. */
export async function countShelf(db: Db): Promise<number> {
  return (await shelfIds(db, { archived: false })).length
}

async function archiveShelf({ db, clock }: Context, archived: boolean): Promise<void> {
  await inTransaction(db, async tx => {
    const ids = await shelfIds(tx, { archived: !archived })
    if (ids.length === 0) return
    await setArchived(tx, ids, archived ? isoNow(clock) : null)
    await indexPostmortems(tx, ids)
  })
}
