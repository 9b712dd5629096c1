/** Accounts and the links that set their passwords. */
import { slicesOf } from '#app/platform/slices.ts'
import type { Db } from '#db/index.server.ts'
import { isStorable } from './fields.ts'

export async function countAccounts(db: Db): Promise<number> {
  const row = await db.selectFrom('accounts').select(db.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return Number(row.n)
}

const accountColumns = [
  'accounts.id',
  'accounts.person_id as personId',
  'people.name',
  'people.email',
  'people.left_on as leftOn',
  'accounts.role',
  'accounts.password_hash as passwordHash',
  'accounts.disabled_at as disabledAt',
] as const

function accounts(db: Db) {
  return db.selectFrom('accounts').innerJoin('people', 'people.id', 'accounts.person_id').select(accountColumns)
}

export type AccountRow = NonNullable<Awaited<ReturnType<typeof accountByEmail>>>

export function accountByEmail(db: Db, email: string) {
  return accounts(db).where('people.email', '=', email).executeTakeFirst()
}

export async function accountOfPerson(db: Db, personId: string): Promise<AccountRow | undefined> {
  if (!isStorable(personId)) return undefined
  return accounts(db).where('accounts.person_id', '=', personId).executeTakeFirst()
}

/** Accounts of these people, with the mails that each wants. */
export function accountsOfPeople(db: Db, personIds: readonly string[]) {
  return db
    .selectFrom('accounts')
    .innerJoin('people', 'people.id', 'accounts.person_id')
    .where('accounts.person_id', 'in', personIds)
    .select([...accountColumns, 'people.mails'])
    .orderBy('people.email')
    .execute()
}

export function accountById(db: Db, id: string) {
  return accounts(db).where('accounts.id', '=', id).executeTakeFirst()
}

export async function insertAccount(
  db: Db,
  account: { id: string; personId: string; role: string; passwordHash: string | null; createdAt: string },
): Promise<void> {
  await db
    .insertInto('accounts')
    .values({
      id: account.id,
      person_id: account.personId,
      role: account.role,
      password_hash: account.passwordHash,
      created_at: account.createdAt,
      disabled_at: null,
    })
    .execute()
}

export async function updateAccount(
  db: Db,
  id: string,
  change: { role?: string; password_hash?: string; disabled_at?: string | null },
): Promise<void> {
  await db.updateTable('accounts').set(change).where('id', '=', id).execute()
}

/** Accounts that can administer today and are not known to leave by `day`. */
export async function administratorsAfter(db: Db, day: string): Promise<{ accountId: string; personId: string }[]> {
  return db
    .selectFrom('accounts')
    .innerJoin('people', 'people.id', 'accounts.person_id')
    .where('accounts.role', '=', 'administrator')
    .where('accounts.disabled_at', 'is', null)
    .where('accounts.password_hash', 'is not', null)
    .where(where => where.or([where('people.left_on', 'is', null), where('people.left_on', '>', day)]))
    .select(['accounts.id as accountId', 'people.id as personId'])
    .orderBy('accounts.id')
    .execute()
}

/** Who can sign in with one of these roles and has not left by `day`, by name. */
export function holdersOfRoles(
  db: Db,
  roles: readonly string[],
  day: string,
): Promise<{ personId: string; name: string }[]> {
  return db
    .selectFrom('accounts')
    .innerJoin('people', 'people.id', 'accounts.person_id')
    .where('accounts.role', 'in', [...roles])
    .where('accounts.disabled_at', 'is', null)
    .where('accounts.password_hash', 'is not', null)
    .where(where => where.or([where('people.left_on', 'is', null), where('people.left_on', '>', day)]))
    .select(['people.id as personId', 'people.name'])
    .orderBy('people.name')
    .orderBy('people.id')
    .execute()
}

export type LinkKind = 'invitation' | 'reset'

export async function insertLink(
  db: Db,
  link: { tokenHash: string; accountId: string; kind: LinkKind; createdAt: string; expiresAt: string },
): Promise<void> {
  await db
    .insertInto('account_links')
    .values({
      token_hash: link.tokenHash,
      account_id: link.accountId,
      kind: link.kind,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
      used_at: null,
    })
    .execute()
}

export function linkByHash(db: Db, kind: LinkKind, tokenHash: string) {
  return db
    .selectFrom('account_links')
    .where('token_hash', '=', tokenHash)
    .where('kind', '=', kind)
    .select(['account_id as accountId', 'expires_at as expiresAt', 'used_at as usedAt'])
    .executeTakeFirst()
}

/** Marks a link as used. @returns false when it was used or too old: then somebody else came first. */
export async function claimLink(db: Db, tokenHash: string, now: string): Promise<boolean> {
  const result = await db
    .updateTable('account_links')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export async function deleteLinksOf(db: Db, accountId: string, kind?: LinkKind): Promise<void> {
  await db
    .deleteFrom('account_links')
    .where('account_id', '=', accountId)
    .$if(kind !== undefined, query => query.where('kind', '=', kind as LinkKind))
    .execute()
}

/** Which of these people have an account that is not closed. */
export async function holdersAmong(db: Db, personIds: readonly string[]): Promise<Set<string>> {
  const holders = new Set<string>()
  for (const some of slicesOf(personIds)) {
    const rows = await db
      .selectFrom('accounts')
      .where('person_id', 'in', some)
      .where('disabled_at', 'is', null)
      .select('person_id')
      .execute()
    for (const row of rows) holders.add(row.person_id)
  }
  return holders
}
