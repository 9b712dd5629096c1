import type { Db } from '#db/index.server.ts'

export async function touchToken(db: Db, id: string, today: string): Promise<void> {
  await db.updateTable('api_tokens').set({ last_used_on: today }).where('id', '=', id).execute()
}

export async function insertToken(
  db: Db,
  token: {
    id: string
    name: string
    role: string
    tokenHash: string
    accountId: string
    createdAt: string
    expiresAt: string | null
  },
): Promise<void> {
  await db
    .insertInto('api_tokens')
    .values({
      id: token.id,
      name: token.name,
      role: token.role,
      token_hash: token.tokenHash,
      account_id: token.accountId,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
      revoked_at: null,
      last_used_on: null,
    })
    .execute()
}

export function allTokens(db: Db) {
  return db
    .selectFrom('api_tokens')
    .innerJoin('accounts', 'accounts.id', 'api_tokens.account_id')
    .innerJoin('people', 'people.id', 'accounts.person_id')
    .select([
      'api_tokens.id',
      'api_tokens.name',
      'api_tokens.role',
      'accounts.role as ownerRole',
      'people.id as ownerId',
      'people.name as ownerName',
      'api_tokens.created_at as createdAt',
      'api_tokens.expires_at as expiresAt',
      'api_tokens.revoked_at as revokedAt',
      'api_tokens.last_used_on as lastUsedOn',
    ])
    .orderBy('api_tokens.created_at', 'desc')
    .orderBy('api_tokens.id', 'desc')
    .execute()
}

export function tokenById(db: Db, id: string) {
  return db
    .selectFrom('api_tokens')
    .where('id', '=', id)
    .select(['id', 'name', 'role', 'revoked_at as revokedAt'])
    .executeTakeFirst()
}

export async function revokeTokenRow(db: Db, id: string, at: string): Promise<void> {
  await db
    .updateTable('api_tokens')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}

export async function revokeTokensOf(db: Db, accountId: string, at: string): Promise<void> {
  await db
    .updateTable('api_tokens')
    .set({ revoked_at: at })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .execute()
}
