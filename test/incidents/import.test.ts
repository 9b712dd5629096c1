import fc from 'fast-check'
import { expect, it } from 'vitest'
import { importIncidents } from '#app/incidents/import-incidents.server.ts'
import { incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { MOMENTS } from '#app/incidents/moments.ts'
import { listServices } from '#app/incidents/services.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { actorOf, addPerson, clock, importRows } from './room.ts'

const nothing = { created: 0, updated: 0, unchanged: 0, rejected: 0, errors: [], notes: [] }

onBothDatabases('an import of incidents', database => {
  it('takes every column, and the same again changes nothing', async () => {
    const db = await database.fresh()
    const dana = await addPerson(db, 'dana@example.com')
    const rows = [
      {
        key: 'INC-1',
        title: 'Checkout latency',
        severity: 'sev2',
        started_at: '2024-03-04T10:12:00+01:00',
        detected_at: '2024-03-04T09:17:00Z',
        acknowledged_at: '',
        mitigated_at: '2024-03-04T09:58:00Z',
        resolved_at: '2024-03-04T10:40:00Z',
        services: 'checkout; payments-api;Checkout',
        incident_commander: ' Dana@Example.com ',
        detected_by: 'alert',
        customer_impact: 'About 3 % of checkouts timed out.',
        family: 'Schema lock',
        external_id: 'x-1',
        source_url: 'https://example.com/1',
      },
    ]
    const first = await importRows(db, rows)
    expect(first).toEqual({
      ...nothing,
      created: 1,
      notes: ['New services: checkout, payments-api', 'New families: Schema lock'],
    })
    expect((await incidentsByKeys(db, ['INC-1'])).get('INC-1')).toMatchObject({
      title: 'Checkout latency',
      severity: 'SEV-2',
      startedAt: '2024-03-04T09:12:00.000Z',
      acknowledgedAt: null,
      resolvedAt: '2024-03-04T10:40:00.000Z',
      commanderId: dana,
      detectedBy: 'monitoring',
      customerImpact: true,
      impactNote: 'About 3 % of checkouts timed out.',
      services: [{ slug: 'checkout' }, { slug: 'payments-api' }],
      family: { name: 'Schema lock' },
      externalId: 'x-1',
      sourceUrl: 'https://example.com/1',
      flags: [],
    })
    expect(await importRows(db, rows)).toEqual({ ...nothing, unchanged: 1 })
  })

  it('updates what an existing key says otherwise; an empty cell clears, an absent column leaves', async () => {
    const db = await database.fresh()
    await importRows(db, [{ key: 'INC-1', title: 'Old', severity: '1', services: 'a', detected_by: 'customer' }])
    const report = await importRows(db, [{ key: 'inc-1', title: 'New', severity: '' }])
    expect(report).toEqual({ ...nothing, updated: 1, notes: ['Line 2, key: inc-1 was taken as INC-1'] })
    const facts = (await incidentsByKeys(db, ['INC-1'])).get('INC-1')
    expect(facts).toMatchObject({ title: 'New', severity: null, detectedBy: 'customer', services: [{ name: 'a' }] })
  })

  it('says what a dry run would do and does nothing', async () => {
    const db = await database.fresh()
    const rows: Record<string, string>[] = [
      { key: 'A', title: 'A', services: 'x' },
      { key: '', external_id: 'e-1', title: 'B', services: 'x' },
    ]
    const foretold = await importRows(db, rows, { dryRun: true })
    expect(await listServices(db)).toEqual([])
    expect(await importRows(db, rows)).toEqual(foretold)
    expect(foretold).toMatchObject({
      created: 2,
      notes: ['Line 3, key: there is none, so e-1 became INC-1', 'New services: x'],
    })
  })

  it('numbers what has only an external id after the highest number in the database and the file, and finds it again', async () => {
    const db = await database.fresh()
    await importRows(db, [{ key: 'INC-7', title: 'Seven' }])
    const rows = [
      { key: '', external_id: 'e-1', title: 'One' },
      { key: 'INC-41', external_id: '', title: 'Forty-one' },
      { key: '', external_id: 'e-2', title: 'Two' },
    ]
    expect(await importRows(db, rows)).toMatchObject({ created: 3, rejected: 0 })
    const found = await incidentsByKeys(db, ['INC-42', 'INC-43'])
    expect([...found.values()].map(facts => [facts.key, facts.title])).toEqual([
      ['INC-42', 'One'],
      ['INC-43', 'Two'],
    ])
    expect(await importRows(db, rows)).toEqual({ ...nothing, unchanged: 3 })
  })

  it('refuses a repetition within the file, by key whatever its case and by external id, and takes the first', async () => {
    const db = await database.fresh()
    const report = await importRows(db, [
      { key: 'Q-1', external_id: 'e', title: 'First' },
      { key: 'q-1', title: 'Other case' },
      { key: 'Q-2', external_id: 'e', title: 'Same external id' },
      { key: 'Q-3', title: '' },
      { key: 'Q-3', title: 'After a refused one' },
    ])
    expect(report).toMatchObject({ created: 2, rejected: 3 })
    expect(report.errors).toEqual([
      { line: 3, column: 'key', message: 'the same key as on line 2: only the first was taken' },
      { line: 4, column: 'external_id', message: 'the same external_id as on line 2: only the first was taken' },
      { line: 5, column: 'title', message: 'an incident needs a title' },
    ])
  })

  it('refuses an external id that another incident has, or another than the incident has', async () => {
    const db = await database.fresh()
    await importRows(db, [{ key: 'A', external_id: 'e', title: 'A' }])
    const report = await importRows(db, [
      { key: 'B', external_id: 'e', title: 'B' },
      { key: 'A', external_id: 'f', title: 'A' },
    ])
    expect(report.errors).toEqual([
      { line: 2, column: 'external_id', message: 'the external_id e belongs to A already' },
      { line: 3, column: 'external_id', message: 'A has the external_id e already' },
    ])
    const twice = await importRows(db, [
      { key: '', external_id: 'e', title: 'A' },
      { key: 'A', external_id: '', title: 'A' },
    ])
    expect(twice.errors).toEqual([
      { line: 2, column: 'external_id', message: 'this is A, which line 3 names by its key' },
    ])
    expect(twice).toMatchObject({ unchanged: 1, rejected: 1 })
  })

  it('refuses a row whole for one bad cell, and names each', async () => {
    const db = await database.fresh()
    const report = await importRows(db, [
      {
        key: 'A',
        title: 'x'.repeat(301),
        severity: 'Critical',
        started_at: '04/03/2024 09:12',
        services: 'new',
        source_url: 'javascript:alert(1)',
      },
      { key: '', external_id: '', title: 'No key' },
      { key: 'a\nb', title: 'Two lines' },
    ])
    expect(report).toMatchObject({ created: 0, rejected: 3 })
    expect(report.errors.map(error => [error.line, error.column])).toEqual([
      [2, 'title'],
      [2, 'started_at'],
      [2, 'severity'],
      [2, 'source_url'],
      [3, 'key'],
      [4, 'key'],
    ])
    expect(report.errors[0]!.message).toBe('301 characters; at most 300 are kept')
    expect(report.errors[2]!.message).toBe('"Critical" is not a severity: write SEV-1 to SEV-4')
    expect(await listServices(db)).toEqual([])
  })

  it('keeps what it cannot use in a flag: times without a zone, moments out of order, an unknown detector', async () => {
    const db = await database.fresh()
    const rows = [
      {
        key: 'A',
        title: 'A',
        started_at: '2024-06-01T10:00:00Z',
        detected_at: '2024-06-01 09:00',
        mitigated_at: '2024-06-01T12:00:00Z',
        resolved_at: '2024-06-01T13:00:00+02:00',
        detected_by: 'a passer-by',
      },
    ]
    const report = await importRows(db, rows)
    const facts = (await incidentsByKeys(db, ['A'])).get('A')!
    expect(facts).toMatchObject({
      startedAt: '2024-06-01T10:00:00.000Z',
      detectedAt: null,
      resolvedAt: null,
      detectedBy: null,
    })
    expect(facts.flags).toEqual([
      'detected_at: "2024-06-01 09:00" counts as unknown, because it is a time without a zone',
      'detected_by: "a passer-by" is none of monitoring, employee and customer, so who noticed counts as unknown',
      'resolved_at: 2024-06-01T13:00:00+02:00 is before mitigated_at, so this moment counts as unknown',
    ])
    expect(report.notes.toSorted()).toEqual(facts.flags.map(flag => `Line 2, ${flag}`))
    expect(await importRows(db, rows)).toMatchObject({ unchanged: 1 })
    expect(await importRows(db, [{ ...rows[0]!, resolved_at: '2024-06-01T13:00:00Z' }])).toMatchObject({ updated: 1 })
    expect((await incidentsByKeys(db, ['A'])).get('A')!.flags).toHaveLength(2)
  })

  it('notes a commander whom nobody knows once, keeps the rest of the row, and finds them later', async () => {
    const db = await database.fresh()
    const rows = ['A', 'B'].map(key => ({ key, title: key, incident_commander: 'dana@example.com' }))
    expect(await importRows(db, rows)).toEqual({
      ...nothing,
      created: 2,
      notes: [
        'Lines 2, 3, incident_commander: "dana@example.com" is not the e-mail address of anyone here, so it was left out',
      ],
    })
    await addPerson(db, 'dana@example.com')
    expect(await importRows(db, rows)).toEqual({ ...nothing, updated: 2 })
  })

  it('takes several services by ; or else by |, and says what it took as one', async () => {
    const db = await database.fresh()
    const report = await importRows(db, [
      { key: 'A', title: 'A', services: 'a, b;c' },
      { key: 'B', title: 'B', services: 'web|auth / search' },
    ])
    expect((await listServices(db)).map(service => service.name)).toEqual(['a, b', 'auth / search', 'c', 'web'])
    expect(report.notes).toEqual([
      'Line 2, services: "a, b" was taken as one service: several are separated by ;',
      'Line 3, services: "web|auth / search" was taken as 2 services',
      'Line 3, services: "auth / search" was taken as one service: several are separated by ;',
      'New services: a, b, c, web, auth / search',
    ])
  })

  it('keeps an impact of 200,000 characters, and takes out what no database can store, said so', async () => {
    const db = await database.fresh()
    const impact = 'long '.repeat(40_000).trim()
    const report = await importRows(db, [
      { key: 'A', title: 'A', customer_impact: impact },
      { key: 'B', title: 'nul \0 and \ud800 half', customer_impact: `${impact} more` },
      { key: 'C', title: 'nul \0 and \ud800 half' },
    ])
    expect(report).toMatchObject({ created: 2, rejected: 1 })
    expect(report.notes).toContain('Line 4, title: 1 NUL character taken out')
    const found = await incidentsByKeys(db, ['A', 'C'])
    expect(found.get('A')!.impactNote).toBe(impact)
    expect(found.get('C')!.title).toBe('nul  and  half')
  })

  it('is for editors and administrators only', async () => {
    const db = await database.fresh()
    for (const role of ['member', 'facilitator'] as const)
      await expect(importIncidents({ db, clock, actor: actorOf(role) }, [])).rejects.toThrow('not for you')
  })

  it('lets other work go on while it runs, and reports its progress', async () => {
    const db = await database.fresh()
    const rows = Array.from({ length: 1_000 }, (_, i) => ({ line: i + 2, cells: { key: `K-${i}`, title: 'x' } }))
    const progress: number[] = []
    let turns = 0
    const counting = setInterval(() => turns++, 1)
    await importIncidents({ db, clock, actor: actorOf('editor') }, rows, {
      onProgress: done => void progress.push(done),
    })
    clearInterval(counting)
    expect(progress).toEqual([200, 400, 600, 800, 1_000])
    expect(turns).toBeGreaterThan(2)
  })
})

const anyTime = fc.oneof(
  fc.constant(''),
  fc.constantFrom(
    '2024-06-01T10:00:00Z',
    '2024-06-01T10:01:00Z',
    '2024-06-01T12:01:30+02:00',
    '2024-06-01 10:00',
    'yesterday',
    '2024-06-01',
  ),
)
const anyRow = fc.record(
  {
    key: fc.constantFrom('INC-1', 'inc-1', 'INC-2', 'X', ''),
    title: fc.string({ maxLength: 12, unit: 'grapheme' }),
    external_id: fc.constantFrom('', 'e-1', 'e-2'),
    severity: fc.constantFrom('', 'SEV1', '2', 'P3', 'high'),
    started_at: anyTime,
    detected_at: anyTime,
    acknowledged_at: anyTime,
    mitigated_at: anyTime,
    resolved_at: anyTime,
    services: fc.string({ maxLength: 12, unit: 'grapheme' }),
    family: fc.constantFrom('', 'F', 'f '),
    detected_by: fc.constantFrom('', 'alert', 'customer', 'cat'),
    customer_impact: fc.string({ maxLength: 6, unit: 'binary' }),
    incident_commander: fc.constantFrom('', 'dana@example.com', 'nobody'),
  },
  { requiredKeys: ['title'] },
)

onBothDatabases('any file of incidents', database => {
  it('imported twice in a row changes nothing the second time, and never gives a negative duration', async () => {
    const db = await database.fresh()
    await addPerson(db, 'dana@example.com')
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 6 }), async rows => {
        const foretold = await importRows(db, rows, { dryRun: true })
        const first = await importRows(db, rows)
        expect(first).toEqual(foretold)
        expect(first.created + first.updated + first.unchanged + first.rejected).toBe(rows.length)
        const second = await importRows(db, rows)
        expect(second).toMatchObject({
          created: 0,
          updated: 0,
          unchanged: rows.length - first.rejected,
          errors: first.errors,
        })
        for (const facts of (await incidentsByKeys(db, ['INC-1', 'INC-2', 'INC-3', 'INC-4', 'X'])).values()) {
          const times = MOMENTS.flatMap(moment => facts[moment] ?? [])
          expect(times).toEqual(times.toSorted())
        }
      }),
      { numRuns: 60 },
    )
  })
})
