import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import yazl from 'yazl'
import { readForm } from '#app/http/read-form.server.ts'
import type { Actor } from '#app/identity/actor.ts'
import { AppError } from '#app/platform/errors.ts'
import { unzip } from '#app/platform/unzip.server.ts'
import {
  chooseRecords,
  correctRecord,
  ownImport,
  previewImport,
  recentImports,
  recordOfImport,
  startImport,
} from '#app/postmortems/import-job.server.ts'
import { PREVIEW_PAGE } from '#app/postmortems/page-sizes.ts'
import { prepareImport, type UploadedFile } from '#app/postmortems/prepare-import.server.ts'
import { understandFiles } from '#app/postmortems/understand-files.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { all, clock, log, prepared, refusalOf, someone, text } from './house.ts'

function zipOf(files: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, body] of Object.entries(files)) zip.addBuffer(Buffer.from(body), name)
  zip.end()
  return all(zip.outputStream as AsyncIterable<Buffer>).then(chunks => Buffer.concat(chunks))
}

/** The zip with every occurrence of a name turned into another of the same length, which no honest program writes. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
  expect(to.length).toBe(from.length)
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1')
}

/** The zip with a byte changed in each of its headers, local and central. */
function patched(zip: Buffer, local: number, central: number, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(zip)
  for (let at = 0; at < copy.length - 4; at++) {
    const signature = copy.readUInt32LE(at)
    if (signature === 0x04034b50) copy[at + local] = change(copy[at + local] as number)
    if (signature === 0x02014b50) copy[at + central] = change(copy[at + central] as number)
  }
  return copy
}

const messageOf = async (work: () => Promise<unknown>): Promise<string> => {
  const error = await refusalOf(work)
  expect(error).toBeInstanceOf(AppError)
  expect((error as AppError).status).toBe(400)
  return error.message
}

describe('unpacking a zip', () => {
  it('gives its files, without folders and what systems add', async () => {
    const files = { 'a/b.md': 'one', 'a/.hidden': 'x', '__MACOSX/a/._b.md': 'x', 'a/.DS_Store': 'x', 'c d.md': 'two' }
    const unpacked = await unzip(await zipOf(files))
    expect(unpacked.map(file => [file.name, Buffer.from(file.bytes).toString()])).toEqual([
      ['a/b.md', 'one'],
      ['c d.md', 'two'],
    ])
  })

  it('refuses names that lead out of the archive', async () => {
    const zip = await zipOf({ 'xx/evil.md': '# Evil' })
    for (const name of ['../evil.md', '/x/evil.md', 'C:/evil.md', 'x/../ev.md'])
      expect(await messageOf(() => unzip(renamed(zip, 'xx/evil.md', name)))).toMatch(/leads out of the archive/)
    expect(await messageOf(() => unzip(renamed(zip, 'xx/evil.md', '..\\evil.md')))).toMatch(/leads out of the archive/)
  })

  it('refuses bombs before it has unpacked them', async () => {
    const zeros = Buffer.alloc(30 * 1024 * 1024)
    expect(await messageOf(async () => unzip(await zipOf({ 'a.md': zeros })))).toMatch(/more than 100 MB/)
    const noise = (n: number) => Buffer.from(Array.from({ length: 60_000 }, (_, i) => `${(i * n) % 7919} `).join(''))
    const many = await zipOf(Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`${n}.md`, noise(n + 1)])))
    expect(await messageOf(() => unzip(many))).toMatch(/more than 100 MB/)
  })

  it('refuses a file that is larger than its header says', async () => {
    const zip = await zipOf({ 'a.md': 'x'.repeat(5_000) })
    // Offset of the lowest byte of the uncompressed size: 5,000 becomes 4,96x.
    const lying = patched(zip, 22, 24, byte => byte - 32)
    expect(await messageOf(() => unzip(lying))).toMatch(/cannot be read/)
  })

  it('refuses encrypted, damaged and truncated ones', async () => {
    const zip = await zipOf({ 'a.md': 'x'.repeat(500) })
    expect(await messageOf(() => unzip(patched(zip, 6, 8, flags => flags | 1)))).toMatch(/encrypted/)
    for (const length of [10, 40, zip.length - 1])
      expect(await messageOf(() => unzip(zip.subarray(0, length)))).toMatch(/cannot be read/)
  })

  it('refuses more files than anybody has', async () => {
    const many = await zipOf(Object.fromEntries(Array.from({ length: 6_000 }, (_, n) => [`${n}.md`, '# x'])))
    expect(await messageOf(() => unzip(many))).toMatch(/more than 5000 files/)
  })
})

describe('an upload', () => {
  it('of several zips has one budget for all of them', async () => {
    const zeros = Buffer.alloc(1024 * 1024)
    const zip = await zipOf(Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`${n}.md`, zeros])))
    const files = ['first.zip', 'second.zip'].map(name => ({ name, bytes: zip }))
    const errors = (await all(understandFiles(files))).map(part => [part.source, part.errors[0]?.message])
    expect(errors).toHaveLength(61)
    expect(errors[59]).toEqual(['59.md', expect.stringContaining('not text')])
    expect(errors[60]).toEqual(['second.zip', expect.stringContaining('more than 100 MB')])
  })

  it('of more than 20 MB is refused as it arrives, with the limit in words', async () => {
    const limit = 20 * 1024 * 1024
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1024 * 1024
        controller.enqueue(new Uint8Array(1024 * 1024))
      },
    })
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    const refusal = (await refusalOf(() => readForm(new Request('http://x', init), limit))) as AppError
    expect([refusal.status, refusal.message]).toEqual([413, expect.stringContaining('more than 20 MB')])
    expect(sent).toBeLessThan(limit + 4 * 1024 * 1024)
    const announced = new Request('http://x', {
      method: 'POST',
      body: 'x',
      headers: { 'content-length': `${limit + 1}` },
    })
    expect(((await refusalOf(() => readForm(announced, limit))) as AppError).status).toBe(413)
  })
})

onBothDatabases('an import through the browser', database => {
  let db: Db
  let editor: Actor
  beforeAll(async () => {
    db = await prepared(database)
    editor = await someone(db, 'editor')
  })
  const context = () => ({ db, clock, actor: editor, log })
  const upload = (files: UploadedFile[]) => prepareImport(context(), files)
  const markdown = (name: string, body: string): UploadedFile => ({ name, bytes: text(body) })
  const finished = async (id: string) => {
    for (let tries = 0; tries < 300; tries++) {
      const job = await previewImport(context(), id, 1)
      if (job.state !== 'running') return job
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    throw new Error('The import never ended.')
  }
  const titles = async () =>
    (await db.selectFrom('postmortems').select('title').orderBy('title').execute()).map(row => row.title)

  it('shows what was understood, and nothing is in the library yet', async () => {
    const id = await upload([
      markdown('one.md', '# One\n\nDate: 2026-01-02\n\n## Timeline\n\n- 2026-01-02 10:00 UTC - it broke\n'),
      markdown('broken.csv', 'title,severity\nTwo,urgent\n'),
    ])
    const job = await previewImport(context(), id, 1)
    expect(job).toMatchObject({ state: 'preview', total: 1, done: 0, skipped: 0 })
    expect(job.records).toMatchObject([
      { position: 0, source: 'one.md', skipped: false, record: { title: 'One', timeline: [{ text: 'it broke' }] } },
    ])
    expect(job.report).toMatchObject({ rejected: 1, errors: [{ line: 2, column: 'severity' }] })
    expect(await titles()).toEqual([])
    expect((await recentImports(context())).map(one => one.id)).toEqual([id])
  })

  it('takes a correction, leaves out what was deselected, runs, and reports', async () => {
    const id = await upload([
      markdown('a.md', '# Alpha\n\nText.'),
      markdown('b.md', '# Beta\n\nText.'),
      markdown('c.md', '# Gamma\n\nText.'),
      markdown('d.csv', 'title,salary\nDelta,1000\n,1\n'),
    ])
    const { record } = await recordOfImport(context(), id, 1)
    await correctRecord(context(), id, 1, { ...record, title: 'Beta, corrected', themes: ['capacity'] })
    await correctRecord(context(), id, 1, { ...record, title: 'Beta, corrected twice', themes: ['capacity'] })
    await chooseRecords(context(), id, 1, new Set([0, 1, 3, 77]))
    expect(await previewImport(context(), id, 1)).toMatchObject({ skipped: 1 })
    await startImport(context(), id)
    const job = await finished(id)
    expect(job).toMatchObject({ state: 'done', total: 4, done: 4, records: [] })
    expect(job.report).toMatchObject({ created: 3, updated: 0, unchanged: 0, rejected: 1 })
    expect(job.report.notes.filter(note => note === 'b.md: Corrected by hand before the import.')).toHaveLength(1)
    expect(job.report.notes).toContain('d.csv: Column not imported: salary')
    expect(await titles()).toEqual(['Alpha', 'Beta, corrected twice', 'Delta'])
    await startImport(context(), id)
    expect(await finished(id)).toMatchObject({ state: 'done', report: { created: 3 } })
    await expect(recordOfImport(context(), id, 0)).rejects.toThrow(/record does not exist/)
  })

  it('is nobody else’s', async () => {
    const id = await upload([markdown('mine.md', '# Mine\n\nText.')])
    const others = { ...context(), actor: await someone(db, 'editor', 'other@example.org') }
    for (const work of [
      () => ownImport(others, id),
      () => previewImport(others, id, 1),
      () => recordOfImport(others, id, 0),
      () => correctRecord(others, id, 0, {} as never),
      () => chooseRecords(others, id, 1, new Set()),
      () => startImport(others, id),
      () => ownImport(context(), 'no-such-import'),
      () => ownImport(context(), 'a\0b'),
      () => recordOfImport(context(), id, 1),
      () => recordOfImport(context(), id, -1),
      () => recordOfImport(context(), id, 1e300),
      () => recordOfImport(context(), id, Number.NaN),
    ]) {
      const error = (await refusalOf(work)) as AppError
      expect([error.status, error.message]).toEqual([404, expect.stringContaining('does not exist')])
    }
    expect(await recentImports(others)).toEqual([])
    for (const page of [0, 2, -1, 1e300, Number.NaN])
      expect((await previewImport(context(), id, page)).records).toEqual([])
  })

  it('knows repeats across the pages of its preview, whichever comes first', async () => {
    const line = (n: number, more: object = {}) =>
      JSON.stringify({ title: `Paged ${n}`, url: `https://example.org/${n}`, ...more })
    const lines = Array.from({ length: PREVIEW_PAGE * 2 + 10 }, (_, n) => line(n, { external_id: `paged-${n}` }))
    lines.unshift(line(105, { title: 'Only repeats', duplicate_of: 'paged-105' }))
    const id = await upload([{ name: 'paged.jsonl', bytes: text(lines.join('\n')) }])
    expect((await previewImport(context(), id, 3)).records).toHaveLength(11)
    await chooseRecords(context(), id, 3, new Set([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]))
    await startImport(context(), id)
    const { report, done } = await finished(id)
    expect(done).toBe(111)
    expect(report).toMatchObject({ created: 109, unchanged: 1, rejected: 0 })
    expect(await titles()).not.toContain('Only repeats')
  })

  it('is stopped by a restart, says so, and goes on where it was', async () => {
    const id = await upload(['x', 'y', 'z'].map(name => markdown(`${name}.md`, `# Restart ${name}\n\nText.`)))
    const { record } = await recordOfImport(context(), id, 0)
    // As the server left it: running, one record in.
    await db.updateTable('imports').set({ state: 'running', done: 1 }).where('id', '=', id).execute()
    expect(await previewImport(context(), id, 1)).toMatchObject({ state: 'stopped', done: 1, total: 3 })
    await expect(correctRecord(context(), id, 0, record)).rejects.toThrow(/does not exist/)
    await startImport(context(), id)
    expect(await finished(id)).toMatchObject({ state: 'done', done: 3, report: { created: 3 } })
    const again = await upload(['x', 'y', 'w'].map(name => markdown(`${name}.md`, `# Restart ${name}\n\nText.`)))
    await startImport(context(), again)
    expect(await finished(again)).toMatchObject({ report: { created: 1, unchanged: 2 } })
  })

  it('runs once however often it is started', async () => {
    const id = await upload([markdown('once.md', '# Only once\n\nText.')])
    await Promise.all([1, 2, 3].map(() => startImport(context(), id)))
    expect(await finished(id)).toMatchObject({ report: { created: 1, updated: 0, unchanged: 0 } })
    expect((await titles()).filter(title => title === 'Only once')).toHaveLength(1)
  })

  it('stores all others whole and nothing of one that the database refuses', async () => {
    const fresh = await prepared(database)
    const actor = await someone(fresh, 'editor')
    // A rule that only the database knows: no two revisions with the same note and number.
    await sql`create unique index only_here on action_items (title)`.execute(fresh)
    const file = (name: string, action: string) =>
      markdown(`${name}.md`, `# ${name}\n\nText of ${name}.\n\n## Action items\n\n- [ ] ${action}\n`)
    const files = [file('First', 'Do it'), file('Second', 'Do it'), file('Third', 'Do another')]
    const id = await prepareImport({ db: fresh, clock, actor }, files)
    await startImport({ db: fresh, clock, actor, log }, id)
    let job = await previewImport({ db: fresh, actor }, id, 1)
    for (let tries = 0; job.state === 'running' && tries < 300; tries++) {
      await new Promise(resolve => setTimeout(resolve, 20))
      job = await previewImport({ db: fresh, actor }, id, 1)
    }
    expect(job).toMatchObject({ state: 'done', report: { created: 2, rejected: 1 } })
    expect(job.report.errors).toMatchObject([{ message: expect.stringMatching(/^Second\.md: could not be stored/) }])
    const count = async (table: 'postmortems' | 'postmortem_revisions' | 'action_items' | 'search_documents') =>
      (
        await fresh
          .selectFrom(table as 'postmortems')
          .selectAll()
          .execute()
      ).length
    expect([
      await count('postmortems'),
      await count('postmortem_revisions'),
      await count('action_items'),
      await count('search_documents'),
    ]).toEqual([2, 2, 2, 2])
  })

  it('reads zips, names the file inside that it could not read, and takes the rest', async () => {
    const inner = await zipOf({ 'deep.md': '# Deep' })
    const zip = await zipOf({
      'a/zipped.md': '# Zipped\n\nText.',
      'inner.zip': inner,
      'bin.md': Buffer.from([0, 1, 2, 0]),
    })
    const id = await upload([{ name: 'all.zip', bytes: zip }, markdown('plain.md', '# Plain\n\nText.')])
    const job = await previewImport(context(), id, 1)
    expect(job.records.map(one => [one.source, one.record.title])).toEqual([
      ['a/zipped.md', 'Zipped'],
      ['plain.md', 'Plain'],
    ])
    expect(job.report.errors.map(error => error.message)).toEqual([
      expect.stringMatching(/^inner\.zip: this is a zip archive/),
      expect.stringMatching(/^bin\.md: this file is not text/),
    ])
  })

  it('refuses an upload with nothing in it, and says why', async () => {
    const bomb = await zipOf({ 'a.md': Buffer.alloc(30 * 1024 * 1024) })
    const cases: [UploadedFile[], RegExp][] = [
      [[], /Choose at least one file/],
      [[markdown('empty.md', '')], /empty/],
      [[{ name: 'page.html', bytes: text('<!doctype html><title>Sign in</title>') }], /web page/],
      [[{ name: 'bomb.zip', bytes: bomb }], /unpacks to more than 100 MB/],
      [
        [{ name: 'out.zip', bytes: renamed(await zipOf({ 'xx/a.md': '# A' }), 'xx/a.md', '../a.md') }],
        /out of the archive/,
      ],
      [[{ name: 'none.zip', bytes: await zipOf({ '.hidden': 'x' }) }], /nothing to import/i],
      [[markdown('head.csv', 'title,body\n')], /no rows/],
    ]
    for (const [files, why] of cases) {
      const refusal = (await refusalOf(() => upload(files))) as AppError
      expect([refusal.status, refusal.errors[0]?.path]).toEqual([400, 'files'])
      expect(refusal.message).toMatch(why)
    }
  })

  it('is forgotten after a fortnight when nobody came back to it', async () => {
    const id = await upload([markdown('late.md', '# Late\n\nText.')])
    const later = { now: () => clock.now() + 15 * 86_400_000 }
    await prepareImport({ ...context(), clock: later }, [markdown('next.md', '# Next\n\nText.')])
    await expect(ownImport(context(), id)).rejects.toThrow(/does not exist/)
  })
})
