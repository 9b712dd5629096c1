/** Series of forums as programs read and write them. */
import { expect, it } from 'vitest'
import type { NewSeries } from '#app/forums/series-api.ts'
import {
  changeSeriesOf,
  createSeriesOf,
  seriesResourceOf,
  seriesSummaries,
} from '#app/forums/series-resources.server.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { as, counting, fieldsOf, movableClock, organisation } from './planned.ts'

const BODY: NewSeries = {
  title: 'Incident review forum',
  rule: { unit: 'month', every: 1, weekday: 2, nth: 3 },
  startsAtWall: '15:00',
  minutes: 60,
  firstOn: '2026-11-23',
  place: '',
  callUrl: '',
  rota: ['ada@x.test'],
  audience: { teams: ['payments'], people: ['cem@x.test'] },
  evenSo: false,
}

async function openContext(database: TestDatabase) {
  const clock = movableClock()
  const db = await organisation(database, clock)
  return { db, clock, actor: await as(db, 'dua', 'facilitator') }
}

onBothDatabases('a series in the API', database => {
  it('is begun, read, changed in part and ended; what is left out stays', async () => {
    const context = await openContext(database)
    const made = await createSeriesOf(context, BODY)
    expect(made).toMatchObject({
      rule: BODY.rule,
      inWords: 'the third Tuesday of every month',
      timeZone: 'UTC',
      rota: [{ name: 'Ada', email: 'ada@x.test' }],
      audience: { teams: ['payments'], people: [{ name: 'Cem', email: 'cem@x.test' }] },
      isEnded: false,
    })
    expect(made.days[0]).toEqual({
      day: '2026-12-15',
      startsAt: '2026-12-15T15:00:00.000Z',
      skipped: null,
      forum: expect.stringMatching(/.+/),
    })
    expect(await changeSeriesOf(context, { id: made.id, change: {} }), 'nothing changes nothing').toEqual(made)
    const change = { startsAtWall: '16:30', audience: null }
    expect(await changeSeriesOf(context, { id: made.id, change })).toEqual({
      ...made,
      ...change,
      days: made.days.map(day => ({ ...day, startsAt: day.startsAt.replace('T15:00', 'T16:30') })),
    })
    const ended = await changeSeriesOf(context, { id: made.id, change: { isEnded: true } })
    expect([ended.isEnded, ended.days]).toEqual([true, []])
    const states = await context.db.selectFrom('forums').select('state').distinct().execute()
    expect(states).toEqual([{ state: 'cancelled' }])
    await expect(changeSeriesOf(context, { id: made.id, change: {} })).rejects.toMatchObject({ status: 404 })
  })

  it('is refused with the paths of the body, a fifth Tuesday with its next five dates', async () => {
    const context = await openContext(database)
    const refused = (more: Partial<NewSeries>) => fieldsOf(createSeriesOf(context, { ...BODY, ...more }))
    const fifth = { ...BODY.rule, nth: 5 }
    expect(await refused({ rule: fifth })).toEqual({
      'rule.nth':
        'Most months have no fifth Tuesday. The next five dates would be 29 Dec 2026, 30 Mar 2027, 29 Jun 2027, 31 Aug 2027, 30 Nov 2027. The last Tuesday comes every time.',
    })
    expect(Object.keys(await refused({ rule: { ...BODY.rule, nth: null } }))).toEqual(['rule.nth'])
    expect(
      Object.keys(await refused({ rota: ['x@y.test'], audience: { teams: ['none'], people: ['x@y.test'] } })),
    ).toEqual(['rota', 'audience.people', 'audience.teams'])
    const { id } = await createSeriesOf(context, { ...BODY, rule: fifth, evenSo: true })
    const moved = await changeSeriesOf(context, { id, change: { place: 'Room 5' } })
    expect(moved.place, 'what was agreed to is not asked again').toBe('Room 5')
  })

  it('is for facilitators to change and for members to read, in pages of two queries', async () => {
    const { db, clock, actor } = await openContext(database)
    const context = { db, clock, actor: await as(db, 'cem') }
    await expect(createSeriesOf(context, BODY)).rejects.toMatchObject({ status: 404 })
    for (const title of ['C', 'A', 'B']) await createSeriesOf({ db, clock, actor }, { ...BODY, title })
    const counted = counting(db)
    const { items, total } = await seriesSummaries({ ...context, db: counted.db }, { offset: 1, limit: 2 })
    expect([items.map(one => one.title), total, counted.queries()]).toEqual([['B', 'C'], 3, 2])
    await expect(changeSeriesOf(context, { id: items[0]!.id, change: {} })).rejects.toMatchObject({ status: 404 })
    expect((await seriesResourceOf(context, items[0]!.id)).title).toBe('B')
    await expect(seriesResourceOf(context, 'no-such')).rejects.toMatchObject({ status: 404 })
  })
})
