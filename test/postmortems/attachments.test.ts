import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as wholeText } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#app/identity/actor.ts'
import { addAttachments, describeImage } from '#app/postmortems/add-attachments.server.ts'
import { type AttachmentStore, attachmentStore } from '#app/postmortems/attachment-store.server.ts'
import { attachmentName, dispositionOf, typeOf } from '#app/postmortems/attachment-type.ts'
import { changeVisibility } from '#app/postmortems/change-visibility.server.ts'
import { findAttachment, listAttachments } from '#app/postmortems/list-attachments.server.ts'
import { presentPostmortem } from '#app/postmortems/present-postmortem.server.ts'
import { removeAttachment } from '#app/postmortems/remove-attachment.server.ts'
import { changePostmortem } from '#app/postmortems/resources.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { clock, NOW, prepared, refusalOf, save, someone, text } from './house.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const SVG = '<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'

describe('What a file is', () => {
  it('is told by its bytes', () => {
    const cases: [Uint8Array, string | null][] = [
      [PNG, 'image/png'],
      [Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'image/jpeg'],
      [Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'), 'image/webp'],
      [text('%PDF-1.7\n%âãÏÓ'), 'application/pdf'],
      [text(SVG), 'image/svg+xml'],
      [text('\ufeff<!DOCTYPE svg [<!ENTITY a "b">]><svg:svg/>'), 'image/svg+xml'],
      [text('2026-11-20 \u001b[31mERROR\u001b[0m pool is full\n'), 'text/plain; charset=utf-8'],
      [text('<!doctype html><script>alert(1)</script>'), 'text/plain; charset=utf-8'],
      [Buffer.from('MZ\0\0\0\0'), null],
      [Buffer.from('GIF89a\0\0'), null],
      [Buffer.from([0x63, 0xe9]), null],
      [text(''), null],
    ]
    for (const [bytes, type] of cases) expect(typeOf(bytes)).toBe(type)
  })

  it('is never a type that a browser would run, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.string().map(text)), bytes => {
        expect([
          null,
          'image/png',
          'image/jpeg',
          'image/webp',
          'image/svg+xml',
          'application/pdf',
          'text/plain; charset=utf-8',
        ]).toContain(typeOf(bytes))
      }),
    )
  })
})

describe('The name of a file', () => {
  it('loses folders and what deceives, and keeps its alphabet and its ending', () => {
    expect(attachmentName('C:\\logs\\pool.log')).toBe('pool.log')
    expect(attachmentName('../../etc/passwd')).toBe('passwd')
    expect(attachmentName('gnp.\u202eexe.png')).toBe('gnp.exe.png')
    expect(attachmentName('Zeitverlauf – Überlast.png')).toBe('Zeitverlauf – Überlast.png')
    expect(attachmentName(' .. ')).toBe('file')
    expect(attachmentName(`${'a'.repeat(300)}.png`)).toMatch(/^a{146}\.png$/)
  })

  it('makes a header of one line in plain letters, whatever it is', () => {
    expect(dispositionOf('Über "a".log', false)).toBe(
      `attachment; filename="_ber _a_.log"; filename*=UTF-8''%C3%9Cber%20%22a%22.log`,
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), name => {
        expect(dispositionOf(attachmentName(name), true)).toMatch(
          /^inline; filename="[ -~]*"; filename\*=UTF-8''[\w.!~%-]*$/,
        )
      }),
    )
  })
})

onBothDatabases('attachments', database => {
  let db: Db
  let folder: string
  let store: AttachmentStore
  let author: Actor
  let member: Actor
  let editor: Actor
  let administrator: Actor
  let count = 0
  beforeAll(async () => {
    db = await prepared(database)
    folder = mkdtempSync(join(tmpdir(), 'candor-files-'))
    store = attachmentStore(folder)
    author = await someone(db, 'member', 'author@example.org')
    member = await someone(db, 'member', 'member@example.org')
    editor = await someone(db, 'editor', 'editor@example.org')
    administrator = await someone(db, 'administrator', 'administrator@example.org')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const context = (actor: Actor) => ({ db, clock, actor, store })
  async function draft(): Promise<string> {
    const sketch = { title: `A draft ${++count}`, status: 'draft' as const, authors: ['author@example.org'] }
    return (await save(db, administrator, sketch)).slug
  }
  const kept = () =>
    readdirSync(join(folder, 'attachments'), { recursive: true }).filter(name => String(name).length > 60)
  const refused = /does not exist, or is not for you/

  it('are put beside a draft by its author, and read by those who read the draft', async () => {
    const slug = await draft()
    const [image, log] = await addAttachments(context(author), slug, {
      files: [
        { name: 'graph.png.exe', bytes: PNG },
        { name: 'pool.log', bytes: text('ERROR pool is full\n') },
      ],
      alternative: 'Only where there is one image',
    })
    const { files, mayEdit } = await listAttachments({ db, actor: author }, slug)
    expect(mayEdit).toBe(true)
    expect(files).toMatchObject([
      {
        id: image,
        name: 'graph.png.exe',
        what: 'PNG image, 70 bytes',
        isImage: true,
        alternative: '',
        addedBy: 'author',
        addedAt: NOW,
      },
      { id: log, name: 'pool.log', what: 'text, 19 bytes', isImage: false },
    ])
    const found = await findAttachment({ db, actor: editor }, slug, log!)
    expect(found).toMatchObject({ type: 'text/plain; charset=utf-8', isInline: false, mayEdit: true })
    expect(await wholeText((await store.open(found.sha256))!)).toBe('ERROR pool is full\n')
    for (const work of [
      () => listAttachments({ db, actor: member }, slug),
      () => findAttachment({ db, actor: member }, slug, log!),
      () => addAttachments(context(member), slug, { files: [{ name: 'a', bytes: PNG }], alternative: '' }),
    ])
      await expect(work()).rejects.toThrow(refused)
  })

  it('are not found beside another postmortem, nor where the text is hidden', async () => {
    const [one, other] = [await draft(), await draft()]
    const [id] = await addAttachments(context(author), one, {
      files: [{ name: 'a.png', bytes: PNG }],
      alternative: 'A',
    })
    await expect(findAttachment({ db, actor: author }, other, id!)).rejects.toThrow(refused)
    await changeVisibility({ db, clock, actor: administrator }, one, { change: 'restrict', reason: 'Legal' })
    await expect(findAttachment({ db, actor: editor }, one, id!)).rejects.toThrow(refused)
    expect((await findAttachment({ db, actor: author }, one, id!)).name).toBe('a.png')
  })

  it('are refused in words when they are too large, empty or of another kind, and then none is kept', async () => {
    const slug = await draft()
    const before = kept()
    const refusal = (bytes: Uint8Array, name: string) =>
      refusalOf(() =>
        addAttachments(context(author), slug, {
          files: [
            { name: 'fine.txt', bytes: text(`Fine ${name}`) },
            { name, bytes },
          ],
          alternative: '',
        }),
      )
    const large = Buffer.alloc(10 * 1024 * 1024 + 1, 'a')
    expect(await refusal(large, 'big.log')).toMatchObject({
      status: 413,
      message: 'big.log has 10.0 MB. A file may have 10.0 MB: cut it, or link to where it is kept.',
    })
    expect(await refusal(Buffer.alloc(0), 'none.txt')).toMatchObject({ status: 400, message: 'none.txt is empty.' })
    expect(await refusal(Buffer.from('MZ\0'), 'picture.png')).toMatchObject({
      status: 400,
      message:
        'picture.png is not a PNG, JPEG, WebP, SVG, PDF or UTF-8 text, whatever its name says. Send it as one of them.',
    })
    await expect(addAttachments(context(author), slug, { files: [], alternative: '' })).rejects.toThrow(
      'Choose a file.',
    )
    expect((await listAttachments({ db, actor: author }, slug)).files).toEqual([])
    expect(kept()).toEqual(before)
  })

  it('are shown where the text asks for them: images in place, an SVG as a link, others’ not at all', async () => {
    const [slug, other] = [await draft(), await draft()]
    const add = async (to: string, name: string, bytes: Uint8Array, alternative: string) =>
      (await addAttachments(context(author), to, { files: [{ name, bytes }], alternative }))[0] as string
    const image = await add(slug, 'a.png', PNG, 'The pool over a day')
    const drawing = await add(slug, 'b.svg', text(SVG), '')
    const foreign = await add(other, 'c.png', PNG, 'Not for here')
    await changePostmortem({ db, clock, actor: author }, slug, {
      sections: {
        summary: `![](attachment:${image})\n\n![By address](/library/${slug}/attachments/${image})\n\n![Drawn](attachment:${drawing})\n\n![Foreign](attachment:${foreign})\n\n![Far](https://x.test/a.png)`,
      },
    })
    const html = (await presentPostmortem({ db, actor: author }, slug)).summaryHtml ?? ''
    const address = `/library/${slug}/attachments/${image}`
    expect(html).toContain(`<img src="${address}" alt="The pool over a day" loading="lazy">`)
    expect(html).toContain(`<img src="${address}" alt="By address" loading="lazy">`)
    expect(html).toContain(`<a href="/library/${slug}/attachments/${drawing}" class="picture">File: Drawn</a>`)
    expect(html).toContain('<span class="picture">Picture: Foreign</span>')
    expect(html.match(/<img/g)).toHaveLength(2)
    await describeImage({ db, actor: author }, slug, { id: image, alternative: ' The pool,\n hour by hour ' })
    expect((await presentPostmortem({ db, actor: author }, slug)).summaryHtml).toContain('alt="The pool, hour by hour"')
    await removeAttachment(context(author), slug, image)
    expect((await presentPostmortem({ db, actor: author }, slug)).summaryHtml).not.toContain('<img')
  })

  it('leave a trail when they are removed, and their content goes with the last that has it', async () => {
    const [one, other] = [await draft(), await draft()]
    const bytes = text('Kept once\n')
    const file = { files: [{ name: 'once.txt', bytes }], alternative: '' }
    const [first] = await addAttachments(context(author), one, file)
    const [second] = await addAttachments(context(author), other, file)
    const { sha256 } = await findAttachment({ db, actor: author }, one, first!)
    expect(readFileSync(join(folder, 'attachments', sha256.slice(0, 2), sha256))).toEqual(Buffer.from(bytes))
    await expect(removeAttachment(context(member), one, first!)).rejects.toThrow(refused)
    await removeAttachment(context(author), one, first!)
    expect(await store.open(sha256)).not.toBeNull()
    await removeAttachment(context(editor), other, second!)
    expect(await store.open(sha256)).toBeNull()
    expect(await listAttachments({ db, actor: author }, other)).toMatchObject({
      files: [],
      removed: [{ name: 'once.txt', addedBy: 'author', removed: { by: 'editor', at: NOW } }],
    })
    await expect(removeAttachment(context(editor), other, second!)).rejects.toThrow(refused)
    const acts = await db
      .selectFrom('audit_entries')
      .select(['act', 'before'])
      .where('act', '=', 'postmortem.attachment-removed')
      .execute()
    expect(acts.map(entry => JSON.parse(entry.before ?? '{}').name)).toContain('once.txt')
  })
})
