/** What the organisation's days off mean for series, their forums and the days that are given after one. */
import { expect, it } from 'vitest'
import { changeForum } from '#app/forums/change-forum.server.ts'
import { keepRecord } from '#app/forums/close-forum.server.ts'
import { createForum } from '#app/forums/create-forum.server.ts'
import { listForums, listSeries } from '#app/forums/list-forums.server.ts'
import { recordOf } from '#app/forums/record-queries.server.ts'
import { restoreDay, saveSeries, skipDay } from '#app/forums/save-series.server.ts'
import { viewForum } from '#app/forums/view-forum.server.ts'
import { viewSeries } from '#app/forums/view-series.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { saveSettings } from '#app/identity/save-settings.server.ts'
import { inTransaction, migrate, openDatabase } from '#db/index.server.ts'
import { migrations } from '#db/migrations/index.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { as, counting, FORUM, harvestOf, movableClock, NOW, organisation, SERIES } from './planned.ts'

const HOLIDAY = '2026-12-15 Founders’ Day'

async function open(database: TestDatabase) {
  const clock = movableClock()
  const db = await organisation(database, clock)
  const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
  const off = (daysOff: string) => saveSettings({ ...context, actor: terminalActor() }, { daysOff })
  const id = await saveSeries(context, { id: null, given: SERIES })
  const first = async () => (await viewSeries(context, id)).days[0]!
  return { ...context, context, off, id, first }
}

onBothDatabases('a day off of the organisation', database => {
  it('is left out of series by its name at once, and comes back when it is a day off no more', async () => {
    const { context, off, first } = await open(database)
    await off(HOLIDAY)
    const skipped = await first()
    expect(skipped).toMatchObject({ day: '2026-12-15', skipped: 'Founders’ Day', forum: { state: 'cancelled' } })
    expect((await viewForum(context, skipped.forum!.id)).cancelledReason).toBe('Founders’ Day')
    const { items } = await listForums(context, 'to come', { offset: 0, limit: 10 })
    expect(items.map(one => one.startsAt.slice(0, 10))).toEqual(['2027-01-19', '2027-02-16'])
    expect((await listSeries(context))[0]!.next?.day).toBe('2027-01-19')

    await off('')
    expect(await first()).toMatchObject({ skipped: null, forum: { id: skipped.forum!.id, state: 'scheduled' } })
  })

  it('may be met on all the same, and left out again for another reason', async () => {
    const { context, off, id, first } = await open(database)
    await off(HOLIDAY)
    await restoreDay(context, { id, day: '2026-12-15' })
    expect(await first()).toMatchObject({ skipped: null, forum: { state: 'scheduled' } })
    await expect(restoreDay(context, { id, day: '2026-12-15' })).rejects.toMatchObject({ status: 404 })
    await off(`${HOLIDAY}\n2026-12-25 Christmas Day`)
    expect(await first(), 'another change of the days off does not undo it').toMatchObject({ skipped: null })
    await skipDay(context, { id, day: '2026-12-15', reason: 'Nobody is here' })
    expect(await first()).toMatchObject({ skipped: 'Nobody is here', forum: { state: 'cancelled' } })
    await restoreDay(context, { id, day: '2026-12-15' })
    expect(await first()).toMatchObject({ skipped: null })
  })

  it('does not call off a forum that was moved to another day, but one that is still on it', async () => {
    const { context, off, first } = await open(database)
    const forum = (await first()).forum!.id
    await changeForum(context, { id: forum, change: { startsAt: '2026-12-16T14:00:00Z' } })
    await off(HOLIDAY)
    expect(await viewForum(context, forum)).toMatchObject({ state: 'scheduled' })
    await changeForum(context, { id: forum, change: { startsAt: '2026-12-15T16:00:00Z' } })
    await off(`${HOLIDAY}\n2026-12-26 St Stephen’s Day`)
    expect(await viewForum(context, forum)).toMatchObject({ state: 'cancelled', cancelledReason: 'Founders’ Day' })
  })

  it('is no working day after a forum', async () => {
    const { context, db, off } = await open(database)
    await off('2026-12-18 Bridge day\n2026-12-21 Feast')
    const id = await createForum(context, FORUM)
    const now = Date.parse('2026-12-15T15:00:00Z')
    await inTransaction(db, tx => keepRecord(tx, { forumId: id, harvest: harvestOf([]), now }))
    expect((await recordOf(db, id))?.confirm_by, 'a Thursday, two days later than else').toBe('2026-12-24')
  })

  it('costs the list of series one query, however many they are', async () => {
    const { db, clock, context } = await open(database)
    const measured = async () => {
      const { db: counted, queries } = counting(db)
      await listSeries({ db: counted, clock })
      return queries()
    }
    expect(await measured()).toBe(3)
    await saveSeries(context, { id: null, given: { ...SERIES, title: 'Another', weekday: '4' } })
    expect(await measured()).toBe(3)
  })

  it('leaves what was left out before days off were known as it was', async () => {
    const db = openDatabase(await database.url())
    try {
      const before = Object.entries(migrations).filter(([name]) => name < '0017')
      await migrate(db, Object.fromEntries(before))
      const blank = { starts_at_wall: '15:00', minutes: 60, place: '', call_url: '', rota: '[]', rule: '{}' }
      const times = { first_on: '2026-11-23', created_at: NOW, updated_at: NOW, time_zone: 'UTC' }
      await db
        .insertInto('forum_series')
        .values({ id: 's', title: 'S', ...blank, ...times, ended_at: null, audience: null })
        .execute()
      const exception = { series_id: 's', occurs_on: '2026-12-15', reason: 'The office is closed' }
      await db
        .insertInto('forum_exceptions')
        .values(exception as never)
        .execute()
      await migrate(db)
      expect(await db.selectFrom('forum_exceptions').selectAll().execute()).toEqual([{ ...exception, is_held: 0 }])
    } finally {
      await db.destroy()
    }
  })
})
