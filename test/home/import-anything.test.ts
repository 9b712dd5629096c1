import { beforeAll, describe, expect, it } from 'vitest'
import { IMPORT_KINDS, type ImportFile, importAnything, importKind } from '#app/home/import-anything.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import type { ImportReport } from '#app/postmortems/import-postmortems.server.ts'
import type { Db } from '#db/index.server.ts'
import { clock, NO_DATA, prepared, realFiles, refusalOf, someone, text } from '#test/postmortems/house.ts'
import { onBothDatabases } from '#test/support/databases.ts'

const bring = (db: Db, files: ImportFile[], options = {}): Promise<ImportReport> =>
  importAnything({ db, clock, actor: terminalActor() }, 'postmortems', files, options)

const counts = ({ created, updated, unchanged, rejected }: ImportReport) => ({ created, updated, unchanged, rejected })

/** The lines of the public incidents, last first: every repeat before what it repeats. */
function lastFirst(files: ImportFile[]): ImportFile[] {
  return files.map(({ name, bytes }) => ({
    name,
    bytes: name.endsWith('.jsonl')
      ? text(Buffer.from(bytes).toString().trimEnd().split('\n').reverse().join('\n'))
      : bytes,
  }))
}

async function storedTables(db: Db): Promise<number[]> {
  const tables = ['postmortems', 'postmortem_revisions', 'factors', 'action_items', 'themes', 'services'] as const
  return Promise.all(
    tables.map(async table => {
      const { n } = await db
        .selectFrom(table as 'postmortems')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return Number(n)
    }),
  )
}

describe.skipIf(NO_DATA)('the 472 real records', () => {
  onBothDatabases('importing them by one call', database => {
    let db: Db
    let report: ImportReport
    beforeAll(async () => {
      db = await prepared(database)
      report = await bring(db, realFiles())
    })

    it('takes every record in and rejects none', () => {
      expect(report.errors).toEqual([])
      expect(counts(report)).toEqual({ created: 283, updated: 0, unchanged: 189, rejected: 0 })
    })

    it('says of each of the 189 repeats that it is one', () => {
      const repeats = report.notes.filter(note => /: Repeats a record that came earlier in this import\.$/.test(note))
      expect(repeats).toHaveLength(189)
      expect(new Set(repeats).size).toBe(189)
    })

    it('says what was guessed', () => {
      const said = (pattern: RegExp) => report.notes.filter(note => pattern.test(note)).length
      expect(said(/: No status given: imported as published$/)).toBe(283)
      expect(said(/: Title taken from the first sentence$/)).toBeGreaterThan(40)
      expect(said(/: published_at \S+ guessed from the file name$/)).toBeGreaterThan(10)
      expect(said(/: published_at \S+ guessed from the path in its front matter$/)).toBe(5)
      expect(said(/: published_at \S+ has no time of day: taken as 00:00 UTC$/)).toBeGreaterThan(100)
      expect(said(/: external_id PM\d{4}-\d{3} taken from the file name$/)).toBe(8)
      expect(said(/^incidents\.jsonl, line \d+: started_at .* left open: it is before 1970$/)).toBeGreaterThan(0)
      expect(said(/stays in the text: not every line of it is/)).toBeGreaterThan(10)
      expect(said(/: Service “[^”]+” was new and has been created\.$/)).toBeGreaterThan(200)
    })

    it('applies no theme and keeps the tags as suggestions', async () => {
      const { n: applied } = await db
        .selectFrom('postmortem_themes')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      const { n: suggested } = await db
        .selectFrom('theme_suggestions')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      expect(Number(applied)).toBe(0)
      expect(Number(suggested)).toBeGreaterThan(500)
    })

    it('changes nothing when they come again', async () => {
      const before = await storedTables(db)
      const again = await bring(db, realFiles())
      expect(counts(again)).toEqual({ created: 0, updated: 0, unchanged: 472, rejected: 0 })
      expect(await storedTables(db)).toEqual(before)
    })

    it('changes nothing when they come again in another order', async () => {
      const again = await bring(db, lastFirst(realFiles().reverse()))
      expect(counts(again)).toEqual({ created: 0, updated: 0, unchanged: 472, rejected: 0 })
    })

    it('foresees the same in a dry run, and writes nothing', async () => {
      const other = await prepared(database)
      const foreseen = await bring(other, realFiles(), { dryRun: true })
      expect(counts(foreseen)).toEqual(counts(report))
      expect(await storedTables(other)).toEqual([0, 0, 0, 0, (await storedTables(db))[4], 0])
    })

    it('knows the repeats whichever comes first', async () => {
      const other = await prepared(database)
      const turned = await bring(other, lastFirst(realFiles()))
      expect(counts(turned)).toEqual(counts(report))
      expect(turned.notes.filter(note => note.includes('Repeats a record that came earlier'))).toHaveLength(189)
      const titles = async (of: Db) =>
        (await of.selectFrom('postmortems').select(['title', 'external_id']).orderBy('title').execute()).map(row =>
          Object.values(row).join(' '),
        )
      expect((await titles(other)).sort()).toEqual((await titles(db)).sort())
    })
  })
})

onBothDatabases('importing by one door', database => {
  let db: Db
  beforeAll(async () => {
    db = await prepared(database)
  })

  it('is closed to those who may not import: editors what incidents leave behind, administrators the rest', async () => {
    const files = [{ name: 'a.md', bytes: text('# Refused\n\nText.') }]
    for (const role of ['member', 'facilitator'] as const)
      for (const kind of IMPORT_KINDS) {
        const actor = { ...terminalActor(), role }
        expect((await refusalOf(() => importAnything({ db, clock, actor }, kind, files))).message).toMatch(/not exist/)
      }
    const editor = { ...terminalActor(), role: 'editor' as const }
    for (const kind of ['people', 'roles', 'deployments', 'traffic'] as const)
      await expect(importAnything({ db, clock, actor: editor }, kind, files)).rejects.toThrow(/not exist/)
    expect(await db.selectFrom('postmortems').select('id').execute()).toEqual([])
  })

  it('knows eight kinds', () => {
    for (const kind of IMPORT_KINDS) expect(importKind(kind)).toBe(kind)
    expect(IMPORT_KINDS).toHaveLength(8)
    for (const word of ['', 'Postmortems', 'constructor', undefined]) expect(() => importKind(word)).toThrow(/kind of/)
  })

  it('tells two texts with one title apart, also when they come again', async () => {
    const files = ['disk', 'network', 'disk'].map((word, at) => ({
      name: `${at}.md`,
      bytes: text(`# Postmortem\n\nIt was the ${word}.`),
    }))
    const first = await bring(db, files)
    expect(counts(first)).toEqual({ created: 2, updated: 0, unchanged: 1, rejected: 0 })
    expect(first.notes.join('\n')).toContain('1.md: There is another one with the same title')
    expect(first.notes.join('\n')).toContain('2.md: The same came earlier in this import.')
    expect(counts(await bring(db, [...files].reverse()))).toEqual({ created: 0, updated: 0, unchanged: 3, rejected: 0 })

    const changed = [files[0]!, { name: '1.md', bytes: text('# Postmortem\n\nIt was the network card.') }]
    expect(counts(await bring(db, changed))).toEqual({ created: 0, updated: 1, unchanged: 1, rejected: 0 })
    const bodies = await db.selectFrom('postmortems').select('body').where('title', '=', 'Postmortem').execute()
    expect(bodies.map(row => row.body.trim()).sort()).toEqual(['It was the disk.', 'It was the network card.'])
  })

  it('takes each in once when two import the same at the same time', async () => {
    const files = Array.from({ length: 30 }, (_, n) => ({
      name: `${n}.md`,
      bytes: text(`# At once ${n}\n\nText ${n}.`),
    }))
    const reports = await Promise.all([bring(db, files), bring(db, files), bring(db, [...files].reverse())])
    expect(reports.reduce((sum, report) => sum + report.created, 0)).toBe(30)
    expect(reports.reduce((sum, report) => sum + report.unchanged, 0)).toBe(60)
    const titles = await db.selectFrom('postmortems').select('title').where('title', 'like', 'At once %').execute()
    expect(titles).toHaveLength(30)
  })

  it('keeps the key of an incident that comes later, and links the two when it does', async () => {
    const row = 'incident,title,status,published_at,body\nINC-7,Lost link,published,2026-01-02,Text\n'
    const files = [{ name: 'postmortems.csv', bytes: text(row) }]
    expect(counts(await bring(db, files))).toMatchObject({ created: 1 })
    expect(counts(await bring(db, files))).toEqual({ created: 0, updated: 0, unchanged: 1, rejected: 0 })

    const incidents = [
      {
        name: 'incidents.csv',
        bytes: text('key,title,severity,started_at\ninc-7,Lost link,SEV-2,2026-01-01T08:00:00Z\n'),
      },
    ]
    await importAnything({ db, clock, actor: terminalActor() }, 'incidents', incidents)
    const found = await db
      .selectFrom('postmortems')
      .innerJoin('incidents', 'incidents.id', 'postmortems.incident_id')
      .select(['incidents.key', 'postmortems.incident_key'])
      .where('postmortems.title', '=', 'Lost link')
      .execute()
    expect(found).toEqual([{ key: 'inc-7', incident_key: null }])
    expect(counts(await bring(db, files))).toEqual({ created: 0, updated: 0, unchanged: 1, rejected: 0 })
  })

  it('never takes off what editors put on: a text that comes again keeps its themes', async () => {
    const file = (body: string) => [{ name: 'x.md', bytes: text(`# Tagged by hand\n\n${body}`) }]
    await bring(db, file('One.'))
    const { id } = await db
      .selectFrom('postmortems')
      .select('id')
      .where('title', '=', 'Tagged by hand')
      .executeTakeFirstOrThrow()
    const theme = await db.selectFrom('themes').select('id').where('slug', '=', 'capacity').executeTakeFirstOrThrow()
    await db.insertInto('postmortem_themes').values({ postmortem_id: id, theme_id: theme.id }).execute()
    expect(counts(await bring(db, file('Two.')))).toMatchObject({ updated: 1 })
    expect(await db.selectFrom('postmortem_themes').selectAll().where('postmortem_id', '=', id).execute()).toEqual([
      { postmortem_id: id, theme_id: theme.id },
    ])
  })

  it('neither tells an editor the title of a restricted one nor writes over it', async () => {
    const file = (body: string) => [
      {
        name: 'secret.jsonl',
        bytes: text(JSON.stringify({ title: 'Hushed', external_id: 'S-1', url: 'https://s', body })),
      },
    ]
    await bring(db, file('As it was.'))
    await db.updateTable('postmortems').set({ is_restricted: 1 }).where('external_id', '=', 'S-1').execute()
    const actor = await someone(db, 'editor')
    const again = await importAnything({ db, clock, actor }, 'postmortems', file('Changed.'))
    expect(counts(again)).toEqual({ created: 0, updated: 0, unchanged: 1, rejected: 0 })
    const byAddress = await importAnything({ db, clock, actor }, 'postmortems', [
      { name: 'b.jsonl', bytes: text('{"title":"Other","url":"https://s"}') },
    ])
    expect(counts(byAddress)).toEqual({ created: 0, updated: 0, unchanged: 1, rejected: 0 })
    expect([...again.notes, ...byAddress.notes].join('\n')).not.toContain('Hushed')
    const { body } = await db
      .selectFrom('postmortems')
      .select('body')
      .where('external_id', '=', 'S-1')
      .executeTakeFirstOrThrow()
    expect(body).toBe('As it was.')
    expect(counts(await bring(db, file('Changed.')))).toMatchObject({ updated: 1 })
  })

  it('reads tables and JSON Lines of every kind, names line and column of what is wrong, and takes the rest', async () => {
    const lines = '{"title":"Good"}\nnot json\n{"title":"Bad severity","severity":"urgent"}\n[1]\n'
    const report = await bring(db, [{ name: 'some.jsonl', bytes: text(lines) }])
    expect(counts(report)).toEqual({ created: 1, updated: 0, unchanged: 0, rejected: 3 })
    expect(report.errors.map(({ line, column }) => [line, column])).toEqual([
      [2, null],
      [3, 'severity'],
      [4, null],
    ])
  })
})
