/** Sessions and tokens as rows, and who stands behind them: always one query, for it runs on every request. */
import type { Db } from '#db/index.server.ts'

/** The account and person behind a credential, with what decides whether they may still come in. */
export interface Holder {
  accountId: string
  personId: string
  name: string
  email: string
  role: string
  disabledAt: string | null
  leftOn: string | null
  timeZone: string | null
  /** The organisation's zone as stored JSON. */
  houseZone: string | null
}

const holderColumns = [
  'accounts.id as accountId',
  'people.id as personId',
  'people.name',
  'people.email',
  'accounts.role',
  'accounts.disabled_at as disabledAt',
  'people.left_on as leftOn',
  'people.time_zone as timeZone',
  'zone.value as houseZone',
] as const

export function findSession(db: Db, idHash: string) {
  return db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .innerJoin('people', 'people.id', 'accounts.person_id')
    .leftJoin('settings as zone', join => join.on('zone.key', '=', 'timeZone'))
    .where('sessions.id_hash', '=', idHash)
    .select([...holderColumns, 'sessions.expires_at as expiresAt'])
    .executeTakeFirst()
}

export function findToken(db: Db, tokenHash: string) {
  return db
    .selectFrom('api_tokens')
    .innerJoin('accounts', 'accounts.id', 'api_tokens.account_id')
    .innerJoin('people', 'people.id', 'accounts.person_id')
    .leftJoin('settings as zone', join => join.on('zone.key', '=', 'timeZone'))
    .where('api_tokens.token_hash', '=', tokenHash)
    .select([
      ...holderColumns,
      'api_tokens.id as tokenId',
      'api_tokens.role as tokenRole',
      'api_tokens.expires_at as expiresAt',
      'api_tokens.revoked_at as revokedAt',
      'api_tokens.last_used_on as lastUsedOn',
    ])
    .executeTakeFirst()
}

export async function insertSession(
  db: Db,
  session: { idHash: string; accountId: string; expiresAt: string; createdAt: string; userAgent: string },
): Promise<void> {
  await db
    .insertInto('sessions')
    .values({
      id_hash: session.idHash,
      account_id: session.accountId,
      expires_at: session.expiresAt,
      created_at: session.createdAt,
      user_agent: session.userAgent,
    })
    .execute()
}

export async function extendSession(db: Db, idHash: string, expiresAt: string): Promise<void> {
  await db.updateTable('sessions').set({ expires_at: expiresAt }).where('id_hash', '=', idHash).execute()
}

/** @returns whether there was such a session of this account. */
export async function deleteSession(db: Db, idHash: string, accountId?: string): Promise<boolean> {
  const result = await db
    .deleteFrom('sessions')
    .where('id_hash', '=', idHash)
    .$if(accountId !== undefined, query => query.where('account_id', '=', accountId as string))
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

export async function deleteSessionsOf(db: Db, accountId: string, exceptHash: string | null = null): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .$if(exceptHash !== null, query => query.where('id_hash', '!=', exceptHash as string))
    .execute()
}

export async function deleteExpiredSessions(db: Db, now: string): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', now).execute()
}

export function sessionsOf(db: Db, accountId: string, now: string) {
  return db
    .selectFrom('sessions')
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .select(['id_hash as id', 'created_at as createdAt', 'expires_at as expiresAt', 'user_agent as userAgent'])
    .orderBy('created_at', 'desc')
    .orderBy('id_hash')
    .execute()
}
