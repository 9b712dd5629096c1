/** The list of incidents: what it is narrowed by, its picture, its export; and near misses apart from it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeIncident } from '#app/incidents/change-incident.server.ts'
import { exportIncidents } from '#app/incidents/export-incidents.server.ts'
import { findIncidents, incidentQuery } from '#app/incidents/find-incidents.server.ts'
import { INCIDENT_COLUMNS } from '#app/incidents/import-columns.ts'
import { importIncidents } from '#app/incidents/import-incidents.server.ts'
import { countNearMisses, findNearMisses } from '#app/incidents/near-misses.server.ts'
import { pictureOf } from '#app/incidents/picture.ts'
import { reportNearMiss } from '#app/incidents/report-near-miss.server.ts'
import { saveService } from '#app/incidents/save-service.server.ts'
import { readCsv } from '#app/platform/csv.ts'
import { fillSlot } from '#app/platform/slots.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { actorOf, addPerson, addTeam, clock, editor, importRows } from './room.ts'

const member = actorOf('member')

/** The same database, with its queries counted. */
function counting(db: Db): { db: Db; queries: () => number } {
  let queries = 0
  const counted = db.withPlugin({
    transformQuery({ node }) {
      queries++
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  })
  return { db: counted as Db, queries: () => queries }
}

function find(db: Db, search: string, page = 1) {
  return findIncidents({ db, clock, actor: member }, incidentQuery(new URL(`http://x/incidents?${search}`)), page)
}

onBothDatabases('the list of incidents', database => {
  async function house(): Promise<Db> {
    const db = await database.fresh()
    const administrator = { db, clock, actor: actorOf('administrator') }
    const teamId = await addTeam(db, 'checkout', 'Checkout')
    await saveService(administrator, { slug: null, name: 'pay', teamId })
    await saveService(administrator, { slug: null, name: 'search', teamId: null })
    await importRows(db, [
      {
        key: 'A',
        title: 'A',
        severity: '1',
        started_at: '2026-01-10T10:00:00Z',
        services: 'pay',
        resolved_at: '2026-01-10T11:00:00Z',
      },
      {
        key: 'B',
        title: 'B',
        severity: '3',
        started_at: '2026-02-28T23:30:00Z',
        services: 'pay;search',
        resolved_at: '',
      },
      {
        key: 'C',
        title: 'C',
        severity: '3',
        started_at: '2026-03-01T08:00:00Z',
        services: 'search',
        resolved_at: 'unknown',
      },
      { key: 'D', title: 'D', severity: '', started_at: '', services: '', resolved_at: '' },
    ])
    return db
  }
  const keys = async (db: Db, search: string) => (await find(db, search)).items.map(one => one.key)

  it('is narrowed by period, severity, service, team and state, and by all of them at once', async () => {
    const db = await house()
    expect(await keys(db, '')).toEqual(['C', 'B', 'A', 'D'])
    expect(await keys(db, 'from=2026-02-01')).toEqual(['C', 'B'])
    expect(await keys(db, 'to=2026-02-28')).toEqual(['B', 'A'])
    expect(await keys(db, 'severity=SEV-3')).toEqual(['C', 'B'])
    expect(await keys(db, 'service=search')).toEqual(['C', 'B'])
    expect(await keys(db, 'team=checkout')).toEqual(['B', 'A'])
    expect(await keys(db, 'team=nobody')).toEqual([])
    expect(await keys(db, 'state=open')).toEqual(['B', 'D'])
    expect(await keys(db, 'state=resolved')).toEqual(['C', 'A'])
    expect(
      await keys(db, 'severity=SEV-3&service=search&team=checkout&state=open&from=2026-02-28&to=2026-02-28'),
    ).toEqual(['B'])
    expect(await keys(db, 'severity=urgent&state=%00&from=yesterday')).toHaveLength(4)
  })

  it('counts a day as the reader’s clock shows it', async () => {
    const db = await house()
    const query = incidentQuery(new URL('http://x/?from=2026-03-01'))
    const inBerlin = await findIncidents({ db, clock, actor: { ...member, timeZone: 'Europe/Berlin' } }, query, 1)
    expect(inBerlin.items.map(one => one.key)).toEqual(['C', 'B'])
  })

  it('is narrowed by theme through what the composition fills in', async () => {
    const db = await house()
    const { id } = await db.selectFrom('incidents').select('id').where('key', '=', 'B').executeTakeFirstOrThrow()
    fillSlot('incidents.carrying-theme', async (_, slug) => (slug === 'capacity' ? [id] : []))
    expect(await keys(db, 'theme=capacity')).toEqual(['B'])
    expect(await keys(db, 'theme=other')).toEqual([])
  })

  it('takes the same number of queries however many incidents there are', async () => {
    const db = await house()
    const few = counting(db)
    await find(few.db, 'from=2026-01-01&team=checkout')
    await importRows(
      db,
      Array.from({ length: 300 }, (_, i) => ({
        key: `X-${i}`,
        title: `X ${i}`,
        severity: '2',
        started_at: `2026-01-${String((i % 28) + 1).padStart(2, '0')}T10:00:00Z`,
        services: 'pay;search',
      })),
    )
    const many = counting(db)
    const { total, items } = await find(many.db, 'from=2026-01-01&team=checkout')
    expect([total, items.length]).toEqual([302, 50])
    expect(many.queries()).toBe(few.queries())
    expect(many.queries()).toBe(6)
  })

  it('is told that an incident is over at a time that nobody knows, and the other way round', async () => {
    const db = await house()
    const context = { db, clock, actor: member }
    await changeIncident(context, { key: 'B', change: { isOver: true } })
    expect(await keys(db, 'state=open')).toEqual(['D'])
    await changeIncident(context, { key: 'B', change: { resolvedAt: '2026-03-01T00:00:00Z' } })
    await changeIncident(context, { key: 'C', change: { resolvedAt: null } })
    expect(await keys(db, 'state=open')).toEqual(['C', 'D'])
  })

  it('leaves as CSV and comes in again the same, here and elsewhere', async () => {
    const db = await house()
    await addPerson(db, 'ada@example.org')
    await importRows(db, [
      {
        key: 'E',
        title: '=SUM(A1), "quoted"; and | barred',
        summary: 'Two\n\nparagraphs, ünïcode.',
        severity: '2',
        started_at: '2026-03-02T08:00:00Z',
        detected_at: 'unknown',
        mitigated_at: '2026-03-02T09:00:00Z',
        services: 'pay;a|b',
        incident_commander: 'ada@example.org',
        detected_by: 'customer',
        customer_impact: 'no',
        impact_note: 'none, as far as we know',
        family: 'Retry storms',
        external_id: "'x-1",
        source_url: 'https://example.org/e',
      },
    ])
    const written = await exported(db)
    expect(await reimport(db, written)).toMatchObject({ created: 0, updated: 0, unchanged: 5, rejected: 0 })
    const other = await database.fresh()
    await addPerson(other, 'ada@example.org')
    expect(await reimport(other, written)).toMatchObject({ created: 5, rejected: 0 })
    // Those of the same moment come in the order of their making, so that only the rows count.
    expect((await exported(other)).split('\r\n').sort()).toEqual(written.split('\r\n').sort())
  })

  async function exported(db: Db): Promise<string> {
    let text = ''
    for await (const part of exportIncidents({ db, actor: member })) text += part
    return text
  }

  function reimport(db: Db, text: string) {
    const { rows, errors } = readCsv(text, INCIDENT_COLUMNS)
    expect(errors).toEqual([])
    return importIncidents({ db, clock, actor: editor }, rows)
  }
})

onBothDatabases('near misses', database => {
  const told = {
    title: 'The wrong cluster was nearly drained',
    whatHappened: 'Two terminals looked alike.',
    whatStoppedIt: 'The prompt asked for the cluster’s name.',
    service: '',
  }

  it('are found by the beginnings of their words, whatever accents and capitals', async () => {
    const db = await database.fresh()
    const context = { db, clock, actor: member }
    await saveService({ ...context, actor: actorOf('administrator') }, { slug: null, name: 'kube-main', teamId: null })
    await reportNearMiss(context, { ...told, service: 'kube-main', isNamed: false })
    await reportNearMiss(context, {
      ...told,
      title: 'Café key nearly expired',
      whatHappened: 'It was renewed.',
      isNamed: false,
    })
    const titles = async (text: string) =>
      (await findNearMisses(db, text, { offset: 0, limit: 10 })).items.map(one => one.title)
    expect(await titles('')).toHaveLength(2)
    expect(await titles('CLUST drained')).toEqual([told.title])
    expect(await titles('cafe')).toEqual(['Café key nearly expired'])
    expect(await titles('kube')).toEqual([told.title])
    expect(await titles('clusters')).toEqual([])
    expect(await titles('% _')).toHaveLength(2)
    expect(await countNearMisses(db, '2026-03-04', '2026-03-04')).toBe(2)
    expect((await find(db, '')).total).toBe(0)
  })

  it('name who reported them only where they wanted it', async () => {
    const db = await database.fresh()
    await addPerson(db, 'ada@example.org', 'Ada')
    const actor = { ...member, personId: 'ada@example.org', accountId: 'account-of-ada' }
    await reportNearMiss({ db, clock, actor }, { ...told, isNamed: true })
    await reportNearMiss({ db, clock, actor }, { ...told, isNamed: false })
    const { items } = await findNearMisses(db, '', { offset: 0, limit: 10 })
    expect(items.map(one => one.reportedBy).sort()).toEqual(['Ada', null])
  })

  it('without a name leave nothing of the person in any table, and no time but the day', async () => {
    const db = await database.fresh()
    await addPerson(db, 'ada@example.org', 'Ada Unmistakable')
    const actor = { ...member, name: 'Ada Unmistakable', personId: 'ada@example.org', accountId: 'account-of-ada' }
    const before = await everything(db)
    await reportNearMiss({ db, clock, actor }, { ...told, isNamed: false })
    const after = await everything(db)
    const tables = Object.keys(after).filter(table => JSON.stringify(after[table]) !== JSON.stringify(before[table]))
    expect(tables.sort()).toEqual(['near_miss_words', 'near_misses'])
    const written = JSON.stringify([after.near_misses, after.near_miss_words])
    for (const trace of ['ada@example.org', 'account-of-ada', 'Unmistakable', '12:00'])
      expect(written).not.toContain(trace)
    // A UUID of version 4 is random; one of version 7 would hold the millisecond.
    expect(after.near_misses).toMatchObject([
      { id: expect.stringMatching(/^.{14}4/), person_id: null, reported_on: '2026-03-04' },
    ])
  })

  it.each([
    ['title', { title: ' ' }],
    ['whatHappened', { whatHappened: '' }],
    ['service', { service: 'nothing-like-it' }],
  ])('are refused beside the field %s', async (path, change) => {
    const db = await database.fresh()
    await expect(
      reportNearMiss({ db, clock, actor: member }, { ...told, isNamed: false, ...change }),
    ).rejects.toMatchObject({ errors: [{ path }] })
  })

  async function everything(db: Db): Promise<Record<string, unknown[]>> {
    const rows: Record<string, unknown[]> = {}
    for (const { name } of await db.introspection.getTables())
      rows[name] = await db
        .selectFrom(name as 'people')
        .selectAll()
        .execute()
    return rows
  }
})

describe('the picture of a period', () => {
  const day = fc
    .date({ min: new Date('2001-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
    .map(date => date.toISOString().slice(0, 10))
  const count = fc.record({ day, severity: fc.constantFrom('SEV-1', 'SEV-3', null), n: fc.integer({ min: 1, max: 5 }) })

  it('holds every incident once, in steps without gaps', () => {
    fc.assert(
      fc.property(fc.array(count, { minLength: 1 }), counts => {
        const { steps } = pictureOf(counts)!
        const sum = (numbers: number[]) => numbers.reduce((one, other) => one + other, 0)
        expect(sum(steps.map(step => step.total))).toBe(sum(counts.map(one => one.n)))
        expect(steps.length).toBeLessThanOrEqual(60)
        expect(steps.map(step => step.label)).toEqual([...new Set(steps.map(step => step.label))].sort())
      }),
    )
  })

  it('shows the period that was asked for, also where nothing happened', () => {
    expect(pictureOf([], { from: '2026-01-01', to: '2026-01-03' })?.steps).toHaveLength(3)
    expect(pictureOf([], { from: '2025-11-15', to: '2026-02-01' })?.steps.map(step => step.label)).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
    ])
    expect(pictureOf([])).toBeNull()
    expect(pictureOf([], { from: '2026-01-02', to: '2026-01-01' })).toBeNull()
  })
})
