import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { CONTENT_FOLDER } from '#app/platform/content.server.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { controlledListSchema } from './controlled-list.ts'
import { countThemes, insertThemes } from './theme-queries.server.ts'

/**
 * Gives an empty database the themes of `content/themes.yaml`; a database that has any is left alone.
 * @returns how many were planted.
 */
export async function plantThemes({ db, clock }: { db: Db; clock: Clock }): Promise<number> {
  if ((await countThemes(db)) > 0) return 0
  const list = controlledListSchema.parse(parse(readFileSync(join(CONTENT_FOLDER, 'themes.yaml'), 'utf8')))
  return inTransaction(db, async tx => {
    await lockFor(tx, 'themes')
    if ((await countThemes(tx)) > 0) return 0
    const now = isoNow(clock)
    const ids = new Map(list.map(theme => [theme.slug, newId()]))
    await insertThemes(
      tx,
      list.map(theme => ({
        id: ids.get(theme.slug)!,
        slug: theme.slug,
        name: theme.name,
        definition: theme.definition,
        parent_id: theme.parent ? ids.get(theme.parent)! : null,
        synonyms: JSON.stringify(theme.synonyms),
        created_at: now,
        updated_at: now,
        merged_into_id: null,
      })),
    )
    return list.length
  })
}
