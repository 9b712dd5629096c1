/** All that mails ask of this room's tables: who reads reports, which editions are new, and what was sent to whom. */
import type { Db, Tx } from '#db/index.server.ts'

/** People whom an administrator has put on the list, in the order in which they came. */
export function reportReaders(db: Db): Promise<{ personId: string; since: string }[]> {
  return db.selectFrom('report_readers').select(['person_id as personId', 'since']).orderBy('since').execute()
}

/** @returns whether they were not yet on the list. */
export async function insertReader(tx: Tx, personId: string, since: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('report_readers')
    .values({ person_id: personId, since })
    .onConflict(conflict => conflict.column('person_id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** @returns whether they were on the list. */
export async function deleteReader(tx: Tx, personId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('report_readers').where('person_id', '=', personId).executeTakeFirst()
  return numDeletedRows === 1n
}

/** Editions published from a moment on, without their content. There are few: one a quarter. */
export function editionsSince(db: Db, moment: string): Promise<{ reportId: string; number: number }[]> {
  return db
    .selectFrom('report_editions')
    .where('published_at', '>=', moment)
    .select(['report_id as reportId', 'number'])
    .orderBy('published_at')
    .execute()
}

/** One edition as it was published. */
export function editionToMail(db: Db, reportId: string, number: number) {
  return db
    .selectFrom('report_editions')
    .where('report_id', '=', reportId)
    .where('number', '=', number)
    .select(['content', 'words', 'differences', 'reason'])
    .executeTakeFirst()
}

interface EditionMail {
  reportId: string
  number: number
  personId: string
}

/** @returns whether it was not yet noted that this person has the edition: whoever notes it sends it. */
export async function claimEditionMail(db: Db, { reportId, number, personId }: EditionMail, at: string) {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('report_mails')
    .values({ report_id: reportId, number, person_id: personId, sent_at: at })
    .onConflict(conflict => conflict.columns(['report_id', 'number', 'person_id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** It could not be sent after all. */
export async function forgetEditionMail(db: Db, { reportId, number, personId }: EditionMail): Promise<void> {
  await db
    .deleteFrom('report_mails')
    .where('report_id', '=', reportId)
    .where('number', '=', number)
    .where('person_id', '=', personId)
    .execute()
}

/** @param week its Monday. @returns whether it was not yet noted that this person has the week's digest. */
export async function claimDigest(db: Db, { week, personId }: { week: string; personId: string }, at: string) {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('digest_mails')
    .values({ week, person_id: personId, sent_at: at })
    .onConflict(conflict => conflict.columns(['week', 'person_id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** It could not be sent after all. */
export async function forgetDigest(db: Db, { week, personId }: { week: string; personId: string }): Promise<void> {
  await db.deleteFrom('digest_mails').where('week', '=', week).where('person_id', '=', personId).execute()
}
