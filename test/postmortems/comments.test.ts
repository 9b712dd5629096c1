import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Actor, Role } from '#app/identity/actor.ts'
import { createMailer } from '#app/platform/mail.server.ts'
import { changeVisibility } from '#app/postmortems/change-visibility.server.ts'
import { commentThreads } from '#app/postmortems/comment-threads.server.ts'
import { exportJsonLines } from '#app/postmortems/export-postmortems.server.ts'
import { libraryQuery } from '#app/postmortems/library-query.ts'
import { nameReaders } from '#app/postmortems/name-readers.server.ts'
import { changePostmortem } from '#app/postmortems/resources.server.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'
import { removeComment, resolveComment } from '#app/postmortems/settle-comment.server.ts'
import { addComment, editComment, type NewComment } from '#app/postmortems/write-comment.server.ts'
import type { Db } from '#db/index.server.ts'
import { type ReceivedMail, startMailServer } from '#test/identity/mail-server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { all, clock, log, NOW, prepared, save, someone } from './house.ts'

const SUMMARY = 'The deploy removed the index. Queries took four seconds, and the pool filled.'

onBothDatabases('comments', database => {
  let db: Db
  let mails: ReceivedMail[]
  let stop: () => Promise<void>
  let mailer: ReturnType<typeof createMailer>
  const people = {} as Record<'author' | 'member' | 'other' | 'quiet' | 'editor' | 'administrator', Actor>
  let count = 0

  async function person(role: Role, email: string, wants: string[]): Promise<Actor> {
    const actor = await someone(db, role, email)
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
    return actor
  }

  beforeAll(async () => {
    db = await prepared(database)
    const server = await startMailServer()
    mails = server.mails
    stop = server.stop
    mailer = createMailer({ smtpUrl: server.url, folder: '', from: 'Candor <candor@example.org>' })
    people.author = await person('member', 'author@example.org', ['comments'])
    people.member = await person('member', 'member@example.org', ['comments'])
    people.other = await person('member', 'other@example.org', ['comments'])
    people.quiet = await person('member', 'quiet@example.org', ['digest'])
    people.editor = await person('editor', 'editor@example.org', ['comments'])
    people.administrator = await person('administrator', 'administrator@example.org', [])
  })
  beforeEach(() => mails.splice(0))
  afterAll(() => stop())

  async function written(status: 'draft' | 'in review' | 'published' = 'published') {
    const title = `The pool filled ${++count}`
    const { slug } = await save(db, people.administrator, {
      title,
      status,
      publishedAt: status === 'published' ? NOW : null,
      authors: ['author@example.org'],
      sections: { summary: SUMMARY, lessons: 'The **pool** needs a limit & an alert.' },
    })
    return slug
  }
  const context = (actor: Actor) => ({ db, clock, mailer, log, origin: 'https://candor.example', actor })
  async function say(actor: Actor, slug: string, comment: NewComment): Promise<string> {
    const { id, sent } = await addComment(context(actor), slug, comment)
    await sent
    return id
  }
  const threads = async (actor: Actor, slug: string) => (await commentThreads({ db, actor }, slug, 1)).threads
  const refused = /does not exist, or is not for you/

  it('are made by every member on what is published, and answered one level deep', async () => {
    const slug = await written()
    const first = await say(people.member, slug, { text: 'Was the *limit* known?' })
    const answer = await say(people.other, slug, { text: 'It was not.', parent: first })
    await say(people.author, slug, { text: 'Now it is.', parent: answer })
    const [thread, ...rest] = await threads(people.quiet, slug)
    expect(rest).toEqual([])
    expect(thread).toMatchObject({ writer: 'member', html: '<p>Was the <em>limit</em> known?</p>', text: null })
    expect(thread?.answers.map(one => one.html)).toEqual(['<p>It was not.</p>', '<p>Now it is.</p>'])
  })

  it('are read and made on a draft by its authors, those it was shown to and editors; for others it is not there', async () => {
    const slug = await written('draft')
    await nameReaders({ db, clock, actor: people.author }, slug, ['other@example.org'])
    for (const one of ['author', 'other', 'editor', 'administrator'] as const)
      await say(people[one], slug, { text: `From the ${one}` })
    expect(await threads(people.other, slug)).toHaveLength(4)
    await expect(threads(people.member, slug)).rejects.toThrow(refused)
    await expect(say(people.member, slug, { text: 'Hello?' })).rejects.toThrow(refused)
  })

  it('are sanitised as every text is', async () => {
    const slug = await written()
    await say(people.member, slug, { text: '<img src=x onerror=alert(1)> [here](javascript:alert(1))' })
    const [thread] = await threads(people.member, slug)
    expect(thread?.html).not.toMatch(/onerror|javascript/)
  })

  it('need words, and fewer than a book', async () => {
    const slug = await written()
    await expect(say(people.member, slug, { text: ' \n ' })).rejects.toThrow('Write what you want to say.')
    await expect(say(people.member, slug, { text: 'a'.repeat(20_001) })).rejects.toThrow('At most 20,000 characters.')
  })

  it('stand beside a passage, follow it through edits, and show its words when it is gone', async () => {
    const slug = await written('draft')
    await say(people.author, slug, { text: 'On the whole' })
    await say(people.author, slug, { text: 'On the limit', passage: 'pool needs a limit & an alert' })
    await say(people.author, slug, { text: 'On the index', passage: 'removed\n  the index' })
    await expect(say(people.author, slug, { text: 'On?', passage: 'the disk was full' })).rejects.toThrow(
      'These words do not stand in the text.',
    )
    const seen = async () =>
      (await threads(people.author, slug)).map(({ html, passage }) => [
        html.replace(/<\/?p>/g, ''),
        passage?.now ?? null,
      ])
    expect(await seen()).toEqual([
      ['On the index', 'removed the index'],
      ['On the limit', 'pool needs a limit & an alert'],
      ['On the whole', null],
    ])
    await changePostmortem({ db, clock, actor: people.author }, slug, {
      sections: { summary: `On Monday, ${SUMMARY}`, lessons: 'Every pool needs a limit and an alert; so does this.' },
    })
    expect((await seen())[1]).toEqual(['On the limit', 'pool needs a limit and an alert'])
    await changePostmortem({ db, clock, actor: people.author }, slug, { sections: { summary: 'Written anew.' } })
    const last = (await threads(people.author, slug)).at(-1)
    expect(last).toMatchObject({ passage: { quote: 'removed the index', now: null }, text: 'On the index' })
  })

  it('are written anew and taken back by their writer alone; answers keep their place', async () => {
    const slug = await written()
    const id = await say(people.member, slug, { text: 'First' })
    for (const one of ['other', 'editor', 'administrator'] as const) {
      await expect(editComment(context(people[one]), slug, { id, text: 'Mine' })).rejects.toThrow(refused)
      await expect(removeComment(context(people[one]), slug, id)).rejects.toThrow(refused)
    }
    await editComment(context(people.member), slug, { id, text: 'Second' })
    expect(await threads(people.member, slug)).toMatchObject([{ text: 'Second', editedAt: NOW }])
    const answer = await say(people.other, slug, { text: 'An answer', parent: id })
    await removeComment(context(people.member), slug, id)
    expect(await threads(people.other, slug)).toMatchObject([
      { isRemoved: true, html: '', text: null, answers: [{ text: 'An answer' }] },
    ])
    const kept = await db.selectFrom('comments').select('text').where('id', '=', id).executeTakeFirstOrThrow()
    expect(kept.text).toBe('')
    await removeComment(context(people.other), slug, answer)
    const alone = await say(people.member, slug, { text: 'Alone' })
    await removeComment(context(people.member), slug, alone)
    expect((await threads(people.member, slug)).map(one => one.id)).not.toContain(alone)
  })

  it('are resolved and reopened on a draft, by their writer and those who edit it', async () => {
    const slug = await written('in review')
    await nameReaders({ db, clock, actor: people.author }, slug, ['other@example.org', 'quiet@example.org'])
    const id = await say(people.other, slug, { text: 'Which index?' })
    const settle = (actor: Actor, isResolved: boolean) => resolveComment(context(actor), slug, { id, isResolved })
    await expect(settle(people.quiet, true)).rejects.toThrow(refused)
    await settle(people.author, true)
    expect(await threads(people.other, slug)).toMatchObject([{ resolved: { by: 'author', at: NOW }, mayResolve: true }])
    await settle(people.other, false)
    expect(await threads(people.quiet, slug)).toMatchObject([{ resolved: null, mayResolve: false }])
    await changePostmortem({ db, clock, actor: people.editor }, slug, { status: 'published' })
    await expect(settle(people.other, true)).rejects.toThrow('It is published meanwhile')
  })

  it('reach authors, those answered and those mentioned by mail, if they want such mails, and never their writer', async () => {
    const slug = await written()
    const id = await say(people.member, slug, {
      text: 'What of this, @other and @quiet? And me, @member?',
      passage: 'the pool filled',
    })
    expect(mails.map(mail => mail.to[0]).sort()).toEqual(['author@example.org', 'other@example.org'])
    const toOther = mails.find(mail => mail.to[0] === 'other@example.org')
    expect(toOther?.text).toContain('member mentions you in a comment on')
    expect(toOther?.text).toContain('> the pool filled')
    expect(toOther?.text).toContain(`https://candor.example/library/${slug}/comments#comment-${id}`)
    mails.splice(0)
    await say(people.author, slug, { text: 'An answer', parent: id })
    expect(mails.map(mail => mail.to[0])).toEqual(['member@example.org'])
    mails.splice(0)
    const { sent } = await editComment(context(people.member), slug, { id, text: '@other, and now @editor too' })
    await sent
    expect(mails.map(mail => mail.to[0])).toEqual(['editor@example.org'])
    const [thread] = await threads(people.member, slug)
    expect(thread?.html).toContain(`<a href="/people/${encodeURIComponent(people.editor.personId)}">@editor</a>`)
  })

  it('are never mailed to those who may not read the text', async () => {
    const draft = await written('draft')
    await say(people.author, draft, { text: '@member @editor, look' })
    expect(mails.map(mail => mail.to[0])).toEqual(['editor@example.org'])
    mails.splice(0)
    const restricted = await written()
    const administrator = { db, clock, actor: people.administrator }
    await changeVisibility(administrator, restricted, { change: 'restrict', reason: 'Legal' })
    await say(people.author, restricted, { text: '@member @editor, look' })
    expect(mails).toEqual([])
    await expect(threads(people.editor, restricted)).rejects.toThrow(refused)
  })

  it('do not stop when a mail cannot be sent', async () => {
    const slug = await written()
    const broken = { folder: null, send: () => Promise.reject(new Error('The server is away.')) }
    const { sent } = await addComment({ ...context(people.member), mailer: broken }, slug, { text: 'Anyone?' })
    await sent
    expect(await threads(people.author, slug)).toHaveLength(1)
  })

  it('are neither searched nor exported', async () => {
    const slug = await written()
    await say(people.member, slug, { text: 'Sousaphone' })
    const { total } = await searchLibrary(db, libraryQuery(new URL('http://x/?q=sousaphone')))
    expect(total).toBe(0)
    expect((await all(exportJsonLines(db))).join('')).not.toContain('Sousaphone')
  })

  it('come in pages, which take as many queries as one comment does', async () => {
    const slug = await written()
    const queries = async () => {
      let count = 0
      const counted = db.withPlugin({
        transformQuery(args) {
          count++
          return args.node
        },
        transformResult: async args => args.result,
      })
      await commentThreads({ db: counted, actor: people.member }, slug, 1)
      return count
    }
    await addComment(context(people.author), slug, { text: 'Before all @member', passage: 'the pool filled' })
    const forOne = await queries()
    for (let n = 0; n < 51; n++) await addComment({ ...context(people.author) }, slug, { text: `Number ${n}` })
    const second = await commentThreads({ db, actor: people.member }, slug, 2)
    expect(second).toMatchObject({ total: 52, threads: [{ html: '<p>Number 49</p>' }, { html: '<p>Number 50</p>' }] })
    expect(await queries()).toBe(forOne)
  })
})
