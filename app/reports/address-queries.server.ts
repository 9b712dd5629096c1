/** What the reports room asks of its public addresses, and of the newest editions behind a list. */
import type { Db, Tables, Tx } from '#db/index.server.ts'
import type { EditionRow } from './report-queries.server.ts'

export type AddressRow = Tables['report_addresses']

export async function insertAddress(tx: Tx, row: AddressRow): Promise<void> {
  await tx.insertInto('report_addresses').values(row).execute()
}

export interface AddressLine {
  id: string
  /** JSON list of ids of chapters. */
  chapters: string
  createdAt: string
  revokedAt: string | null
}

/** The addresses of a report, the newest first. */
export function addressesOf(db: Db, reportId: string): Promise<AddressLine[]> {
  return db
    .selectFrom('report_addresses')
    .select(['id', 'chapters', 'created_at as createdAt', 'revoked_at as revokedAt'])
    .where('report_id', '=', reportId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** @returns whether it could be opened until now. */
export async function revokeAddressRow(tx: Tx, reportId: string, id: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('report_addresses')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('report_id', '=', reportId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The newest edition behind an address that can be opened, and the chapters that it shows. */
export async function editionBehind(
  db: Db,
  secretHash: string,
): Promise<{ row: EditionRow; chapters: string } | undefined> {
  const found = await db
    .selectFrom('report_addresses')
    .innerJoin('report_editions', 'report_editions.report_id', 'report_addresses.report_id')
    .selectAll('report_editions')
    .select('report_addresses.chapters')
    .where('report_addresses.secret_hash', '=', secretHash)
    .where('report_addresses.revoked_at', 'is', null)
    .orderBy('report_editions.number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!found) return undefined
  const { chapters, ...row } = found
  return { row, chapters }
}

/** The newest edition of each of these periods that has one. */
export function newestEditions(db: Db, periods: string[]) {
  if (periods.length === 0) return Promise.resolve([])
  return db
    .selectFrom('report_editions')
    .innerJoin('reports', 'reports.id', 'report_editions.report_id')
    .select(['reports.period', 'report_editions.content', 'report_editions.words'])
    .where('reports.period', 'in', periods)
    .where(({ eb, selectFrom }) =>
      eb(
        'report_editions.number',
        '=',
        selectFrom('report_editions as others')
          .whereRef('others.report_id', '=', 'reports.id')
          .select(({ fn }) => fn.max('others.number').as('newest')),
      ),
    )
    .execute()
}
