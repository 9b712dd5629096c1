import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { ensureServices } from '#app/incidents/services.server.ts'
import { countsByTheme } from '#app/postmortems/theme-counts-queries.server.ts'
import { themePage } from '#app/postmortems/theme-page.server.ts'
import { quartersUntil } from '#app/postmortems/theme-quarters.ts'
import { plantThemes } from '#app/themes/plant-themes.server.ts'
import { listThemes, type Theme } from '#app/themes/themes.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { clock, plantPostmortem, themeIds } from './house.ts'

const quarters = quartersUntil(clock.now(), 'Europe/Berlin', 4)

it('counts quarters in the organisation’s time zone', () => {
  expect(quarters.map(quarter => quarter.label)).toEqual(['Q1 2026', 'Q2 2026', 'Q3 2026', 'Q4 2026'])
  expect(quarters.map(quarter => quarter.from)).toEqual([
    '2025-12-31T23:00:00.000Z',
    '2026-03-31T22:00:00.000Z',
    '2026-06-30T22:00:00.000Z',
    '2026-09-30T22:00:00.000Z',
  ])
  expect(quarters.map(quarter => quarter.to)).toEqual([
    ...quarters.slice(1).map(quarter => quarter.from),
    '2026-12-31T23:00:00.000Z',
  ])
  // New Year has come in Auckland, not in Honolulu.
  const newYear = Date.parse('2026-12-31T12:00:00Z')
  expect(quartersUntil(newYear, 'Pacific/Auckland', 1)[0]?.label).toBe('Q1 2027')
  expect(quartersUntil(newYear, 'Pacific/Honolulu', 1)[0]?.label).toBe('Q4 2026')
})

const slugs = ['capacity', 'data', 'expiry']
const moment = fc.constantFrom(
  null,
  '2012-06-14T04:16:00.000Z',
  '2025-12-31T22:59:59.999Z',
  '2025-12-31T23:00:00.000Z',
  '2026-06-30T21:59:00.000Z',
  '2026-06-30T22:00:00.000Z',
  '2026-11-01T00:00:00.000Z',
)
const postmortem = fc.record({
  publishedAt: moment,
  themes: fc.subarray(slugs),
  factors: fc.array(fc.subarray(slugs), { maxLength: 3 }),
  status: fc.constantFrom('published', 'published', 'published', 'draft', 'in review'),
  restricted: fc.boolean(),
  archived: fc.boolean(),
})

onBothDatabases('counts of themes', database => {
  let db: Db
  let ids: Map<string, string>
  const id = (slug: string) => ids.get(slug) as string

  beforeAll(async () => {
    db = await database.fresh()
    await plantThemes({ db, clock })
    ids = await themeIds(db)
    await db.insertInto('settings').values({ key: 'timeZone', value: '"Europe/Berlin"' }).execute()
  })

  async function pageOf(slug: string, page = 1) {
    const theme = (await listThemes(db)).find(one => one.slug === slug) as Theme
    return themePage({ db, clock }, theme, page)
  }

  it('are what counting by hand gives: once for each postmortem that everybody may read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(postmortem, { maxLength: 12 }), async planted => {
        await db.deleteFrom('postmortems').execute()
        for (const one of planted)
          await plantPostmortem(db, {
            ...one,
            themes: one.themes.map(id),
            factors: one.factors.map(list => list.map(id)),
          })
        const all = await countsByTheme(db, quarters)
        for (const slug of slugs) {
          const carriers = planted.filter(
            one =>
              one.status === 'published' &&
              !one.restricted &&
              !one.archived &&
              [...one.themes, ...one.factors.flat()].includes(slug),
          )
          const expected = {
            total: carriers.length,
            undated: carriers.filter(one => one.publishedAt === null).length,
            byQuarter: quarters.map(
              ({ from, to }) =>
                carriers.filter(
                  ({ publishedAt: at }) =>
                    at !== null && Date.parse(at) >= Date.parse(from) && Date.parse(at) < Date.parse(to),
                ).length,
            ),
          }
          expect(all.get(id(slug))).toEqual(carriers.length ? expected : undefined)
          expect((await countsByTheme(db, quarters, [id(slug)])).get(id(slug))).toEqual(all.get(id(slug)))
          const page = await pageOf(slug)
          expect([page.total, page.undated]).toEqual([expected.total, expected.undated])
          expect(page.figures.slice(-4).map(figure => figure.value)).toEqual(expected.byQuarter)
          expect(page.outside + page.figures.reduce((sum, figure) => sum + figure.value, 0)).toBe(
            expected.total - expected.undated,
          )
        }
      }),
      { numRuns: 25 },
    )
  })

  it('never tell of drafts, archived and restricted texts: not in lists, services or actions either', async () => {
    await db.deleteFrom('postmortems').execute()
    const services = await inTransaction(db, tx => ensureServices(tx, { clock }, ['checkout']))
    const service = services.get('checkout')?.id as string
    const hanging = { themes: [id('data')], services: [service], actions: [{ title: 'Hidden', state: 'open' }] }
    await plantPostmortem(db, { ...hanging, status: 'draft' })
    await plantPostmortem(db, { ...hanging, restricted: true })
    await plantPostmortem(db, { ...hanging, archived: true })
    const seen = await plantPostmortem(db, {
      ...hanging,
      actions: [
        { title: 'Someday', state: 'open' },
        { title: 'Soon', state: 'in progress', due_on: '2026-12-01' },
        { title: 'Done', state: 'done', due_on: '2026-01-01' },
        { title: 'Dropped', state: 'dropped' },
      ],
    })
    const page = await pageOf('data')
    expect(page.postmortems.map(row => row.slug)).toEqual([seen.slug])
    expect(page.services).toEqual([{ slug: 'checkout', name: 'checkout', count: 1 }])
    expect(page.actions.total).toBe(2)
    expect(page.actions.items.map(item => [item.title, item.postmortemSlug])).toEqual([
      ['Soon', seen.slug],
      ['Someday', seen.slug],
    ])
  })

  it('are listed newest first, undated ones last, a page at a time', async () => {
    await db.deleteFrom('postmortems').execute()
    const days = Array.from({ length: 21 }, (_, index) => String(index + 1).padStart(2, '0'))
    for (const day of [...days, null])
      await plantPostmortem(db, {
        themes: [id('data')],
        publishedAt: day && `2026-01-${day}T00:00:00.000Z`,
        title: day ?? 'undated',
      })
    const titles = async (page: number) => (await pageOf('data', page)).postmortems.map(row => row.title)
    expect(await titles(1)).toEqual(days.slice(1).reverse())
    expect(await titles(2)).toEqual(['01', 'undated'])
    expect(await titles(3)).toEqual([])
  })
})
