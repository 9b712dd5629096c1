/** Mails that ask after action items: to whom, once, and the link that answers them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#app/identity/actor.ts'
import { createJobs } from '#app/platform/jobs.server.ts'
import { createMailer } from '#app/platform/mail.server.ts'
import { actionHistory } from '#app/postmortems/action-history.server.ts'
import { dueInWords, isRemindedOn } from '#app/postmortems/action-mails.ts'
import { findActionItem } from '#app/postmortems/find-action-item.server.ts'
import { actionJobs } from '#app/postmortems/mail-actions.server.ts'
import { readActionLink, updateByLink } from '#app/postmortems/update-by-link.server.ts'
import type { Db } from '#db/index.server.ts'
import { refusalOf } from '#test/identity/house.ts'
import { startMailServer } from '#test/identity/mail-server.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { log, NOW, prepared, save, someone } from './house.ts'

const ORIGIN = 'https://candor.example.org'
const DAY = 86_400_000
/** A Monday, an hour after the mails are due. */
const MONDAY = Date.parse('2026-11-30T09:00:00.000Z')

let smtp: Awaited<ReturnType<typeof startMailServer>>
beforeAll(async () => {
  smtp = await startMailServer()
})
afterAll(() => smtp.stop())

async function office(database: TestDatabase) {
  const db = await prepared(database)
  let now = MONDAY
  const clock = {
    now: () => now,
    pass(milliseconds: number) {
      now += milliseconds
    },
  }
  const mailer = createMailer({ smtpUrl: smtp.url, folder: '/nowhere', from: 'candor@example.org' })
  const member = await someone(db, 'member')
  await wants(db, member, ['action-reminders'])
  const editor = await someone(db, 'editor')
  smtp.mails.length = 0
  return {
    db,
    clock,
    member,
    editor,
    /** Another instance each time, as after a restart. */
    tick: (origin: string | null = ORIGIN) =>
      createJobs({ db, clock, log }, actionJobs({ db, clock, mailer, log, origin })).tick(),
  }
}

const wants = (db: Db, actor: Actor, mails: string[]) =>
  db
    .updateTable('people')
    .set({ mails: JSON.stringify(mails) })
    .where('id', '=', actor.personId)
    .execute()

const promised = (db: Db, editor: Actor, owner: string, dueOn: string | null, more = {}) =>
  save(db, editor, {
    title: 'Checkout stalled',
    publishedAt: NOW,
    actions: [
      {
        title: 'A limit on retries',
        kind: 'prevent',
        owner,
        createdOn: '2026-10-01',
        dueOn,
        state: 'open',
        closedOn: null,
        reason: null,
        externalId: null,
      },
    ],
    ...more,
  })

const secretIn = (text = '') => /\/actions\/update\/([\w-]+)/.exec(text)?.[1] ?? ''

onBothDatabases('Mails about action items', database => {
  test('come on Monday, once for each owner, whoever else is running', async () => {
    const { db, editor, member, tick, clock } = await office(database)
    await promised(db, editor, member.email, '2027-03-01')
    await Promise.all([tick(), tick()])
    await tick()
    expect(smtp.mails.map(mail => mail.to)).toEqual([[member.email]])
    expect(smtp.mails[0]?.text).toContain('A limit on retries')
    expect(smtp.mails[0]?.text).toContain('from: Checkout stalled')
    expect(smtp.mails[0]?.text).toContain(`${ORIGIN}/actions/update/`)
    clock.pass(7 * DAY)
    await tick()
    expect(smtp.mails).toHaveLength(2)
  })

  test('remind three days before and again when it is late, and of nothing else', async () => {
    const { db, editor, member, tick, clock } = await office(database)
    await promised(db, editor, member.email, '2026-12-05')
    const subjects: string[] = []
    for (let day = 0; day < 16; day++) {
      smtp.mails.length = 0
      await tick()
      for (const { text } of smtp.mails)
        if (text.includes('a reminder')) subjects.push(`${day}: ${/^ {2}(.*), open/m.exec(text)?.[1]}`)
      clock.pass(DAY)
    }
    expect(subjects).toEqual([
      '2: due in 3 days (5 Dec 2026)',
      '6: one day late (5 Dec 2026)',
      '12: 7 days late (5 Dec 2026)',
    ])
  })

  test('do not come to those who do not want them, who left, or whose account is closed', async () => {
    const { db, editor, member, tick, clock } = await office(database)
    await promised(db, editor, member.email, '2027-03-01')
    await wants(db, member, ['comments'])
    await tick()
    await wants(db, member, ['action-reminders'])
    await db.updateTable('people').set({ left_on: '2026-11-01' }).where('id', '=', member.personId).execute()
    clock.pass(7 * DAY)
    await tick()
    await db.updateTable('people').set({ left_on: null }).where('id', '=', member.personId).execute()
    await db
      .insertInto('accounts')
      .values({
        id: member.accountId,
        person_id: member.personId,
        role: 'member',
        password_hash: null,
        created_at: NOW,
        disabled_at: NOW,
      })
      .execute()
    clock.pass(7 * DAY)
    await tick()
    expect(smtp.mails).toEqual([])
  })

  test('tell an owner nothing of a draft or a restricted text that they may not read', async () => {
    const { db, editor, member, tick } = await office(database)
    await promised(db, editor, member.email, '2027-03-01', { status: 'draft', publishedAt: null })
    const hidden = await promised(db, editor, member.email, '2027-03-01', { title: 'Restricted' })
    await db.updateTable('postmortems').set({ is_restricted: 1 }).where('id', '=', hidden.id).execute()
    await tick()
    expect(smtp.mails).toEqual([])
  })

  test('are not sent without an address that links can begin with', async () => {
    const { db, editor, member, tick } = await office(database)
    await promised(db, editor, member.email, '2027-03-01')
    await tick(null)
    expect(smtp.mails).toEqual([])
  })

  describe('carry a link', () => {
    async function mailed(database: TestDatabase) {
      const house = await office(database)
      await promised(house.db, house.editor, house.member.email, '2027-03-01')
      await house.tick()
      const secret = secretIn(smtp.mails[0]?.text)
      const row = await house.db.selectFrom('action_items').select('id').executeTakeFirstOrThrow()
      return { ...house, secret, id: row.id }
    }

    test('that looking at does not use up, and that changes the item once, in its owner’s name', async () => {
      const { db, clock, member, secret, id } = await mailed(database)
      for (let look = 0; look < 3; look++)
        expect((await readActionLink({ db, clock }, secret)).item.facts.title).toBe('A limit on retries')
      const invalid = updateByLink({ db, clock }, secret, { dueOn: '2027-06-01' })
      expect((await refusalOf(invalid)).fields).toHaveProperty('why')
      const answers = await Promise.allSettled([
        updateByLink({ db, clock }, secret, { state: 'done', effortDays: 1 }),
        updateByLink({ db, clock }, secret, { state: 'in progress' }),
      ])
      expect(answers.map(answer => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(await actionHistory({ db, actor: member }, id)).toHaveLength(1)
      expect(await refusalOf(readActionLink({ db, clock }, secret))).toMatchObject({ refusal: 'gone' })
    })

    test('that is worth nothing after eight days, for another owner, or when nobody knows it', async () => {
      const { db, clock, editor, member, secret, id } = await mailed(database)
      const isGone = async (given = secret) =>
        expect(await refusalOf(readActionLink({ db, clock }, given))).toMatchObject({ refusal: 'gone' })
      await isGone('guessed')
      await isGone('')
      await db.updateTable('action_items').set({ owner_id: editor.personId }).where('id', '=', id).execute()
      await isGone()
      await db.updateTable('action_items').set({ owner_id: member.personId }).where('id', '=', id).execute()
      await db.updateTable('people').set({ left_on: '2026-11-01' }).where('id', '=', member.personId).execute()
      await isGone()
      await db.updateTable('people').set({ left_on: null }).where('id', '=', member.personId).execute()
      expect((await readActionLink({ db, clock }, secret)).owner.name).toBe('member')
      clock.pass(8 * DAY)
      await isGone()
      expect((await findActionItem({ db, actor: member }, id)).facts.state).toBe('open')
    })

    test('of which only a hash is kept', async () => {
      const { db, secret } = await mailed(database)
      const rows = await db.selectFrom('action_links').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(secret)
    })
  })
})

describe('Days', () => {
  test('are worded as people say them', () => {
    expect(dueInWords('2026-12-01', '2026-12-01')).toBe('due today')
    expect(dueInWords('2026-12-02', '2026-12-01')).toBe('due in one day (2 Dec 2026)')
    expect(dueInWords('2026-11-01', '2026-12-01')).toBe('30 days late (1 Nov 2026)')
    expect(dueInWords(null, '2026-12-01')).toBe('without a due date')
  })

  test('of reminders are few', () => {
    const days = Array.from({ length: 61 }, (_, index) => new Date(Date.parse('2026-11-01') + index * DAY))
    const reminded = days.map(day => day.toISOString().slice(0, 10)).filter(day => isRemindedOn(day, '2026-12-01'))
    expect(reminded).toEqual(['2026-11-28', '2026-12-02', '2026-12-08', '2026-12-22'])
  })
})
