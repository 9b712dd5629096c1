import { expect, it } from 'vitest'
import { acceptLink, readLink } from '#app/identity/accept-link.server.ts'
import { authenticate } from '#app/identity/auth.server.ts'
import { createAccount } from '#app/identity/create-account.server.ts'
import {
  createFirstAdministrator,
  createSetUpCode,
  hasAccounts,
} from '#app/identity/create-first-administrator.server.ts'
import { invitePerson } from '#app/identity/invite-person.server.ts'
import { requestPasswordReset } from '#app/identity/request-password-reset.server.ts'
import { savePerson } from '#app/identity/save-person.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { createThrottle } from '#app/identity/throttle.server.ts'
import { createMailer } from '#app/platform/mail.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { aPerson, DAY, give, type House, ORIGIN, openHouse, PASSWORD, refusalOf, secretIn } from './house.ts'
import { startMailServer } from './mail-server.ts'

const NEW_PASSWORD = 'seven slow rivers'
const MINUTE = 60_000

async function reset(house: House, email: string): Promise<string> {
  const before = house.mails.length
  await (await requestPasswordReset(house, { email, address: '::1' })).sent
  return house.mails.length > before ? secretIn(house.mails.at(-1)) : ''
}

function follow(house: House, kind: 'invitation' | 'reset', secret: string, password = NEW_PASSWORD): Promise<string> {
  return acceptLink(house, { kind, secret, password, userAgent: '' })
}

onBothDatabases('a reset link', database => {
  it('sets a new password once, signs in, and ends every session there was', async () => {
    const house = await openHouse(await database.fresh())
    const before = await house.cookieOf('ada@example.org')
    const secret = await reset(house, 'Ada@Example.org')
    expect(house.mails.at(-1)?.text).toContain(`${ORIGIN}/reset/${secret}`)
    expect(await readLink(house, { kind: 'reset', secret })).toMatchObject({ email: 'ada@example.org' })
    const cookie = await follow(house, 'reset', secret)
    expect(await house.whoIs({ cookie })).toMatchObject({ email: 'ada@example.org' })
    expect(await house.whoIs({ cookie: before })).toBeNull()
    expect((await refusalOf(house.cookieOf('ada@example.org'))).refusal).toBe('invalid')
    await house.cookieOf('ada@example.org', NEW_PASSWORD)
    expect((await refusalOf(follow(house, 'reset', secret))).refusal).toBe('gone')
  })

  it('is worth nothing after an hour, after a newer one, or as another kind of link', async () => {
    const house = await openHouse(await database.fresh())
    const older = await reset(house, 'ada@example.org')
    const newer = await reset(house, 'ada@example.org')
    expect((await refusalOf(readLink(house, { kind: 'reset', secret: older }))).refusal).toBe('gone')
    expect((await refusalOf(readLink(house, { kind: 'invitation', secret: newer }))).refusal).toBe('gone')
    expect((await refusalOf(readLink(house, { kind: 'reset', secret: 'made up\0' }))).refusal).toBe('gone')
    house.clock.pass(59 * MINUTE)
    await readLink(house, { kind: 'reset', secret: newer })
    house.clock.pass(MINUTE)
    expect((await refusalOf(follow(house, 'reset', newer))).refusal).toBe('gone')
  })

  it('works for one of two who follow it at the same moment', async () => {
    const house = await openHouse(await database.fresh())
    const secret = await reset(house, 'ada@example.org')
    const both = await Promise.allSettled([follow(house, 'reset', secret), follow(house, 'reset', secret)])
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is stored only as a hash', async () => {
    const house = await openHouse(await database.fresh())
    const secret = await reset(house, 'ada@example.org')
    const rows = await house.db.selectFrom('account_links').selectAll().execute()
    expect(rows.length).toBe(1)
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  it('answers the same for known and unknown addresses, and mails only the known', async () => {
    const house = await openHouse(await database.fresh())
    const ask = async (email: string) => Object.keys(await requestPasswordReset(house, { email, address: '::1' }))
    expect(await ask('eve@example.org')).toEqual(await ask('ada@example.org'))
    expect(await reset(house, 'no address')).toBe('')
    expect(await reset(house, 'nul\0@example.org')).toBe('')
    expect(house.mails.every(mail => mail.to === 'ada@example.org')).toBe(true)
  })

  it('can be asked for only so often, known or not', async () => {
    const house = await openHouse(await database.fresh())
    house.throttle = createThrottle({ perEmail: 3, perAddress: 20, seconds: 3600 })
    for (const email of ['ada@example.org', 'eve@example.org']) {
      for (let n = 0; n < 3; n++) await reset(house, email)
      expect((await refusalOf(reset(house, email))).refusal, email).toBe('too-many')
    }
  })

  it('refuses passwords that are short, one’s own address or in everybody’s list', async () => {
    const house = await openHouse(await database.fresh())
    const secret = await reset(house, 'ada@example.org')
    const weak = [
      '',
      'short',
      '123456789',
      'ada@example.org',
      'Password123!',
      'qwertyuiop',
      'aaaaaaaaaaaa',
      '1234567890',
      'letmeinletmein',
    ]
    for (const password of weak)
      expect((await refusalOf(follow(house, 'reset', secret, password))).fields, password).toHaveProperty('password')
    await follow(house, 'reset', secret, 'ångström på kvällen')
    await house.cookieOf('ada@example.org', 'ångström på kvällen'.normalize('NFD'))
  })

  it('is not for people who left, and dies with a change of address', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const bo = await give(house, 'Bo', 'bo@example.org', 'member')
    const secret = await reset(house, 'bo@example.org')
    await savePerson(context, { id: bo.personId, ...aPerson('Bo', 'bo.new@example.org') })
    expect((await refusalOf(readLink(house, { kind: 'reset', secret }))).refusal).toBe('gone')
    const newer = await reset(house, 'bo.new@example.org')
    await savePerson(context, { id: bo.personId, ...aPerson('Bo', 'bo.new@example.org', { leftOn: '2026-03-12' }) })
    await readLink(house, { kind: 'reset', secret: newer })
    house.clock.pass(2 * DAY)
    expect((await refusalOf(readLink(house, { kind: 'reset', secret: newer }))).refusal).toBe('gone')
    expect(await reset(house, 'bo.new@example.org')).toBe('')
  })
})

onBothDatabases('an invitation', database => {
  it('travels by a real mail server, and its link opens the account', async () => {
    const house = await openHouse(await database.fresh())
    const server = await startMailServer()
    const mailer = createMailer({ smtpUrl: server.url, folder: '', from: 'Candor <candor@example.org>' })
    const context = { ...house, mailer, actor: house.ada }
    const personId = await savePerson(context, { id: null, ...aPerson('Zoë Brontë', 'zoe@example.org') })
    expect(await invitePerson(context, { personId, role: 'editor' })).toEqual({ mailed: true })
    const [mail] = server.mails
    await server.stop()
    expect(mail).toMatchObject({ to: ['zoe@example.org'], from: 'candor@example.org' })
    expect(mail?.text).toContain('Hello Zoë Brontë')
    const secret = secretIn({ to: '', subject: '', text: mail?.text ?? '' })
    expect((await refusalOf(house.cookieOf('zoe@example.org', ''))).refusal).toBe('invalid')
    const cookie = await follow(house, 'invitation', secret)
    expect(await house.whoIs({ cookie })).toMatchObject({ name: 'Zoë Brontë', role: 'editor' })
  })

  it('can be sent again, with another role, until it is accepted', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const personId = await savePerson(context, { id: null, ...aPerson('Bo', 'bo@example.org') })
    await invitePerson(context, { personId, role: 'administrator' })
    const older = secretIn(house.mails.at(-1))
    await invitePerson(context, { personId, role: 'member' })
    expect((await refusalOf(follow(house, 'invitation', older))).refusal).toBe('gone')
    const cookie = await follow(house, 'invitation', secretIn(house.mails.at(-1)))
    expect((await house.whoIs({ cookie }))?.role).toBe('member')
    expect((await refusalOf(invitePerson(context, { personId, role: 'member' }))).refusal).toBe('conflict')
  })

  it('that came too late is made good by asking for a new password', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const personId = await savePerson(context, { id: null, ...aPerson('Bo', 'bo@example.org') })
    await invitePerson(context, { personId, role: 'member' })
    house.clock.pass(2 * DAY)
    expect(
      await house.whoIs({ cookie: await follow(house, 'reset', await reset(house, 'bo@example.org')) }),
    ).not.toBeNull()
  })

  it('stands when the mail server refuses it, and says so', async () => {
    const house = await openHouse(await database.fresh())
    const mailer = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', folder: '', from: 'candor@example.org' })
    const context = { ...house, mailer, actor: house.ada }
    const personId = await savePerson(context, { id: null, ...aPerson('Bo', 'bo@example.org') })
    expect(await invitePerson(context, { personId, role: 'member' })).toEqual({ mailed: false })
  })

  it('is an administrator’s to send, and not to people who left', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const bo = await give(house, 'Bo', 'bo@example.org', 'editor')
    const personId = await savePerson(context, {
      id: null,
      ...aPerson('Cy', 'cy@example.org', { leftOn: '2026-03-09' }),
    })
    expect((await refusalOf(invitePerson({ ...context, actor: bo }, { personId, role: 'member' }))).refusal).toBe(
      'not-found',
    )
    expect((await refusalOf(invitePerson(context, { personId, role: 'member' }))).refusal).toBe('conflict')
  })
})

onBothDatabases('the first account', database => {
  const setUp = {
    organisationName: 'Acme',
    timeZone: 'europe/berlin',
    name: 'Ada Okafor',
    email: 'Ada@Example.org',
    password: PASSWORD,
    userAgent: '',
  }

  it('is made with the code of the console, in any writing, and only once', async () => {
    const house = await openHouse(await database.fresh())
    const empty = await database.fresh()
    const code = await createSetUpCode(empty)
    expect(code).toMatch(/^([A-HJKMNP-TV-Z2-9]{4}-){3}[A-HJKMNP-TV-Z2-9]{4}$/)
    const context = { ...house, db: empty, setUpCode: code }
    expect(
      (await refusalOf(createFirstAdministrator(context, { ...setUp, code: 'AAAA-AAAA-AAAA-AAAA' }))).fields,
    ).toHaveProperty('code')
    expect(
      (await refusalOf(createFirstAdministrator({ ...context, setUpCode: null }, { ...setUp, code: '' }))).fields,
    ).toHaveProperty('code')
    expect(await hasAccounts(empty)).toBe(false)
    const cookie = await createFirstAdministrator(context, {
      ...setUp,
      code: (code ?? '').toLowerCase().replaceAll('-', ' '),
    })
    const actor = await whoIsAt(house, empty, cookie)
    expect(actor).toMatchObject({
      name: 'Ada Okafor',
      email: 'ada@example.org',
      role: 'administrator',
      timeZone: 'Europe/Berlin',
    })
    expect(await readSettings(empty)).toMatchObject({ organisationName: 'Acme', timeZone: 'Europe/Berlin' })
    expect((await refusalOf(createFirstAdministrator(context, { ...setUp, code: code ?? '' }))).refusal).toBe(
      'not-found',
    )
    expect(await createSetUpCode(empty)).toBeNull()
  })

  it('is made by one of two who try together', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, db: await database.fresh(), setUpCode: 'CODE' }
    const two = [setUp, { ...setUp, email: 'bo@example.org' }].map(one =>
      createFirstAdministrator(context, { ...one, code: 'code' }),
    )
    expect((await Promise.allSettled(two)).map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await context.db.selectFrom('accounts').selectAll().execute()).length).toBe(1)
  })

  it('can also be made at the terminal, under the same rule for passwords', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const input = { name: 'Bo', email: 'bo@example.org', role: 'editor' as const }
    expect((await refusalOf(createAccount(context, { ...input, password: 'short' }))).fields).toHaveProperty('password')
    await createAccount(context, { ...input, password: PASSWORD })
    expect((await house.actorOf('bo@example.org')).role).toBe('editor')
    expect((await refusalOf(createAccount(context, { ...input, password: PASSWORD }))).refusal).toBe('conflict')
  })
})

async function whoIsAt(house: House, db: House['db'], cookie: string) {
  return (await authenticate({ ...house, db }, { cookie, authorization: null })).actor
}
