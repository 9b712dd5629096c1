/** Which themes rise: counted once a postmortem, said only where chance hardly explains it, of what everybody may read. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { saveIncident } from '#app/incidents/incidents.server.ts'
import { themeAnalysis } from '#app/postmortems/analyse-themes.server.ts'
import { type AnalysedPostmortem, analyseThemes, crossThemes } from '#app/postmortems/theme-analysis.ts'
import { inTransaction } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { clock, prepared, save, someone } from './house.ts'

const one = (
  when: 'now' | 'before',
  themeIds: string[],
  more: Partial<AnalysedPostmortem> = {},
): AnalysedPostmortem => ({
  id: 'any',
  when,
  themeIds,
  serviceIds: [],
  teamIds: [],
  actions: { finished: 0, unfinished: 0 },
  ...more,
})
const many = (n: number, of: AnalysedPostmortem) => Array.from({ length: n }, () => of)

describe('The analysis', () => {
  test('calls a theme clearly up only where its interval excludes no change, and puts it first', () => {
    const { themes, n, isSmall } = analyseThemes([
      ...many(12, one('now', ['risen', 'common'])),
      ...many(8, one('now', ['common'])),
      ...many(4, one('before', ['risen', 'common'])),
      ...many(46, one('before', ['common'])),
    ])
    expect([n, isSmall]).toEqual([{ now: 20, before: 50 }, false])
    expect(themes.map(theme => [theme.themeId, theme.now, theme.before, theme.change.word])).toEqual([
      ['risen', 12, 4, 'clearly up'],
      ['common', 20, 50, 'no clear change'],
    ])
  })

  test('says that there are few, and compares with nothing where there was nothing', () => {
    const { themes, isSmall } = analyseThemes([one('now', ['a'])])
    expect([isSmall, themes[0]?.change.value]).toEqual([true, null])
    expect(analyseThemes([])).toEqual({ n: { now: 0, before: 0 }, themes: [], isSmall: true })
  })

  test('counts a postmortem once, each team once, and what became of its actions', () => {
    const facts = { serviceIds: ['x', 'y'], teamIds: ['t'], actions: { finished: 2, unfinished: 1 } }
    const { themes } = analyseThemes([one('now', ['a', 'a'], facts), one('before', ['a'], facts)])
    expect(themes).toMatchObject([{ now: 1, before: 1, teams: 1, services: 2, finished: 4, unfinished: 2 }])
  })

  test('crosses themes with services without losing or inventing any', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 })
    const any = fc.record({ themes: ids, services: ids })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), list => {
        const postmortems = list.map(({ themes, services }) => one('now', themes, { serviceIds: services }))
        const { themeIds, serviceIds, counts } = crossThemes(postmortems, { themes: 9, services: 9 })
        const pairs = list.reduce((sum, { themes, services }) => sum + themes.length * services.length, 0)
        expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBe(pairs)
        expect(counts.every(row => row.length === serviceIds.length)).toBe(true)
        expect(counts.length).toBe(themeIds.length)
      }),
    )
  })
})

onBothDatabases('The analysis of a quarter', database => {
  test('is of the organisation’s own open texts, with incidents side by side', async () => {
    const db = await prepared(database)
    const editor = await someone(db, 'editor')
    const write = (title: string, publishedAt: string, more = {}) =>
      save(db, editor, { title, publishedAt, themes: ['capacity'], services: ['Checkout'], ...more })
    await inTransaction(db, tx =>
      saveIncident(tx, { clock }, { key: 'INC-1', title: 'Disk', services: ['Warehouse', 'Cart'] }),
    )
    await write('Now', '2026-11-02T10:00:00.000Z', {
      incidentKey: 'INC-1',
      factors: [{ text: 'No *limit* was set', themes: ['capacity'], whys: [] }],
    })
    await write('Before', '2026-02-02T10:00:00.000Z')
    await write('Too long ago', '2025-06-02T10:00:00.000Z')
    await write('Of others', '2026-11-02T10:00:00.000Z', { isPublic: true })
    await write('A draft', '2026-11-02T10:00:00.000Z', { status: 'draft' })
    const hidden = await write('Restricted', '2026-11-02T10:00:00.000Z')
    await db.updateTable('postmortems').set({ is_restricted: 1 }).where('id', '=', hidden.id).execute()

    const view = await themeAnalysis({ db, clock }, { quarter: null, theme: null })
    expect([view.quarter, view.since, view.isRunning, view.n]).toEqual([
      'Q4 2026',
      'Q4 2025',
      true,
      { now: 1, before: 1 },
    ])
    expect(view.themes).toMatchObject([{ slug: 'capacity', now: 1, before: 1, services: 3 }])
    expect(view.together?.postmortems.map(row => [row.title, row.key, row.services, row.factors])).toEqual([
      ['Now', 'INC-1', ['Warehouse', 'Cart'], ['No *limit* was set']],
      ['Before', null, ['Checkout'], []],
    ])
    const earlier = await themeAnalysis({ db, clock }, { quarter: 'Q1 2026', theme: 'change' })
    expect([earlier.quarter, earlier.n, earlier.together?.slug]).toEqual(['Q1 2026', { now: 1, before: 1 }, 'change'])
    expect((await themeAnalysis({ db, clock }, { quarter: 'Q9 1066', theme: '\0' })).quarter).toBe('Q4 2026')
  })
})
