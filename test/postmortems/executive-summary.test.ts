import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#app/identity/actor.ts'
import { createMailer } from '#app/platform/mail.server.ts'
import { changeVisibility } from '#app/postmortems/change-visibility.server.ts'
import { readSummary, saveSummary, sendSummary, summaryToEdit } from '#app/postmortems/executive-summary.server.ts'
import { draftSummary, summaryAsText } from '#app/postmortems/executive-summary-draft.ts'
import type { Db } from '#db/index.server.ts'
import { type ReceivedMail, startMailServer } from '#test/identity/mail-server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { anyRecord } from './any-record.ts'
import { clock, log, NOW, prepared, recordOf, refusalOf, save, someone } from './house.ts'

const RECORD = recordOf({
  title: 'The pool filled',
  status: 'published',
  publishedAt: NOW,
  severity: 'SEV-1',
  authors: ['author@example.org'],
  sections: {
    summary: '# Heading\n\nNobody could pay for 41 minutes.\n\n![A graph](attachment:x)\n\nThe pool was full.',
    impact: '3,120 orders waited.',
    lessons: 'A pool without a limit is a promise.',
    prevention: 'Every pool has a limit.',
  },
  factors: [{ text: 'No limit\non the pool', themes: [], whys: [] }],
  actions: [
    { title: 'Limit the pool', state: 'open', dueOn: '2026-12-24' },
    { title: 'Drop this', state: 'dropped', dueOn: null },
    { title: 'Alert on it', state: 'done', dueOn: null },
  ].map(action => ({
    ...action,
    state: action.state as 'open',
    kind: null,
    owner: null,
    createdOn: null,
    closedOn: null,
    reason: null,
    externalId: null,
  })),
})

describe('The draft of an executive summary', () => {
  it('takes what happened, what was learnt and what changes from the sections', () => {
    expect(draftSummary(RECORD)).toEqual({
      happened: 'Nobody could pay for 41 minutes.\n\nThe pool was full.\n\n3,120 orders waited.',
      learnt: 'A pool without a limit is a promise.\n\nWhat made it possible:\n\n- No limit on the pool',
      changes: 'Every pool has a limit.\n\n- Limit the pool (due 2026-12-24)\n- Alert on it (done)',
    })
  })

  it('keeps to a page by whole paragraphs, and takes one at least', () => {
    const long = `${'word '.repeat(150)}end.`
    const record = recordOf({ title: 'Long', sections: { summary: `${long}\n\n${long}\n\n${long}` } })
    expect(draftSummary(record).happened).toBe(long)
    const one = recordOf({ title: 'One', sections: { summary: 'word '.repeat(400).trim() } })
    expect(draftSummary(one).happened.split(' ')).toHaveLength(400)
  })

  it('is made of any record, and becomes plain text', () => {
    fc.assert(
      fc.property(anyRecord, record => {
        const text = summaryAsText(record.title, draftSummary(record))
        for (const title of ['What happened', 'What we learnt', 'What changes']) expect(text).toContain(title)
      }),
      { numRuns: 50 },
    )
  })
})

onBothDatabases('an executive summary', database => {
  let db: Db
  let mails: ReceivedMail[]
  let stop: () => Promise<void>
  let mailer: ReturnType<typeof createMailer>
  let folder: string
  let author: Actor
  let editor: Actor
  let administrator: Actor
  beforeAll(async () => {
    db = await prepared(database)
    folder = mkdtempSync(join(tmpdir(), 'candor-mail-'))
    const server = await startMailServer()
    mails = server.mails
    stop = server.stop
    mailer = createMailer({ smtpUrl: server.url, folder: '', from: 'Candor <candor@example.org>' })
    author = await someone(db, 'member', 'author@example.org')
    editor = await someone(db, 'editor', 'editor@example.org')
    administrator = await someone(db, 'administrator', 'administrator@example.org')
  })
  afterAll(async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const context = (actor: Actor) => ({ db, clock, mailer, log, origin: 'https://candor.example', actor })
  const words = { happened: 'Nobody **could** pay.', learnt: 'A limit.', changes: 'Limits.' }
  const refused = /does not exist, or is not for you/

  it('is edited by those who edit the postmortem, and every version is kept', async () => {
    const { slug } = await save(db, administrator, RECORD)
    expect((await readSummary({ db, actor: author }, slug)).summary).toBeNull()
    await expect(summaryToEdit({ db, actor: author }, slug)).rejects.toThrow(refused)
    expect(await summaryToEdit({ db, actor: editor }, slug)).toMatchObject({ number: 0, ...draftSummary(RECORD) })
    await expect(saveSummary(context(author), slug, { ...words, expected: 0 })).rejects.toThrow(refused)
    await saveSummary(context(editor), slug, { ...words, expected: 0 })
    await saveSummary(context(editor), slug, { ...words, expected: 1 })
    await saveSummary(context(administrator), slug, { ...words, learnt: 'More.', expected: 1 })
    expect(await refusalOf(() => saveSummary(context(editor), slug, { ...words, expected: 1 }))).toMatchObject({
      status: 409,
    })
    expect(
      await refusalOf(() => saveSummary(context(editor), slug, { ...words, changes: ' ', expected: 2 })),
    ).toMatchObject({
      errors: [{ path: 'changes', message: 'What changes: write a sentence at least.' }],
    })
    const newest = await readSummary({ db, actor: author }, slug)
    expect(newest.versions.map(one => [one.number, one.actor_name])).toEqual([
      [2, 'administrator'],
      [1, 'editor'],
    ])
    expect(newest.summary?.parts[0]).toMatchObject({
      title: 'What happened',
      html: '<p>Nobody <strong>could</strong> pay.</p>',
    })
    expect((await readSummary({ db, actor: author }, slug, 1)).summary?.text).toContain(
      'What we learnt\n--------------\n\nA limit.',
    )
    await expect(readSummary({ db, actor: author }, slug, 7)).rejects.toThrow(refused)
  })

  it('goes by mail to addresses that an editor writes, and says who got it when', async () => {
    const { slug } = await save(db, administrator, { ...RECORD, title: 'Sent' })
    await expect(sendSummary(context(editor), slug, 'ceo@example.org')).rejects.toThrow('There is no summary yet')
    await saveSummary(context(editor), slug, { ...words, expected: 0 })
    await expect(sendSummary(context(author), slug, 'ceo@example.org')).rejects.toThrow(refused)
    await expect(sendSummary(context(editor), slug, 'ceo@example.org, not-an-address\nx@y')).rejects.toThrow(
      'This is no e-mail address: not-an-address, x@y.',
    )
    await expect(sendSummary(context(editor), slug, ' \n')).rejects.toThrow('Write an e-mail address.')
    expect(mails).toEqual([])
    const done = await sendSummary(context(editor), slug, 'CEO@example.org, board@example.org; ceo@example.org')
    expect(done).toEqual({ sent: 2, failed: [] })
    expect(mails.map(mail => mail.to)).toEqual([['ceo@example.org'], ['board@example.org']])
    expect(mails[0]?.text).toContain('Nobody **could** pay.')
    expect(mails[0]?.text).toContain(`https://candor.example/library/${slug}`)
    const { mails: listed } = await readSummary({ db, actor: editor }, slug)
    expect(listed.map(mail => [mail.address, mail.number, mail.at, mail.actor_name]).sort()).toEqual([
      ['board@example.org', 1, NOW, 'editor'],
      ['ceo@example.org', 1, NOW, 'editor'],
    ])
    expect((await readSummary({ db, actor: author }, slug)).mails, 'is for those who send it').toEqual([])
  })

  it('of a published SEV-1 goes once to those who asked for such summaries, and of nothing else', async () => {
    await someone(db, 'member', 'asked@example.org')
    await db.updateTable('people').set({ mails: '["summaries"]' }).where('email', '=', 'asked@example.org').execute()
    const send = async (sketch: Partial<typeof RECORD>, times = 1) => {
      const { slug } = await save(db, administrator, { ...RECORD, title: 'For those who asked', ...sketch })
      await saveSummary(context(editor), slug, { ...words, expected: 0 })
      mails.length = 0
      for (let time = 0; time < times; time++) await sendSummary(context(editor), slug, 'ceo@example.org')
      return mails.map(mail => mail.to.join())
    }
    expect(await send({}, 2)).toEqual(['ceo@example.org', 'asked@example.org', 'ceo@example.org'])
    expect(mails[1]?.html).toContain('https://candor.example/me#preferences')
    expect(await send({ title: 'Smaller', severity: 'SEV-2' })).toEqual(['ceo@example.org'])
    expect(await send({ title: 'A draft', status: 'draft', publishedAt: null })).toEqual(['ceo@example.org'])
    await db.updateTable('people').set({ mails: '[]' }).where('email', '=', 'asked@example.org').execute()
  })

  it('says which addresses could not be reached, and writes down only who got it', async () => {
    const { slug } = await save(db, administrator, { ...RECORD, title: 'Half sent' })
    await saveSummary(context(editor), slug, { ...words, expected: 0 })
    const files = createMailer({ smtpUrl: null, folder, from: 'Candor <candor@example.org>' })
    const halfBroken = {
      folder,
      send: (mail: Parameters<typeof files.send>[0]) =>
        mail.to.startsWith('bad') ? Promise.reject(new Error('No such mailbox.')) : files.send(mail),
    }
    const done = await sendSummary({ ...context(editor), mailer: halfBroken }, slug, 'bad@example.org good@example.org')
    expect(done).toEqual({ sent: 1, failed: ['bad@example.org'] })
    expect((await readSummary({ db, actor: editor }, slug)).mails.map(mail => mail.address)).toEqual([
      'good@example.org',
    ])
    expect(
      readdirSync(folder)
        .map(name => readFileSync(join(folder, name), 'utf8'))
        .join(),
    ).toContain('good@example.org')
  })

  it('of a restricted postmortem is read by those who read that, and not mailed', async () => {
    const { slug } = await save(db, administrator, { ...RECORD, title: 'Restricted' })
    await saveSummary(context(editor), slug, { ...words, expected: 0 })
    await changeVisibility({ db, clock, actor: administrator }, slug, { change: 'restrict', reason: 'Legal' })
    await expect(readSummary({ db, actor: editor }, slug)).rejects.toThrow(refused)
    expect((await readSummary({ db, actor: author }, slug)).summary?.number).toBe(1)
    await expect(sendSummary(context(administrator), slug, 'ceo@example.org')).rejects.toThrow('It is restricted')
  })
})
