import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lesserRole, ROLES } from '#app/identity/actor.ts'
import { authenticate } from '#app/identity/auth.server.ts'
import { changePassword } from '#app/identity/change-password.server.ts'
import { deviceInWords } from '#app/identity/device.ts'
import { listSessions } from '#app/identity/list-sessions.server.ts'
import { revokeSession } from '#app/identity/revoke-session.server.ts'
import { signIn } from '#app/identity/sign-in.server.ts'
import { signOut, signOutEverywhere } from '#app/identity/sign-out.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { DAY, give, openHouse, PASSWORD, refusalOf } from './house.ts'

onBothDatabases('a session', database => {
  it('is opened by the right e-mail and password, whatever the case of the address', async () => {
    const house = await openHouse(await database.fresh())
    const setCookie = await signIn(house, {
      email: ' ADA@Example.org',
      password: PASSWORD,
      address: '::1',
      userAgent: '',
    })
    expect(setCookie).toMatch(/^candor_session=[a-z2-7]{40}; HttpOnly; Max-Age=2592000; Path=\/; SameSite=Lax; Secure$/)
    expect(await house.whoIs({ cookie: setCookie })).toMatchObject({
      name: 'Ada Okafor',
      role: 'administrator',
      via: 'session',
    })
  })

  it('has a cookie that is not Secure where the site is not', async () => {
    const house = await openHouse(await database.fresh())
    const input = { email: 'ada@example.org', password: PASSWORD, address: '::1', userAgent: '' }
    expect(await signIn({ ...house, origin: 'http://localhost:3000' }, input)).not.toContain('Secure')
    expect(await signIn({ ...house, origin: null }, input)).not.toContain('Secure')
  })

  it('is stored without anything that a thief of the database could send', async () => {
    const house = await openHouse(await database.fresh())
    const cookie = await house.cookieOf('ada@example.org')
    const id = cookie.split('=')[1] as string
    const rows = await house.db.selectFrom('sessions').selectAll().execute()
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(id)
    for (const row of rows) expect(await house.whoIs({ cookie: `candor_session=${row.id_hash}` })).toBeNull()
  })

  it('gives the same answer to an unknown address, a wrong password, no password yet and someone who left', async () => {
    const house = await openHouse(await database.fresh())
    const bo = await give(house, 'Bo', 'bo@example.org', 'member')
    await give(house, 'Cy', 'cy@example.org', 'member')
    await give(house, 'Di', 'di@example.org', 'member')
    await house.db.updateTable('accounts').set({ password_hash: null }).where('person_id', '=', bo.personId).execute()
    await house.db.updateTable('people').set({ left_on: '2026-03-10' }).where('email', '=', 'cy@example.org').execute()
    await house.db
      .updateTable('accounts')
      .set({ disabled_at: 'x' })
      .where('id', '=', await idOf(house.db, 'di@example.org'))
      .execute()
    const attempts: [string, string][] = [
      ['ada@example.org', 'wrong'],
      ['nobody@example.org', PASSWORD],
      ['not an address', PASSWORD],
      ['nul\0@example.org', PASSWORD],
      ['bo@example.org', ''],
      ['cy@example.org', PASSWORD],
      ['di@example.org', PASSWORD],
    ]
    const answers = await Promise.all(
      attempts.map(([email, password]) => refusalOf(signIn(house, { email, password, address: '::1', userAgent: '' }))),
    )
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ refusal: 'invalid' })
  })

  it('spends the work of a hash on unknown addresses too', async () => {
    const house = await openHouse(await database.fresh())
    const time = async (email: string) => {
      const start = performance.now()
      await refusalOf(signIn(house, { email, password: 'wrong password', address: '::1', userAgent: '' }))
      return performance.now() - start
    }
    await time('warm@example.org')
    const known = Math.min(await time('ada@example.org'), await time('ada@example.org'))
    const unknown = Math.min(await time('eve@example.org'), await time('eve@example.org'))
    expect(unknown).toBeGreaterThan(known / 4)
  })

  it('is prolonged once half of its 30 days have passed, and ends when nobody comes for 30 days', async () => {
    const house = await openHouse(await database.fresh())
    const cookie = await house.cookieOf('ada@example.org')
    const ask = () => authenticate(house, { cookie, authorization: null })
    house.clock.pass(14 * DAY)
    expect(await ask()).toMatchObject({ actor: { name: 'Ada Okafor' }, setCookie: null })
    house.clock.pass(2 * DAY)
    expect((await ask()).setCookie).toContain(`${cookie}; HttpOnly; Max-Age=2592000`)
    house.clock.pass(29 * DAY)
    expect((await ask()).actor).not.toBeNull()
    house.clock.pass(31 * DAY)
    expect(await ask()).toMatchObject({
      actor: null,
      setCookie: expect.stringContaining('candor_session=; HttpOnly; Max-Age=0'),
    })
    house.clock.pass(-31 * DAY)
    expect((await ask()).actor, 'an ended session does not come back').toBeNull()
  })

  it('lives exactly as long as the gaps between visits allow', async () => {
    const house = await openHouse(await database.fresh())
    const gaps = fc.array(
      fc.integer({ min: 1, max: 40 * 24 }).filter(hours => Math.abs(hours - 360) > 1 && Math.abs(hours - 720) > 1),
      { maxLength: 5 },
    )
    await fc.assert(
      fc.asyncProperty(gaps, async hours => {
        const cookie = await house.cookieOf('ada@example.org')
        let expires = house.clock.now() + 30 * DAY
        let alive = true
        for (const gap of hours) {
          house.clock.pass(gap * 60 * 60 * 1000)
          alive &&= house.clock.now() < expires
          expect((await house.whoIs({ cookie })) !== null).toBe(alive)
          if (alive && house.clock.now() >= expires - 15 * DAY) expires = house.clock.now() + 30 * DAY
        }
      }),
      { numRuns: 15 },
    )
  })

  it('is nobody for a damaged, foreign or missing cookie', async () => {
    const house = await openHouse(await database.fresh())
    const cookie = await house.cookieOf('ada@example.org')
    expect(await house.whoIs({ cookie: `other=%E0%A4%A; ${cookie}; more=1` })).not.toBeNull()
    for (const bad of [
      '',
      'candor_session',
      'candor_session=',
      'candor_session=%E0%A4%A',
      `x${cookie}`,
      `${cookie}a`,
      `${cookie}\0`,
    ])
      expect(await house.whoIs({ cookie: bad }), bad).toBeNull()
  })

  it('is not believed when an Authorization header comes along, for such requests skip the same-origin check', async () => {
    const house = await openHouse(await database.fresh())
    const cookie = await house.cookieOf('ada@example.org')
    for (const authorization of ['', 'Basic eDp5', 'Bearer nonsense', 'Bearer', 'Bearer a\0b'])
      expect((await authenticate(house, { cookie, authorization })).actor, authorization).toBeNull()
  })

  it('carries the person’s own time zone, else the organisation’s', async () => {
    const house = await openHouse(await database.fresh())
    expect(house.ada.timeZone).toBe('UTC')
    await house.db.insertInto('settings').values({ key: 'timeZone', value: '"Europe/Berlin"' }).execute()
    expect((await house.actorOf('ada@example.org')).timeZone).toBe('Europe/Berlin')
    await house.db.updateTable('people').set({ time_zone: 'Asia/Tokyo' }).execute()
    expect((await house.actorOf('ada@example.org')).timeZone).toBe('Asia/Tokyo')
  })

  it('is listed with its device, and its owner can end it', async () => {
    const house = await openHouse(await database.fresh())
    await house.db.deleteFrom('sessions').execute()
    const phone =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1 Version/17.4 Mobile/15E148 Safari/604.1'
    const input = { email: 'ada@example.org', password: PASSWORD, address: '::1' }
    const lost = await signIn(house, { ...input, userAgent: phone })
    house.clock.pass(1000)
    const here = await signIn(house, {
      ...input,
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
    })
    const sessions = await listSessions({ ...house, actor: house.ada }, { cookie: here })
    expect(sessions.map(one => [one.device, one.isCurrent])).toEqual([
      ['Firefox on Linux', true],
      ['Safari on an iPhone', false],
    ])
    await revokeSession({ ...house, actor: house.ada }, { id: sessions[1]?.id ?? '' })
    expect(await house.whoIs({ cookie: lost })).toBeNull()
    expect(await house.whoIs({ cookie: here })).not.toBeNull()
  })

  it('cannot be ended by anybody else', async () => {
    const house = await openHouse(await database.fresh())
    const bo = await give(house, 'Bo', 'bo@example.org', 'member')
    const [hers] = await listSessions({ ...house, actor: house.ada }, { cookie: null })
    const refused = await refusalOf(revokeSession({ ...house, actor: bo }, { id: hers?.id ?? '' }))
    expect(refused.refusal).toBe('not-found')
    expect(await listSessions({ ...house, actor: house.ada }, { cookie: null })).toContainEqual(hers)
  })

  it('ends when one signs out, here or everywhere', async () => {
    const house = await openHouse(await database.fresh())
    const [one, two, three] = [
      await house.cookieOf('ada@example.org'),
      await house.cookieOf('ada@example.org'),
      await house.cookieOf('ada@example.org'),
    ]
    expect(await signOut(house, { cookie: one })).toContain('Max-Age=0')
    expect(await house.whoIs({ cookie: one })).toBeNull()
    expect(await house.whoIs({ cookie: two })).not.toBeNull()
    await signOutEverywhere({ ...house, actor: house.ada })
    expect(await house.whoIs({ cookie: two })).toBeNull()
    expect(await house.whoIs({ cookie: three })).toBeNull()
  })

  it('survives its owner’s change of password, and no other does', async () => {
    const house = await openHouse(await database.fresh())
    const [here, elsewhere] = [await house.cookieOf('ada@example.org'), await house.cookieOf('ada@example.org')]
    const change = (current: string, password: string) =>
      changePassword({ ...house, actor: house.ada }, { current, password, cookie: here, address: '::1' })
    expect((await refusalOf(change('wrong', 'another quiet harbour'))).fields).toHaveProperty('currentPassword')
    expect((await refusalOf(change(PASSWORD, 'short'))).fields).toHaveProperty('password')
    expect((await refusalOf(change(PASSWORD, 'ADA@example.org'))).fields).toHaveProperty('password')
    await change(PASSWORD, 'another quiet harbour')
    expect(await house.whoIs({ cookie: here })).not.toBeNull()
    expect(await house.whoIs({ cookie: elsewhere })).toBeNull()
    await house.cookieOf('ada@example.org', 'another quiet harbour')
    expect((await refusalOf(house.cookieOf('ada@example.org'))).refusal).toBe('invalid')
  })
})

async function idOf(db: Awaited<ReturnType<typeof openHouse>>['db'], email: string): Promise<string> {
  const row = await db
    .selectFrom('accounts')
    .innerJoin('people', 'people.id', 'accounts.person_id')
    .where('people.email', '=', email)
    .select('accounts.id')
    .executeTakeFirstOrThrow()
  return row.id
}

describe('the lesser of two roles', () => {
  it('grants nothing that either does not', () => {
    expect(lesserRole('facilitator', 'editor')).toBe('member')
    expect(lesserRole('administrator', 'editor')).toBe('editor')
    for (const one of ROLES) {
      expect(lesserRole(one, one)).toBe(one)
      for (const other of ROLES) expect(lesserRole(one, other)).toBe(lesserRole(other, one))
      expect(lesserRole(one, 'member')).toBe('member')
    }
  })
})

describe('a device', () => {
  it('is named in plain words', () => {
    const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0'
    expect(deviceInWords(edge)).toBe('Edge on Windows')
    expect(deviceInWords('Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36')).toBe(
      'Chrome on Android',
    )
    expect(deviceInWords('curl/8.5.0')).toBe('curl')
    expect(deviceInWords('')).toBe('An unknown device')
  })
})
