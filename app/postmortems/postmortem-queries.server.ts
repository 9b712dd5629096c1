/** The postmortems themselves and what hangs on them: rows in, rows out, many at a time. */
import type { Selectable, Updateable } from 'kysely'
import { isClean } from '#app/platform/clean-text.ts'
import { type Db, insertRows, type Tx } from '#db/index.server.ts'
import type { PostmortemsTables } from '#db/tables/postmortems.ts'

export type PostmortemRow = Selectable<PostmortemsTables['postmortems']>
export type ActionRow = Selectable<PostmortemsTables['action_items']>

type Row<T extends keyof PostmortemsTables> = Selectable<PostmortemsTables[T]>

/** Rows that hang on a postmortem and are written anew with it. */
export interface Hanging {
  factors: Row<'factors'>[]
  factor_themes: Row<'factor_themes'>[]
  postmortem_themes: Row<'postmortem_themes'>[]
  theme_suggestions: Row<'theme_suggestions'>[]
  postmortem_services: Row<'postmortem_services'>[]
  postmortem_authors: Row<'postmortem_authors'>[]
  action_items: Row<'action_items'>[]
  postmortem_revisions: Row<'postmortem_revisions'>[]
}

const HANGING = [
  'factors',
  'factor_themes',
  'postmortem_themes',
  'theme_suggestions',
  'postmortem_services',
  'postmortem_authors',
  'action_items',
  'postmortem_revisions',
] as const

export async function insertPostmortems(tx: Tx, rows: PostmortemRow[]): Promise<void> {
  await insertRows(tx, 'postmortems', rows)
}

export async function insertHanging(tx: Tx, hanging: Hanging): Promise<void> {
  // A suggestion that was dismissed once stays dismissed.
  for (const table of HANGING)
    await insertRows(tx, table, hanging[table], table === 'theme_suggestions' ? { on: [], update: [] } : null)
}

export async function updatePostmortem(
  db: Db,
  id: string,
  row: Updateable<PostmortemsTables['postmortems']>,
): Promise<void> {
  await db.updateTable('postmortems').set(row).where('id', '=', id).execute()
}

/** Removes what is written anew when these postmortems are saved again; revisions and suggestions stay. */
export async function clearHanging(db: Db, ids: string[]): Promise<void> {
  for (const table of [
    'factors',
    'postmortem_themes',
    'postmortem_services',
    'postmortem_authors',
    'action_items',
  ] as const)
    await db.deleteFrom(table).where('postmortem_id', 'in', ids).execute()
}

export async function postmortemsByIds(db: Db, ids: string[]): Promise<PostmortemRow[]> {
  return ids.length ? db.selectFrom('postmortems').selectAll().where('id', 'in', ids).execute() : []
}

export async function postmortemBySlug(db: Db, slug: string): Promise<PostmortemRow | undefined> {
  // An address may hold anything, and PostgreSQL cannot even be asked about U+0000.
  if (!isClean(slug)) return undefined
  return db.selectFrom('postmortems').selectAll().where('slug', '=', slug).executeTakeFirst()
}

/** Which of these slugs, or numbered followers of them, exist. */
export async function takenSlugs(db: Db, slugs: string[]): Promise<Set<string>> {
  if (slugs.length === 0) return new Set()
  const exact = await db.selectFrom('postmortems').select('slug').where('slug', 'in', slugs).execute()
  const taken = new Set(exact.map(row => row.slug))
  for (const slug of [...taken]) {
    // '.' follows '-' in code point order, so this range holds exactly the slugs that begin with "slug-".
    const followers = await db
      .selectFrom('postmortems')
      .select('slug')
      .where('slug', '>=', `${slug}-`)
      .where('slug', '<', `${slug}.`)
      .execute()
    for (const follower of followers) taken.add(follower.slug)
  }
  return taken
}

export interface Identity {
  id: string
  external_id: string | null
  source_url: string | null
  incident_id: string | null
  incident_key: string | null
  title: string
  published_at: string | null
  import_hash: string | null
  is_restricted: number
}

/** Postmortems that could be the same as imported ones, by any of the four ways of telling. */
export async function identitiesOf(
  db: Db,
  keys: {
    externalIds: string[]
    sourceUrls: string[]
    incidentIds: string[]
    incidentKeys: string[]
    titles: string[]
  },
): Promise<Identity[]> {
  const found = new Map<string, Identity>()
  const columns = [
    ['external_id', keys.externalIds],
    ['source_url', keys.sourceUrls],
    ['incident_id', keys.incidentIds],
    ['incident_key', keys.incidentKeys],
    ['title', keys.titles],
  ] as const
  for (const [column, values] of columns) {
    if (values.length === 0) continue
    const rows = await db
      .selectFrom('postmortems')
      .select([
        'id',
        'external_id',
        'source_url',
        'incident_id',
        'incident_key',
        'title',
        'published_at',
        'import_hash',
        'is_restricted',
      ])
      .where(column, 'in', values)
      .execute()
    for (const row of rows) found.set(row.id, row)
  }
  return [...found.values()]
}

export interface HangingRead {
  factors: Selectable<PostmortemsTables['factors']>[]
  factorThemes: Selectable<PostmortemsTables['factor_themes']>[]
  themes: Selectable<PostmortemsTables['postmortem_themes']>[]
  suggestions: Selectable<PostmortemsTables['theme_suggestions']>[]
  services: Selectable<PostmortemsTables['postmortem_services']>[]
  authors: Selectable<PostmortemsTables['postmortem_authors']>[]
  actions: ActionRow[]
}

/** All that hangs on these postmortems, in order, in seven queries however many they are. */
export async function readHanging(db: Db, ids: string[]): Promise<HangingRead> {
  if (ids.length === 0)
    return { factors: [], factorThemes: [], themes: [], suggestions: [], services: [], authors: [], actions: [] }
  const of = <T extends 'factors' | 'postmortem_services' | 'postmortem_authors' | 'action_items'>(table: T) =>
    db
      .selectFrom(table as 'factors')
      .selectAll()
      .where('postmortem_id', 'in', ids)
      .orderBy('position')
  const [factors, factorThemes, themes, suggestions, services, authors, actions] = await Promise.all([
    of('factors').execute(),
    db
      .selectFrom('factor_themes')
      .innerJoin('factors', 'factors.id', 'factor_themes.factor_id')
      .select(['factor_themes.factor_id', 'factor_themes.theme_id'])
      .where('factors.postmortem_id', 'in', ids)
      .execute(),
    db.selectFrom('postmortem_themes').selectAll().where('postmortem_id', 'in', ids).execute(),
    db
      .selectFrom('theme_suggestions')
      .selectAll()
      .where('postmortem_id', 'in', ids)
      .where('dismissed_at', 'is', null)
      .execute(),
    of('postmortem_services').execute(),
    of('postmortem_authors').execute(),
    of('action_items').execute(),
  ])
  return {
    factors,
    factorThemes,
    themes,
    suggestions,
    services: services as unknown as HangingRead['services'],
    authors: authors as unknown as HangingRead['authors'],
    actions: actions as unknown as ActionRow[],
  }
}

export function revisionsOf(db: Db, postmortemId: string) {
  return db
    .selectFrom('postmortem_revisions')
    .select(['number', 'at', 'actor_name', 'note'])
    .where('postmortem_id', '=', postmortemId)
    .orderBy('number', 'desc')
    .execute()
}

export async function revisionDocuments(db: Db, postmortemId: string, numbers: number[]): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('postmortem_revisions')
    .select(['number', 'document'])
    .where('postmortem_id', '=', postmortemId)
    .where('number', 'in', numbers)
    .execute()
  return new Map(rows.map(row => [row.number, row.document]))
}

/** Ids in order, after a given one: for walking over everything in pages. */
export async function idsAfter(db: Db, after: string, limit: number, only: { open: boolean }): Promise<string[]> {
  let query = db.selectFrom('postmortems').select('id').where('id', '>', after).orderBy('id').limit(limit)
  if (only.open)
    query = query.where('status', '=', 'published').where('is_restricted', '=', 0).where('archived_at', 'is', null)
  return (await query.execute()).map(row => row.id)
}

/** Texts that search checks phrases against and cuts passages from. */
export function textsOf(db: Db, ids: string[]) {
  return db
    .selectFrom('postmortems')
    .select([
      'id',
      'title',
      'summary',
      'impact',
      'went_well',
      'lucky',
      'lessons',
      'prevention',
      'detection',
      'body',
      'timeline',
    ])
    .where('id', 'in', ids)
    .execute()
}

export async function factorTexts(db: Db, ids: string[]) {
  return db
    .selectFrom('factors')
    .select(['postmortem_id', 'text', 'whys'])
    .where('postmortem_id', 'in', ids)
    .orderBy('position')
    .execute()
}

export async function actionTitles(db: Db, ids: string[]) {
  return db
    .selectFrom('action_items')
    .select(['postmortem_id', 'title'])
    .where('postmortem_id', 'in', ids)
    .orderBy('position')
    .execute()
}

/** Which postmortem has each of these external ids. */
export async function holdersOfExternalIds(db: Db, externalIds: string[]): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('postmortems')
    .select(['id', 'external_id'])
    .where('external_id', 'in', externalIds)
    .execute()
  return new Map(rows.map(row => [row.external_id as string, row.id]))
}
