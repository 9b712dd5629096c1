import { beforeAll, expect, it } from 'vitest'
import { importAnything } from '#app/home/import-anything.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { exportTraffic } from '#app/incidents/export-traffic.server.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { readFigures } from '#app/reports/figures.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'

const clock = { now: () => Date.parse('2026-10-05T00:00:00.000Z') }
const actor = terminalActor()

async function prepared(database: TestDatabase): Promise<Db> {
  const db = await database.fresh()
  await prepareDatabase({ db, clock })
  return db
}

const bring = (db: Db, text: string, name = 'traffic.csv', dryRun = false) =>
  importAnything({ db, clock, actor }, 'traffic', [{ name, bytes: Buffer.from(text) }], { dryRun })

const counts = ({ created, updated, unchanged, rejected }: Awaited<ReturnType<typeof bring>>) => [
  created,
  updated,
  unchanged,
  rejected,
]

async function exported(db: Db): Promise<string> {
  const parts: string[] = []
  for await (const part of exportTraffic({ db, actor })) parts.push(part)
  return parts.join('')
}

onBothDatabases('traffic', database => {
  let db: Db
  beforeAll(async () => {
    db = await prepared(database)
  })

  it('is imported by day and service; the same again changes nothing, another number does', async () => {
    const file =
      'day,service,requests\n2026-07-01,Checkout,3000000\n2026-07-01,Search,1000000\n2026-07-02,,9000000000\n'
    const first = await bring(db, file)
    expect([counts(first), first.notes]).toEqual([[3, 0, 0, 0], ['New services: Checkout, Search']])
    expect(counts(await bring(db, file))).toEqual([0, 0, 3, 0])
    expect(counts(await bring(db, file.replace('9000000000', '9000000001')))).toEqual([0, 1, 2, 0])
    expect(counts(await bring(db, '2026'))).toEqual([0, 0, 0, 1])
  })

  it('is refused row by row, with the line and the column, and the rest is kept', async () => {
    const rows = [
      '01/07/2026,,1',
      ',,1',
      '2026-07-03,,',
      '2026-07-03,,1.5',
      '2026-07-03,,2000000000000',
      '0207-07-03,,1',
    ]
    const report = await bring(
      db,
      `day,service,requests\n${rows.join('\n')}\n2026-07-03,,5\n2026-07-03,,6\n`,
      'x.csv',
      true,
    )
    expect(counts(report)).toEqual([1, 0, 0, 7])
    expect(report.errors.map(({ line, column }) => [line, column])).toEqual([
      [2, 'day'],
      [3, 'day'],
      [4, 'requests'],
      [5, 'requests'],
      [6, 'requests'],
      [7, 'day'],
      [9, 'day'],
    ])
    expect(report.errors.at(-1)!.message).toBe(
      'the same day and service as on line 8: only the first was taken; add them up in requests',
    )
  })

  it('comes as JSON Lines too, under the names that others use', async () => {
    const lines = '{"date":"2026-07-01","product":"checkout","hits":3000000}\n{"day":"2026-07-04","requests":7}\n'
    expect(counts(await bring(db, lines, 'traffic.jsonl', true))).toEqual([1, 0, 1, 0])
  })

  it('leaves as it came', async () => {
    const file = await exported(db)
    expect(file).toContain('2026-07-01,Checkout,3000000')
    expect(counts(await bring(db, file))).toEqual([0, 0, 3, 0])
    const other = await prepared(database)
    expect(counts(await bring(other, file))).toEqual([3, 0, 0, 0])
    const sorted = (text: string) => text.split('\r\n').sort()
    expect(sorted(await exported(other))).toEqual(sorted(file))
    for (const role of ['member', 'facilitator', 'editor'] as const)
      await expect(exportTraffic({ db, actor: { ...actor, role } }).next()).rejects.toThrow(/not exist/)
  })

  it('is in the audit trail when it changed something', async () => {
    const entries = await db
      .selectFrom('audit_entries')
      .select('subject')
      .where('act', '=', 'traffic.imported')
      .execute()
    expect(entries).toEqual([{ subject: 'lines 2 to 4' }, { subject: 'lines 2 to 4' }])
  })
})

onBothDatabases('incidents per million requests', database => {
  const figures = async (db: Db, from: string, to: string) =>
    (await readFigures({ db, clock, actor }, { from, to })).figures
  const incident = (n: number, day: string, impact = 'yes') => `INC-${n},Down,SEV-2,${day}T10:00:00Z,${impact}`

  it('are the incidents with customer impact over the traffic, with Garwood’s interval, and compared with before', async () => {
    const db = await prepared(database)
    const bytes = Buffer.from(
      [
        'key,title,severity,started_at,customer_impact',
        ...['2026-07-03', '2026-07-20', '2026-07-31'].map((day, i) => incident(i, day)),
        ...['2026-06-05', '2026-06-30'].map((day, i) => incident(10 + i, day)),
        incident(20, '2026-07-09', 'no'),
        incident(21, '2026-07-09', ''),
      ].join('\n'),
    )
    await importAnything({ db, clock, actor }, 'incidents', [{ name: 'incidents.csv', bytes }])
    expect(Object.keys(await figures(db, '2026-07-01', '2026-08-01')).filter(id => id.includes('Million'))).toEqual([])

    // On the second of July the row of all services is the whole, and those of two of them a part of it.
    await bring(
      db,
      [
        'day,service,requests',
        '2026-06-30,,8000000',
        '2026-07-01,Checkout,3000000',
        '2026-07-01,Search,1000000',
        '2026-07-02,,2000000',
        '2026-07-02,Checkout,900000',
        '2026-07-02,Search,1100000',
        '2026-08-01,,5000000000',
      ].join('\n'),
    )
    const july = await figures(db, '2026-07-01', '2026-08-01')
    expect(july['incidents.perMillionRequests']).toEqual({
      value: 0.5,
      // Garwood's limits of three events: 0.6187 and 8.7673.
      low: expect.closeTo(0.6187 / 6, 5),
      high: expect.closeTo(8.7673 / 6, 5),
      count: 3,
      requests: 6_000_000,
      days: 2,
    })
    expect(july['incidents.perMillionRequestsRatio']?.value).toBeCloseTo(3 / 6 / (2 / 8), 12)
    expect(july['incidents.perMillionRequestsRatio']?.low).toBeLessThan(1)
    const june = await figures(db, '2026-06-01', '2026-07-01')
    expect(june['incidents.perMillionRequestsRatio']).toEqual({ value: null, low: null, high: null })
    const october = await figures(db, '2026-10-01', '2026-10-05')
    expect(october['incidents.perMillionRequests']).toBeUndefined()
  })
})
