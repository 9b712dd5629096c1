/** Families: proposed with reasons, judged by editors, undone, and never telling what is hidden. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from '#app/identity/actor.ts'
import { confirmFamily } from '#app/incidents/confirm-family.server.ts'
import { repeatsAmong } from '#app/incidents/family-repeats.ts'
import { repeatsToReview } from '#app/incidents/family-view.server.ts'
import { type IncidentInput, saveIncident } from '#app/incidents/incidents.server.ts'
import { mergeFamilies } from '#app/incidents/merge-families.server.ts'
import { refuseFamily } from '#app/incidents/refuse-family.server.ts'
import { renameFamily } from '#app/incidents/rename-family.server.ts'
import { reviewRepeat } from '#app/incidents/review-repeat.server.ts'
import { splitFamily } from '#app/incidents/split-family.server.ts'
import { undoFamilyChange } from '#app/incidents/undo-family-change.server.ts'
import { changeVisibility } from '#app/postmortems/change-visibility.server.ts'
import { familyPage } from '#app/postmortems/family-page.server.ts'
import { likenessOf } from '#app/postmortems/family-reasons.ts'
import { presentPostmortem } from '#app/postmortems/present-postmortem.server.ts'
import { related } from '#app/search/related.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { refusalOf } from '#test/identity/house.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { clock, NOW, prepared, type Sketch, save, someone } from './house.ts'

const DAY = 86_400_000

async function incident(db: Db, key: string, startedAt: string, more: Partial<IncidentInput> = {}) {
  const resolvedAt = new Date(Date.parse(startedAt) + 3_600_000).toISOString()
  const input = { key, title: `Incident ${key}`, startedAt, resolvedAt, services: ['Checkout'], ...more }
  await inTransaction(db, tx => saveIncident(tx, { clock }, input))
}

const STORM = {
  services: ['Checkout'],
  themes: ['retry-storm'],
  sections: { summary: 'A slow partner made every client retry, and the retries drained the pool of connections.' },
  factors: [{ text: 'Retries without a limit', themes: ['retry-storm'], whys: [] }],
} satisfies Sketch

interface House {
  db: Db
  editor: Actor
  member: Actor
  /** Of the latest incident, INC-3. */
  draft: string
  slugs: Record<'one' | 'two' | 'other', string>
}

async function house(database: TestDatabase): Promise<House> {
  const db = await prepared(database)
  const editor = await someone(db, 'editor')
  const member = await someone(db, 'member')
  await incident(db, 'INC-1', '2026-03-01T10:00:00.000Z')
  await incident(db, 'INC-2', '2026-07-01T10:00:00.000Z')
  await incident(db, 'INC-3', '2026-11-20T10:00:00.000Z')
  await incident(db, 'INC-9', '2026-06-01T10:00:00.000Z', { services: ['Warehouse'] })
  const published = { publishedAt: NOW }
  const write = async (sketch: Sketch & { title: string }) => (await save(db, editor, sketch)).slug
  const slugs = {
    one: await write({ ...STORM, ...published, title: 'Retries drained the pool', incidentKey: 'INC-1' }),
    two: await write({ ...STORM, ...published, title: 'The pool ran dry again', incidentKey: 'INC-2' }),
    other: await write({
      ...published,
      title: 'A forklift cut a cable',
      incidentKey: 'INC-9',
      services: ['Warehouse'],
      sections: { summary: 'Nothing of the sort.' },
    }),
  }
  const draft = await write({
    ...STORM,
    title: 'Checkout stood still',
    status: 'draft',
    authors: [member.email],
    incidentKey: 'INC-3',
  })
  return { db, editor, member, draft, slugs }
}

const candidates = async (db: Db, actor: Actor, slug: string) =>
  (await presentPostmortem({ db, actor }, slug)).candidates.map(one => one.key).sort()

onBothDatabases('Families', database => {
  test('are proposed for a draft and for a published postmortem, with the reasons', async () => {
    const { db, member, draft, slugs } = await house(database)
    expect(await candidates(db, member, draft)).toEqual(['INC-1', 'INC-2'])
    expect(await candidates(db, member, slugs.two)).toEqual(['INC-1'])
    expect(await candidates(db, member, slugs.one), 'nothing came before').toEqual([])
    expect(await candidates(db, member, slugs.other)).toEqual([])
    const [first] = (await presentPostmortem({ db, actor: member }, draft)).candidates
    expect(first?.reasons.slice(0, 2)).toEqual([
      'Both concern Checkout.',
      expect.stringMatching(/^Contributing factors of both carry the theme /),
    ])
  })

  test('never propose a draft, a restricted or an archived text, nor what others published', async () => {
    const { db, editor, draft, slugs } = await house(database)
    const administrator = await someone(db, 'administrator')
    const context = { db, clock, actor: administrator }
    await changeVisibility(context, slugs.one, { change: 'restrict', reason: 'Legal asked.' })
    await changeVisibility(context, slugs.two, { change: 'archive', reason: '' })
    await save(db, editor, { ...STORM, title: 'Elsewhere', publishedAt: NOW, isPublic: true })
    expect(await candidates(db, administrator, draft)).toEqual([])
    expect(await candidates(db, administrator, slugs.one)).toEqual([])
  })

  test('are confirmed and named by an editor; what was refused is not proposed again', async () => {
    const { db, editor, member, draft, slugs } = await house(database)
    const name = 'Retries drain the pool'
    const confirm = (actor: Actor, keys: string[], given = name) =>
      confirmFamily({ db, clock, actor }, { keys, name: given })
    expect(await refusalOf(confirm(member, ['INC-1', 'INC-2']))).toMatchObject({ refusal: 'not-found' })
    expect((await refusalOf(confirm(editor, ['INC-1', 'INC-2'], ' '))).fields).toHaveProperty('name')
    expect(await refusalOf(confirm(editor, ['INC-1', 'INC-77']))).toMatchObject({ refusal: 'not-found' })
    await confirm(editor, ['INC-1', 'INC-2'])
    const page = await presentPostmortem({ db, actor: member }, slugs.two)
    expect(page.earlier.map(one => one.key)).toEqual(['INC-1'])
    expect(page.candidates).toEqual([])
    const [alike] = await related(
      db,
      (await db.selectFrom('postmortems').select('id').where('slug', '=', slugs.one).executeTakeFirstOrThrow()).id,
    )
    expect(alike?.family?.name).toBe(name)
    await refuseFamily({ db, clock, actor: editor }, { key: 'INC-3', other: 'INC-2' })
    expect(await candidates(db, member, draft)).toEqual(['INC-1'])
  })

  test('are renamed: search says the new name, and the address and imports under the old one still lead there', async () => {
    const { db, editor, member, slugs } = await house(database)
    const context = { db, clock, actor: editor }
    const { slug } = await confirmFamily(context, { keys: ['INC-1', 'INC-2'], name: 'Pool' })
    const other = await confirmFamily(context, { keys: ['INC-9'], name: 'Cables' })
    const rename = (name: string, actor = editor) => renameFamily({ ...context, actor }, { slug, name })
    expect(await refusalOf(rename('Retries', member))).toMatchObject({ refusal: 'not-found' })
    expect((await refusalOf(rename(' '))).fields).toHaveProperty('name')
    expect((await refusalOf(rename('CABLES'))).fields.name).toContain('“Cables” already')
    expect(await rename('Retries  drain the pool')).toMatchObject({ slug, name: 'Retries drain the pool' })
    await rename('Retries drain the pool')

    expect((await familyPage({ db, clock, actor: member }, slug)).family.name).toBe('Retries drain the pool')
    const { id } = await db
      .selectFrom('postmortems')
      .select('id')
      .where('slug', '=', slugs.one)
      .executeTakeFirstOrThrow()
    expect((await related(db, id))[0]?.family?.name).toBe('Retries drain the pool')
    await incident(db, 'INC-20', '2026-11-21T10:00:00.000Z', { family: 'pool' })
    await incident(db, 'INC-21', '2026-11-22T10:00:00.000Z', { family: 'Retries drain the POOL' })
    const { members } = await familyPage({ db, clock, actor: member }, slug)
    expect(members.map(one => one.key)).toEqual(['INC-1', 'INC-2', 'INC-20', 'INC-21'])
    expect(await refusalOf(renameFamily(context, { slug: other.slug, name: 'pool' })), 'its first name').toMatchObject({
      refusal: 'conflict',
    })
    const entries = await db.selectFrom('audit_entries').selectAll().where('act', '=', 'family.renamed').execute()
    expect(entries.map(entry => [entry.before, entry.after])).toEqual([
      ['{"name":"Pool"}', '{"name":"Retries drain the pool"}'],
    ])
  })

  test('are split and merged, and both are undone exactly', async () => {
    const { db, editor, member } = await house(database)
    const context = { db, clock, actor: editor }
    const first = await confirmFamily(context, { keys: ['INC-1', 'INC-2', 'INC-3'], name: 'First' })
    const keysOf = async (slug: string) => (await familyPage(context, slug)).members.map(one => one.key)
    const lastChange = async (slug: string) => (await familyPage(context, slug)).changes[0]!.id

    const all = { slug: first.slug, keys: ['INC-1', 'INC-2', 'INC-3'], name: 'Second' }
    expect((await refusalOf(splitFamily(context, all))).fields).toHaveProperty('members')
    expect((await refusalOf(splitFamily(context, { ...all, keys: [] }))).fields).toHaveProperty('members')
    expect((await refusalOf(splitFamily(context, { ...all, keys: ['INC-3'], name: 'first' }))).fields).toHaveProperty(
      'name',
    )
    const second = await splitFamily(context, { ...all, keys: ['INC-3'] })
    expect([await keysOf(first.slug), await keysOf(second.slug)]).toEqual([['INC-1', 'INC-2'], ['INC-3']])
    await undoFamilyChange(context, { id: await lastChange(first.slug) })
    expect([await keysOf(first.slug), await keysOf(second.slug)]).toEqual([['INC-1', 'INC-2', 'INC-3'], []])

    await splitFamily(context, { ...all, keys: ['INC-3'] })
    expect((await refusalOf(mergeFamilies(context, { slug: second.slug, into: second.slug }))).fields).toHaveProperty(
      'into',
    )
    await mergeFamilies(context, { slug: second.slug, into: first.slug })
    expect(await keysOf(first.slug)).toEqual(['INC-1', 'INC-2', 'INC-3'])
    expect((await familyPage({ ...context, actor: member }, second.slug)).movedTo).toEqual({
      slug: first.slug,
      name: 'First',
    })
    const merge = await lastChange(second.slug)
    await undoFamilyChange(context, { id: merge })
    expect([await keysOf(first.slug), await keysOf(second.slug)]).toEqual([['INC-1', 'INC-2'], ['INC-3']])
    expect(await refusalOf(undoFamilyChange(context, { id: merge }))).toMatchObject({ refusal: 'conflict' })
    for (const refused of [
      splitFamily({ ...context, actor: member }, { ...all, keys: ['INC-1'] }),
      mergeFamilies({ ...context, actor: member }, { slug: second.slug, into: first.slug }),
      undoFamilyChange({ ...context, actor: member }, { id: merge }),
    ])
      expect(await refusalOf(refused)).toMatchObject({ refusal: 'not-found' })
  })

  test('show what was promised each time and what became of it, as far as one may see it', async () => {
    const { db, editor, member } = await house(database)
    const promise = (title: string) => ({
      title,
      kind: null,
      owner: null,
      createdOn: null,
      dueOn: null,
      state: 'open' as const,
      closedOn: null,
      reason: null,
      externalId: null,
    })
    await save(db, editor, {
      title: 'Shown',
      publishedAt: NOW,
      incidentKey: 'INC-1',
      actions: [promise('A limit on retries')],
    })
    await save(db, editor, { title: 'Hidden', status: 'draft', incidentKey: 'INC-2', actions: [promise('Not yet')] })
    const context = { db, clock, actor: editor }
    const { slug } = await confirmFamily(context, { keys: ['INC-1', 'INC-2'], name: 'Retries' })
    const promised = async (actor: Actor) =>
      (await familyPage({ ...context, actor }, slug)).members.map(one => one.actions.map(action => action.title))
    expect(await promised(member)).toEqual([['A limit on retries'], []])
    expect(await promised(editor)).toEqual([['A limit on retries'], ['Not yet']])
  })

  test('that come back within 183 days wait for a senior review until one is noted', async () => {
    const { db, editor, member } = await house(database)
    const context = { db, clock, actor: editor }
    const { slug } = await confirmFamily(context, { keys: ['INC-1', 'INC-2', 'INC-3'], name: 'Retries' })
    expect((await repeatsToReview(context)).map(one => [one.key, one.days, one.time])).toEqual([
      ['INC-3', 141, 3],
      ['INC-2', 121, 2],
    ])
    expect((await refusalOf(reviewRepeat(context, { key: 'INC-3', note: ' ' }))).fields).toHaveProperty('note')
    const review = { key: 'INC-3', note: 'The limit gets a team and a quarter.' }
    expect(await refusalOf(reviewRepeat({ ...context, actor: member }, review))).toMatchObject({ refusal: 'not-found' })
    await reviewRepeat(context, review)
    expect((await repeatsToReview(context)).map(one => one.key)).toEqual(['INC-2'])
    const page = await familyPage({ ...context, actor: member }, slug)
    expect(page.members.at(-1)).toMatchObject({ repeat: { key: 'INC-2', days: 141 }, review: { note: review.note } })
    const later = { now: () => clock.now() + 60 * DAY }
    expect(await repeatsToReview({ db, clock: later })).toEqual([])
  })

  test('are nobody’s secret and nobody’s invention: an unknown address is not found', async () => {
    const { db, member } = await house(database)
    for (const slug of ['never', '', 'a\0b', '../x'])
      expect(await refusalOf(familyPage({ db, clock, actor: member }, slug))).toMatchObject({ refusal: 'not-found' })
  })
})

describe('A repeat', () => {
  const at = (day: number, length = 0) => ({
    startedAt: new Date(day * DAY).toISOString(),
    resolvedAt: new Date((day + length) * DAY).toISOString(),
  })

  test('began at most 183 days after another member was resolved', () => {
    const members = [
      { id: 'a', ...at(0) },
      { id: 'b', ...at(183) },
      { id: 'c', ...at(367) },
      { id: 'd', startedAt: null, resolvedAt: at(370).resolvedAt },
      { id: 'e', ...at(371, 20) },
      { id: 'f', ...at(380) },
    ]
    const found = [...repeatsAmong(members)].map(([id, { of, days }]) => `${id} ${of.id} ${days}`)
    expect(found).toEqual(['b a 183', 'e d 1', 'f d 10'])
  })

  test('is never of itself, never of what came later, whatever the order', () => {
    const member = fc.record({ day: fc.integer({ min: 0, max: 900 }), length: fc.integer({ min: 0, max: 30 }) })
    fc.assert(
      fc.property(fc.array(member, { maxLength: 12 }), list => {
        const members = list.map(({ day, length }, index) => ({ id: String(index), ...at(day, length) }))
        const repeats = repeatsAmong(members)
        expect([...repeatsAmong([...members].reverse()).keys()].sort()).toEqual([...repeats.keys()].sort())
        for (const [id, { of, days }] of repeats) {
          expect(of.id).not.toBe(id)
          expect(days).toBeGreaterThanOrEqual(0)
          expect(days).toBeLessThanOrEqual(183)
        }
      }),
    )
  })
})

describe('The reasons', () => {
  const named = (...labels: string[]) => labels.map(label => ({ value: label, label }))
  const none = { services: [], themes: [], factorThemes: [], text: 0 }
  test('are too few when there is only one', () => {
    expect(likenessOf(none)).toBeNull()
    expect(likenessOf({ ...none, services: named('Checkout', 'Cart') })).toBeNull()
    expect(likenessOf({ ...none, text: 1 })).toBeNull()
    expect(likenessOf({ ...none, services: named('Checkout'), themes: named('Retries') })).toBeNull()
  })
  test('name what is shared, and count the rest', () => {
    expect(
      likenessOf({
        services: named('Checkout'),
        themes: named('A', 'B', 'C', 'D', 'E'),
        factorThemes: named('A'),
        text: 0.9,
      })?.reasons,
    ).toEqual([
      'Both concern Checkout.',
      'Contributing factors of both carry the theme A.',
      'Both carry the themes B, C, D and one more.',
      'Their words are among the most alike in the library.',
    ])
  })
})
