/** Mails of the reports: a published edition once to each reader, and the digest on the reader's own Monday morning. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createForum } from '#app/forums/create-forum.server.ts'
import type { Actor } from '#app/identity/actor.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { createJobs } from '#app/platform/jobs.server.ts'
import { createMailer } from '#app/platform/mail.server.ts'
import { reportJobs } from '#app/reports/report-jobs.server.ts'
import { addReader, listReaders, removeReader } from '#app/reports/report-readers.server.ts'
import type { Db } from '#db/index.server.ts'
import { startMailServer } from '#test/identity/mail-server.ts'
import { log, prepared, refusalOf, save, someone } from '#test/postmortems/house.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { aReport } from './report-fixture.ts'

const ORIGIN = 'https://candor.example.org'
const HOUR = 3_600_000

let smtp: Awaited<ReturnType<typeof startMailServer>>
beforeAll(async () => {
  smtp = await startMailServer()
})
afterAll(() => smtp.stop())

async function office(database: TestDatabase, start: string) {
  const db = await prepared(database)
  let now = Date.parse(start)
  const clock = { now: () => now }
  const mailer = createMailer({ smtpUrl: smtp.url, folder: '/nowhere', from: 'candor@example.org' })
  smtp.mails.length = 0
  return {
    db,
    clock,
    administrator: terminalActor(),
    /** Two instances, each new as after a restart; the mails that they sent, by their readers. */
    async at(moment: string | number, origin: string | null = ORIGIN) {
      now = typeof moment === 'string' ? Date.parse(moment) : moment
      const before = smtp.mails.length
      const instance = () => createJobs({ db, clock, log }, reportJobs({ db, clock, mailer, log, origin }))
      await Promise.all([instance().tick(), instance().tick()])
      return smtp.mails.slice(before).sort((a, b) => (a.to.join() < b.to.join() ? -1 : 1))
    },
  }
}

const wants = (db: Db, actor: Actor, mails: string[], timeZone: string | null = null) =>
  db
    .updateTable('people')
    .set({ mails: JSON.stringify(mails), time_zone: timeZone })
    .where('id', '=', actor.personId)
    .execute()

async function publish(db: Db, number: number, at: string, more: { reason?: string; differences?: string[] } = {}) {
  const content = aReport()
  if (number === 1)
    await db
      .insertInto('reports')
      .values({
        id: 'report',
        period: content.period.key,
        first_day: content.period.firstDay,
        end_day: content.period.endDay,
        state: 'published',
        story: null,
        story_version: 0,
        as_of: null,
        reason: null,
        created_at: at,
        updated_at: at,
      })
      .execute()
  await db
    .insertInto('report_editions')
    .values({
      report_id: 'report',
      number,
      published_at: at,
      publisher_id: null,
      content: JSON.stringify(content),
      words: JSON.stringify({ story: null, commentary: {} }),
      differences: JSON.stringify(more.differences ?? []),
      reason: more.reason ?? '',
    })
    .execute()
  return content
}

const readersOf = (mails: { to: string[] }[]) => mails.flatMap(mail => mail.to)

onBothDatabases('a published report', database => {
  test('is mailed once to those on the list and to those who asked, and to nobody else', async () => {
    const { db, clock, administrator, at } = await office(database, '2026-10-05T09:00:00Z')
    await someone(db, 'member', 'listed@example.org')
    const both = await someone(db, 'member', 'both@example.org')
    await wants(db, await someone(db, 'member', 'asked@example.org'), ['reports'])
    await wants(db, both, ['reports'])
    await wants(db, await someone(db, 'editor', 'quiet@example.org'), ['digest', 'comments'])
    const gone = await someone(db, 'member', 'gone@example.org')
    await addReader({ db, clock, actor: administrator }, { email: 'listed@example.org' })
    await addReader({ db, clock, actor: administrator }, { email: ' Both@example.org' })
    await addReader({ db, clock, actor: administrator }, { email: 'gone@example.org' })
    await db.updateTable('people').set({ left_on: '2026-10-01' }).where('id', '=', gone.personId).execute()
    expect(await at('2026-10-05T09:30:00Z')).toEqual([])

    const content = await publish(db, 1, '2026-10-05T10:00:00.000Z')
    expect(await at('2026-10-05T10:01:00Z', null), 'without an address of its own').toEqual([])
    const mails = await at('2026-10-05T10:02:00Z')
    expect(readersOf(mails)).toEqual(['asked@example.org', 'both@example.org', 'listed@example.org'])
    for (const { subject, text, html } of mails) {
      expect(subject).toBe(`Culture health report, ${content.period.title}`)
      for (const body of [text, html]) {
        expect(body).toContain(`${ORIGIN}/reports/${content.period.key}`)
        expect(body).toContain(`${ORIGIN}/me#preferences`)
        for (const { label } of content.headline) expect(body).toContain(label)
      }
      expect(text).toContain(content.story[0]!.text)
      // Nothing is loaded from anywhere, and nothing runs.
      expect(html).not.toMatch(/<(img|script|link|iframe|style)|url\(|src=/i)
    }
    expect(mails.map(mail => /An administrator put you/.test(mail.text))).toEqual([false, true, true])

    expect(await at('2026-10-05T10:07:00Z')).toEqual([])
    await wants(db, await someone(db, 'member', 'late@example.org'), ['reports'])
    expect(await at('2026-10-05T11:00:00Z'), 'who asks later gets the next one').toEqual([])
    await publish(db, 2, '2026-10-06T10:00:00.000Z', {
      reason: 'An import was late.',
      differences: ['Incidents: 9, was 8.'],
    })
    const second = await at('2026-10-06T10:01:00Z')
    expect(second).toHaveLength(4)
    expect(second[0]!.subject).toMatch(/^Corrected: culture health report/)
    expect(second[0]!.text).toContain('- Incidents: 9, was 8.')
  })

  test('is tried again for whoever could not be reached, and for nobody else; an old one is no news', async () => {
    const { db, clock, administrator, at } = await office(database, '2026-10-05T09:00:00Z')
    await someone(db, 'member', 'one@example.org')
    await addReader({ db, clock, actor: administrator }, { email: 'one@example.org' })
    await publish(db, 1, '2026-09-20T10:00:00.000Z')
    expect(await at('2026-10-05T10:00:00Z')).toEqual([])
    await publish(db, 2, '2026-10-05T10:00:00.000Z')
    await db.updateTable('people').set({ email: 'no address' }).where('email', '=', 'one@example.org').execute()
    expect(await at('2026-10-05T10:01:00Z')).toEqual([])
    await db.updateTable('people').set({ email: 'one@example.org' }).where('email', '=', 'no address').execute()
    expect(readersOf(await at('2026-10-05T10:20:00Z'))).toEqual(['one@example.org'])
    expect(await at('2026-10-05T10:40:00Z')).toEqual([])
  })

  test('has a list of readers that only administrators see and change', async () => {
    const { db, clock, administrator } = await office(database, '2026-10-05T09:00:00Z')
    const person = await someone(db, 'member', 'one@example.org')
    const context = { db, clock, actor: administrator }
    await addReader(context, { email: 'one@example.org' })
    await addReader(context, { email: 'one@example.org' })
    expect((await listReaders(context)).map(({ email, hasLeft }) => [email, hasLeft])).toEqual([
      ['one@example.org', false],
    ])
    for (const email of ['', 'nobody', 'nobody@example.org'])
      expect((await refusalOf(() => addReader(context, { email }))).message).toMatch(/address/)
    for (const role of ['member', 'facilitator', 'editor'] as const) {
      const actor = { ...person, role }
      expect((await refusalOf(() => listReaders({ ...context, actor }))).message).toMatch(/not exist/)
      expect((await refusalOf(() => addReader({ ...context, actor }, { email: person.email }))).message).toMatch(
        /exist/,
      )
      expect((await refusalOf(() => removeReader({ ...context, actor }, { id: person.personId }))).message).toMatch(
        /exist/,
      )
    }
    await removeReader(context, { id: person.personId })
    expect(await listReaders(context)).toEqual([])
    expect((await refusalOf(() => removeReader(context, { id: person.personId }))).message).toMatch(/not exist/)
    const acts = await db.selectFrom('audit_entries').select('act').where('act', 'like', 'report.%').execute()
    expect(acts.map(one => one.act).sort()).toEqual(['report.reader-added', 'report.reader-removed'])
  })
})

const action = (title: string, owner: string, dueOn: string) => ({
  title,
  kind: 'prevent' as const,
  owner,
  createdOn: '2026-09-01',
  dueOn,
  state: 'open' as const,
  closedOn: null,
  reason: null,
  externalId: null,
})

onBothDatabases('the weekly digest', database => {
  test('tells of last week, of what is overdue and of the next forum, and of nothing that its reader may not see', async () => {
    const { db, clock, administrator, at } = await office(database, '2026-11-20T09:00:00Z')
    const editor = await someone(db, 'editor')
    await wants(db, editor, ['digest'])
    await wants(db, await someone(db, 'member', 'bo@example.org'), ['digest'])
    await someone(db, 'member', 'quiet@example.org')
    const published = (title: string, publishedAt: string, actions: ReturnType<typeof action>[] = []) =>
      save(db, editor, { title, publishedAt, severity: 'SEV-2', actions })
    await published('The week before', '2026-11-15T23:59:59.000Z')
    await published('Last Monday', '2026-11-16T00:00:00.000Z', [
      action('Bo’s late item', 'bo@example.org', '2026-11-18'),
    ])
    await published('Last Sunday', '2026-11-22T23:00:00.000Z', [
      action('Another’s', 'editor@example.org', '2026-11-01'),
    ])
    await published('This Monday', '2026-11-23T01:00:00.000Z')
    const hidden = await published('Hushed up', '2026-11-18T01:00:00.000Z', [
      action('A hidden item', 'editor@example.org', '2026-11-01'),
    ])
    await db.updateTable('postmortems').set({ is_restricted: 1 }).where('id', '=', hidden.id).execute()
    await createForum(
      { db, clock, actor: administrator },
      { title: 'Review forum', startsAt: '2026-11-26T14:00:00Z', timeZone: 'UTC', place: '', callUrl: '' },
    )
    expect(await at('2026-11-23T07:59:00Z')).toEqual([])
    const mails = await at('2026-11-23T08:01:00Z')
    expect(readersOf(mails)).toEqual(['bo@example.org', 'editor@example.org'])
    const [bo] = mails
    expect(bo!.subject).toBe('The week: 2 new postmortems, 1 action item of yours overdue, a forum this week')
    for (const body of [bo!.text, bo!.html]) {
      expect(body).toMatch(/Last Sunday[\s\S]*Last Monday/)
      expect(body).not.toMatch(/The week before|This Monday|Hushed|hidden item/)
      expect(body).toContain('2 action items are overdue, one of them yours.')
      expect(body).toMatch(/Bo’s late item[\s\S]*5 days late/)
      expect(body).not.toContain('Another’s')
      expect(body).toMatch(/Review forum[\s\S]*26 Nov 2026/)
      expect(body).toContain(`${ORIGIN}/me#preferences`)
    }
    expect(await at('2026-11-23T09:00:00Z')).toEqual([])
    expect(await at('2026-11-24T09:00:00Z')).toEqual([])
  })

  test('comes on Monday at eight by the reader’s own clock, also after it was set back and forth', async () => {
    const { db, at } = await office(database, '2026-10-19T00:00:00Z')
    const editor = await someone(db, 'editor')
    const zones = {
      berlin: 'Europe/Berlin',
      york: 'America/New_York',
      kiritimati: 'Pacific/Kiritimati',
      nepal: 'Asia/Kathmandu',
    }
    for (const [name, zone] of Object.entries(zones))
      await wants(db, await someone(db, 'member', `${name}@example.org`), ['digest'], zone)
    await wants(db, await someone(db, 'member', 'house@example.org'), ['digest'])
    const arrivals = async (from: string) => {
      const seen: Record<string, string> = {}
      const start = Date.parse(from)
      for (let step = 0; step < 36; step++)
        for (const mail of await at(start + step * HOUR))
          seen[mail.to[0]!.split('@')[0]!] = new Date(start + step * HOUR).toISOString().slice(0, 16)
      return seen
    }
    // Clocks in Berlin go back on 25 October 2026, in New York on 1 November.
    await save(db, editor, { title: 'Before the change', publishedAt: '2026-10-21T12:00:00.000Z' })
    expect(await arrivals('2026-10-25T12:15:00Z')).toEqual({
      kiritimati: '2026-10-25T18:15',
      nepal: '2026-10-26T02:15',
      berlin: '2026-10-26T07:15',
      house: '2026-10-26T08:15',
      york: '2026-10-26T12:15',
    })
    await save(db, editor, { title: 'After it', publishedAt: '2026-10-28T12:00:00.000Z' })
    const { berlin, york } = await arrivals('2026-11-01T12:15:00Z')
    expect([berlin, york]).toEqual(['2026-11-02T07:15', '2026-11-02T13:15'])
  }, 60_000)

  test('is not sent when nothing is new, nor a second time to who moves to another zone', async () => {
    const { db, at } = await office(database, '2026-11-20T09:00:00Z')
    const editor = await someone(db, 'editor')
    const member = await someone(db, 'member')
    await wants(db, member, ['digest'], 'Europe/Berlin')
    expect(await at('2026-11-23T08:00:00Z')).toEqual([])
    await save(db, editor, { title: 'New', publishedAt: '2026-11-25T12:00:00.000Z' })
    expect(await at('2026-11-30T07:30:00Z')).toHaveLength(1)
    await wants(db, member, ['digest'], 'America/New_York')
    expect(await at('2026-11-30T13:30:00Z')).toEqual([])
    await wants(db, member, [])
    await save(db, editor, { title: 'Newer', publishedAt: '2026-12-02T12:00:00.000Z' })
    expect(await at('2026-12-07T15:00:00Z')).toEqual([])
  })
})
