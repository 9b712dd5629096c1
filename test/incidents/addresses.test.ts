/** The room's addresses, asked as the server asks them: request in, response out. */
import { pino } from 'pino'
import { expect, it } from 'vitest'
import type { Site } from '#app/http/site.ts'
import type { Actor } from '#app/identity/actor.ts'
import * as api from '#app/incidents/api.ts'
import { getIncidentRecordOperation } from '#app/incidents/record-api.ts'
import * as incident from '#app/incidents/routes/api/incident.ts'
import * as incidents from '#app/incidents/routes/api/incidents.ts'
import * as nearMisses from '#app/incidents/routes/api/near-misses.ts'
import * as record from '#app/incidents/routes/api/record.ts'
import * as service from '#app/incidents/routes/api/service.ts'
import * as services from '#app/incidents/routes/api/services.ts'
import * as updates from '#app/incidents/routes/api/updates.ts'
import * as page from '#app/incidents/routes/services.tsx'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { actorOf, addPerson, addTeam, clock, importRows } from './room.ts'

const administrator = actorOf('administrator')
const member = actorOf('member')

function contextOf(db: Db, actor: Actor | null) {
  const site: Site = {
    db,
    clock,
    log: pino({ level: 'silent' }),
    mailer: { isReal: false, send: async () => undefined } as unknown as Site['mailer'],
    origin: null,
    dataDir: '/nowhere',
    setUpCode: null,
    isDemo: false,
  }
  return { site, actor, address: '127.0.0.1', nonce: '' }
}

/** Asks one of the API's addresses. */
function asking(db: Db) {
  return async (actor: Actor | null, method: string, path: string, body?: unknown) => {
    const url = new URL(path, 'http://localhost/api/v1/')
    const [, , , kind, name, part] = url.pathname.split('/')
    const incidentPart = part === 'record' ? record : part === 'updates' ? updates : incident
    const module =
      kind === 'near-misses'
        ? nearMisses
        : kind === 'services'
          ? name
            ? service
            : services
          : name
            ? incidentPart
            : incidents
    const request = new Request(url, { method, body: body === undefined ? undefined : JSON.stringify(body) })
    const params = name ? { [kind === 'services' ? 'slug' : 'key']: decodeURIComponent(name) } : {}
    const run = method === 'GET' ? module.loader : module.action
    const response = await run({ request, params, context: contextOf(db, actor) })
    return { status: response.status, type: response.headers.get('content-type'), json: await response.json() }
  }
}

onBothDatabases('the API of services', database => {
  it('is read by members and written by administrators; others cannot tell that it is there', async () => {
    const db = await database.fresh()
    const ask = asking(db)
    await addTeam(db, 'payments', 'Payments')
    expect(await ask(null, 'GET', 'services')).toMatchObject({ status: 401, type: 'application/problem+json' })
    for (const role of ['member', 'facilitator', 'editor'] as const) {
      expect(await ask(actorOf(role), 'POST', 'services', { name: 'x' })).toMatchObject({ status: 404 })
      expect(await ask(actorOf(role), 'PATCH', 'services/x', { name: 'y' })).toMatchObject({ status: 404 })
    }
    const made = await ask(administrator, 'POST', 'services', { name: ' Payments   API ', team: 'payments' })
    const resource = { slug: 'payments-api', name: 'Payments API', team: { slug: 'payments', name: 'Payments' } }
    expect(made).toMatchObject({ status: 201, json: resource })
    expect(api.serviceResource.parse(made.json)).toEqual(made.json)
    expect((await ask(member, 'GET', 'services')).json).toEqual({ items: [resource], total: 1, nextCursor: null })
    expect((await ask(member, 'GET', 'services/payments-api')).json).toEqual(resource)
    expect(await ask(member, 'GET', 'services/none%00such')).toMatchObject({ status: 404 })
  })

  it('renames without changing the address, so that both names are found, and writes it down', async () => {
    const db = await database.fresh()
    const ask = asking(db)
    await ask(administrator, 'POST', 'services', { name: 'checkout' })
    await ask(administrator, 'POST', 'services', { name: 'search' })
    const renamed = await ask(administrator, 'PATCH', 'services/checkout', { name: 'Basket' })
    expect(renamed).toMatchObject({ status: 200, json: { slug: 'checkout', name: 'Basket', team: null } })
    for (const name of ['basket', 'Checkout', 'search'])
      expect(await ask(administrator, 'PATCH', 'services/search', { name })).toMatchObject({
        status: name === 'search' ? 200 : 409,
      })
    await importRows(db, [{ key: 'A', title: 'A', services: 'Checkout;basket' }])
    expect((await ask(member, 'GET', 'services')).json.total).toBe(2)
    const entries = await db
      .selectFrom('audit_entries')
      .select(['act', 'subject', 'before', 'after'])
      .orderBy('id')
      .execute()
    expect(entries).toEqual([
      { act: 'service.created', subject: 'checkout', before: null, after: '{"name":"checkout","team":null}' },
      { act: 'service.created', subject: 'search', before: null, after: '{"name":"search","team":null}' },
      { act: 'service.changed', subject: 'Basket', before: '{"name":"checkout"}', after: '{"name":"Basket"}' },
    ])
  })

  it('pages, and refuses what it does not know', async () => {
    const db = await database.fresh()
    const ask = asking(db)
    for (const name of ['a', 'b', 'c']) await ask(administrator, 'POST', 'services', { name })
    const first = (await ask(member, 'GET', 'services?limit=2')).json
    expect([first.items.length, first.total]).toEqual([2, 3])
    const rest = (await ask(member, 'GET', `services?limit=2&cursor=${first.nextCursor}`)).json
    expect(rest).toMatchObject({ items: [{ slug: 'c' }], nextCursor: null })
    for (const query of ['colour=red', 'limit=0', 'limit=201', 'cursor=x', 'limit=1&limit=2'])
      expect(await ask(member, 'GET', `services?${query}`)).toMatchObject({
        status: 400,
        type: 'application/problem+json',
      })
    for (const body of [
      {},
      { name: '' },
      { name: 'a;b' },
      { name: 'x', owner: 'y' },
      { name: 'x', team: 'none' },
      { name: 'x'.repeat(201) },
    ])
      expect((await ask(administrator, 'POST', 'services', body)).status).toBe(400)
  })
})

onBothDatabases('the API of incidents', database => {
  it('records, shows and changes an incident', async () => {
    const db = await database.fresh()
    const ask = asking(db)
    await addPerson(db, 'dana@example.com')
    await ask(administrator, 'POST', 'services', { name: 'Shop' })
    const made = await ask(member, 'POST', 'incidents', {
      title: 'Shop down',
      severity: 'SEV-1',
      startedAt: '2024-06-01T12:00:00+02:00',
      detectedBy: 'customer',
      customerImpact: true,
      services: ['shop'],
      incidentCommander: 'Dana@example.com',
    })
    expect(made).toMatchObject({
      status: 201,
      json: {
        key: 'INC-1',
        startedAt: '2024-06-01T10:00:00.000Z',
        resolvedAt: null,
        services: [{ slug: 'shop', name: 'Shop' }],
        incidentCommander: { name: 'Dana O’Neill', email: 'dana@example.com' },
        flags: [],
      },
    })
    expect(api.incidentResource.parse(made.json)).toEqual(made.json)
    expect((await ask(member, 'GET', 'incidents/inc-1')).json).toEqual(made.json)
    const changed = await ask(member, 'PATCH', 'incidents/INC-1', {
      resolvedAt: '2024-06-01T11:00:00Z',
      severity: null,
    })
    expect(changed).toMatchObject({
      status: 200,
      json: { ...made.json, severity: null, resolvedAt: '2024-06-01T11:00:00.000Z', state: 'resolved' },
    })
    expect((await ask(member, 'POST', 'incidents', { key: 'X-1', title: 'Other', externalId: 'e' })).status).toBe(201)
    expect((await ask(member, 'POST', 'incidents', { title: 'Third' })).json.key).toBe('INC-2')
  })

  it('gives the whole record of an incident, and takes updates of it', async () => {
    const db = await database.fresh()
    const ask = asking(db)
    await ask(member, 'POST', 'incidents', { title: 'A', summary: 'All is slow.', severity: 'SEV-3' })
    await ask(member, 'PATCH', 'incidents/INC-1', { severity: 'SEV-1', severityReason: 'It grew.' })
    const posted = await ask(member, 'POST', 'incidents/INC-1/updates', { text: 'We look.' })
    expect(posted).toMatchObject({ status: 201, json: { text: 'We look.', author: 'Ada' } })
    expect(await ask(member, 'POST', 'incidents/INC-1/updates', { text: ' ' })).toMatchObject({ status: 400 })
    expect(await ask(member, 'POST', 'incidents/INC-9/updates', { text: 'x' })).toMatchObject({ status: 404 })
    const { json } = await ask(member, 'GET', 'incidents/INC-1/record')
    expect(getIncidentRecordOperation.response.parse(json)).toEqual(json)
    expect(json).toMatchObject({
      incident: { key: 'INC-1', summary: 'All is slow.', state: 'open' },
      updates: [posted.json],
      severityHistory: [{ from: 'SEV-3', to: 'SEV-1', reason: 'It grew.', by: 'Ada' }],
      roles: [],
      handoffs: [],
    })
    expect(await ask(member, 'GET', 'incidents/INC-9/record')).toMatchObject({ status: 404 })
  })

  it('is narrowed by team and state', async () => {
    const db = await database.fresh()
    const ask = asking(db)
    await addTeam(db, 'payments', 'Payments')
    await ask(administrator, 'POST', 'services', { name: 'Shop', team: 'payments' })
    await ask(member, 'POST', 'incidents', { title: 'A', services: ['shop'] })
    await ask(member, 'POST', 'incidents', { title: 'B', resolvedAt: '2024-06-01T10:00:00Z' })
    const keys = async (query: string) =>
      (await ask(member, 'GET', `incidents?${query}`)).json.items.map((one: { key: string }) => one.key)
    expect(await keys('team=payments')).toEqual(['INC-1'])
    expect(await keys('team=nobody')).toEqual([])
    expect(await keys('state=open')).toEqual(['INC-1'])
    expect(await keys('state=resolved')).toEqual(['INC-2'])
  })

  it('takes near misses without a name unless one wants it, and finds them by their words', async () => {
    const db = await database.fresh()
    const ask = asking(db)
    const told = { title: 'Nearly drained', whatHappened: 'Two terminals looked alike.' }
    expect(await ask(member, 'POST', 'near-misses', told)).toMatchObject({ status: 201 })
    expect(await ask(member, 'POST', 'near-misses', { ...told, title: '' })).toMatchObject({ status: 400 })
    expect((await ask(member, 'GET', 'near-misses?q=drain')).json).toMatchObject({
      items: [{ title: 'Nearly drained', reportedBy: null }],
      total: 1,
      nextCursor: null,
    })
    expect(await ask(null, 'GET', 'near-misses')).toMatchObject({ status: 401 })
  })

  it('refuses an end before its start, a time without a zone, and names that nobody knows, each by its field', async () => {
    const db = await database.fresh()
    const ask = asking(db)
    await ask(member, 'POST', 'incidents', { title: 'A', startedAt: '2024-06-01T10:00:00Z' })
    const refusals = async (method: string, path: string, body: unknown) => {
      const { status, json } = await ask(member, method, path, body)
      return [status, ...json.errors.map((error: { path: string }) => error.path)]
    }
    expect(await refusals('PATCH', 'incidents/INC-1', { resolvedAt: '2024-06-01T09:00:00Z' })).toEqual([
      400,
      'resolvedAt',
    ])
    expect(await refusals('PATCH', 'incidents/INC-1', { resolvedAt: '2024-06-01T11:00' })).toEqual([400, 'resolvedAt'])
    expect(
      await refusals('POST', 'incidents', {
        title: 'B',
        services: ['none'],
        incidentCommander: 'nobody@example.com',
        family: 'f',
      }),
    ).toEqual([400, 'services.0', 'family', 'incidentCommander'])
    expect(
      await refusals('POST', 'incidents', { title: '', severity: 'SEV-9', sourceUrl: 'javascript:alert(1)' }),
    ).toEqual([400, 'title', 'severity', 'sourceUrl'])
    expect(await refusals('POST', 'incidents', { key: 'inc-1', title: 'Taken' })).toEqual([409, 'key'])
    expect((await ask(member, 'PATCH', 'incidents/INC-1', { key: 'INC-9' })).status).toBe(400)
    expect((await ask(member, 'PATCH', 'incidents/INC-9', { title: 'x' })).status).toBe(404)
    expect((await ask(member, 'GET', 'incidents/a%00b')).status).toBe(404)
    expect((await ask(null, 'POST', 'incidents', { title: 'x' })).status).toBe(401)
  })

  it('keeps external ids unique, and lets only editors say the family', async () => {
    const db = await database.fresh()
    const ask = asking(db)
    await ask(member, 'POST', 'incidents', { title: 'A', externalId: 'e' })
    await ask(member, 'POST', 'incidents', { title: 'B' })
    expect((await ask(member, 'PATCH', 'incidents/INC-2', { externalId: 'e' })).status).toBe(409)
    expect((await ask(member, 'PATCH', 'incidents/INC-1', { externalId: 'e' })).status).toBe(200)
    const family = await ask(actorOf('editor'), 'PATCH', 'incidents/INC-1', { family: 'Cert expiry' })
    expect(family.json.family).toEqual({ slug: 'cert-expiry', name: 'Cert expiry' })
  })

  it('lists by its filters, in pages whose cursors end', async () => {
    const db = await database.fresh()
    const ask = asking(db)
    for (let day = 1; day <= 5; day++)
      await ask(member, 'POST', 'incidents', {
        title: `Day ${day}`,
        startedAt: `2024-06-0${day}T00:00:00Z`,
        severity: `SEV-${(day % 2) + 1}`,
      })
    const keys: string[] = []
    let cursor = ''
    do {
      const list = (await ask(member, 'GET', `incidents?limit=2${cursor && `&cursor=${cursor}`}`)).json
      keys.push(...list.items.map((one: { key: string }) => one.key))
      api.listIncidentsOperation.response.parse(list)
      cursor = list.nextCursor
    } while (cursor)
    expect(keys).toEqual(['INC-5', 'INC-4', 'INC-3', 'INC-2', 'INC-1'])
    const filtered = (
      await ask(member, 'GET', 'incidents?severity=SEV-2&from=2024-06-02T00:00:00Z&to=2024-06-05T00:00:00Z')
    ).json
    expect(filtered.items.map((one: { title: string }) => one.title)).toEqual(['Day 3'])
    for (const query of ['severity=2', 'from=yesterday', 'service=%00', 'sort=key'])
      expect((await ask(member, 'GET', `incidents?${query}`)).status).toBe(400)
  })
})

onBothDatabases('the services page', database => {
  const read = (db: Db, actor: Actor | null, search = '') =>
    page.loader({
      request: new Request(`http://localhost/admin/services${search}`),
      params: {},
      context: contextOf(db, actor),
    })
  const send = (db: Db, actor: Actor, fields: Record<string, string>) => {
    const request = new Request('http://localhost/admin/services', {
      method: 'POST',
      body: new URLSearchParams(fields),
    })
    return page.action({ request, params: {}, context: contextOf(db, actor) })
  }
  const statusOf = async (answer: Promise<unknown>) => ((await answer.catch(thrown => thrown)) as Response).status

  it('is for administrators', async () => {
    const db = await database.fresh()
    for (const role of ['member', 'facilitator', 'editor'] as const) {
      expect(await statusOf(read(db, actorOf(role)))).toBe(404)
      expect(await statusOf(send(db, actorOf(role), { name: 'x', teamId: '', slug: '' }))).toBe(404)
    }
    expect(await statusOf(read(db, null))).toBe(302)
  })

  it('adds, renames, gives to a team and finds', async () => {
    const db = await database.fresh()
    const teamId = await addTeam(db, 'payments', 'Payments')
    expect(await read(db, administrator)).toMatchObject({ services: [], total: 0, teams: [{ name: 'Payments' }] })
    await send(db, administrator, { slug: '', name: 'checkout', teamId: '' })
    await send(db, administrator, { slug: '', name: 'search', teamId: '' })
    const answer = (await send(db, administrator, { slug: 'checkout', name: 'Basket', teamId })) as Response
    expect(answer.headers.get('location')).toBe('/admin/services?saved=checkout')
    expect(await read(db, administrator, '?saved=checkout')).toMatchObject({ saved: 'Basket', edited: null })
    expect(await read(db, administrator, '?q=PAYM')).toMatchObject({
      services: [{ name: 'Basket', team: 'Payments' }],
      shown: 1,
      total: 2,
    })
    expect(await read(db, administrator, '?edit=checkout')).toMatchObject({
      edited: { slug: 'checkout', name: 'Basket', teamId },
    })
    expect(await statusOf(read(db, administrator, '?edit=none'))).toBe(404)
  })

  it('gives back what was typed with the reason why it cannot be', async () => {
    const db = await database.fresh()
    await send(db, administrator, { slug: '', name: 'checkout', teamId: '' })
    const taken = await send(db, administrator, { slug: '', name: 'Checkout', teamId: '' })
    expect(taken).toMatchObject({
      init: { status: 409 },
      data: {
        errors: [{ path: 'name', message: 'There is a service called “checkout” already.' }],
        values: { name: ['Checkout'] },
      },
    })
    for (const [name, teamId, path] of [
      ['', '', 'name'],
      ['x', 'none', 'teamId'],
      ['a|b', '', 'name'],
    ] as const)
      expect(await send(db, administrator, { slug: '', name, teamId })).toMatchObject({
        init: { status: 400 },
        data: { errors: [{ path }] },
      })
  })
})
