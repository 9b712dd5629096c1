/** When mails about forums go out where clocks change, days end and weeks do: by the clocks that people live by. */
import { expect, it } from 'vitest'
import { addItem } from '#app/forums/change-agenda.server.ts'
import { keepRecord } from '#app/forums/close-forum.server.ts'
import { createForum } from '#app/forums/create-forum.server.ts'
import { recordOf } from '#app/forums/record-queries.server.ts'
import { dropProposal } from '#app/forums/settle-proposal.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { saveSettings } from '#app/identity/save-settings.server.ts'
import { inTransaction } from '#db/index.server.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { instance, ORIGIN } from './mailed.ts'
import { as, discussed, FORUM, harvestOf, movableClock, organisation } from './planned.ts'

async function open(database: TestDatabase, start: string) {
  const clock = movableClock(start)
  const db = await organisation(database, clock)
  await saveSettings({ db, clock, actor: terminalActor() }, { timeZone: 'Europe/Berlin' })
  const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
  const { mails, tick } = instance(db, clock)
  /** What a minute brings that is no invitation. */
  async function at(iso: string) {
    mails.length = 0
    clock.set(iso)
    await tick()
    return mails.filter(mail => !mail.calendar)
  }
  /** A forum that left proposals, closed at a moment. */
  async function closedAt(iso: string, proposals: string[]) {
    const id = await createForum(context, { ...FORUM, startsAt: iso })
    const item = await addItem(context, { forumId: id, subject: 'INC-5' })
    const said = discussed(item, { proposals: proposals.map(text => ({ text, kind: null, ownerId: null })) })
    await inTransaction(db, tx => keepRecord(tx, { forumId: id, harvest: harvestOf([said]), now: Date.parse(iso) }))
    return id
  }
  return { ...context, at, closedAt }
}

onBothDatabases('mails about forums', database => {
  it.each([
    ['2027-03-28T13:00:00Z', 'the clocks go forward in between'],
    ['2027-10-31T14:00:00Z', 'the clocks go back in between'],
    ['2027-06-01T22:30:00Z', 'it begins after midnight'],
  ])('say what to read 24 hours before %s, once, though %s', async (startsAt: string) => {
    const day = 86_400_000
    const before = (minutes: number) => new Date(Date.parse(startsAt) - day + minutes * 60_000).toISOString()
    const { db, clock, actor, at } = await open(database, before(-2 * 24 * 60))
    const id = await createForum({ db, clock, actor }, { ...FORUM, startsAt })
    await addItem({ db, clock, actor }, { forumId: id, subject: 'INC-1' })
    expect(await at(before(-1))).toEqual([])
    expect((await at(before(1))).map(mail => mail.to).sort()).toEqual([
      'ada@x.test',
      'ben@x.test',
      'cem@x.test',
      'dua@x.test',
    ])
    expect(await at(before(2))).toEqual([])
    expect(await at(before(24 * 60 - 1))).toEqual([])
  })

  it('give five working days for owners, from the day that the forum’s own clocks showed', async () => {
    const { db, closedAt } = await open(database, '2026-10-19T08:00:00Z')
    const confirmBy = async (closed: string) => (await recordOf(db, await closedAt(closed, [])))?.confirm_by
    expect(await confirmBy('2026-10-22T21:59:00Z'), 'a minute before a Friday').toBe('2026-10-29')
    expect(await confirmBy('2026-10-22T22:00:00Z'), 'on Friday, as it begins').toBe('2026-10-30')
    expect(await confirmBy('2026-10-24T22:30:00Z'), 'in the night on which the clocks go back').toBe('2026-10-30')
  })

  it('remind from eight o’clock on working days, once a day of all forums together, until all is settled', async () => {
    const { db, clock, actor, at, closedAt } = await open(database, '2026-10-22T08:00:00Z')
    const one = await closedAt('2026-10-22T14:00:00Z', ['Give up after two seconds', 'Say so'])
    const other = await closedAt('2026-10-22T15:00:00Z', ['Draw the wait'])
    await at('2026-10-22T16:00:00Z')
    await at('2026-10-22T16:01:00Z')
    for (const quiet of [
      '2026-10-23T12:00:00Z',
      '2026-10-24T12:00:00Z',
      '2026-10-25T12:00:00Z',
      '2026-10-26T06:59:00Z',
    ])
      expect(await at(quiet), quiet).toEqual([])
    const [mail, ...more] = await at('2026-10-26T07:00:00Z')
    expect(more).toEqual([])
    expect([mail!.to, mail!.subject]).toEqual(['ada@x.test', '3 proposals of 2 forums to confirm'])
    expect(mail!.text).toContain(`2 proposals of Incident review forum wait for an owner and a date, until 2026-10-29.`)
    expect(mail!.text).toContain(`${ORIGIN}/forums/${one}`)
    expect(mail!.text).toContain(`${ORIGIN}/forums/${other}`)
    expect(await at('2026-10-26T15:00:00Z'), 'once a day').toEqual([])
    expect(await at('2026-10-27T08:00:00Z')).toEqual([])
    const settle = async (forumId: string) => {
      const rows = await db.selectFrom('forum_follow_ups').select('id').where('forum_id', '=', forumId).execute()
      for (const { id } of rows) await dropProposal({ db, clock, actor }, { forumId, id, reason: 'Done already' })
    }
    await settle(one)
    expect((await at('2026-10-28T08:00:00Z')).map(({ subject }) => subject)).toEqual([
      'One proposal of Incident review forum to confirm',
    ])
    await settle(other)
    expect(await at('2026-10-29T08:00:00Z')).toEqual([])
    expect(await at('2026-11-05T08:00:00Z')).toEqual([])
  })
})
