import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as mePage from '#app/home/routes/me.tsx'
import type { Role } from '#app/identity/actor.ts'
import { linkOrigin } from '#app/identity/link-origin.ts'
import * as admin from '#app/identity/routes/admin.tsx'
import * as people from '#app/identity/routes/api/people.ts'
import * as person from '#app/identity/routes/api/person.ts'
import * as team from '#app/identity/routes/api/team.ts'
import * as teams from '#app/identity/routes/api/teams.ts'
import * as auditPage from '#app/identity/routes/audit.tsx'
import * as closePage from '#app/identity/routes/close-account.tsx'
import * as editPage from '#app/identity/routes/edit-person.tsx'
import * as forgotten from '#app/identity/routes/forgotten.tsx'
import * as importPage from '#app/identity/routes/import-people.tsx'
import * as invitation from '#app/identity/routes/invitation.tsx'
import * as newPage from '#app/identity/routes/new-person.tsx'
import * as peoplePage from '#app/identity/routes/people.tsx'
import * as personPage from '#app/identity/routes/person.tsx'
import * as reset from '#app/identity/routes/reset.tsx'
import * as revokePage from '#app/identity/routes/revoke-token.tsx'
import * as setUp from '#app/identity/routes/set-up.tsx'
import * as settingsPage from '#app/identity/routes/settings.tsx'
import * as signInPage from '#app/identity/routes/sign-in.tsx'
import * as signOutPage from '#app/identity/routes/sign-out.ts'
import * as teamPage from '#app/identity/routes/team.tsx'
import * as teamsPage from '#app/identity/routes/teams.tsx'
import * as tokensPage from '#app/identity/routes/tokens.tsx'
import { savePerson } from '#app/identity/save-person.server.ts'
import { saveTeam } from '#app/identity/save-team.server.ts'
import { wayBack } from '#app/identity/way-back.ts'
import { startOfDay } from '#app/measure/period.ts'
import { dayIn } from '#app/platform/clock.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { aPerson, give, openHouse, PASSWORD, secretIn } from './house.ts'
import { ask, type Handler } from './pages.ts'

interface Page {
  loader?: Handler
  action?: Handler
}

const EVERYBODY: Page[] = [mePage, peoplePage, personPage, teamsPage]
const ADMINISTRATORS: Page[] = [
  admin,
  auditPage,
  closePage,
  editPage,
  importPage,
  newPage,
  revokePage,
  settingsPage,
  teamPage,
  tokensPage,
]

onBothDatabases('the pages of this room', database => {
  it('are for those whom product.md names, and 404 for everybody else', async () => {
    const house = await openHouse(await database.fresh())
    const params = { id: house.ada.personId, slug: 'platform' }
    await saveTeam({ ...house, actor: house.ada }, { slug: null, name: 'Platform', parent: null })
    for (const role of ['member', 'facilitator', 'editor', 'administrator'] as Role[]) {
      const actor = role === 'administrator' ? house.ada : await give(house, role, `${role}@example.org`, role)
      for (const page of EVERYBODY)
        expect((await ask(house, page.loader, '/x', { actor, params })).status, role).toBe(200)
      for (const page of ADMINISTRATORS) {
        const { status } = await ask(house, page.loader, '/x', { actor, params })
        // There is no token of that id, for anybody.
        expect(status, role).toBe(role === 'administrator' && page !== revokePage ? 200 : 404)
        if (page.action && role !== 'administrator')
          expect((await ask(house, page.action, '/x', { actor, params, form: { intent: 'x' } })).status).toBe(404)
      }
      if (role !== 'administrator')
        for (const page of [personPage, teamsPage])
          expect((await ask(house, page.action, '/x', { actor, params, form: { intent: 'role' } })).status).toBe(404)
    }
  })

  it('send visitors to sign in and back', async () => {
    const house = await openHouse(await database.fresh())
    const { status, headers } = await ask(house, peoplePage.loader, '/people?team=data&q=a')
    expect([status, headers.get('location')]).toEqual([302, '/sign-in?to=%2Fpeople%3Fteam%3Ddata%26q%3Da'])
    expect((await ask(house, tokensPage.action, '/admin/tokens', { form: { name: 'x' } })).status).toBe(302)
  })

  it('let people in by the form, and out again', async () => {
    const house = await openHouse(await database.fresh())
    const form = { email: 'ada@example.org', password: PASSWORD, to: '/people?q=a' }
    const entered = await ask(house, signInPage.action, '/sign-in', { form })
    expect([entered.status, entered.headers.get('location')]).toEqual([302, '/people?q=a'])
    const cookie = entered.headers.get('set-cookie') ?? ''
    expect(await house.whoIs({ cookie })).not.toBeNull()
    const left = await ask(house, signOutPage.action, '/sign-out', { cookie, form: {} })
    expect(left.headers.get('set-cookie')).toContain('Max-Age=0')
    expect(await house.whoIs({ cookie })).toBeNull()
  })

  it('give a refused form back with what was typed, passwords apart', async () => {
    const house = await openHouse(await database.fresh())
    const form = { email: 'ada@example.org', password: 'wrong wrong', to: '//evil.example' }
    const refused = await ask(house, signInPage.action, '/sign-in', { form })
    expect(refused.status).toBe(400)
    expect(refused.data).toMatchObject({ ok: false, values: { email: ['ada@example.org'] } })
    expect(JSON.stringify(refused.data)).not.toContain('wrong wrong')
    const person = { name: 'Bo', email: 'nonsense', 'leaves.0.startsOn': '2026-02-30', 'leaves.0.endsOn': '' }
    const kept = await ask(house, newPage.action, '/people/new', { actor: house.ada, form: person })
    expect(kept.data).toMatchObject({
      errors: [{ path: 'email' }, { path: 'leaves.0.startsOn' }],
      values: { name: ['Bo'], 'leaves.0.startsOn': ['2026-02-30'] },
    })
  })

  it('set the place up once', async () => {
    const house = await openHouse(await database.fresh())
    const db = await database.fresh()
    expect((await ask(house, setUp.loader, '/set-up')).status).toBe(404)
    expect((await ask(house, signInPage.loader, '/sign-in', { site: { db } })).headers.get('location')).toBe('/set-up')
    expect((await ask(house, setUp.loader, '/set-up', { site: { db } })).status).toBe(200)
    const form = {
      code: 'abc',
      organisationName: 'Acme',
      timeZone: 'UTC',
      name: 'Ada',
      email: 'a@b.org',
      password: PASSWORD,
    }
    const done = await ask(house, setUp.action, '/set-up', { site: { db, setUpCode: 'ABC' }, form })
    expect([done.status, done.headers.get('location')]).toEqual([302, '/admin'])
    expect((await ask(house, setUp.action, '/set-up', { site: { db, setUpCode: 'ABC' }, form })).status).toBe(404)
  })

  it('follow a link from a mail to a password, and say so when it is worth nothing', async () => {
    const house = await openHouse(await database.fresh())
    const sent = await ask(house, forgotten.action, '/forgotten', { form: { email: 'ada@example.org' } })
    const unknown = await ask(house, forgotten.action, '/forgotten', { form: { email: 'eve@example.org' } })
    expect(unknown).toEqual(sent)
    await expect.poll(() => house.mails.length).toBe(1)
    const params = { secret: secretIn(house.mails[0]) }
    expect((await ask(house, reset.loader, '/reset/x', { params })).data).toEqual({
      of: { name: 'Ada Okafor', email: 'ada@example.org' },
    })
    const done = await ask(house, reset.action, '/reset/x', { params, form: { password: 'seven slow rivers' } })
    expect(done.headers.get('set-cookie')).toContain('candor_session=')
    for (const page of [reset, invitation]) {
      expect(await ask(house, page.loader, '/x', { params })).toMatchObject({ status: 410, data: { of: null } })
      expect((await ask(house, page.action, '/x', { params, form: { password: 'seven slow rivers' } })).status).toBe(
        410,
      )
    }
  })

  it('invite, change roles, close and reopen from a person’s page', async () => {
    const house = await openHouse(await database.fresh())
    const id = await savePerson({ ...house, actor: house.ada }, { id: null, ...aPerson('Bo', 'bo@example.org') })
    const act = async (page: Page, form: Record<string, string>) =>
      (await ask(house, page.action, `/people/${id}`, { actor: house.ada, params: { id }, form })).headers.get(
        'location',
      )
    expect(await act(personPage, { intent: 'invite', role: 'member' })).toContain('saved=invited')
    const params = { secret: secretIn(house.mails.at(-1)) }
    await ask(house, invitation.action, '/x', { params, form: { password: PASSWORD } })
    expect(await act(personPage, { intent: 'role', role: 'editor' })).toContain('saved=role')
    expect((await house.actorOf('bo@example.org')).role).toBe('editor')
    expect(await act(closePage, {})).toContain('saved=closed')
    expect(await act(personPage, { intent: 'reopen' })).toContain('saved=reopened')
    const nonsense = await ask(house, personPage.action, '/x', {
      actor: house.ada,
      params: { id },
      form: { intent: 'role', role: 'king' },
    })
    expect(nonsense.status).toBe(400)
  })

  it('try an import first, and carry the same file over to the real one', async () => {
    const house = await openHouse(await database.fresh())
    const bytes = readFileSync(new URL('./samples/bom-semicolon-crlf.csv', import.meta.url))
    const tried = await ask(house, importPage.action, '/people/import', {
      actor: house.ada,
      form: { file: new File([bytes], 'staff.csv') },
    })
    expect(tried.data).toMatchObject({ step: 'preview', fileName: 'staff.csv', report: { created: 4 } })
    const { text } = tried.data as { text: string }
    const form = { intent: 'import', fileName: 'staff.csv', text: text.replace(/\n/g, '\r\n') }
    const done = await ask(house, importPage.action, '/people/import', { actor: house.ada, form })
    expect(done.data).toMatchObject({ step: 'done', report: { created: 4, errors: [] } })
    const again = await ask(house, importPage.action, '/people/import', { actor: house.ada, form })
    expect(again.data).toMatchObject({ report: { created: 0, unchanged: 4 } })
    const zip = new File([new Uint8Array([0x50, 0x4b, 3, 4])], 'x.csv')
    expect((await ask(house, importPage.action, '/x', { actor: house.ada, form: { file: zip } })).data).toMatchObject({
      errors: [{ path: 'file' }],
    })
  })

  it('show a token once, and ask before a threshold is raised for good', async () => {
    const house = await openHouse(await database.fresh())
    const made = await ask(house, tokensPage.action, '/x', {
      actor: house.ada,
      form: { name: 'x', role: 'member', expires: '30' },
    })
    expect(made.data).toMatchObject({ ok: true, secret: expect.stringMatching(/^cnd_/) })
    const shown = await ask(house, tokensPage.loader, '/x', { actor: house.ada })
    expect(JSON.stringify(shown.data)).not.toContain((made.data as { secret: string }).secret)
    const form = {
      organisationName: 'Acme',
      timeZone: 'UTC',
      currency: 'EUR',
      hourlyDowntimeCost: '1',
      participationTarget: '65',
      onTimeTarget: '95',
      protectedCapacity: '20',
      disclosureThreshold: '6',
    }
    const save = (more: Record<string, string>) =>
      ask(house, settingsPage.action, '/x', { actor: house.ada, form: { ...form, ...more } })
    expect((await save({})).data).toMatchObject({ errors: [{ path: 'knowsThreshold' }] })
    expect((await save({ knowsThreshold: 'yes' })).status).toBe(302)
    expect((await save({ hourlyDowntimeCost: '' })).data).toMatchObject({ errors: [{ path: 'hourlyDowntimeCost' }] })
  })

  it('answer nonsense in the address with a page, not an error', async () => {
    const house = await openHouse(await database.fresh())
    for (const search of [
      '?page=-1',
      '?page=1e9',
      '?q=%00',
      '?team=%00',
      '?who=x',
      '?act=%00&from=2026-02-30&to=x',
      '?from=0001-01-01&to=9999-12-31',
    ])
      for (const page of [peoplePage, auditPage])
        expect((await ask(house, page.loader, `/x${search}`, { actor: house.ada })).status, search).toBe(200)
    for (const id of ['nobody', 'nul\0', '../..'])
      for (const page of [personPage, editPage, closePage, revokePage])
        expect((await ask(house, page.loader, '/x', { actor: house.ada, params: { id } })).status, id).toBe(404)
  })
})

onBothDatabases('the API on people and teams', database => {
  it('gives pages that go on where the last one ended', async () => {
    const house = await openHouse(await database.fresh())
    for (const name of ['Bo', 'Cy', 'Di'])
      await savePerson({ ...house, actor: house.ada }, { id: null, ...aPerson(name, `${name}@example.org`) })
    const get = (query: string) => ask(house, people.loader, `/api/v1/people${query}`, { actor: house.ada })
    const first = (await get('?limit=3')).data
    expect(first).toMatchObject({
      total: 4,
      items: [{ name: 'Ada Okafor', email: 'ada@example.org', account: 'open' }, { name: 'Bo' }, { name: 'Cy' }],
    })
    const second = (await get(`?limit=3&cursor=${first.nextCursor}`)).data
    expect(second).toMatchObject({ total: 4, items: [{ name: 'Di' }], nextCursor: null })
    for (const wrong of ['?nonsense=1', '?limit=0', '?limit=201', '?limit=x', '?cursor=x', '?state=gone'])
      expect(await get(wrong), wrong).toMatchObject({ status: 400, data: { status: 400, errors: [expect.anything()] } })
    expect((await get('?q=ADA&isEngineer=false')).data).toMatchObject({ total: 1 })
  })

  it('tells members no more than name, team and role', async () => {
    const house = await openHouse(await database.fresh())
    const bo = await give(house, 'Bo', 'bo@example.org', 'member')
    const { data } = await ask(house, people.loader, '/api/v1/people', { actor: bo })
    for (const item of data.items) expect(Object.keys(item)).toEqual(['id', 'name', 'team', 'role'])
    const one = await ask(house, person.loader, '/x', { actor: bo, params: { id: house.ada.personId } })
    expect(Object.keys(one.data)).toEqual(['id', 'name', 'team', 'role'])
    expect((await ask(house, people.action, '/x', { actor: bo, json: { name: 'X', email: 'x@y.org' } })).status).toBe(
      404,
    )
    expect(await ask(house, people.loader, '/x')).toMatchObject({ status: 401 })
  })

  it('adds people and teams, and changes only what is given', async () => {
    const house = await openHouse(await database.fresh())
    const actor = house.ada
    const created = await ask(house, teams.action, '/x', { actor, json: { name: 'Platform' } })
    expect(created).toMatchObject({
      status: 201,
      data: { slug: 'platform', name: 'Platform', parent: null, people: 0 },
    })
    await ask(house, teams.action, '/x', { actor, json: { name: 'Edge', parent: 'platform' } })
    const renamed = await ask(house, team.action, '/x', {
      actor,
      params: { slug: 'edge' },
      method: 'PATCH',
      json: { name: 'The edge' },
    })
    expect(renamed.data).toEqual({ slug: 'edge', name: 'The edge', parent: 'platform', people: 0 })
    expect((await ask(house, teams.loader, '/x', { actor })).data).toMatchObject({
      total: 2,
      items: [{ slug: 'platform' }, { slug: 'edge' }],
    })
    expect((await ask(house, team.loader, '/x', { actor, params: { slug: 'nowhere' } })).status).toBe(404)

    const body = {
      name: 'Bo',
      email: 'BO@example.org',
      team: 'edge',
      managerEmail: 'ada@example.org',
      startedOn: '2024-01-01',
      leaves: [{ startsOn: '2025-01-01', endsOn: null }],
    }
    const bo = await ask(house, people.action, '/x', { actor, json: body })
    expect(bo).toMatchObject({
      status: 201,
      data: { ...body, email: 'bo@example.org', team: { slug: 'edge' }, role: null, isEngineer: false },
    })
    const params = { id: bo.data.id }
    const patched = await ask(house, person.action, '/x', {
      actor,
      params,
      method: 'PATCH',
      json: { isEngineer: true, team: null },
    })
    expect(patched.data).toMatchObject({
      name: 'Bo',
      isEngineer: true,
      team: null,
      managerEmail: 'ada@example.org',
      leaves: body.leaves,
    })
    for (const wrong of [
      { salary: 5 },
      { email: 'x' },
      { team: 'nowhere' },
      { startedOn: 'soon' },
      { managerEmail: 'bo@example.org' },
      { name: null },
    ]) {
      const refused = await ask(house, person.action, '/x', { actor, params, method: 'PATCH', json: wrong })
      expect(refused.status, JSON.stringify(wrong)).toBe(400)
    }
    expect(
      (await ask(house, person.action, '/x', { actor, params: { id: 'nobody' }, method: 'PATCH', json: {} })).status,
    ).toBe(404)
  })
})

describe('the way back after signing in', () => {
  it('stays on this site', () => {
    expect(wayBack('/people?q=a#x')).toBe('/people?q=a#x')
    for (const bad of [
      null,
      '',
      'people',
      '//evil.org',
      '/\\evil.org',
      'https://evil.org',
      '/\t/evil.org',
      '/sign-out',
      '/sign-in?to=/',
      'javascript:alert(1)',
      '/..//evil.org',
    ])
      expect(wayBack(bad), String(bad)).not.toMatch(/evil|javascript|sign-|^people/)
  })
})

describe('the address of a mailed link', () => {
  it('is never one that a stranger chose', () => {
    expect(linkOrigin('https://candor.example.org', new URL('https://evil.org/forgotten'))).toBe(
      'https://candor.example.org',
    )
    expect(linkOrigin(null, new URL('https://evil.org/forgotten'))).toBeNull()
    expect(linkOrigin(null, new URL('http://localhost:3000/forgotten'))).toBe('http://localhost:3000')
  })
})

describe('the beginning of a day', () => {
  it('is where the calendar turns, summer time or not', () => {
    for (const zone of [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Pacific/Apia',
      'Africa/Cairo',
      'America/Santiago',
      'Asia/Kathmandu',
    ])
      for (const day of ['2026-01-01', '2026-03-29', '2026-04-24', '2026-09-06', '2026-10-25', '2011-12-29']) {
        const start = Date.parse(startOfDay(day, zone))
        expect(dayIn(zone, start), `${zone} ${day}`).toBe(day)
        expect(dayIn(zone, start - 1) < day, `${zone} ${day}`).toBe(true)
      }
    expect(startOfDay('2026-07-01', 'Europe/Berlin')).toBe('2026-06-30T22:00:00.000Z')
  })
})
