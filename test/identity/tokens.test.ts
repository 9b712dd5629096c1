import { expect, it } from 'vitest'
import { changeRole } from '#app/identity/change-role.server.ts'
import { closeAccount, reopenAccount } from '#app/identity/close-account.server.ts'
import { createToken } from '#app/identity/create-token.server.ts'
import { listTokens } from '#app/identity/list-tokens.server.ts'
import { revokeToken } from '#app/identity/revoke-token.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { DAY, give, openHouse, refusalOf } from './house.ts'

onBothDatabases('an API token', database => {
  it('speaks for its owner with its own role, and is stored only as a hash', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const { secret } = await createToken(context, { name: 'Nightly export', role: 'member', expiresAt: null })
    expect(secret).toMatch(/^cnd_[\w-]{43}$/)
    expect(await house.whoIs({ token: secret })).toMatchObject({ name: 'Ada Okafor', role: 'member', via: 'token' })
    const everything = [
      ...(await house.db.selectFrom('api_tokens').selectAll().execute()),
      ...(await house.db.selectFrom('audit_entries').selectAll().execute()),
    ]
    expect(JSON.stringify(everything)).not.toContain(secret)
  })

  it('never exceeds what its owner may do at present', async () => {
    const house = await openHouse(await database.fresh())
    const bo = await give(house, 'Bo', 'bo@example.org', 'administrator')
    const make = async (role: 'administrator' | 'editor') =>
      (await createToken({ ...house, actor: bo }, { name: role, role, expiresAt: null })).secret
    const [full, editing] = [await make('administrator'), await make('editor')]
    const roles = async () => [
      (await house.whoIs({ token: full }))?.role,
      (await house.whoIs({ token: editing }))?.role,
    ]
    expect(await roles()).toEqual(['administrator', 'editor'])
    for (const [role, expected] of [
      ['facilitator', ['facilitator', 'member']],
      ['member', ['member', 'member']],
      ['editor', ['editor', 'editor']],
    ] as const) {
      await changeRole({ ...house, actor: house.ada }, { personId: bo.personId, role })
      expect(await roles()).toEqual(expected)
    }
    const shown = await listTokens({ ...house, actor: house.ada })
    expect(shown.find(token => token.name === 'administrator')?.role).toBe('editor')
  })

  it('ends on its day, or when it is revoked', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const expiresAt = new Date(house.clock.now() + DAY).toISOString()
    const short = await createToken(context, { name: 'Short', role: 'editor', expiresAt })
    const long = await createToken(context, { name: 'Long', role: 'editor', expiresAt: null })
    house.clock.pass(DAY)
    expect(await house.whoIs({ token: short.secret })).toBeNull()
    expect(await house.whoIs({ token: long.secret })).not.toBeNull()
    await revokeToken(context, { id: long.id })
    await revokeToken(context, { id: long.id })
    expect(await house.whoIs({ token: long.secret })).toBeNull()
    expect((await listTokens(context)).map(token => [token.name, token.state, token.lastUsedOn])).toEqual(
      expect.arrayContaining([
        ['Short', 'expired', null],
        ['Long', 'revoked', '2026-03-11'],
      ]),
    )
    expect((await refusalOf(revokeToken(context, { id: 'nul\0' }))).refusal).toBe('not-found')
  })

  it('is refused without a name, for the past, and to everybody but administrators', async () => {
    const house = await openHouse(await database.fresh())
    const bo = await give(house, 'Bo', 'bo@example.org', 'editor')
    const make = (actor: typeof bo, name: string, expiresAt: string | null) =>
      refusalOf(createToken({ ...house, actor }, { name, role: 'member', expiresAt }))
    expect((await make(house.ada, ' ', '2020-01-01T00:00:00Z')).fields).toHaveProperty('name')
    expect((await make(house.ada, 'x', '2020-01-01T00:00:00Z')).fields).toHaveProperty('expiresAt')
    expect((await make(bo, 'x', null)).refusal).toBe('not-found')
    expect((await refusalOf(listTokens({ ...house, actor: bo }))).refusal).toBe('not-found')
    expect((await refusalOf(revokeToken({ ...house, actor: bo }, { id: 'x' }))).refusal).toBe('not-found')
  })

  it('can be a given one, for demo data', async () => {
    const house = await openHouse(await database.fresh())
    const input = { name: 'Demo', role: 'administrator' as const, expiresAt: null }
    await createToken({ ...house, actor: house.ada }, input, { secret: 'candor-demo-admin' })
    expect((await house.whoIs({ token: 'candor-demo-admin' }))?.role).toBe('administrator')
  })
})

onBothDatabases('an account', database => {
  it('that is closed lets nobody in, neither by session, token nor password, until it is opened again', async () => {
    const house = await openHouse(await database.fresh())
    const bo = await give(house, 'Bo', 'bo@example.org', 'administrator')
    const cookie = await house.cookieOf('bo@example.org')
    const { secret } = await createToken({ ...house, actor: bo }, { name: 'x', role: 'member', expiresAt: null })
    await closeAccount({ ...house, actor: house.ada }, { personId: bo.personId })
    expect(await house.whoIs({ cookie })).toBeNull()
    expect(await house.whoIs({ token: secret })).toBeNull()
    expect((await refusalOf(house.cookieOf('bo@example.org'))).refusal).toBe('invalid')
    await reopenAccount({ ...house, actor: house.ada }, { personId: bo.personId })
    expect(await house.whoIs({ token: secret }), 'a token that was ended stays so').toBeNull()
    await house.cookieOf('bo@example.org')
  })

  it('of the last administrator is neither demoted nor closed, not even by two who demote each other', async () => {
    const house = await openHouse(await database.fresh())
    const demote = (personId: string) => changeRole({ ...house, actor: house.ada }, { personId, role: 'member' })
    expect((await refusalOf(demote(house.ada.personId))).refusal).toBe('conflict')
    expect(
      (await refusalOf(closeAccount({ ...house, actor: house.ada }, { personId: house.ada.personId }))).refusal,
    ).toBe('conflict')
    const bo = await give(house, 'Bo', 'bo@example.org', 'administrator')
    const both = await Promise.allSettled([demote(house.ada.personId), demote(bo.personId)])
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('gets another role from an administrator only', async () => {
    const house = await openHouse(await database.fresh())
    const bo = await give(house, 'Bo', 'bo@example.org', 'editor')
    const up = changeRole({ ...house, actor: bo }, { personId: bo.personId, role: 'administrator' })
    expect((await refusalOf(up)).refusal).toBe('not-found')
    await changeRole({ ...house, actor: house.ada }, { personId: bo.personId, role: 'administrator' })
    expect((await house.actorOf('bo@example.org')).role).toBe('administrator')
  })
})
