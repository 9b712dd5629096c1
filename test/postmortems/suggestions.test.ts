import { beforeAll, expect, it } from 'vitest'
import { importAnything } from '#app/home/import-anything.server.ts'
import type { Actor } from '#app/identity/actor.ts'
import { decideSuggestion } from '#app/postmortems/decide-suggestion.server.ts'
import { editPostmortem, recordToEdit } from '#app/postmortems/edit-postmortem.server.ts'
import { indexPostmortems } from '#app/postmortems/index-postmortems.server.ts'
import { readPostmortem } from '#app/postmortems/read-postmortem.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { clock, prepared, refusalOf, save, someone, text } from './house.ts'

onBothDatabases('suggested themes', database => {
  let db: Db
  let editor: Actor
  let member: Actor
  const bring = (body: string, name = 'pool.md') =>
    importAnything({ db, clock, actor: editor }, 'postmortems', [{ name, bytes: text(body) }])
  const read = (slug: string, actor = editor) => readPostmortem({ db, actor }, slug)
  const suggested = async (slug: string) => (await read(slug)).suggestions.map(one => one.slug)
  const decide = (slug: string, theme: string, apply: boolean, actor = editor) =>
    decideSuggestion({ db, clock, actor }, { slug, theme, apply })

  beforeAll(async () => {
    db = await prepared(database)
    editor = await someone(db, 'editor')
    member = await someone(db, 'member')
  })

  it('come from what a text says and from its tags, with the reason, and none is applied', async () => {
    await bring(
      '---\ntitle: Orders stood still\ntags: [Capacity]\n---\n\nA certificate expired. The certificate expired at noon.',
    )
    const { suggestions, record, themes } = await read('orders-stood-still')
    expect(record.themes).toEqual([])
    expect(themes).toEqual([])
    const reasons = new Map(suggestions.map(one => [one.slug, one.reason]))
    expect(reasons.get('expiry')).toBe('mentions “certificate expired” twice')
    expect([...reasons.values()]).toContain('tagged “Capacity”')
  })

  it('are for editors only', async () => {
    expect((await read('orders-stood-still', member)).suggestions).toEqual([])
    for (const apply of [true, false])
      expect((await refusalOf(() => decide('orders-stood-still', 'expiry', apply, member))).message).toMatch(
        /not exist/,
      )
    expect(await suggested('orders-stood-still')).toContain('expiry')
    await expect(decide('orders-stood-still', 'no-such-theme', true)).rejects.toThrow(/theme does not exist/)
  })

  it('become themes when an editor applies them, the others stay open, and the history says so', async () => {
    const before = await suggested('orders-stood-still')
    await decide('orders-stood-still', 'expiry', true)
    expect((await read('orders-stood-still')).record.themes).toEqual(['expiry'])
    expect((await suggested('orders-stood-still')).sort()).toEqual(before.filter(one => one !== 'expiry').sort())
    await decide('orders-stood-still', 'expiry', true)
    const { revision } = await read('orders-stood-still')
    expect(revision).toBe(2)
  })

  it('outlive an edit, unless the edit applies them', async () => {
    await bring('# Retry storm\n\nA retry storm filled the disk. The disk filled up. A retry storm, and a memory leak.')
    const before = await suggested('retry-storm')
    expect(before.length).toBeGreaterThan(1)
    const { record, revision } = await recordToEdit({ db, actor: editor }, 'retry-storm')
    const themes = [before[0] as string]
    const changed = { ...record, themes, title: 'Retry storm!' }
    await editPostmortem({ db, clock, actor: editor }, 'retry-storm', { record: changed, expected: revision, note: '' })
    expect((await read('retry-storm')).record.themes).toEqual(themes)
    expect(await suggested('retry-storm')).toEqual(before.slice(1))
  })

  it('stay dismissed when the text comes again, even changed', async () => {
    const document = (more: string) => `# Clock skew\n\nThe certificate expired. ${more}`
    await bring(document(''))
    expect(await suggested('clock-skew')).toEqual(['expiry'])
    await decide('clock-skew', 'expiry', false)
    expect(await suggested('clock-skew')).toEqual([])
    expect(await bring(document(''))).toMatchObject({ unchanged: 1 })
    expect(await bring(document('Again the certificate expired.'))).toMatchObject({ updated: 1 })
    expect(await suggested('clock-skew')).toEqual([])
    expect((await read('clock-skew')).record.themes).toEqual([])
  })

  it('come from similar postmortems once there are enough of them, but not from restricted ones', async () => {
    const story = 'The thumbnail renderer starved behind one giant panorama in its queue'
    for (let n = 0; n < 20; n++)
      await save(db, editor, {
        title: `Thumbnails late ${n}`,
        themes: n < 3 ? ['noisy-neighbour'] : [],
        sections: { body: n < 3 ? story : `Something else altogether, number ${n}.` },
      })
    const hidden = await save(db, editor, { title: 'Hidden', themes: ['data-loss-x'], sections: { body: story } })
    const twin = await save(db, editor, { title: 'Hidden too', themes: ['data-loss-x'], sections: { body: story } })
    await db.updateTable('postmortems').set({ is_restricted: 1 }).where('id', 'in', [hidden.id, twin.id]).execute()
    await db.transaction().execute(tx => indexPostmortems(tx, [hidden.id, twin.id]))

    await bring(`# Panorama\n\n${story}.`)
    expect((await read('panorama')).suggestions).toEqual([
      { slug: 'noisy-neighbour', name: 'Noisy neighbour', reason: 'resembles 3 that carry it' },
    ])
    expect((await read('panorama')).record.themes).toEqual([])
    await decide('panorama', 'noisy-neighbour', false)
    await bring(`# Panorama\n\n${story}, as we know.`)
    expect(await suggested('panorama')).toEqual([])
  })
})
