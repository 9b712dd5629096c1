import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { importAnything } from '#app/home/import-anything.server.ts'
import { importStatuspage } from '#app/incidents/hooks/import-statuspage.server.ts'
import { readHistory } from '#app/incidents/hooks/statuspage-history.ts'
import { incidentRecord } from '#app/incidents/incident-record.server.ts'
import { listIncidents } from '#app/incidents/incidents.server.ts'
import { BadInput } from '#app/platform/bad-input.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { sourceOf } from './hook-room.ts'
import { actorOf, clock, editor } from './room.ts'

const NOTHING = { created: 0, updated: 0, unchanged: 0, rejected: 0, errors: [], notes: [] }

function entry(id: string, more: object = {}) {
  return {
    id,
    name: `Trouble ${id}`,
    impact: 'major',
    status: 'resolved',
    created_at: '2026-02-01T10:00:00.000Z',
    started_at: '2026-02-01T09:58:00.000Z',
    resolved_at: '2026-02-01T11:00:00.000Z',
    updated_at: '2026-02-01T11:00:00.000Z',
    shortlink: `https://stspg.test/${id}`,
    components: [{ name: 'Parcel tracking' }, { name: 'Labels; returns' }],
    incident_updates: [
      { id: `${id}-2`, status: 'resolved', body: 'Tracking works.', display_at: '2026-02-01T11:00:00.000Z' },
      { id: `${id}-1`, status: 'investigating', body: 'Tracking is slow.', display_at: '2026-02-01T10:00:00.000Z' },
    ],
    ...more,
  }
}

const bring = (db: Db, text: string, options = {}) => importStatuspage({ db, clock, actor: editor }, text, options)
const all = async (db: Db) => (await listIncidents(db, {}, { offset: 0, limit: 200 })).items

onBothDatabases('The history of a status page', database => {
  it('comes in with what was told, once', async () => {
    const db = await database.fresh()
    const planned = entry('c', { impact: 'maintenance', scheduled_for: '2026-02-01T10:00:00.000Z' })
    const summary = JSON.stringify({ page: { id: 'p' }, incidents: [entry('a')], scheduled_maintenances: [planned] })
    expect(await bring(db, summary, { dryRun: true })).toMatchObject({ created: 1 })
    expect(await all(db)).toEqual([])
    expect(await bring(db, summary)).toEqual({
      ...NOTHING,
      created: 1,
      notes: [
        'One entry is planned work and was left out',
        'Line 1, services: "Labels, returns" was taken as one service: several are separated by ;',
        'New services: Parcel tracking, Labels, returns',
        '2 updates taken over',
      ],
    })
    const record = await incidentRecord(db, 'INC-1')
    expect(record!.facts).toMatchObject({
      title: 'Trouble a',
      severity: 'SEV-2',
      startedAt: '2026-02-01T09:58:00.000Z',
      detectedAt: null,
      resolvedAt: '2026-02-01T11:00:00.000Z',
      customerImpact: true,
      externalId: 'statuspage:a',
      sourceUrl: 'https://stspg.test/a',
    })
    expect(record!.updates).toMatchObject([
      { text: 'Tracking is slow.', authorName: 'Statuspage' },
      { text: 'Tracking works.' },
    ])
    expect(await bring(db, summary)).toMatchObject({ created: 0, updated: 0, unchanged: 1, rejected: 0, errors: [] })
    expect((await incidentRecord(db, 'INC-1'))!.updates.length).toBe(2)
  })

  it('tells the same updates apart, whether the history has their ids or not', async () => {
    const db = await database.fresh()
    const told = (ids: boolean) => [
      {
        ...(ids ? { id: 'u1' } : {}),
        body: 'We look.',
        created_at: '2026-02-01T10:00:00Z',
        display_at: '2026-02-01T09:59:00Z',
      },
    ]
    for (const ids of [false, true, false])
      await bring(db, JSON.stringify([entry('a', { incident_updates: told(ids) })]))
    expect((await incidentRecord(db, 'INC-1'))!.updates).toMatchObject([
      { at: '2026-02-01T09:59:00.000Z', text: 'We look.' },
    ])
  })

  it('may be lines, a list or one incident; what is wrong is named by its line', async () => {
    const db = await database.fresh()
    const lines = [entry('a'), '', entry('b', { id: null }), entry('c', { name: ' ' }), 7]
      .map(one => (one === '' ? '' : JSON.stringify(one)))
      .join('\n')
    expect(await bring(db, lines)).toMatchObject({
      created: 1,
      rejected: 3,
      errors: [
        { line: 3, column: 'id', message: 'an incident needs its id' },
        { line: 4, column: 'title', message: 'an incident needs a title' },
        { line: 5, column: 'id', message: 'this is not an incident' },
      ],
    })
    const list = JSON.stringify([entry('a'), entry('d', { name: '' })], null, 2)
    const line = list.split('\n').findIndex(text => text.includes('"d"')) + 1
    expect(await bring(db, list)).toMatchObject({ unchanged: 1, errors: [{ line, column: 'title' }] })
    expect(await bring(db, JSON.stringify({ incident: entry('e') }))).toMatchObject({ created: 1 })
  })

  it('that is no JSON is refused with the line', () => {
    expect(() => readHistory('{"id": "a"}\n{"id"')).toThrow(BadInput)
  })

  it('says of what was gone at a later look that it is over, not when', async () => {
    const db = await database.fresh()
    const gone = { resolved_at: null, status: 'investigating', incident_updates: [] }
    await bring(
      db,
      JSON.stringify([entry('a', { ...gone, absent_from_snapshot: '2026-02-01T12:00:00Z' }), entry('b', gone)]),
    )
    const flags = (await all(db)).map(one => [one.title, one.resolvedAt, one.flags.length]).sort()
    expect(flags).toEqual([
      ['Trouble a', null, 1],
      ['Trouble b', null, 0],
    ])
  })

  it('is known under the name of the one source of its kind, whose deliveries go on from there', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'statuspage', 'Parcels status')
    const open = { resolved_at: null, status: 'investigating', incident_updates: [] }
    await bring(db, JSON.stringify([entry('a', open)]))
    await deliver({ incident: entry('a', { updated_at: '2026-02-01T11:30:00.000Z' }) })
    expect(await all(db)).toMatchObject([
      { key: 'INC-1', externalId: 'parcels-status:a', resolvedAt: '2026-02-01T11:00:00.000Z' },
    ])
  })

  it('comes by the same door as every other import', async () => {
    const db = await database.fresh()
    const context = { db, clock, actor: editor }
    const file = (text: string) => [{ name: 'history.json', bytes: new TextEncoder().encode(text) }]
    expect(await importAnything(context, 'statuspage', file(JSON.stringify([entry('a')])))).toMatchObject({
      created: 1,
    })
    expect(await importAnything(context, 'statuspage', file('[{"id":'))).toMatchObject({
      rejected: 1,
      errors: [{ line: 1, message: expect.stringContaining('This is not JSON.') }],
    })
  })

  it('is for editors to bring in', async () => {
    const db = await database.fresh()
    const attempt = importStatuspage({ db, clock, actor: actorOf('member') }, '[]')
    await expect(attempt).rejects.toMatchObject({ status: 404 })
  })
})

const SHARED = fileURLToPath(new URL('../../../shared/data/statuspage/', import.meta.url))

describe.skipIf(!existsSync(SHARED))('A real history (skipped where ../shared/data/statuspage is absent)', () => {
  onBothDatabases('', database => {
    it('comes in whole, and again without a change', async () => {
      const db = await database.fresh()
      const text = readFileSync(`${SHARED}github-incidents-2020-2026.jsonl`, 'utf8')
      const report = await bring(db, text)
      expect(report).toMatchObject({ created: 760, updated: 0, unchanged: 0, rejected: 0, errors: [] })
      expect(report.notes).toContain('30 entries are planned work and were left out')
      expect(await bring(db, text)).toMatchObject({ created: 0, updated: 0, unchanged: 760, rejected: 0 })
      expect((await all(db)).filter(one => one.flags.length === 0 && one.resolvedAt === null).length).toBeLessThan(5)
    })

    it.each([
      ['github-summary-2020-11-07-first.json'],
      ['github-summary-2025-05-30-incident-and-maintenance.json'],
      ['github-summary-2026-08-17-major-35-updates.json'],
      ['github-summary-2026-08-22-all-operational.json'],
    ])('of which a snapshot is %s', async name => {
      const db = await database.fresh()
      const text = readFileSync(SHARED + name, 'utf8')
      const { incidents } = JSON.parse(text) as { incidents: unknown[] }
      expect(await bring(db, text)).toMatchObject({ created: incidents.length, rejected: 0, errors: [] })
      expect(await bring(db, text)).toMatchObject({ created: 0, updated: 0, unchanged: incidents.length })
    })
  })
})
