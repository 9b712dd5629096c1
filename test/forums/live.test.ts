import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { commandOf } from '#app/forums/live-form.server.ts'
import { liveHub } from '#app/forums/live-hub.server.ts'
import { readCapture } from '#app/forums/read-live.server.ts'
import type { Actor } from '#app/identity/actor.ts'
import { migrate, openDatabase } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { addressOf, answerTo, cookieOf, follow, house, log, refusalOf, serveStreams } from './live-house.ts'

onBothDatabases('a live forum', database => {
  it('is begun, steered and finished, and leaves its record', async () => {
    const { db, clock, ada, cem, id, give, steer, state } = await house(database)
    expect(await state()).toMatchObject({ revision: 0, running: false, phase: null })
    expect(await steer('start')).toMatchObject({ revision: 1, state: 'live', phase: 'opening', running: true })
    clock.set('2026-12-15T14:05:00.000Z')
    const now = await steer('next-item')
    expect(now).toMatchObject({ phase: 'context', endsAt: '2026-12-15T14:08:00.000Z', remainingMs: null })
    await give(cem, { type: 'note', text: 'Nobody owns the default.' })
    await give(cem, { type: 'propose-action', text: 'One retry budget' })
    clock.set('2026-12-15T14:20:00.000Z')
    expect(await steer('finish')).toMatchObject({ state: 'closed', running: false, revision: 5 })
    const events = await db.selectFrom('forum_events').select('seq').where('forum_id', '=', id).orderBy('seq').execute()
    expect(events.map(event => event.seq)).toEqual([1, 2, 3, 4, 5])
    const kept = await db.selectFrom('forum_items').selectAll().where('id', '=', now.item!).executeTakeFirstOrThrow()
    expect(kept).toMatchObject({ state: 'discussed', spent_seconds: 15 * 60 })
    const record = await db.selectFrom('forum_records').select('record').where('forum_id', '=', id).executeTakeFirst()
    expect(record?.record).toContain('Nobody owns the default.')
    expect((await readCapture({ db, clock, log, actor: ada }, id)).notes[0]?.writer).toBeNull()
    expect((await refusalOf(give(cem, { type: 'note', text: 'Too late' }))).message).toMatch(/over/)
  })

  it('answers a repeated command with the first result, and a stale one with where the forum is', async () => {
    const { give, steer, state, ada, cem } = await house(database)
    await steer('start')
    const pause = { type: 'pause', commandId: 'once', expectedRevision: 1 }
    const first = await give(ada, pause)
    expect(await give(ada, pause)).toEqual(first)
    const refusal = await refusalOf(give(ada, { type: 'resume', expectedRevision: 1 }))
    expect(refusal.state).toMatchObject({ revision: 2, running: false })
    await give(cem, { type: 'note', text: 'Forty notes do not make the clock stale.' })
    expect(await give(ada, { type: 'resume', expectedRevision: 2 })).toMatchObject({ revision: 4, running: true })
    expect((await state()).clockRevision).toBe(4)
  })

  it('obeys the facilitator alone; the former one is refused after handing over', async () => {
    const { clock, give, steer, state, ada, ben, cem } = await house(database)
    await steer('start')
    await expect(give(cem, { type: 'pause', expectedRevision: 1 })).rejects.toMatchObject({ refusal: 'not-found' })
    expect((await refusalOf(give(ben, { type: 'pause', expectedRevision: 1 }))).message).toMatch(/somebody else/i)
    expect((await refusalOf(give(ben, { type: 'claim-facilitation' }))).message).toMatch(/is here/)
    await steer('offer-facilitation', { to: ben.personId })
    expect(await give(ben, { type: 'accept-facilitation' })).toMatchObject({
      epoch: 2,
      facilitator: { id: ben.personId },
    })
    const { revision } = await state()
    await refusalOf(give(ada, { type: 'next-phase', expectedRevision: revision }))
    clock.set('2026-12-15T14:01:00.000Z')
    expect(await give(ada, { type: 'claim-facilitation' })).toMatchObject({ epoch: 3 })
  })

  it('moves on at zero only where the facilitator has said so, by the clock of the server', async () => {
    const { clock, steer, give, cem } = await house(database)
    expect(await steer('start')).toMatchObject({ autoAdvance: false })
    clock.set('2026-12-15T14:06:00.000Z')
    expect((await refusalOf(steer('time-is-up'))).state).toMatchObject({ phase: 'opening', running: true })
    await expect(
      give(cem, { type: 'set-auto-advance', expectedRevision: 1, isOn: true }),
      'the clock is the facilitator’s',
    ).rejects.toMatchObject({ refusal: 'not-found' })
    expect(await steer('set-auto-advance', { isOn: true })).toMatchObject({ autoAdvance: true, phase: 'opening' })
    expect(await steer('time-is-up')).toMatchObject({ phase: 'context', endsAt: '2026-12-15T14:09:00.000Z' })
    expect((await refusalOf(steer('time-is-up'))).message).toMatch(/by itself/)
  })

  it('takes the fields of the board’s forms as commands', () => {
    const form = (fields: Record<string, string>) => {
      const data = new FormData()
      for (const [name, value] of Object.entries(fields)) data.set(name, value)
      return commandOf(data)
    }
    const clocked = { expectedRevision: '7', epoch: '2' }
    expect(form({ ...clocked, type: 'reorder', items: 'b a' })).toMatchObject({ items: ['b', 'a'], epoch: 2 })
    expect(form({ ...clocked, type: 'adjust', item: 'a', context: '2', discussion: '9', capture: '4' })).toMatchObject({
      item: 'a',
      minutes: { context: 2, discussion: 9, capture: 4 },
    })
    expect(form({ ...clocked, type: 'set-auto-advance', isOn: 'no' })).toMatchObject({ isOn: false })
    expect(() => form({ ...clocked, type: 'adjust', item: 'a', context: '', discussion: '9', capture: '4' })).toThrow()
  })

  it('gives a note one pen at a time, and keeps what it said', async () => {
    const { db, clock, give, steer, ada, cem, id } = await house(database)
    await steer('start')
    await give(cem, { type: 'note', text: 'The pool' })
    const [note] = (await readCapture({ db, clock, log, actor: ada }, id)).notes
    const write = (actor: Actor, text: string, version: number) =>
      give(actor, { type: 'note', note: note!.id, version, text })
    expect((await refusalOf(write(ada, 'Mine', 1))).message).toBe('Cem is writing here.')
    await write(cem, 'The pool ran dry', 1)
    await refusalOf(write(cem, 'Older', 1))
    clock.set('2026-12-15T14:00:30.000Z')
    await write(ada, 'The pool ran dry at two', 2)
    const kept = await db.selectFrom('forum_note_revisions').select('text').orderBy('version').execute()
    expect(kept.map(one => one.text)).toEqual(['The pool', 'The pool ran dry'])
  })

  it('keeps neither who voted nor who asked, and shows questions to the facilitator alone', async () => {
    const { db, clock, give, steer, ada, cem, id } = await house(database)
    await steer('start')
    await steer('next-item')
    await give(cem, { type: 'vote-theme', theme: 'change' })
    await give(ada, { type: 'vote-theme', theme: 'change' })
    await give(ada, { type: 'vote-theme', theme: 'change' })
    await give(cem, { type: 'ask', text: 'Was the alert switched off?' })
    const seen = await readCapture({ db, clock, log, actor: ada }, id)
    expect(seen.tallies).toMatchObject([{ theme: 'change', votes: 1 }])
    expect(seen.questions).toMatchObject([{ text: 'Was the alert switched off?', isRead: false }])
    expect((await readCapture({ db, clock, log, actor: cem }, id)).questions).toBeNull()
    const stored = await Promise.all([
      db.selectFrom('forum_votes').selectAll().execute(),
      db.selectFrom('forum_questions').selectAll().execute(),
      db.selectFrom('forum_commands').selectAll().execute(),
      db.selectFrom('forum_events').selectAll().where('kind', 'in', ['ask', 'vote-theme']).execute(),
    ])
    expect(JSON.stringify(stored)).not.toContain(cem.personId)
  })

  it('votes itself two minutes when more than half of those present want them', async () => {
    const { clock, give, steer, cem, ben } = await house(database)
    await steer('start')
    expect((await refusalOf(give(cem, { type: 'ask-for-time' }))).message).toMatch(/more than a minute/)
    clock.set('2026-12-15T14:05:10.000Z')
    expect(await give(cem, { type: 'ask-for-time' })).toMatchObject({ endsAt: '2026-12-15T14:07:00.000Z' })
    expect((await refusalOf(give(ben, { type: 'ask-for-time' }))).message).toMatch(/more than a minute/)
  })

  it('loses no command of many at once, and numbers them without a gap', async () => {
    const { db, give, steer, state, cem, id } = await house(database)
    await steer('start')
    const many = 500
    for (let from = 0; from < many; from += 50)
      await Promise.all(Array.from({ length: 50 }, (_, i) => give(cem, { type: 'park', text: `Topic ${from + i}` })))
    expect((await state()).revision).toBe(many + 1)
    const { last } = await db
      .selectFrom('forum_events')
      .select(({ fn }) => [fn.max('seq').as('last'), fn.countAll<number>().as('all')])
      .where('forum_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(Number(last)).toBe(many + 1)
    const rows = await db.selectFrom('forum_parked').select('text').where('forum_id', '=', id).execute()
    expect(new Set(rows.map(row => row.text)).size).toBe(many)
  })

  it('is followed over HTTP: who may, from where they left off, and without what is for the facilitator', async () => {
    const { db, clock, give, steer, cem, ada, id } = await house(database)
    const site = { db, clock, log, origin: null }
    await steer('start')
    const server = serveStreams(site)
    const url = addressOf(server, id)
    try {
      expect((await answerTo(url)).statusCode).toBe(401)
      const cookie = await cookieOf(site, cem)
      expect((await answerTo(`${url}?nonsense=1`, { cookie })).statusCode).toBe(400)
      expect((await answerTo(url.replace(id, 'nothing'), { cookie })).statusCode).toBe(404)
      const stream = follow(await answerTo(`${url}?after=0`, { cookie }))
      await give(cem, { type: 'ask', text: 'Quizzaciously?' })
      await give(cem, { type: 'note', text: 'For everybody' })
      await stream.has(/id: 3\n/)
      expect(stream.text().match(/^id: \d+$/gm)).toEqual(['id: 1', 'id: 2', 'id: 3'])
      expect(stream.text()).toMatch(/"kind":"quiet"/)
      expect(stream.text()).not.toMatch(/Quizz/)
      stream.end()
      const again = follow(await answerTo(url, { cookie, 'last-event-id': '2' }))
      await again.has(/id: 3\n/)
      expect(again.text()).not.toMatch(/id: 2\n/)
      again.end()
      const facilitator = follow(await answerTo(`${url}?after=1`, { cookie: await cookieOf(site, ada) }))
      await facilitator.has(/Quizz/)
      facilitator.end()
      const ahead = follow(await answerTo(`${url}?after=999`, { cookie }))
      await ahead.has(/event: resync/)
      ahead.end()
    } finally {
      await liveHub(site).close()
      server.closeAllConnections()
      server.close()
    }
  })
})

onBothDatabases('a second instance', database => {
  it('hears the first where the database can tell it, and is refused where it cannot', async () => {
    const url = await database.url()
    const own = openDatabase(url)
    await migrate(own)
    const { db, clock, id, steer, give, cem, state } = await house({ url: async () => url, fresh: async () => own })
    await steer('start')
    const other = openDatabase(url)
    const site = { db: other, clock, log, origin: null }
    const server = serveStreams(site)
    try {
      const answer = await answerTo(addressOf(server, id), { cookie: await cookieOf(site, cem) })
      if (url.startsWith('file:')) {
        expect(answer.statusCode).toBe(409)
        await expect(liveHub(site).ready()).rejects.toThrow(/only one can/)
      } else {
        const stream = follow(answer)
        await stream.has(/heartbeat/)
        await give(cem, { type: 'note', text: 'Heard over there' })
        await stream.has(/Heard over there/)
        await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'candor candor_live'`.execute(db)
        await give(cem, { type: 'note', text: 'While nobody listened' })
        await stream.has(/While nobody listened/)
        expect(stream.text().match(/^id: \d+$/gm)).toEqual(['id: 2', 'id: 3'])
        expect((await state()).revision).toBe(3)
        stream.end()
      }
    } finally {
      await liveHub(site).close()
      await liveHub({ db, clock, log }).close()
      server.closeAllConnections()
      server.close()
      await other.destroy()
      await own.destroy()
    }
  })
})
