/** All that the reports room asks of its tables of reports, their words and their editions. */
import type { Selectable, Updateable } from 'kysely'
import type { Db, Tables, Tx } from '#db/index.server.ts'

export type ReportRow = Selectable<Tables['reports']>
export type EditionRow = Selectable<Tables['report_editions']>

export function reportByPeriod(db: Db, period: string): Promise<ReportRow | undefined> {
  return db.selectFrom('reports').selectAll().where('period', '=', period).executeTakeFirst()
}

/** @returns whether it was there to be made: false when somebody else has begun a report on that period. */
export async function insertReport(tx: Tx, row: ReportRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('reports')
    .values(row)
    .onConflict(conflict => conflict.column('period').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Only from one state and one version of the story: two people at once do not undo each other. @returns whether it was so. */
export async function changeReport(
  tx: Db,
  id: string,
  { state, storyVersion }: { state: string; storyVersion?: number },
  change: Updateable<Tables['reports']>,
): Promise<boolean> {
  let update = tx.updateTable('reports').set(change).where('id', '=', id).where('state', '=', state)
  if (storyVersion !== undefined) update = update.where('story_version', '=', storyVersion)
  return (await update.executeTakeFirst()).numUpdatedRows === 1n
}

export interface ReportLine {
  id: string
  period: string
  firstDay: string
  endDay: string
  state: string
  /** Editions so far. */
  editions: number
  /** Of the newest edition. */
  publishedAt: string | null
}

/** Reports, the latest period first. @param drafts whether those are among them that were never published. */
export async function pageOfReports(
  db: Db,
  { drafts }: { drafts: boolean },
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rows: ReportLine[]; total: number }> {
  const all = db
    .selectFrom('reports')
    .$if(!drafts, query =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('report_editions')
            .select('report_editions.number')
            .whereRef('report_editions.report_id', '=', 'reports.id'),
        ),
      ),
    )
  const [rows, { n }] = await Promise.all([
    all
      .select(['id', 'period', 'first_day as firstDay', 'end_day as endDay', 'state'])
      .select(({ selectFrom }) => [
        selectFrom('report_editions')
          .whereRef('report_editions.report_id', '=', 'reports.id')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .as('editions'),
        selectFrom('report_editions')
          .whereRef('report_editions.report_id', '=', 'reports.id')
          .select(({ fn }) => fn.max('published_at').as('at'))
          .as('publishedAt'),
      ])
      .orderBy('end_day', 'desc')
      .orderBy('first_day', 'desc')
      .offset(offset)
      .limit(limit)
      .execute(),
    all.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow(),
  ])
  return { rows: rows.map(row => ({ ...row, editions: Number(row.editions ?? 0) })), total: Number(n) }
}

export interface EditionLine {
  number: number
  publishedAt: string
  reason: string
}

/** The editions of a report without their content, the newest first. */
export function editionLines(db: Db, reportId: string): Promise<EditionLine[]> {
  return db
    .selectFrom('report_editions')
    .select(['number', 'published_at as publishedAt', 'reason'])
    .where('report_id', '=', reportId)
    .orderBy('number', 'desc')
    .execute()
}

/** One edition, or the newest. */
export function editionOf(db: Db, reportId: string, number: number | null): Promise<EditionRow | undefined> {
  const editions = db.selectFrom('report_editions').selectAll().where('report_id', '=', reportId)
  if (number !== null) return editions.where('number', '=', number).executeTakeFirst()
  return editions.orderBy('number', 'desc').limit(1).executeTakeFirst()
}

export async function insertEdition(tx: Tx, row: EditionRow): Promise<void> {
  await tx.insertInto('report_editions').values(row).execute()
}

export interface CommentaryRow {
  chapter: string
  text: string
  version: number
  writerId: string | null
  writtenAt: string
}

export function commentaryOf(db: Db, reportId: string): Promise<CommentaryRow[]> {
  return db
    .selectFrom('report_commentary')
    .select(['chapter', 'text', 'version', 'writer_id as writerId', 'written_at as writtenAt'])
    .where('report_id', '=', reportId)
    .orderBy('chapter')
    .execute()
}

/** @returns whether the commentary was still of the version before this one, or not yet there for the first. */
export async function putCommentary(tx: Tx, reportId: string, row: CommentaryRow): Promise<boolean> {
  const values = {
    report_id: reportId,
    chapter: row.chapter,
    text: row.text,
    version: row.version,
    writer_id: row.writerId,
    written_at: row.writtenAt,
  }
  if (row.version === 1) {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('report_commentary')
      .values(values)
      .onConflict(conflict => conflict.columns(['report_id', 'chapter']).doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  }
  const { numUpdatedRows } = await tx
    .updateTable('report_commentary')
    .set(values)
    .where('report_id', '=', reportId)
    .where('chapter', '=', row.chapter)
    .where('version', '=', row.version - 1)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface KeptMonth {
  /** 2026-07 */
  month: string
  frozenAt: string
  /** JSON of Figures. */
  figures: string
  /** JSON: the version of each definition. */
  definitions: string
}

/** Months that no longer move, from one on, oldest first. */
export function keptMonths(db: Db, from: string): Promise<KeptMonth[]> {
  return db
    .selectFrom('report_months')
    .select(['month', 'frozen_at as frozenAt', 'figures', 'definitions'])
    .where('month', '>=', from)
    .orderBy('month')
    .execute()
}

/** Keeps a month; one that is kept already stays as it is. */
export async function keepMonth(db: Db, { month, frozenAt, figures, definitions }: KeptMonth): Promise<void> {
  await db
    .insertInto('report_months')
    .values({ month, frozen_at: frozenAt, figures, definitions })
    .onConflict(conflict => conflict.column('month').doNothing())
    .execute()
}
