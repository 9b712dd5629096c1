import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { needs } from '#app/home/needs.server.ts'
import type { Actor, Role } from '#app/identity/actor.ts'
import { saveSettings } from '#app/identity/save-settings.server.ts'
import { createMailer } from '#app/platform/mail.server.ts'
import { decideReview } from '#app/postmortems/decide-review.server.ts'
import { inviteReviewers, withdrawInvitation } from '#app/postmortems/invite-reviewers.server.ts'
import { noteAttendance, rateMeeting } from '#app/postmortems/note-attendance.server.ts'
import { presentPostmortem } from '#app/postmortems/present-postmortem.server.ts'
import { readReview } from '#app/postmortems/read-review.server.ts'
import { changePostmortem } from '#app/postmortems/resources.server.ts'
import { reviewInWords, usefulness } from '#app/postmortems/review-state.ts'
import { setReviewMeeting } from '#app/postmortems/set-review-meeting.server.ts'
import type { Db } from '#db/index.server.ts'
import { type ReceivedMail, startMailServer } from '#test/identity/mail-server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { clock, log, NOW, prepared, refusalOf, save, someone } from './house.ts'

it('The state of a review is said in a line', () => {
  const one = (verdict: 'approved' | 'changes' | null, isOfThisText = true) => ({ verdict, isOfThisText })
  expect(reviewInWords([])).toBeNull()
  expect(reviewInWords([one(null), one(null)])).toBe('Waits for 2 of 2')
  expect(reviewInWords([one('approved'), one(null), one('changes')])).toBe('Approved by 1 of 3, 1 asks for changes')
  expect(reviewInWords([one('approved', false)])).toBe('Approved by 1 of 1, changed since approved')
  expect(reviewInWords([one('changes', false)])).toBe('1 asks for changes')
})

it('The usefulness of a meeting is a mean of five ratings or more', () => {
  expect(usefulness(4, 20, 4)).toBeNull()
  expect(usefulness(5, 22, 5)).toEqual({ worth: '4.4', learnt: '1.0' })
})

onBothDatabases('a review', database => {
  let db: Db
  let mails: ReceivedMail[]
  let stop: () => Promise<void>
  let mailer: ReturnType<typeof createMailer>
  const people: Record<string, Actor> = {}
  let count = 0

  async function person(role: Role, name: string, wants: string[] = ['reviews']): Promise<void> {
    const actor = await someone(db, role, `${name}@example.org`)
    await db
      .updateTable('people')
      .set({ mails: JSON.stringify(wants) })
      .where('id', '=', actor.personId)
      .execute()
    const account = { id: actor.accountId, person_id: actor.personId, role, password_hash: null }
    await db
      .insertInto('accounts')
      .values({ ...account, created_at: NOW, disabled_at: null })
      .execute()
    people[name] = actor
  }
  const as = (name: string) => people[name] as Actor

  beforeAll(async () => {
    db = await prepared(database)
    const server = await startMailServer()
    mails = server.mails
    stop = server.stop
    mailer = createMailer({ smtpUrl: server.url, folder: '', from: 'Candor <candor@example.org>' })
    for (const name of ['author', 'ada', 'bo', 'cy', 'dee']) await person('member', name)
    await person('member', 'quiet', [])
    await person('editor', 'editor')
    await person('administrator', 'administrator')
    await saveSettings({ db, clock, actor: as('administrator') }, { timeZone: 'Europe/Berlin' })
  })
  beforeEach(() => mails.splice(0))
  afterAll(() => stop())

  const context = (name: string) => ({ db, clock, mailer, log, origin: 'https://candor.example', actor: as(name) })
  async function draft(): Promise<string> {
    const { slug } = await save(db, as('administrator'), {
      title: `A draft ${++count}`,
      status: 'draft',
      authors: ['author@example.org'],
      sections: { summary: 'The pool filled.', impact: 'Nobody could pay.' },
    })
    return slug
  }
  async function invite(by: string, slug: string, ...names: string[]): Promise<void> {
    const { sent } = await inviteReviewers(
      context(by),
      slug,
      names.map(name => `${name}@example.org`),
    )
    await sent
  }
  const review = (name: string, slug: string) => readReview({ db, actor: as(name) }, slug)
  const refused = /does not exist, or is not for you/

  it('is asked of people by an author or an editor: they read the draft, and it waits on their front page', async () => {
    const slug = await draft()
    await expect(review('ada', slug)).rejects.toThrow(refused)
    await expect(invite('ada', slug, 'bo')).rejects.toThrow(refused)
    await invite('author', slug, 'ada', 'quiet')
    await invite('editor', slug, 'bo', 'ada')
    expect(mails.map(mail => mail.to[0]).sort()).toEqual(['ada@example.org', 'bo@example.org'])
    expect(mails[0]?.text).toContain(`https://candor.example/library/${slug}/review`)
    expect(await review('ada', slug)).toMatchObject({
      words: 'Waits for 3 of 3',
      mayInvite: false,
      reviewers: [{ name: 'ada', isMine: true }, { name: 'bo', isMine: false }, { name: 'quiet' }],
    })
    const waiting = await needs({ db, clock, actor: as('ada') })
    expect(waiting).toMatchObject([
      { when: 'review', detail: 'waits for your review, asked by author just now', to: `/library/${slug}/review` },
    ])
    await expect(invite('author', slug, 'author')).rejects.toThrow('author wrote it: ask somebody who did not.')
    await expect(invite('author', slug, 'nobody')).rejects.toThrow('Nobody has the address nobody@example.org.')
  })

  it('is an approval or a wish for changes, with a sentence; both are shown, and edits after an approval too', async () => {
    const slug = await draft()
    await invite('author', slug, 'ada', 'bo')
    const decide = (name: string, verdict: string, sentence = '') =>
      decideReview({ db, clock, actor: as(name) }, slug, { verdict, sentence })
    await expect(decide('author', 'approved')).rejects.toThrow(refused)
    await expect(decide('ada', 'changes', ' ')).rejects.toThrow('Say what should change, in a sentence.')
    await expect(decide('ada', 'perhaps')).rejects.toThrow('Say whether you approve it')
    await decide('ada', 'approved')
    await decide('bo', 'changes', 'Which pool?')
    expect(await needs({ db, clock, actor: as('ada') })).not.toContainEqual(
      expect.objectContaining({ to: `/library/${slug}/review` }),
    )
    const shown = async () => (await presentPostmortem({ db, actor: as('editor') }, slug)).discussion.review
    expect(await shown()).toBe('Approved by 1 of 2, 1 asks for changes')
    await changePostmortem({ db, clock, actor: as('editor') }, slug, { status: 'in review', themes: ['capacity'] })
    expect(await shown(), 'its state and themes are not what was approved').toBe(
      'Approved by 1 of 2, 1 asks for changes',
    )
    await changePostmortem({ db, clock, actor: as('author') }, slug, {
      sections: { summary: 'The payment pool filled.' },
    })
    expect(await shown()).toBe('Approved by 1 of 2, 1 asks for changes, changed since approved')
    expect((await review('bo', slug)).reviewers[0]).toMatchObject({ verdict: 'approved', hasChangedSince: true })
    await decide('ada', 'approved', 'Still fine.')
    await decide('bo', 'approved')
    expect(await shown()).toBe('Approved by 2 of 2')
  })

  it('is taken back with the right to read the draft', async () => {
    const slug = await draft()
    await invite('author', slug, 'ada')
    const withdraw = (by: string) => withdrawInvitation({ db, clock, actor: as(by) }, slug, as('ada').personId)
    await expect(withdraw('ada')).rejects.toThrow(refused)
    await withdraw('author')
    await expect(review('ada', slug)).rejects.toThrow(refused)
    await expect(withdraw('author')).rejects.toThrow(refused)
  })

  it('has a meeting in the organisation’s time, before which its document goes round by mail', async () => {
    const slug = await draft()
    await invite('author', slug, 'ada', 'quiet')
    mails.splice(0)
    const set = async (name: string, at: string, ...others: string[]) => {
      const addresses = others.map(other => `${other}@example.org`)
      const { sent } = await setReviewMeeting(context(name), slug, { at, place: 'Room 4', people: addresses })
      await sent
    }
    await expect(set('ada', '2026-12-03T15:00')).rejects.toThrow(refused)
    await expect(set('author', 'tomorrow')).rejects.toThrow('Write a day and a time')
    await expect(set('author', '2026-12-03T15:00', 'bo')).rejects.toThrow('bo may not read it yet')
    await set('author', '2026-12-03T15:00', 'editor')
    expect(mails.map(mail => mail.to[0]).sort()).toEqual([
      'ada@example.org',
      'author@example.org',
      'editor@example.org',
    ])
    expect(mails[0]?.text).toMatch(/Thursday,? 3 December 2026 at 15:00 \(Europe\/Berlin\)/)
    expect(mails[0]?.text).toContain('Where: Room 4')
    expect(mails[0]?.text).toMatch(/## Impact\s+Nobody could pay\./)
    expect((await review('ada', slug)).meeting).toMatchObject({
      startsAt: '2026-12-03T14:00:00.000Z',
      wall: '2026-12-03T15:00',
      expected: [{ name: 'ada' }, { name: 'author' }, { name: 'editor' }, { name: 'quiet' }],
    })
    mails.splice(0)
    await set('author', '2026-11-20T15:00')
    expect(mails, 'a meeting of the past is only written down').toEqual([])
  })

  it('notes who came and how many spoke, and their ratings as a mean from five on', async () => {
    const slug = await draft()
    await invite('author', slug, 'ada', 'bo', 'cy', 'dee', 'quiet')
    const note = (by: string, present: string[], speakers: string, others: string[] = []) =>
      noteAttendance({ db, actor: as(by) }, slug, { present: present.map(name => as(name).personId), others, speakers })
    await expect(note('author', ['ada'], '')).rejects.toThrow('Set the time of the meeting first.')
    await setReviewMeeting(context('author'), slug, { at: '2026-11-20T15:00', place: '', people: [] })
    await expect(note('ada', ['ada'], '1')).rejects.toThrow(refused)
    await expect(note('author', ['ada', 'bo'], '3')).rejects.toThrow('Only 2 came')
    await note('author', ['ada', 'bo', 'cy', 'dee'], '3', ['editor@example.org'])
    const meeting = async () => (await review('editor', slug)).meeting
    expect(await meeting()).toMatchObject({ speakers: 3, mayRate: true })
    expect((await meeting())?.expected.filter(one => one.attended).map(one => one.name)).toEqual([
      'ada',
      'bo',
      'cy',
      'dee',
      'editor',
    ])

    const rate = (name: string, worth: string, learnt: string) =>
      rateMeeting({ db, actor: as(name) }, slug, { worth, learnt })
    await expect(rate('quiet', '3', '3')).rejects.toThrow(refused)
    expect(await refusalOf(() => rate('ada', '6', '3'))).toMatchObject({
      errors: [{ path: 'worth', message: 'Choose from 1 to 5.' }],
    })
    for (const name of ['ada', 'bo', 'cy', 'dee']) await rate(name, '4', '3')
    expect(await meeting()).toMatchObject({ ratings: 4, usefulness: null })
    expect(await refusalOf(() => rate('ada', '1', '1'))).toMatchObject({ status: 409 })
    await Promise.allSettled([rate('editor', '5', '5'), rate('editor', '5', '5')])
    expect(await meeting()).toMatchObject({ ratings: 5, usefulness: { worth: '4.2', learnt: '3.4' }, hasRated: true })
    const columns = Object.keys(await db.selectFrom('review_attendance').selectAll().executeTakeFirstOrThrow())
    expect(columns.sort(), 'no rating is kept with a person').toEqual([
      'attended',
      'has_rated',
      'person_id',
      'postmortem_id',
    ])
  })
})
