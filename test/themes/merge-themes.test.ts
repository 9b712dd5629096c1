import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { subscribe } from '#app/platform/events.ts'
import { followThemes } from '#app/postmortems/follow-theme-merge.server.ts'
import { foreseeMerge, mergeTheme } from '#app/themes/merge-theme.server.ts'
import { plantThemes } from '#app/themes/plant-themes.server.ts'
import { saveTheme } from '#app/themes/save-theme.server.ts'
import { findTheme, listThemes, mergeNotes } from '#app/themes/themes.server.ts'
import { undoMerge } from '#app/themes/undo-merge.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { actor, clock, plantPostmortem, themeIds } from './house.ts'

followThemes({ subscribe })

const editor = actor()

/** All that carries themes, and the themes themselves, as one comparable value. */
async function everything(db: Db) {
  const [tags, factors, suggestions, themes] = await Promise.all([
    db.selectFrom('postmortem_themes').select(['postmortem_id', 'theme_id']).execute(),
    db.selectFrom('factor_themes').select(['factor_id', 'theme_id']).execute(),
    db.selectFrom('theme_suggestions').select(['postmortem_id', 'theme_id', 'reason', 'dismissed_at']).execute(),
    listThemes(db),
  ])
  const lines = (rows: object[]) => rows.map(row => Object.values(row).join(' ')).sort()
  return { tags: lines(tags), factors: lines(factors), suggestions: lines(suggestions), themes }
}

async function facetsOf(db: Db, postmortemId: string): Promise<string[]> {
  const row = await db
    .selectFrom('search_documents')
    .select('facets')
    .where('subject_id', '=', postmortemId)
    .where('removed', '=', 0)
    .executeTakeFirstOrThrow()
  return (JSON.parse(row.facets) as { themes: { label: string }[] }).themes.map(theme => theme.label)
}

onBothDatabases('merging themes', database => {
  let db: Db
  let ids: Map<string, string>
  const id = (slug: string) => ids.get(slug) as string
  const context = () => ({ db, clock, actor: editor })

  beforeAll(async () => {
    db = await database.fresh()
    await plantThemes({ db, clock })
    ids = await themeIds(db)
  })

  it('moves everything to the theme that stays, whose search facet follows, and leads the old address on', async () => {
    const [one, both] = [
      await plantPostmortem(db, { themes: [id('noisy-neighbour')], factors: [[id('noisy-neighbour')]] }),
      await plantPostmortem(db, { themes: [id('noisy-neighbour'), id('capacity')] }),
    ]
    const { mergeId } = await mergeTheme(context(), { slug: 'noisy-neighbour', into: 'capacity' })
    expect(await findTheme(db, 'noisy-neighbour')).toEqual({ redirectTo: 'capacity' })
    expect((await listThemes(db)).map(theme => theme.slug)).not.toContain('noisy-neighbour')
    const tags = await db
      .selectFrom('postmortem_themes')
      .select('postmortem_id')
      .where('theme_id', '=', id('capacity'))
      .execute()
    expect(tags.map(tag => tag.postmortem_id).sort()).toEqual([one.id, both.id].sort())
    expect(await facetsOf(db, one.id)).toEqual(['Capacity'])
    const capacity = (await listThemes(db)).find(theme => theme.slug === 'capacity')
    expect(capacity?.synonyms).toContain('noisy neighbor')
    expect((await mergeNotes(db, id('capacity'))).map(note => note.name)).toEqual(['Noisy neighbour'])

    await undoMerge(context(), { mergeId })
    expect(await facetsOf(db, one.id)).toEqual(['Noisy neighbour'])
    expect((await facetsOf(db, both.id)).sort()).toEqual(['Capacity', 'Noisy neighbour'])
    expect(await mergeNotes(db, id('capacity'))).toEqual([])
  })

  it('says beforehand what would move, counting only what everybody may read', async () => {
    const theme = id('expiry')
    await plantPostmortem(db, { themes: [theme], factors: [[theme], [theme]] })
    await plantPostmortem(db, { themes: [theme], factors: [[theme]], restricted: true })
    await plantPostmortem(db, { themes: [theme], status: 'draft' })
    const before = await everything(db)
    const foreseen = await foreseeMerge({ db }, { slug: 'expiry', into: 'data' })
    expect(foreseen.moves.map(move => `${move.count} ${move.count === 1 ? move.one : move.many}`)).toEqual([
      '1 published postmortem',
      '2 contributing factors',
    ])
    expect(foreseen.synonyms).toContain('leap second')
    expect(await everything(db)).toEqual(before)
  })

  it('takes sub-themes along to a top-level theme, and back again', async () => {
    const before = await listThemes(db)
    const { mergeId } = await mergeTheme(context(), { slug: 'detection', into: 'recovery' })
    expect((await listThemes(db)).filter(theme => theme.parentId === id('recovery')).map(theme => theme.slug)).toEqual([
      'alerting',
      'observability-gap',
      'restore-procedures',
      'untested-recovery',
    ])
    await undoMerge(context(), { mergeId })
    expect(await listThemes(db)).toEqual(before)
  })

  it('refuses what would make three levels, what is not there, and a theme merged into itself', async () => {
    await expect(mergeTheme(context(), { slug: 'detection', into: 'expiry' })).rejects.toThrow('top-level theme only')
    await expect(mergeTheme(context(), { slug: 'data', into: 'poison-input' })).rejects.toThrow('top-level theme only')
    await expect(mergeTheme(context(), { slug: 'data', into: 'data' })).rejects.toThrow('itself')
    await expect(mergeTheme(context(), { slug: 'data', into: 'no-such' })).rejects.toMatchObject({ status: 400 })
    await expect(mergeTheme(context(), { slug: 'no-such\0', into: 'data' })).rejects.toMatchObject({ status: 404 })
    await expect(undoMerge(context(), { mergeId: "x'; --\0" })).rejects.toMatchObject({ status: 404 })
  })

  it('follows a chain of merges, which is undone from its end', async () => {
    const planted = await plantPostmortem(db, { themes: [id('alerting')] })
    const before = await everything(db)
    const first = await mergeTheme(context(), { slug: 'alerting', into: 'observability-gap' })
    const second = await mergeTheme(context(), { slug: 'observability-gap', into: 'poison-input' })
    expect(await findTheme(db, 'alerting')).toEqual({ redirectTo: 'poison-input' })
    expect(await facetsOf(db, planted.id)).toEqual(['Poison input'])
    await expect(undoMerge(context(), first)).rejects.toThrow('Undo that merge first')
    await undoMerge(context(), second)
    await undoMerge(context(), first)
    expect(await everything(db)).toEqual(before)
    await expect(undoMerge(context(), first)).rejects.toMatchObject({ status: 404 })
  })

  it('does not take a word back from a theme that has got it since', async () => {
    const { mergeId, into } = await mergeTheme(context(), { slug: 'third-party', into: 'dependencies' })
    const given = { definition: 'Somebody else’s fault line.', parent: null, synonyms: ['vendor'] }
    await saveTheme(context(), {
      slug: 'dependencies',
      name: into.name,
      definition: into.definition,
      parent: null,
      synonyms: into.synonyms.filter(word => word !== 'vendor'),
    })
    const taker = await saveTheme(context(), { slug: null, name: 'Suppliers', ...given })
    await expect(undoMerge(context(), { mergeId })).rejects.toThrow('“vendor” is a synonym of Suppliers already.')
    await saveTheme(context(), { slug: taker.slug, name: 'Suppliers', ...given, synonyms: [] })
    await undoMerge(context(), { mergeId })
    expect((await listThemes(db)).find(theme => theme.slug === 'third-party')?.synonyms).toContain('vendor')
  })

  it('writes both acts into the audit trail', async () => {
    const acts = await db
      .selectFrom('audit_entries')
      .select(['act', 'subject', 'actor_name'])
      .where('subject', '=', 'Detection')
      .execute()
    expect(acts).toEqual([
      { act: 'theme.merged', subject: 'Detection', actor_name: 'Ada Okafor' },
      { act: 'theme.merge-undone', subject: 'Detection', actor_name: 'Ada Okafor' },
    ])
  })

  it('keeps nothing of a merge when a listener fails', async () => {
    const before = await everything(db)
    let fail = true
    subscribe('themes.merged', async () => {
      if (fail) throw new Error('stop')
    })
    await expect(mergeTheme(context(), { slug: 'data', into: 'change' })).rejects.toThrow('stop')
    fail = false
    expect(await everything(db)).toEqual(before)
    expect(await mergeNotes(db, id('change'))).toEqual([])
  })
})

const pool = ['expiry', 'third-party', 'power-and-cooling', 'circular-dependency', 'dns-and-routing']
const subset = fc.subarray(pool)
const postmortem = fc.record({
  themes: subset,
  factors: fc.array(subset, { maxLength: 3 }),
  suggestions: fc
    .subarray(pool)
    .chain(themes =>
      fc.tuple(...themes.map(theme => fc.record({ theme: fc.constant(theme), dismissed: fc.boolean() }))),
    ),
  status: fc.constantFrom('published', 'published', 'draft'),
  restricted: fc.boolean(),
})
const step = fc.record({ from: fc.nat(4), into: fc.nat(4), undo: fc.boolean(), pick: fc.nat(9) })

onBothDatabases('merging and undoing, whatever carries what', database => {
  it('in any order ends where it began', async () => {
    const db = await database.fresh()
    await plantThemes({ db, clock })
    const ids = await themeIds(db)
    const id = (slug: string) => ids.get(slug) as string
    const context = { db, clock, actor: editor }
    await fc.assert(
      fc.asyncProperty(
        fc.array(postmortem, { minLength: 1, maxLength: 5 }),
        fc.array(step, { minLength: 1, maxLength: 8 }),
        async (planted, steps) => {
          await db.deleteFrom('postmortems').execute()
          for (const one of planted)
            await plantPostmortem(db, {
              ...one,
              themes: one.themes.map(id),
              factors: one.factors.map(list => list.map(id)),
              suggestions: one.suggestions.map(suggestion => ({ ...suggestion, theme: id(suggestion.theme) })),
            })
          const before = await everything(db)
          let standing: { mergeId: string; from: string; into: string }[] = []
          const undo = async (merge: (typeof standing)[number]) => {
            await undoMerge(context, merge)
            standing = standing.filter(one => one !== merge)
          }
          const undoable = () => standing.filter(merge => !standing.some(other => other.from === merge.into))
          for (const { from, into, undo: back, pick } of steps) {
            const choices = undoable()
            if (back && choices.length) {
              await undo(choices[pick % choices.length]!)
              continue
            }
            const [slug, target] = [pool[from]!, pool[into]!]
            if (slug === target || standing.some(merge => merge.from === slug || merge.from === target)) continue
            const { mergeId } = await mergeTheme(context, { slug, into: target })
            standing.push({ mergeId, from: slug, into: target })
          }
          for (let choices = undoable(); choices.length; choices = undoable()) await undo(choices[choices.length >> 1]!)
          expect(await everything(db)).toEqual(before)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('of two merges into one theme, undoing either leaves what the other alone would have made', async () => {
    const db = await database.fresh()
    await plantThemes({ db, clock })
    const ids = await themeIds(db)
    const id = (slug: string) => ids.get(slug) as string
    const context = { db, clock, actor: editor }
    await fc.assert(
      fc.asyncProperty(
        fc.array(postmortem, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (planted, firstGoes) => {
          await db.deleteFrom('postmortems').execute()
          for (const one of planted)
            await plantPostmortem(db, {
              ...one,
              themes: one.themes.map(id),
              factors: one.factors.map(list => list.map(id)),
              suggestions: one.suggestions.map(suggestion => ({ ...suggestion, theme: id(suggestion.theme) })),
            })
          const pairs = [
            { slug: 'expiry', into: 'third-party' },
            { slug: 'power-and-cooling', into: 'third-party' },
          ]
          const [gone, stays] = firstGoes ? [pairs[0]!, pairs[1]!] : [pairs[1]!, pairs[0]!]
          const alone = await mergeTheme(context, stays)
          const expected = await everything(db)
          await undoMerge(context, alone)
          const merges = []
          for (const pair of pairs) merges.push({ pair, ...(await mergeTheme(context, pair)) })
          await undoMerge(context, merges.find(merge => merge.pair === gone)!)
          const left = await everything(db)
          await undoMerge(context, merges.find(merge => merge.pair === stays)!)
          // Which of two reasons a shared suggestion keeps depends on which came first.
          const tags = ({ tags, factors, themes }: typeof left) => ({
            tags,
            factors,
            themes: themes.map(theme => ({ ...theme, synonyms: [...theme.synonyms].sort() })),
          })
          expect(tags(left)).toEqual(tags(expected))
          expect(left.suggestions.map(line => line.split(' ').slice(0, 2))).toEqual(
            expected.suggestions.map(line => line.split(' ').slice(0, 2)),
          )
        },
      ),
      { numRuns: 25 },
    )
  })
})
