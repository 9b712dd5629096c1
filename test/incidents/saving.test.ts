import { expect, it } from 'vitest'
import {
  ensureFamily,
  familyBySlug,
  familyMembers,
  incidentsByIds,
  incidentsByKeys,
  listIncidents,
  saveIncident,
} from '#app/incidents/incidents.server.ts'
import { ensureServices, listServices, servicesByIds } from '#app/incidents/services.server.ts'
import { subscribe } from '#app/platform/events.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { clock, NOW } from './room.ts'

const save = (db: Db, input: Parameters<typeof saveIncident>[2]) =>
  inTransaction(db, tx => saveIncident(tx, { clock }, input))

onBothDatabases('services', database => {
  it('are found whatever their case and spacing, and made when they are new', async () => {
    const db = await database.fresh()
    const first = await inTransaction(db, tx => ensureServices(tx, { clock }, ['Payments API', 'auth', '', '  ']))
    expect([...first.keys()]).toEqual(['Payments API', 'auth'])
    expect([...first.values()].every(service => service.created)).toBe(true)
    const again = await inTransaction(db, tx =>
      ensureServices(tx, { clock }, [' payments  api', 'payments-api', 'AUTH', 'search']),
    )
    expect([...again].map(([name, service]) => [name, service.name, service.created])).toEqual([
      [' payments  api', 'Payments API', false],
      ['payments-api', 'Payments API', false],
      ['AUTH', 'auth', false],
      ['search', 'search', true],
    ])
    expect((await listServices(db)).map(service => service.slug)).toEqual(['auth', 'payments-api', 'search'])
    const id = again.get('search')!.id
    expect(await servicesByIds(db, [id, 'nobody'])).toEqual(
      new Map([[id, { id, slug: 'search', name: 'search', teamId: null, isExternal: 0 }]]),
    )
  })

  it('keeps systems that only public incidents name out of the list, until one of ours names them', async () => {
    const db = await database.fresh()
    const inTx = (names: string[], external: boolean) =>
      inTransaction(db, tx => ensureServices(tx, { clock, external }, names))
    await inTx(['Amazon S3', 'GitHub.com'], true)
    expect(await listServices(db)).toEqual([])
    await inTx(['amazon s3'], false)
    expect((await listServices(db)).map(service => service.name)).toEqual(['Amazon S3'])
  })

  it('are made once by two imports that run together', async () => {
    const db = await database.fresh()
    const names = ['one', 'two', 'three']
    const both = await Promise.all(
      [names, names.toReversed()].map(list => inTransaction(db, tx => ensureServices(tx, { clock }, list))),
    )
    expect((await listServices(db)).length).toBe(3)
    expect(both[0]!.get('two')!.id).toBe(both[1]!.get('two')!.id)
  })

  it('may be thousands at a time', async () => {
    const db = await database.fresh()
    const names = Array.from({ length: 2_500 }, (_, i) => `svc-${i}`)
    expect((await inTransaction(db, tx => ensureServices(tx, { clock }, names))).size).toBe(2_500)
    expect((await inTransaction(db, tx => ensureServices(tx, { clock }, names))).get('svc-7')!.created).toBe(false)
  })
})

onBothDatabases('an incident', database => {
  it('is created by its key and updated by it, whatever the case; what is left out stays', async () => {
    const db = await database.fresh()
    const id = await save(db, {
      key: 'INC-1',
      title: 'Down',
      severity: 'SEV-1',
      startedAt: '2024-06-01T10:00:00.000Z',
      customerImpact: true,
      services: ['Shop', 'api', 'shop'],
      family: 'Cert expiry',
    })
    expect(await save(db, { key: 'inc-1', title: 'Shop down', resolvedAt: '2024-06-01T11:00:00.000Z' })).toBe(id)
    expect((await incidentsByIds(db, [id])).get(id)).toEqual({
      id,
      key: 'INC-1',
      title: 'Shop down',
      summary: '',
      severity: 'SEV-1',
      startedAt: '2024-06-01T10:00:00.000Z',
      detectedAt: null,
      acknowledgedAt: null,
      mitigatedAt: null,
      resolvedAt: '2024-06-01T11:00:00.000Z',
      detectedBy: null,
      customerImpact: true,
      impactNote: '',
      services: [
        { id: expect.any(String), slug: 'shop', name: 'Shop' },
        { id: expect.any(String), slug: 'api', name: 'api' },
      ],
      family: { slug: 'cert-expiry', name: 'Cert expiry' },
      commanderId: null,
      externalId: null,
      sourceUrl: null,
      flags: [],
      createdAt: NOW,
      updatedAt: NOW,
    })
  })

  it('loses what is given as null, and its services in another order are a change', async () => {
    const db = await database.fresh()
    await save(db, {
      key: 'A',
      title: 'A',
      severity: 'SEV-2',
      services: ['x', 'y'],
      family: 'f',
      startedAt: '2024-06-01T10:00:00.000Z',
    })
    await save(db, { key: 'A', title: 'A', severity: null, services: ['y', 'x'], family: null, startedAt: null })
    const facts = (await incidentsByKeys(db, ['A'])).get('A')!
    expect(facts).toMatchObject({ severity: null, family: null, startedAt: null })
    expect(facts.services.map(service => service.name)).toEqual(['y', 'x'])
  })

  it('is found by keys as they were asked for, exact ones first', async () => {
    const db = await database.fresh()
    await save(db, { key: 'INC-1', title: 'One' })
    await save(db, { key: '../../etc/passwd', title: 'Path' })
    const found = await incidentsByKeys(db, ['inc-1', 'INC-1', '../../etc/passwd', 'INC-2', 'a\0b', ''])
    expect([...found].map(([key, facts]) => [key, facts.title])).toEqual([
      ['inc-1', 'One'],
      ['INC-1', 'One'],
      ['../../etc/passwd', 'Path'],
    ])
  })

  it('never keeps moments out of order, also when they come one by one; a correction takes the flag away', async () => {
    const db = await database.fresh()
    await save(db, {
      key: 'A',
      title: 'A',
      startedAt: '2024-06-01T10:00:00.000Z',
      detectedAt: '2024-06-01T10:05:00.000Z',
    })
    await save(db, { key: 'A', title: 'A', startedAt: '2024-06-01T10:30:00.000Z' })
    const spoilt = (await incidentsByKeys(db, ['A'])).get('A')!
    expect(spoilt.detectedAt).toBeNull()
    expect(spoilt.flags).toEqual([
      'detected_at: 2024-06-01T10:05:00.000Z is before started_at, so this moment counts as unknown',
    ])
    await save(db, { key: 'A', title: 'A', detectedAt: '2024-06-01T10:31:00.000Z' })
    expect((await incidentsByKeys(db, ['A'])).get('A')).toMatchObject({
      detectedAt: '2024-06-01T10:31:00.000Z',
      flags: [],
    })
  })

  it('is announced when it is created or changed, and not when it stays as it was', async () => {
    const db = await database.fresh()
    const heard: { created: string[]; updated: string[] }[] = []
    subscribe('incidents.saved', async (_tx, payload) => void heard.push(payload))
    const id = await save(db, { key: 'A', title: 'A' })
    await save(db, { key: 'A', title: 'A' })
    await save(db, { key: 'A', title: 'B' })
    expect(heard).toEqual([
      { created: [id], updated: [] },
      { created: [], updated: [id] },
    ])
  })

  it('is listed by severity, service, family and time, the latest first and those without a time last', async () => {
    const db = await database.fresh()
    await save(db, {
      key: 'A',
      title: 'A',
      startedAt: '2024-01-01T00:00:00.000Z',
      severity: 'SEV-1',
      services: ['shop'],
      family: 'f',
    })
    await save(db, {
      key: 'B',
      title: 'B',
      detectedAt: '2024-02-01T00:00:00.000Z',
      severity: 'SEV-2',
      services: ['shop', 'api'],
    })
    await save(db, { key: 'C', title: 'C' })
    await save(db, { key: 'D', title: 'D', startedAt: '2024-03-01T00:00:00.000Z' })
    const keys = async (filter: Parameters<typeof listIncidents>[1], page = { offset: 0, limit: 50 }) => {
      const { items, total } = await listIncidents(db, filter, page)
      return [items.map(one => one.key).join(''), total]
    }
    expect(await keys({})).toEqual(['DBAC', 4])
    expect(await keys({}, { offset: 1, limit: 2 })).toEqual(['BA', 4])
    expect(await keys({ severity: 'SEV-1' })).toEqual(['A', 1])
    expect(await keys({ service: 'shop' })).toEqual(['BA', 2])
    expect(await keys({ service: 'api', severity: 'SEV-1' })).toEqual(['', 0])
    expect(await keys({ family: 'f' })).toEqual(['A', 1])
    expect(await keys({ from: '2024-02-01T00:00:00.000Z' })).toEqual(['DB', 2])
    expect(await keys({ to: '2024-02-01T00:00:00.000Z' })).toEqual(['A', 1])
  })
})

onBothDatabases('a family', database => {
  it('is one whatever the case and spacing, and lists its incidents, the earliest first', async () => {
    const db = await database.fresh()
    const family = await inTransaction(db, tx => ensureFamily(tx, { clock }, 'Schema lock'))
    expect(family).toMatchObject({ slug: 'schema-lock', created: true })
    expect((await inTransaction(db, tx => ensureFamily(tx, { clock }, ' schema  LOCK '))).id).toBe(family.id)
    const later = await save(db, { key: 'B', title: 'B', family: 'schema lock', startedAt: '2024-02-01T00:00:00.000Z' })
    const earlier = await save(db, {
      key: 'A',
      title: 'A',
      family: 'Schema lock',
      startedAt: '2024-01-01T00:00:00.000Z',
    })
    const empty = await inTransaction(db, tx => ensureFamily(tx, { clock }, 'other'))
    const members = await familyMembers(db, [family.id, empty.id])
    expect(members.get(family.id)).toEqual([
      { id: earlier, key: 'A', title: 'A', startedAt: '2024-01-01T00:00:00.000Z', resolvedAt: null },
      { id: later, key: 'B', title: 'B', startedAt: '2024-02-01T00:00:00.000Z', resolvedAt: null },
    ])
    expect(members.get(empty.id)).toEqual([])
    expect(await familyBySlug(db, 'schema-lock')).toEqual({ id: family.id, slug: 'schema-lock', name: 'Schema lock' })
    expect(await familyBySlug(db, 'nothing')).toBeNull()
  })
})
