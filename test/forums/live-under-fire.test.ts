import { connect } from 'node:net'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { liveHub } from '#app/forums/live-hub.server.ts'
import { setPresenceShown } from '#app/forums/presence-choice.server.ts'
import { giveCommand, readCapture, readLiveState } from '#app/forums/read-live.server.ts'
import { viewForum } from '#app/forums/view-forum.server.ts'
import { viewRecord } from '#app/forums/view-record.server.ts'
import type { Actor } from '#app/identity/actor.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, migrate, openDatabase } from '#db/index.server.ts'
import { type Started, start } from '#test/support/command.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { followLive } from '#test/support/live-follower.ts'
import { freePort } from '#test/support/start-postgres.ts'
import { addressOf, answerTo, cookieOf, follow, house, log, parsed, refusalOf, serveStreams } from './live-house.ts'

/** A house whose database other processes open too. */
async function sharedHouse(database: TestDatabase) {
  const url = await database.url()
  const own = openDatabase(url)
  await migrate(own)
  return { url, own, ...(await house({ url: async () => url, fresh: async () => own })) }
}

onBothDatabases('a live forum under fire', database => {
  it('outlives its process: killed amid an item, all are back at the right second, nothing lost or twice', async () => {
    const { url, own, db, clock, ada, ben, cem, id } = await sharedHouse(database)
    const site = { db, clock, origin: null }
    const [boss, ...others] = await Promise.all([ada, ben, cem].map(actor => cookieOf(site, actor)))
    const port = await freePort()
    const address = `http://127.0.0.1:${port}`
    const begin = async (): Promise<Started> => {
      const instance = start('../test/support/live-instance.ts', [url, String(port)], { NODE_ENV: 'production' })
      await instance.says(/listening/)
      return instance
    }
    const give = async (cookie: string, command: object) => {
      const answer = await fetch(`${address}/api/v1/forums/${id}/live/commands`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify(command),
      })
      return { status: answer.status, state: await answer.json() }
    }
    let instance = await begin()
    const followers = [boss!, ...others, ...others].map(cookie => followLive(address, id, { cookie }))
    try {
      await give(boss!, { type: 'start', commandId: 'start', expectedRevision: 0 })
      const { state } = await give(boss!, { type: 'next-item', commandId: 'next', expectedRevision: 1 })
      expect(state).toMatchObject({ phase: 'context', running: true })
      const notes = Array.from({ length: 40 }, (_, n) => ({ type: 'note', commandId: newId(), text: `Note ${n}` }))
      const first = new Map<string, { revision: number }>()
      const giving = notes.map(async (note, n) => {
        const answer = await give(others[n % 2]!, note)
        if (answer.status === 200) first.set(note.commandId, answer.state)
      })
      await expect.poll(() => first.size, { interval: 1, timeout: 10_000 }).toBeGreaterThan(4)
      instance.process.kill('SIGKILL')
      await Promise.allSettled(giving)
      await instance.finished
      expect(first.size).toBeLessThan(notes.length)
      instance = await begin()
      const again = await Promise.all(notes.map((note, n) => give(others[n % 2]!, note)))
      for (const [n, { commandId }] of notes.entries()) {
        expect(again[n]?.status).toBe(200)
        if (first.has(commandId)) expect(again[n]?.state).toEqual(first.get(commandId))
      }
      const all = Array.from({ length: notes.length + 2 }, (_, n) => n + 1)
      for (const follower of followers) {
        await expect.poll(() => follower.revisions.at(-1), { timeout: 60_000 }).toBe(all.length)
        expect(follower.revisions).toEqual(all)
        expect([follower.connections(), follower.resyncs()]).toEqual([2, 0])
        expect(follower.state()).toMatchObject({ phase: 'context', endsAt: state.endsAt, item: state.item })
        expect(Math.abs(follower.serverTime()! - Date.now())).toBeLessThan(1_000)
      }
      const kept = await db.selectFrom('forum_notes').select('text').where('forum_id', '=', id).execute()
      expect(kept.map(note => note.text).sort()).toEqual(notes.map(note => note.text).sort())
    } finally {
      for (const follower of followers) follower.leave()
      instance.process.kill('SIGKILL')
      await instance.finished
      await own.destroy()
    }
  }, 180_000)

  it('lets go of a reader that never reads, and the others miss nothing', async () => {
    const { db, clock, id, steer, give, cem, ben } = await house(database)
    const site = { db, clock, log, origin: null }
    await steer('start')
    const server = serveStreams(site)
    const dropped = new Promise<void>(resolve =>
      server.on('request', (request, response) => {
        if (request.headers['x-reader'] === 'asleep') response.once('close', resolve)
      }),
    )
    const address = addressOf(server, id)
    const asleep = connect(Number(new URL(address).port)).pause()
    const others = followLive(new URL(address).origin, id, { cookie: await cookieOf(site, ben) })
    let isDropped = false
    void dropped.then(() => {
      isDropped = true
    })
    try {
      const path = new URL(address).pathname
      asleep.on('error', () => undefined)
      asleep.write(
        `GET ${path}?after=0 HTTP/1.1\r\nHost: localhost\r\nX-Reader: asleep\r\nCookie: ${await cookieOf(site, cem)}\r\n\r\n`,
      )
      await expect.poll(() => liveHub(site).presence(id).count, { timeout: 10_000 }).toBe(2)
      let given = 1
      while (!isDropped && given < 4_000) {
        await Promise.all(Array.from({ length: 20 }, () => give(cem, { type: 'note', text: 'n'.repeat(4_000) })))
        given += 20
        await expect.poll(() => others.revisions.length, { timeout: 10_000, interval: 2 }).toBe(given)
      }
      await dropped
      expect([others.connections(), others.resyncs()]).toEqual([1, 0])
    } finally {
      others.leave()
      asleep.destroy()
      await liveHub(site).close()
      server.closeAllConnections()
      server.close()
    }
  }, 180_000)

  it('does not send at once more than a reader may leave unread, and says so', async () => {
    const { db, clock, id, steer, give, cem } = await house(database)
    const site = { db, clock, log, origin: null }
    await steer('start')
    for (let i = 0; i < 40; i++) await give(cem, { type: 'note', text: 'n'.repeat(4_000) })
    const server = serveStreams(site)
    try {
      const cookie = await cookieOf(site, cem)
      const late = follow(await answerTo(`${addressOf(server, id)}?after=0`, { cookie }))
      await late.has(/id: 41\nevent: resync\n/)
      await give(cem, { type: 'note', text: 'Small again' })
      await late.has(/id: 42\ndata: .*Small again/)
      late.end()
    } finally {
      await liveHub(site).close()
      server.closeAllConnections()
      server.close()
    }
  })

  it('counts nobody twice: not on another instance, and not after all have been started anew', async () => {
    const { url, own, db, clock, ada, cem, id, steer, state } = await sharedHouse(database)
    await steer('start')
    await steer('next-item')
    const item = currentItem(await state())
    const vote = (on: Db, actor: Actor, theme: string, isFor?: boolean) =>
      giveCommand({ db: on, clock, log, actor }, id, parsed({ type: 'vote-theme', theme, isFor }))
    const tallies = async () => (await readCapture({ db, clock, log, actor: ada }, id)).tallies
    const another = (
      await db.selectFrom('themes').select('slug').where('slug', '!=', 'change').executeTakeFirstOrThrow()
    ).slug
    await vote(own, cem, 'change', true)
    const other = openDatabase(url)
    const fresh = openDatabase(url)
    try {
      if (!url.startsWith('file:')) {
        await vote(other, cem, 'change', true)
        expect(await tallies()).toMatchObject([{ item, theme: 'change', votes: 1 }])
        await vote(other, ada, 'change', true)
        expect(await tallies()).toMatchObject([{ votes: 2 }])
        await vote(other, cem, 'change', false)
        expect(await tallies()).toMatchObject([{ votes: 1 }])
      }
      for (const one of [own, other]) await liveHub({ db: one, clock, log }).close()
      const before = await tallies()
      expect((await refusalOf(vote(fresh, cem, 'change', true))).message).toMatch(/votes stand/)
      expect((await refusalOf(vote(fresh, ada, another, true))).message).toMatch(/votes stand/)
      expect(await tallies()).toEqual(before)
      const { revision } = await readLiveState({ db: fresh, clock, log, actor: ada }, id)
      const next = parsed({ type: 'next-item', expectedRevision: revision })
      await giveCommand({ db: fresh, clock, log, actor: ada }, id, next)
      await vote(fresh, cem, 'change', true)
      expect(await tallies()).toHaveLength(before.length + 1)
      const marks = await db.selectFrom('forum_votes').select('voter').execute()
      expect(JSON.stringify(marks)).not.toContain(cem.personId)
    } finally {
      await liveHub({ db: fresh, clock, log }).close()
      for (const one of [other, fresh, own]) await one.destroy()
    }
  })

  it('asks for more time again after a start anew, rather than counting anybody twice', async () => {
    const { url, own, clock, cem, ben, id, steer, give } = await sharedHouse(database)
    await steer('start')
    clock.set('2026-12-15T14:05:10.000Z')
    const fresh = openDatabase(url)
    try {
      await give(cem, { type: 'park', text: 'Before' })
      await own.updateTable('forum_live').set({ time_votes: '["gone.cem","gone.ben"]' }).execute()
      await liveHub({ db: own, clock, log }).close()
      const asked = parsed({ type: 'ask-for-time' })
      const state = await giveCommand({ db: fresh, clock, log, actor: ben }, id, asked)
      expect(state.endsAt).toBe('2026-12-15T14:07:00.000Z')
    } finally {
      await liveHub({ db: fresh, clock, log }).close()
      for (const one of [fresh, own]) await one.destroy()
    }
  })

  it('asks half of those who are there, also where this instance has none of them', async () => {
    const { db, clock, ada, ben, cem, id, steer, give } = await house(database)
    await steer('start')
    clock.set('2026-12-15T14:05:10.000Z')
    const seen = { forum_id: id, step: 'opening', sitting: 'of another instance', present_ms: 1 }
    const people = [ada, ben, cem].map(({ personId }) => ({ person_id: personId }))
    await db
      .insertInto('forum_presence')
      .values(people.map(one => ({ ...seen, ...one, last_seen_at: '2026-12-15T14:05:00.000Z' })))
      .execute()
    expect((await give(cem, { type: 'ask-for-time' })).moreTime).toEqual({ asking: 1, needed: 2 })
    expect((await give(ben, { type: 'ask-for-time' })).endsAt).toBe('2026-12-15T14:07:00.000Z')
  })

  it('shows how many are there, and the initials of those who have not asked to be left out', async () => {
    const { db, clock, id, steer, cem, ben } = await house(database)
    const site = { db, clock, log, origin: null }
    await steer('start')
    const server = serveStreams(site)
    try {
      const open = async (actor: Actor) =>
        follow(await answerTo(addressOf(server, id), { cookie: await cookieOf(site, actor) }))
      const first = await open(cem)
      const second = await open(ben)
      await first.has(/event: presence\ndata: \{"count":2,"initials":\["B","C"\]\}/)
      await setPresenceShown({ db, clock, actor: ben }, false)
      await first.has(/event: presence\ndata: \{"count":2,"initials":\["C"\]\}/)
      expect(first.text()).not.toMatch(/"presence[^\n]*\n[^\n]*Ben/)
      await setPresenceShown({ db, clock, actor: ben }, true)
      await expect.poll(() => liveHub(site).presence(id).initials, { timeout: 10_000 }).toEqual(['B', 'C'])
      second.end()
      await first.has(/"count":1,"initials":\["C"\]/)
      first.end()
    } finally {
      await liveHub(site).close()
      server.closeAllConnections()
      server.close()
    }
  })

  it('refuses a forged command, a stale one after handing over, and shows nobody a draft they may not see', async () => {
    const { db, clock, ada, ben, cem, id, give, steer, state } = await house(database)
    const draft = await db
      .selectFrom('postmortems')
      .select('id')
      .where('status', '=', 'draft')
      .executeTakeFirstOrThrow()
    await db
      .updateTable('forum_items')
      .set({ incident_id: null, postmortem_id: draft.id, title: 'A draft that stays among its authors' })
      .where('id', '=', `${id}-0`)
      .execute()
    await steer('start')
    await steer('next-item')
    const { revision, epoch } = await state()
    const forged = ['pause', 'next-phase', 'next-item', 'finish', 'withdraw-offer']
    for (const type of forged)
      await expect(give(cem, { type, expectedRevision: revision })).rejects.toMatchObject({ refusal: 'not-found' })
    for (const command of [
      { type: 'add-minutes', minutes: 5 },
      { type: 'skip', item: `${id}-0` },
      { type: 'offer-facilitation', to: cem.personId },
    ])
      await expect(give(cem, { ...command, expectedRevision: revision })).rejects.toMatchObject({ status: 404 })
    await expect(give(cem, { type: 'claim-facilitation' })).rejects.toMatchObject({ status: 404 })
    await expect(give(cem, { type: 'prompt', phase: 'context', text: 'Who did it?' })).rejects.toMatchObject({
      status: 404,
    })
    await steer('offer-facilitation', { to: ben.personId })
    await give(ben, { type: 'accept-facilitation' })
    const now = await state()
    await refusalOf(give(ada, { type: 'pause', expectedRevision: now.revision }))
    await refusalOf(give(ben, { type: 'pause', expectedRevision: now.revision, epoch }))
    expect(await state()).toEqual(now)

    const seen = async () => {
      const events = await db.selectFrom('forum_events').select('data').execute()
      const context = { db, clock, log, actor: cem }
      return JSON.stringify([await state(cem), await readCapture(context, id), await viewForum(context, id), events])
    }
    expect(await seen()).not.toMatch(/stays among|quizzaciously/)
    await give(ben, { type: 'finish', expectedRevision: now.revision, epoch: now.epoch })
    expect(await seen()).not.toMatch(/stays among|quizzaciously/)
    const record = await viewRecord({ db, clock }, await viewForum({ db, actor: cem }, id))
    expect(record?.items).toHaveLength(3)
    expect(JSON.stringify(record)).not.toMatch(/stays among|quizzaciously/)
  })
})

onBothDatabases('two instances', database => {
  it('lose nothing while the listener’s connection is cut again and again', async () => {
    const { url, own, db, clock, id, steer, give, cem } = await sharedHouse(database)
    if (url.startsWith('file:')) return void (await own.destroy())
    await steer('start')
    const other = openDatabase(url)
    const site = { db: other, clock, log, origin: null }
    const server = serveStreams(site)
    const { origin } = new URL(addressOf(server, id))
    const follower = followLive(origin, id, { cookie: await cookieOf(site, cem) })
    try {
      await expect.poll(follower.isOpen, { timeout: 10_000 }).toBe(true)
      for (let cut = 0; cut < 4; cut++) {
        await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'candor candor_live'`.execute(db)
        for (let n = 0; n < 10; n++) await give(cem, { type: 'park', text: `Topic ${n} of cut ${cut}` })
      }
      const all = Array.from({ length: 41 }, (_, n) => n + 1)
      await expect.poll(() => follower.revisions.at(-1), { timeout: 10_000 }).toBe(all.length)
      expect(follower.revisions).toEqual(all)
      expect([follower.connections(), follower.resyncs()]).toEqual([1, 0])
    } finally {
      follower.leave()
      await liveHub(site).close()
      await liveHub({ db, clock, log }).close()
      server.closeAllConnections()
      server.close()
      await other.destroy()
      await own.destroy()
    }
  })
})

function currentItem({ steps, step }: { steps: { item: string | null }[]; step: number }): string | null {
  return steps[step]?.item ?? null
}
