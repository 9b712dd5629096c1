import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { addItem } from '#app/forums/change-agenda.server.ts'
import { changeForum } from '#app/forums/change-forum.server.ts'
import { keepRecord } from '#app/forums/close-forum.server.ts'
import { createForum } from '#app/forums/create-forum.server.ts'
import { readFeed, renewFeed, revokeFeed } from '#app/forums/feed.server.ts'
import { createMailer, type Mail } from '#app/platform/mail.server.ts'
import { inTransaction } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { instance, ORIGIN, parsed } from './mailed.ts'
import { as, discussed, FORUM, harvestOf, movableClock, organisation } from './planned.ts'

onBothDatabases('invitations', database => {
  it('go to everybody as calendar entries, once, though two instances send; a change replaces, a cancellation removes', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
    const id = await createForum(context, FORUM)
    const mails: Mail[] = []
    const [one, other] = [instance(db, clock, () => false, mails), instance(db, clock, () => false, mails)]
    const sent = () => mails.filter(mail => mail.calendar)
    const tick = async () => {
      const before = sent().length
      await Promise.all([one.tick(), other.tick()])
      clock.set(new Date(clock.now() + 60_000).toISOString())
      await Promise.all([one.tick(), other.tick()])
      return sent().slice(before)
    }
    const first = await tick()
    expect(first.map(mail => mail.to).sort()).toEqual(['ada@x.test', 'ben@x.test', 'cem@x.test', 'dua@x.test'])
    const invitation = parsed(first[0]!.calendar!.content)
    expect(invitation).toEqual({
      method: 'REQUEST',
      zones: 1,
      entries: [
        {
          uid: `forum-${id}@candor`,
          sequence: 0,
          startsAt: '2026-12-15T14:00:00.000Z',
          minutes: 60,
          zone: 'Europe/Berlin',
          summary: 'Incident review forum',
          status: 'CONFIRMED',
          stamp: '2026-11-23T10:00:00Z',
        },
      ],
    })
    expect(await tick(), 'nothing has changed').toEqual([])
    await addItem(context, { forumId: id, subject: 'INC-1' })
    expect(await tick(), 'the agenda is no news for a calendar').toEqual([])
    await changeForum(context, { id, change: { startsAt: '2027-07-20T13:00:00Z', minutes: 90 } })
    const moved = await tick()
    expect(moved).toHaveLength(4)
    expect(moved[0]!.subject).toBe('Changed: Incident review forum, 20 Jul 2027, 15:00 CEST')
    expect(parsed(moved[0]!.calendar!.content)).toMatchObject({
      method: 'REQUEST',
      entries: [{ uid: `forum-${id}@candor`, sequence: 1, startsAt: '2027-07-20T13:00:00.000Z', minutes: 90 }],
    })
    await changeForum(context, { id, change: { state: 'cancelled', reason: 'Too hot' } })
    const off = await tick()
    expect(off).toHaveLength(4)
    expect(off[0]!.text).toContain('is called off: Too hot')
    expect(parsed(off[0]!.calendar!.content)).toMatchObject({
      method: 'CANCEL',
      entries: [{ uid: `forum-${id}@candor`, sequence: 2, status: 'CANCELLED' }],
    })
  })

  it('keep their hour in any zone, whatever zone the server is in', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
    for (const timeZone of ['Asia/Kolkata', 'America/Los_Angeles', 'Europe/Berlin', 'UTC'])
      for (const startsAt of ['2027-03-14T20:00:00.000Z', '2027-03-28T00:30:00.000Z', '2027-10-31T23:00:00.000Z'])
        await createForum(context, { ...FORUM, timeZone, startsAt })
    const secret = await renewFeed(context)
    clock.set('2026-12-01T00:00:00Z')
    const { method, entries } = parsed(await readFeed({ db, clock }, { secret, origin: ORIGIN }))
    expect(method).toBe('PUBLISH')
    const rows = await db.selectFrom('forums').select(['id', 'starts_at']).execute()
    const shown = new Map(entries.map(one => [one.uid, one.startsAt]))
    for (const row of rows) expect(shown.get(`forum-${row.id}@candor`)).toBe(row.starts_at)
    expect(entries).toHaveLength(12)
  })

  it('that could not be sent are tried again, and nobody gets theirs twice', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    await createForum({ db, clock, actor: await as(db, 'ada', 'facilitator') }, FORUM)
    let isAway = true
    const { mails, tick } = instance(db, clock, mail => isAway && mail.to === 'cem@x.test')
    await tick()
    expect(mails).toHaveLength(3)
    isAway = false
    clock.set('2026-11-23T10:30:00Z')
    await tick()
    expect(mails.map(mail => mail.to).sort()).toEqual(['ada@x.test', 'ben@x.test', 'cem@x.test', 'dua@x.test'])
  })

  it('a feed opens by its newest secret only, and not once it was taken back or its owner has left', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const context = { db, clock, actor: await as(db, 'cem') }
    const opens = (secret: string) => readFeed({ db, clock }, { secret, origin: ORIGIN })
    const first = await renewFeed(context)
    expect(await opens(first)).toContain('BEGIN:VCALENDAR')
    const second = await renewFeed(context)
    await expect(opens(first)).rejects.toMatchObject({ status: 404 })
    await revokeFeed(context)
    await expect(opens(second)).rejects.toMatchObject({ status: 404 })
    const third = await renewFeed(context)
    await db.updateTable('people').set({ left_on: '2026-11-01' }).where('email', '=', 'cem@x.test').execute()
    await expect(opens(third)).rejects.toMatchObject({ status: 404 })
    await expect(opens('nonsense')).rejects.toMatchObject({ status: 404 })
  })
})

onBothDatabases('mails about a forum', database => {
  it('say a day before what to read, after it what came of it, and later what waits to be confirmed', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const ada = await as(db, 'ada', 'facilitator')
    const context = { db, clock, actor: ada }
    const id = await createForum(context, FORUM)
    const items = [
      await addItem(context, { forumId: id, subject: 'INC-1' }),
      await addItem(context, { forumId: id, subject: 'INC-2' }),
    ]
    const { mails, tick } = instance(db, clock)
    const cem = await as(db, 'cem')
    const at = async (iso: string) => {
      mails.length = 0
      clock.set(iso)
      await tick()
      return mails.filter(mail => !mail.calendar)
    }
    expect(await at('2026-12-14T13:00:00Z')).toEqual([])
    const before = await at('2026-12-14T14:30:00Z')
    expect(before).toHaveLength(4)
    expect(before[0]!.text).toContain(`${ORIGIN}/library/why-checkout-stalled`)
    expect(before[0]!.text).toContain('Search was empty: not published yet')
    expect(before[0]!.text).not.toMatch(/stays among|quizzaciously/)
    expect(await at('2026-12-14T15:30:00Z'), 'once').toEqual([])
    const proposals = [{ text: 'Give up after two seconds', kind: null, ownerId: null }]
    const harvest = harvestOf([discussed(items[0]!, { proposals })], {
      attended: [{ personId: cem.personId, how: 'present' }],
    })
    const now = Date.parse('2026-12-15T15:00:00Z')
    await inTransaction(db, tx => keepRecord(tx, { forumId: id, harvest, now }))
    const record = await at('2026-12-15T15:01:00Z')
    expect(record.map(mail => [mail.to, mail.subject])).toEqual([
      ['ada@x.test', 'Record: Incident review forum, 15 Dec 2026, 15:00 CET'],
      ['cem@x.test', 'Record: Incident review forum, 15 Dec 2026, 15:00 CET'],
    ])
    expect(record[0]!.text).toContain('- Give up after two seconds (proposed)')
    expect(await at('2026-12-18T12:00:00Z')).toEqual([])
    expect(await at('2026-12-19T12:00:00Z'), 'three days before, but a Saturday').toEqual([])
    const reminder = await at('2026-12-21T12:00:00Z')
    expect(reminder.map(mail => [mail.to, mail.subject])).toEqual([
      ['ada@x.test', 'One proposal of Incident review forum to confirm'],
    ])
    await db.updateTable('forum_follow_ups').set({ state: 'dropped' }).execute()
    expect(await at('2026-12-22T12:00:00Z')).toEqual([])
  })
})

it('a mail carries its calendar entry as calendar programs expect it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-mail-'))
  const mailer = createMailer({ smtpUrl: null, folder, from: 'candor@example.org' })
  const content = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:CANCEL\r\nEND:VCALENDAR'
  await mailer.send({ to: 'a@x.test', subject: 's', text: 't', calendar: { method: 'CANCEL', content } })
  const mail = readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8')
  expect(mail).toMatch(/Content-Type: multipart\/(alternative|mixed)/)
  expect(mail).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=CANCEL/)
})
