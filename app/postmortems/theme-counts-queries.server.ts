/**
 * Who carries which theme. A postmortem carries a theme of its own or through one of its factors, and counts once.
 * What everybody sees counts only what everybody may read: published, not archived, not restricted.
 */
import type { SqlBool } from 'kysely'
import { sql } from 'kysely'
import type { Db } from '#db/index.server.ts'
import type { Quarter } from './theme-quarters.ts'

export interface ThemeCount {
  total: number
  /** One figure for each quarter asked about. */
  byQuarter: number[]
  /** Neither publication nor start of the incident is known. */
  undated: number
}

const open = sql<SqlBool>`postmortems.status = 'published' and postmortems.archived_at is null and postmortems.is_restricted = 0`
/** The day of taking it into Candor would say nothing about when it happened, so it is never used. */
const datedAt = sql<string | null>`coalesce(postmortems.published_at, postmortems.started_at)`
const undated = sql<number>`sum(case when ${datedAt} is null then 1 else 0 end)`.as('undated')

/**
 * Themes that are carried by anything, with how many carry them, by quarter of publication: one query.
 * @param only ids of the themes wanted; all unless given.
 */
export async function countsByTheme(
  db: Db,
  quarters: readonly Quarter[],
  only?: readonly string[],
): Promise<Map<string, ThemeCount>> {
  const rows = await db
    .selectFrom(allCarriers(db, only).as('carriers'))
    .innerJoin('postmortems', 'postmortems.id', 'carriers.postmortem_id')
    .where(open)
    .select(['carriers.theme_id', ({ fn }) => fn.countAll<number>().as('total'), undated, ...quarters.map(inQuarter)])
    .groupBy('carriers.theme_id')
    .execute()
  return new Map(rows.map(row => [row.theme_id, countFrom(row, quarters)]))
}

/** The same for one theme. */
export async function countsOfTheme(db: Db, themeId: string, quarters: readonly Quarter[]): Promise<ThemeCount> {
  const row = await openCarriers(db, themeId)
    .select([({ fn }) => fn.countAll<number>().as('total'), undated, ...quarters.map(inQuarter)])
    .executeTakeFirstOrThrow()
  return countFrom(row, quarters)
}

function inQuarter(quarter: Quarter, index: number) {
  return sql<number>`sum(case when ${datedAt} >= ${quarter.from} and ${datedAt} < ${quarter.to} then 1 else 0 end)`.as(
    `quarter_${index}`,
  )
}

function countFrom(row: object, quarters: readonly Quarter[]): ThemeCount {
  const figures = row as Record<string, number | string | null>
  return {
    total: Number(figures.total),
    undated: Number(figures.undated ?? 0),
    byQuarter: quarters.map((_, index) => Number(figures[`quarter_${index}`] ?? 0)),
  }
}

/** Postmortems that carry a theme, newest first. */
export function pageOfTheme(db: Db, themeId: string, page: { limit: number; offset: number }) {
  return openCarriers(db, themeId)
    .select(['id', 'slug', 'title', 'severity', 'incident_id as incidentId', 'words', datedAt.as('datedAt')])
    .orderBy(sql`coalesce(${datedAt}, '')`, 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
}

/** Which services the postmortems of a theme name: pairs, each once. */
export function servicesOfTheme(db: Db, themeId: string): Promise<{ postmortemId: string; serviceId: string }[]> {
  return openCarriers(db, themeId)
    .innerJoin('postmortem_services', 'postmortem_services.postmortem_id', 'postmortems.id')
    .select(['postmortem_services.postmortem_id as postmortemId', 'postmortem_services.service_id as serviceId'])
    .execute()
}

/** The incidents that the postmortems of a theme belong to. */
export async function incidentsOfTheme(
  db: Db,
  themeId: string,
): Promise<{ postmortemId: string; incidentId: string }[]> {
  const rows = await openCarriers(db, themeId)
    .where('incident_id', 'is not', null)
    .select(['id as postmortemId', 'incident_id as incidentId'])
    .execute()
  return rows as { postmortemId: string; incidentId: string }[]
}

const OPEN_STATES = ['open', 'in progress']

/** Open action items of the postmortems of a theme, soonest due first, without a date last; and how many there are. */
export async function openActionsOfTheme(db: Db, themeId: string, limit: number) {
  const actions = openCarriers(db, themeId)
    .innerJoin('action_items', 'action_items.postmortem_id', 'postmortems.id')
    .where('action_items.state', 'in', OPEN_STATES)
  const [items, { total }] = await Promise.all([
    actions
      .select([
        'action_items.id',
        'action_items.title',
        'action_items.state',
        'action_items.due_on as dueOn',
        'action_items.owner_id as ownerId',
        'action_items.owner_text as ownerText',
        'postmortems.slug as postmortemSlug',
        'postmortems.title as postmortemTitle',
      ])
      .orderBy(({ fn, val }) => fn.coalesce('action_items.due_on', val('9999-12-31')))
      .orderBy('action_items.id')
      .limit(limit)
      .execute(),
    actions.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ])
  return { items, total: Number(total) }
}

/** What everybody may read and carries this theme: start of a query. */
function openCarriers(db: Db, themeId: string) {
  return db.selectFrom('postmortems').where(open).where('postmortems.id', 'in', carriersOf(db, themeId))
}

/** Ids of all postmortems that carry a theme, whoever may read them. */
function carriersOf(db: Db, themeId: string) {
  return db
    .selectFrom('postmortem_themes')
    .select('postmortem_themes.postmortem_id')
    .where('postmortem_themes.theme_id', '=', themeId)
    .union(
      db
        .selectFrom('factor_themes')
        .innerJoin('factors', 'factors.id', 'factor_themes.factor_id')
        .select('factors.postmortem_id')
        .where('factor_themes.theme_id', '=', themeId),
    )
}

function allCarriers(db: Db, only?: readonly string[]) {
  let own = db.selectFrom('postmortem_themes').select(['postmortem_themes.theme_id', 'postmortem_themes.postmortem_id'])
  let byFactor = db
    .selectFrom('factor_themes')
    .innerJoin('factors', 'factors.id', 'factor_themes.factor_id')
    .select(['factor_themes.theme_id', 'factors.postmortem_id'])
  if (only) {
    own = own.where('postmortem_themes.theme_id', 'in', only)
    byFactor = byFactor.where('factor_themes.theme_id', 'in', only)
  }
  return own.union(byFactor)
}

/** What a merge would move of the things that everybody may read. */
export async function countMoves(db: Db, themeId: string): Promise<{ postmortems: number; factors: number }> {
  const count = (query: { executeTakeFirstOrThrow(): Promise<{ n: number }> }) =>
    query.executeTakeFirstOrThrow().then(row => Number(row.n))
  const postmortems = db
    .selectFrom('postmortem_themes')
    .innerJoin('postmortems', 'postmortems.id', 'postmortem_themes.postmortem_id')
    .where('postmortem_themes.theme_id', '=', themeId)
    .where(open)
    .select(({ fn }) => fn.countAll<number>().as('n'))
  const factors = db
    .selectFrom('factor_themes')
    .innerJoin('factors', 'factors.id', 'factor_themes.factor_id')
    .innerJoin('postmortems', 'postmortems.id', 'factors.postmortem_id')
    .where('factor_themes.theme_id', '=', themeId)
    .where(open)
    .select(({ fn }) => fn.countAll<number>().as('n'))
  return { postmortems: await count(postmortems), factors: await count(factors) }
}

/** All that carries a theme, also in drafts and restricted texts: for keeping the index right, never for showing. */
export async function everyCarrierOf(db: Db, themeId: string): Promise<string[]> {
  return (await carriersOf(db, themeId).execute()).map(row => row.postmortem_id)
}

/** The tables in which a theme is carried, with what carries it. */
export const TAG_TABLES = { postmortem_themes: 'postmortem_id', factor_themes: 'factor_id' } as const
export type TagTable = keyof typeof TAG_TABLES

/** The two tables are alike but for a column's name, which the types of Kysely cannot say. */
function tags(table: TagTable) {
  return { table: table as 'postmortem_themes', holder: TAG_TABLES[table] as 'postmortem_id' }
}

/** Ids of what carries a theme, in one of the tables. */
export async function holdersOf(db: Db, in_: TagTable, themeId: string): Promise<string[]> {
  const { table, holder } = tags(in_)
  const rows = await db
    .selectFrom(table)
    .select(`${holder} as id`)
    .where('theme_id', '=', themeId)
    .orderBy(holder)
    .execute()
  return rows.map(row => row.id)
}

/** Puts a theme on what still exists of these and does not carry it yet. */
export async function addTags(db: Db, in_: TagTable, themeId: string, ids: readonly string[]): Promise<void> {
  const { table, holder } = tags(in_)
  const owner = (in_ === 'postmortem_themes' ? 'postmortems' : 'factors') as 'postmortems'
  for (const some of slicesOf(ids)) {
    const existing = await db.selectFrom(owner).select('id').where('id', 'in', some).execute()
    if (existing.length === 0) continue
    const rows = existing.map(
      ({ id }) => ({ [holder]: id, theme_id: themeId }) as { postmortem_id: string; theme_id: string },
    )
    await db
      .insertInto(table)
      .values(rows)
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
}

/** Takes a theme off these. */
export async function removeTags(db: Db, in_: TagTable, themeId: string, ids: readonly string[]): Promise<void> {
  const { table, holder } = tags(in_)
  for (const some of slicesOf(ids))
    await db.deleteFrom(table).where('theme_id', '=', themeId).where(holder, 'in', some).execute()
}

export interface SuggestionRow {
  postmortemId: string
  reason: string
  dismissedAt: string | null
}

export function suggestionsOf(db: Db, themeId: string): Promise<SuggestionRow[]> {
  return db
    .selectFrom('theme_suggestions')
    .select(['postmortem_id as postmortemId', 'reason', 'dismissed_at as dismissedAt'])
    .where('theme_id', '=', themeId)
    .orderBy('postmortem_id')
    .execute()
}

/** Puts suggestions of a theme on postmortems that still exist and have none of it. */
export async function addSuggestions(db: Db, themeId: string, suggestions: readonly SuggestionRow[]): Promise<void> {
  for (const some of slicesOf(suggestions)) {
    const ids = some.map(one => one.postmortemId)
    const existing = new Set(
      (await db.selectFrom('postmortems').select('id').where('id', 'in', ids).execute()).map(row => row.id),
    )
    const rows = some
      .filter(one => existing.has(one.postmortemId))
      .map(one => ({
        postmortem_id: one.postmortemId,
        theme_id: themeId,
        reason: one.reason,
        dismissed_at: one.dismissedAt,
      }))
    if (rows.length)
      await db
        .insertInto('theme_suggestions')
        .values(rows)
        .onConflict(conflict => conflict.doNothing())
        .execute()
  }
}

export async function removeSuggestions(db: Db, themeId: string, postmortemIds: readonly string[]): Promise<void> {
  for (const some of slicesOf(postmortemIds))
    await db
      .deleteFrom('theme_suggestions')
      .where('theme_id', '=', themeId)
      .where('postmortem_id', 'in', some)
      .execute()
}

/** The postmortems that these factors belong to. */
export async function postmortemsOfFactors(db: Db, factorIds: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const some of slicesOf(factorIds))
    for (const row of await db.selectFrom('factors').select('postmortem_id').where('id', 'in', some).execute())
      found.add(row.postmortem_id)
  return [...found]
}

/** Lists in parts, since databases limit the parameters of one statement. */
function slicesOf<T>(list: readonly T[], size = 500): T[][] {
  const slices: T[][] = []
  for (let at = 0; at < list.length; at += size) slices.push(list.slice(at, at + size))
  return slices
}
