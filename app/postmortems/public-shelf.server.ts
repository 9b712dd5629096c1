/** The shelf of well-known public incidents that Candor brings along: added and archived at will. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { CONTENT_FOLDER } from '#app/platform/content.server.ts'
import type { Db } from '#db/index.server.ts'
import { type ImportReport, type Incoming, importPostmortems } from './import-postmortems.server.ts'
import { understandMarkdown } from './understand-markdown.ts'

/** Adds every incident of `content/library`; those already here stay as they are. */
export async function addShelf(context: { db: Db; clock: Clock; actor: Actor }): Promise<ImportReport> {
  const folder = join(CONTENT_FOLDER, 'library')
  const names = (await readdir(folder)).filter(name => name.endsWith('.md') && name !== 'README.md').sort()
  const incoming: Incoming[] = []
  for (const name of names)
    incoming.push({ ...understandMarkdown(await readFile(join(folder, name), 'utf8'), name), source: name })
  return importPostmortems(context, incoming)
}
