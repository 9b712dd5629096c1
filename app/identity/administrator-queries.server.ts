import type { Db } from '#db/index.server.ts'

export function oldestAdministrator(db: Db, day: string) {
  return db
    .selectFrom('accounts')
    .innerJoin('people', 'people.id', 'accounts.person_id')
    .select('accounts.id')
    .where('accounts.role', '=', 'administrator')
    .where('accounts.disabled_at', 'is', null)
    .where(({ eb, or }) => or([eb('people.left_on', 'is', null), eb('people.left_on', '>', day)]))
    .orderBy('accounts.created_at')
    .orderBy('accounts.id')
    .limit(1)
    .executeTakeFirst()
}
