import { parse as parseCsv } from 'csv-parse/sync'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ImportFile, importAnything } from '#app/home/import-anything.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import {
  countExported,
  type Exported,
  exportCsv,
  exportJsonLines,
  exportRecords,
  exportZip,
} from '#app/postmortems/export-postmortems.server.ts'
import { type Incoming, importPostmortems } from '#app/postmortems/import-postmortems.server.ts'
import type { PostmortemRecord } from '#app/postmortems/record.ts'
import type { Db } from '#db/index.server.ts'
import { seedDemo } from '#db/seeds/demo-organisation.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { anyRecord } from './any-record.ts'
import { all, clock, NO_DATA, prepared, realFiles, recordOf, save, text } from './house.ts'

const actor = terminalActor()

/** Everything in each of the three forms, as files to be imported. */
const FORMS: Record<string, (db: Db) => Promise<ImportFile>> = {
  'a folder of Markdown': async db => ({
    name: 'candor.zip',
    bytes: Buffer.concat((await all(exportZip(db))) as Uint8Array[]),
  }),
  'JSON Lines': async db => ({ name: 'candor.jsonl', bytes: text((await all(exportJsonLines(db))).join('')) }),
  CSV: async db => ({ name: 'candor.csv', bytes: text((await all(exportCsv(db))).join('')) }),
}

const bring = (db: Db, files: ImportFile[]) => importAnything({ db, clock, actor }, 'postmortems', files)
const bySlug = (list: Exported[]) => Object.fromEntries(list.map(({ slug, record }) => [slug, record]))

onBothDatabases('a library taken elsewhere', database => {
  let db: Db
  let library: Exported[]
  beforeAll(async () => {
    db = await prepared(database)
    await seedDemo({ db, clock })
    if (!NO_DATA) await bring(db, realFiles())
    library = await all(exportRecords(db))
  })

  it('is exported whole', async () => {
    expect(library.length).toBe(await countExported(db))
    expect(library.length).toBeGreaterThan(NO_DATA ? 70 : 300)
  })

  for (const [form, write] of Object.entries(FORMS)) {
    it(`is the same in a new house by way of ${form}`, async () => {
      const other = await prepared(database)
      const report = await bring(other, [await write(db)])
      expect(report).toMatchObject({ created: library.length, updated: 0, unchanged: 0, rejected: 0, errors: [] })
      expect(bySlug(await all(exportRecords(other)))).toEqual(bySlug(library))
    })

    it(`changes nothing when it comes back by way of ${form}`, async () => {
      const report = await bring(db, [await write(db)])
      expect(report).toMatchObject({ created: 0, updated: 0, unchanged: library.length, rejected: 0 })
    })
  }
})

/** What names become is for other rooms to say; all else must be kept to the letter. */
function withoutNames({ services: _s, themes: _t, factors, ...rest }: PostmortemRecord) {
  return { ...rest, factors: factors.map(({ text, whys }) => ({ text, whys })) }
}

const incoming = (record: PostmortemRecord): Incoming => ({
  record,
  notes: [],
  suggestedThemes: [],
  duplicateOf: null,
  line: null,
  source: 'made up',
})

async function forgetAll(db: Db): Promise<void> {
  await db.deleteFrom('postmortems').execute()
  await db.deleteFrom('services').execute()
}

onBothDatabases('any records at all', database => {
  let here: Db
  let there: Db
  beforeAll(async () => {
    ;[here, there] = [await prepared(database), await prepared(database)]
  })

  it('are stored as they came, and go to another house and back to the letter', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyRecord, {
          minLength: 10,
          maxLength: 30,
          comparator: (a, b) =>
            (a.externalId !== null && a.externalId === b.externalId) ||
            (a.sourceUrl !== null && a.sourceUrl === b.sourceUrl),
        }),
        async records => {
          await forgetAll(here)
          const report = await importPostmortems({ db: here, clock, actor }, records.map(incoming))
          expect(report).toMatchObject({ created: records.length, updated: 0, unchanged: 0, rejected: 0 })
          await here.updateTable('postmortems').set({ status: 'published' }).execute()
          const published = records.map(record => ({ ...record, status: 'published' as const }))
          const library = await all(exportRecords(here))
          expect(library.map(({ record }) => withoutNames(record))).toEqual(published.map(withoutNames))

          for (const write of Object.values(FORMS)) {
            await forgetAll(there)
            const file = await write(here)
            expect(await bring(there, [file])).toMatchObject({ created: records.length, rejected: 0 })
            const copy = await all(exportRecords(there))
            expect(copy.map(({ record }) => record)).toEqual(library.map(({ record }) => record))
            expect(await bring(there, [file])).toMatchObject({ created: 0, updated: 0, unchanged: records.length })
          }
        },
      ),
      { numRuns: 6 },
    )
  })
})

onBothDatabases('exported files', database => {
  let db: Db
  beforeAll(async () => {
    db = await prepared(database)
  })

  it('hold no cell that a spreadsheet would run, and give such texts back as they were', async () => {
    const titles = [
      '=HYPERLINK("https://evil.example")',
      '+44 20 7946',
      '-5 degrees',
      '@SUM(1)',
      '\t=1',
      "'=1",
      '=1\n+2',
    ]
    for (const title of titles) await save(db, actor, { title, externalId: title, sections: { summary: title } })
    const csv = (await all(exportCsv(db))).join('')
    const cells = (parseCsv(csv) as string[][]).flat()
    expect(cells.length).toBe(9 * (titles.length + 1))
    expect(cells.filter(cell => /^[=+\-@\t\r]/.test(cell))).toEqual([])
    expect(await bring(db, [{ name: 'again.csv', bytes: text(csv) }])).toMatchObject({ unchanged: titles.length })
  })

  it('carry records larger than a spreadsheet’s cell', async () => {
    const body = 'All of a very long log. '.repeat(6_000)
    await save(db, actor, { title: 'A long one', sections: { body, summary: body } })
    for (const write of Object.values(FORMS)) {
      const other = await prepared(database)
      expect(await bring(other, [await write(db)])).toMatchObject({ rejected: 0, errors: [] })
      const { record } = (await all(exportRecords(other))).find(({ slug }) => slug === 'a-long-one') as Exported
      expect(record.sections).toMatchObject({ body, summary: body })
    }
  })

  it('are one Markdown file for each, named by its slug', async () => {
    await save(db, actor, { title: 'Größe & Ünïts' })
    const zip = await FORMS['a folder of Markdown']!(db)
    expect(Buffer.from(zip.bytes).includes('grosse-units.md')).toBe(true)
  })
})

describe('one line of JSON', () => {
  onBothDatabases('from another program that calls itself Candor', database => {
    it('is refused with the field named when its record is not one', async () => {
      const db = await prepared(database)
      const record = { ...recordOf({ title: 'x' }), severity: 'SEV-9' }
      const report = await bring(db, [
        {
          name: 'a.jsonl',
          bytes: text(`${JSON.stringify({ candor: 1, title: 'x', record })}\n{"candor":1,"title":"y"}`),
        },
      ])
      expect(report).toMatchObject({ created: 1, rejected: 1 })
      expect(report.errors).toMatchObject([{ line: 1, column: 'severity' }])
    })

    it('loses what cannot be stored, and says so', async () => {
      const db = await prepared(database)
      const record = recordOf({ title: 'Nul\0', sections: { body: 'a\u0001b\ud800c\r\nd' } })
      const report = await bring(db, [{ name: 'a.jsonl', bytes: text(JSON.stringify({ candor: 1, record })) }])
      expect(report).toMatchObject({ created: 1, rejected: 0 })
      expect(report.notes.join('\n')).toMatch(/NUL character taken out[\s\S]*control character[\s\S]*lone surrogate/)
      const [only] = await all(exportRecords(db))
      expect(only?.record).toEqual(recordOf({ title: 'Nul', sections: { body: 'abc\nd' } }))
    })
  })
})
