/** Whom a series invites, and what those get who come in or go out. */
import { expect, it } from 'vitest'
import { addItem, changeItem } from '#app/forums/change-agenda.server.ts'
import { readFeed, renewFeed } from '#app/forums/feed.server.ts'
import { saveSeries } from '#app/forums/save-series.server.ts'
import { viewForum } from '#app/forums/view-forum.server.ts'
import { viewSeries } from '#app/forums/view-series.server.ts'
import type { Mail } from '#app/platform/mail.server.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { instance, ORIGIN, parsed } from './mailed.ts'
import { as, fieldsOf, movableClock, organisation, SERIES } from './planned.ts'

const OF_PAYMENTS = { ...SERIES, rota: '', teams: ['payments'] }

/** A series with the forum of 15 December, mailed. */
async function invitedTo(database: TestDatabase, series: Record<string, unknown>) {
  const clock = movableClock()
  const db = await organisation(database, clock)
  const context = { db, clock, actor: await as(db, 'dua', 'facilitator') }
  const seriesId = await saveSeries(context, { id: null, given: series })
  const december = await db
    .selectFrom('forums')
    .select('id')
    .where('occurs_on', '=', '2026-12-15')
    .executeTakeFirstOrThrow()
  const mails: Mail[] = []
  const [one, other] = [instance(db, clock, () => false, mails), instance(db, clock, () => false, mails)]
  /** What two instances send of this forum within some minutes: to whom, what, and under which number. */
  async function sent() {
    mails.length = 0
    for (let minute = 0; minute < 8; minute++) {
      await Promise.all([one.tick(), other.tick()])
      clock.set(new Date(clock.now() + 60_000).toISOString())
    }
    return mails
      .flatMap(mail => {
        const { method, entries } = mail.calendar ? parsed(mail.calendar.content) : { method: '', entries: [] }
        return entries
          .filter(entry => entry.uid === `forum-${december.id}@candor`)
          .map(entry => `${mail.to} ${method} ${entry.sequence}`)
      })
      .sort()
  }
  return { ...context, clock, mails, seriesId, forumId: december.id, sent }
}

onBothDatabases('a series that invites some', database => {
  it('writes to its teams, to those below them, and to chosen people; to those in and out when that changes', async () => {
    const { db, clock, actor, mails, seriesId, sent } = await invitedTo(database, OF_PAYMENTS)
    expect(await sent()).toEqual(['ada@x.test REQUEST 0', 'ben@x.test REQUEST 0'])
    expect(await sent()).toEqual([])
    const change = (given: Record<string, unknown>) => saveSeries({ db, clock, actor }, { id: seriesId, given })
    await change({ ...OF_PAYMENTS, teams: [], people: 'ada@x.test, cem@x.test' })
    expect(await sent()).toEqual(['ben@x.test CANCEL 1', 'cem@x.test REQUEST 1'])
    expect(mails.find(mail => mail.to === 'ben@x.test')?.subject).toMatch(/^No longer in your calendar/)
    expect(await sent(), 'nobody twice, and nothing for who stays').toEqual([])
    await change({ ...OF_PAYMENTS, teams: [], people: '' })
    expect(await sent(), 'everybody again').toEqual(['ben@x.test REQUEST 2', 'dua@x.test REQUEST 2'])
    await change({ ...OF_PAYMENTS, teams: ['search'], startsAtWall: '16:00' })
    expect(await sent(), 'a change of the hour is for all who stay').toEqual([
      'ada@x.test CANCEL 3',
      'ben@x.test CANCEL 3',
      'cem@x.test REQUEST 3',
      'dua@x.test REQUEST 3',
    ])
  })

  it('follows people into teams and out of them, and invites whoever has something to do there', async () => {
    const { db, clock, actor, forumId, sent } = await invitedTo(database, OF_PAYMENTS)
    await sent()
    const payments = await db.selectFrom('teams').select('id').where('slug', '=', 'payments').executeTakeFirstOrThrow()
    const search = await db.selectFrom('teams').select('id').where('slug', '=', 'search').executeTakeFirstOrThrow()
    const to = (email: string, teamId: string) =>
      db.updateTable('people').set({ team_id: teamId }).where('email', '=', email).execute()
    await to('cem@x.test', payments.id)
    await to('ben@x.test', search.id)
    clock.set('2026-11-24T09:00:00Z')
    expect(await sent()).toEqual(['ben@x.test CANCEL 1', 'cem@x.test REQUEST 1'])
    const context = { db, clock, actor }
    const itemId = await addItem(context, { forumId, subject: 'INC-2' })
    await changeItem(context, {
      forumId,
      itemId,
      change: { context: 3, discussion: 10, capture: 2, presenter: 'dua@x.test' },
    })
    await db.updateTable('teams').set({ parent_id: payments.id }).where('id', '=', search.id).execute()
    clock.set('2026-11-25T09:00:00Z')
    expect(await sent(), 'a presenter, and a team that is now below').toEqual([
      'ben@x.test REQUEST 2',
      'dua@x.test REQUEST 2',
    ])
  })

  it('mails what to read to its guests alone; their feed has it, and anybody may open it', async () => {
    const { db, clock, mails, forumId, actor, sent } = await invitedTo(database, OF_PAYMENTS)
    await addItem({ db, clock, actor }, { forumId, subject: 'INC-1' })
    const feedOf = async (name: 'ada' | 'cem') => {
      const secret = await renewFeed({ db, clock, actor: await as(db, name) })
      const { entries } = parsed(await readFeed({ db, clock }, { secret, origin: ORIGIN }))
      return entries.some(entry => entry.uid === `forum-${forumId}@candor`)
    }
    expect([await feedOf('ada'), await feedOf('cem')]).toEqual([true, false])
    clock.set('2026-12-14T14:30:00Z')
    await sent()
    const read = mails.filter(mail => mail.subject.startsWith('To read before'))
    expect(read.map(mail => mail.to).sort()).toEqual(['ada@x.test', 'ben@x.test'])
    expect((await viewForum({ db, actor: await as(db, 'cem') }, forumId)).items).toHaveLength(1)
  })

  it('says whom, and refuses teams and people that are not here beside their fields', async () => {
    const { db, clock, actor, seriesId } = await invitedTo(database, { ...OF_PAYMENTS, people: 'cem@x.test' })
    const { audience } = await viewSeries({ db, clock, actor }, seriesId)
    expect([audience?.teams.map(team => team.name), audience?.people.map(person => person.email)]).toEqual([
      ['Payments'],
      ['cem@x.test'],
    ])
    const refused = fieldsOf(
      saveSeries({ db, clock, actor }, { id: seriesId, given: { ...SERIES, teams: ['nowhere'], people: 'x@y.test' } }),
    )
    expect(await refused).toEqual({
      teams: 'Choose teams from the list.',
      people: 'Nobody here has the address x@y.test.',
    })
  })
})
