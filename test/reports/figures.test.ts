import { beforeAll, describe, expect, it } from 'vitest'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { readFigures } from '#app/reports/figures.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { administrator, CASES, clock, counting, expectedOf, importCase, importCsv, NO_DATA } from './house.ts'

async function prepared(database: TestDatabase): Promise<Db> {
  const db = await database.fresh()
  await prepareDatabase({ db, clock })
  return db
}

const figuresOf = (db: Db, from: string, to: string, asOf?: string) =>
  readFigures({ db, clock, actor: administrator }, { from, to, asOf })

describe.skipIf(NO_DATA)('the metrics cases', () => {
  onBothDatabases('figures', database => {
    for (const name of CASES)
      describe(name, () => {
        let db: Db
        beforeAll(async () => {
          db = await prepared(database)
          for (const [kind, report] of await importCase(db, name))
            expect([kind, report.rejected, report.updated, report.unchanged, report.errors]).toEqual([
              kind,
              0,
              0,
              0,
              [],
            ])
        })

        it('are those of the independent implementation, to 1e-9 in every field', async () => {
          const { figures: expected, ...frame } = expectedOf(name)
          const { figures, ...given } = await figuresOf(db, frame.from, frame.to, frame.asOf)
          expect(given).toEqual(frame)
          for (const [id, fields] of Object.entries(expected)) {
            expect([id, Object.keys(figures[id] ?? {}).sort()]).toEqual([id, Object.keys(fields).sort()])
            for (const [field, value] of Object.entries(fields)) {
              const ours = figures[id]![field]
              if (value === null) expect([id, field, ours]).toEqual([id, field, null])
              else expect(Math.abs(ours! - value), `${id}.${field}: ${ours} for ${value}`).toBeLessThanOrEqual(1e-9)
            }
          }
        })

        it('come from files that change nothing when they come again', async () => {
          for (const [kind, report] of await importCase(db, name))
            expect([kind, report.created, report.updated, report.rejected]).toEqual([kind, 0, 0, 0])
        })

        it('take sixteen queries, for a quarter as for two years', async () => {
          for (const from of ['2026-07-01', '2024-10-01']) {
            const counted = counting(db)
            await figuresOf(counted.db, from, '2026-10-01', '2026-10-05T00:00:00Z')
            expect(counted.queries()).toBe(16)
          }
        })
      })
  })
})

onBothDatabases('figures', database => {
  let db: Db
  beforeAll(async () => {
    db = await prepared(database)
    await importCsv(db, 'people', 'name,email,is_engineer,start_date\nAda,ada@example.org,yes,2020-01-01\n')
    await importCsv(
      db,
      'incidents',
      [
        'key,title,severity,started_at,detected_at,acknowledged_at,mitigated_at,resolved_at,customer_impact,incident_commander',
        // Deployed 09:00, declared 09:30, closed 12:00: none of these is an endpoint.
        'INC-1,The endpoint trap,SEV-1,2026-08-03T09:10:00Z,2026-08-03T09:25:00Z,2026-08-03T09:33:00Z,2026-08-03T10:40:00Z,2026-08-03T11:30:00Z,yes,ada@example.org',
        'INC-2,A time without a zone,SEV-2,2026-09-03T09:10:00Z,2026-09-03T09:25:00Z,,,2026-09-03 11:30,yes,',
        'INC-3,An end before its start,SEV-2,2026-09-04T09:10:00Z,2026-09-04T09:00:00Z,,,,no,',
      ].join('\n'),
    )
  })

  it('measure each duration between its own two endpoints', async () => {
    const { figures } = await figuresOf(db, '2026-08-01', '2026-09-01')
    const times = ['time.toDetect', 'time.toAcknowledge', 'time.toMitigate', 'time.toResolve']
    expect(times.map(id => figures[id]?.value)).toEqual([15, 8, 90, 140])
    expect(figures['downtime.minutes']).toEqual({ value: 90, n: 1, unknown: 0 })
  })

  it('count durations as unknown that an import could not read, and as open what still lasts', async () => {
    const { figures } = await figuresOf(db, '2026-09-01', '2026-10-01')
    expect(figures['time.toDetect']).toMatchObject({ n: 1, open: 0, unknown: 1 })
    expect(figures['time.toAcknowledge']).toMatchObject({ n: 0, open: 0, unknown: 2 })
    expect(figures['time.toMitigate']).toMatchObject({ value: null, n: 1, open: 1, unknown: 1 })
    expect(figures['time.toResolve']).toMatchObject({ value: null, n: 1, open: 1, unknown: 1 })
    expect(figures['downtime.minutes']).toEqual({ value: 0, n: 0, unknown: 1 })
  })

  it('see what was known at the moment of looking', async () => {
    const { figures } = await figuresOf(db, '2026-08-01', '2026-09-01', '2026-08-03T10:50:00Z')
    expect(figures['time.toMitigate']).toMatchObject({ value: 90, open: 0 })
    expect(figures['time.toResolve']).toMatchObject({ value: null, n: 1, open: 1 })
    const before = await figuresOf(db, '2026-08-01', '2026-09-01', '2026-08-02T00:00:00Z')
    expect(before.figures['incidents.count']).toEqual({ value: 0 })
  })

  it('credit the commander whom an incident only names', async () => {
    const { figures } = await figuresOf(db, '2026-08-01', '2026-09-01')
    expect(figures['participation.ledEver']).toEqual({ value: 1, count: 1, n: 1, target: 0.65 })
    expect(figures['participation.firstTimeLeads']).toEqual({ value: 1 })
  })

  it('count a restricted postmortem as written, and no undated one as on time', async () => {
    const rows = 'incident,title,status,published_at,body\nINC-1,Hushed,published,2026-08-04T09:00:00Z,Text\n'
    await importCsv(db, 'postmortems', rows)
    await db.updateTable('postmortems').set({ is_restricted: 1 }).execute()
    const restricted = await figuresOf(db, '2026-08-01', '2026-09-01')
    expect(restricted.figures['postmortems.onTime']).toMatchObject({ value: 1, count: 1, n: 1 })
    expect(restricted.figures['postmortems.onTimeSev1']).toMatchObject({ value: 1, count: 1, n: 1 })
    await db.updateTable('postmortems').set({ published_at: null }).execute()
    const undated = await figuresOf(db, '2026-08-01', '2026-09-01')
    expect(undated.figures['postmortems.onTime']).toMatchObject({ value: null, count: 0, n: 0, unknown: 1 })
    expect(undated.figures['postmortems.coverage']).toMatchObject({ value: 1, count: 1, n: 1 })
  })

  it('refuse what is no period and no moment, naming the field', async () => {
    const paths = async (from: string, to: string, asOf?: string) => {
      const refusal = await figuresOf(db, from, to, asOf).catch(error => error)
      return (refusal.errors ?? []).map((error: { path: string }) => error.path)
    }
    expect(await paths('2026-02-30', '1.3.2026')).toEqual(['from', 'to'])
    expect(await paths('2026-03-01', '2026-03-01')).toEqual(['to'])
    expect(await paths('2026-03-01', '2026-04-01', '2026-03-01 12:00')).toEqual(['asOf'])
    expect(await paths('2026-03-01', '2026-04-01', '2026-02-01T00:00:00Z')).toEqual(['asOf'])
    expect(await paths('2027-03-01', '2027-04-01')).toEqual(['from'])
  })
})
