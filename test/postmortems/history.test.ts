import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#app/identity/actor.ts'
import { editPostmortem, recordToEdit } from '#app/postmortems/edit-postmortem.server.ts'
import { type Change, differences, postmortemHistory } from '#app/postmortems/postmortem-history.server.ts'
import type { PostmortemRecord } from '#app/postmortems/record.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { clock, prepared, save, someone } from './house.ts'

const only = (changes: Change[], kind: Change['kind']) =>
  changes.filter(change => change.kind === kind).flatMap(change => change.text.trimEnd().split('\n'))

describe('differences', () => {
  it('are none between equals, and whole lines between others', () => {
    expect(differences('a\nb\n', 'a\nb\n')).toEqual([])
    expect(differences('a\nb\nc\n', 'a\nB\nc\n')).toEqual([
      { kind: 'same', text: 'a\n' },
      { kind: 'removed', text: 'b\n' },
      { kind: 'added', text: 'B\n' },
      { kind: 'same', text: 'c\n' },
    ])
  })

  it('leave out long stretches that did not change, and say how long', () => {
    const lines = Array.from({ length: 100 }, (_, n) => `line ${n}`)
    const changed = lines.with(50, 'changed')
    const parts = differences(`${lines.join('\n')}\n`, `${changed.join('\n')}\n`)
    expect(parts.map(part => part.kind)).toEqual(['skipped', 'same', 'removed', 'added', 'same', 'skipped'])
    const shown = parts.filter(part => part.kind !== 'skipped').map(part => part.text.trim().split('\n').length)
    expect(shown).toEqual([3, 1, 1, 3])
    const left = parts.filter(part => part.kind === 'skipped').map(part => Number(/^\d+/.exec(part.text)?.[0]))
    expect(left).toEqual([47, 46])
  })

  it('give up on what would take too long, and say so', () => {
    const noise = (seed: number) => Array.from({ length: 60_000 }, (_, n) => `${(n * seed) % 9973}`).join('\n')
    const start = performance.now()
    const parts = differences(noise(7919), noise(6007))
    expect(performance.now() - start).toBeLessThan(5_000)
    expect(parts).toEqual([{ kind: 'skipped', text: 'These two are too different to compare line by line.' }])
  })
})

onBothDatabases('the history of a postmortem', database => {
  let db: Db
  let editor: Actor
  let slug: string
  const change = async (edit: (record: PostmortemRecord) => Partial<PostmortemRecord>, note = '') => {
    const { record, revision } = await recordToEdit({ db, actor: editor }, slug)
    await editPostmortem({ db, clock, actor: editor }, slug, {
      record: { ...record, ...edit(record) },
      expected: revision,
      note,
    })
  }
  const history = (from = 0, to = 0) => postmortemHistory({ db, actor: editor }, slug, { from, to })

  beforeAll(async () => {
    db = await prepared(database)
    editor = await someone(db, 'editor')
    const saved = await save(db, editor, {
      title: 'Checkout stalled',
      // None of these is written as Candor keeps it.
      themes: ['Expiry', 'capacity'],
      services: ['orders  db', 'checkout'],
      authors: ['EDITOR@example.org', 'Somebody else'],
      factors: [{ text: 'A time-out', themes: ['retry storm', 'Capacity'], whys: [] }],
      timeline: [
        { at: '2026-08-14T13:45:00.000Z', atText: null, marker: 'started', text: 'Rollout' },
        { at: '2026-08-14T14:02:00.000Z', atText: null, marker: 'detected', text: 'Support calls' },
      ],
      sections: { summary: 'One.\n\nTwo.\n\nThree.', body: 'Text that stays.' },
    })
    slug = saved.slug
  })

  it('begins with one revision and nothing to compare', async () => {
    const { revisions, changes, from, to } = await history()
    expect(revisions).toMatchObject([{ number: 1, actor_name: 'editor', note: 'Written' }])
    expect({ changes, from, to }).toEqual({ changes: [], from: 1, to: 1 })
  })

  it('shows exactly the lines that were changed', async () => {
    await change(
      ({ sections }) => ({ sections: { ...sections, summary: 'One.\n\nTwo and a half.\n\nThree.' } }),
      'Half',
    )
    const { changes, revisions } = await history()
    expect(only(changes, 'removed')).toEqual(['Two.'])
    expect(only(changes, 'added')).toEqual(['Two and a half.'])
    expect(revisions.map(({ number, note }) => [number, note])).toEqual([
      [2, 'Half'],
      [1, 'Written'],
    ])
  })

  it('shows a changed entry of a list once, and a changed fact', async () => {
    await change(({ timeline }) => ({
      severity: 'SEV-2',
      timeline: timeline.map((entry, at) => (at === 1 ? { ...entry, text: 'Support calls twice' } : entry)),
    }))
    const { changes, revisions } = await history()
    expect(revisions[0]).toMatchObject({ number: 3, note: 'Edited' })
    expect(only(changes, 'removed')).toEqual(['    text: "Support calls"'])
    expect(only(changes, 'added')).toEqual(['severity: "SEV-2"', '    text: "Support calls twice"'])
  })

  it('compares any two, and the last two when asked for what is not there', async () => {
    const { changes, from, to } = await history(1, 3)
    expect({ from, to }).toEqual({ from: 1, to: 3 })
    expect(only(changes, 'added')).toHaveLength(3)
    const turned = await history(3, 1)
    expect(only(turned.changes, 'removed')).toEqual(only(changes, 'added'))
    expect(await history(2, 2)).toMatchObject({ from: 2, to: 2, changes: [] })
    for (const wanted of [99, -1, 1.5, Number.NaN])
      expect(await history(wanted, wanted)).toMatchObject({ from: 2, to: 3 })
  })
})
