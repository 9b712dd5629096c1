/** Many at once, and processes that end in the middle: what was acknowledged is counted, and nothing twice. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { AppError } from '#app/platform/errors.ts'
import { castResponse } from '#app/surveys/casting/cast-response.server.ts'
import { closeWave } from '#app/surveys/closing/close-wave.server.ts'
import type { Wave } from '#app/surveys/get-wave.server.ts'
import { collectBallot } from '#app/surveys/inviting/collect-ballot.server.ts'
import { type Db, migrate, openDatabase } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { type Ballot, blind, bodyOf, openSurveyHouse, type SurveyHouse } from '#test/support/survey-client.ts'

onBothDatabases('at the same moment', database => {
  it('200 casts of one fresh ballot count once, and all who sent the same hear the same', async () => {
    const house = await openSurveyHouse(await database.fresh())
    const wave = await house.open()
    const ballot = await house.collect(wave, house.people[0]!)
    house.toAnswering(wave)
    const bodies = [bodyOf(ballot, { answers: { safe: 5 } }), bodyOf(ballot, { answers: { safe: 1 } })]
    const sent = await Promise.allSettled(
      Array.from({ length: 200 }, (_, n) => castResponse(house.context(), wave.id, bodies[n % 2] as Buffer)),
    )
    const done = sent.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
    expect(done).toHaveLength(100)
    expect(done.filter(one => one.isNew)).toHaveLength(1)
    expect(new Set(done.map(one => one.receipt)).size).toBe(1)
    const refused = sent.flatMap(one => (one.status === 'rejected' ? [(one.reason as AppError).status] : []))
    expect(new Set(refused)).toEqual(new Set([409]))
    expect((await house.close(wave)).castCount).toBe(1)
  })

  it('two instances sign one message and take one response', async () => {
    const url = await database.url()
    const house = await openSurveyHouse(await migrated(url))
    const wave = await house.open()
    const other = openDatabase(url)
    const twin = { ...house.context(), db: other }
    try {
      const ballots = await Promise.all(house.people.map(person => house.collect(wave, person)))
      house.toAnswering(wave)
      const sent = await Promise.all(
        ballots.flatMap(ballot => {
          const body = bodyOf(ballot)
          return [castResponse(house.context(), wave.id, body), castResponse(twin, wave.id, body)]
        }),
      )
      expect(sent.filter(one => one.isNew)).toHaveLength(house.people.length)
      const [one, two] = await Promise.all([closeWave(house.context(), wave.id), closeWave(twin, wave.id)].map(settled))
      expect([one, two]).toContain('closed')
      expect((await house.wave(wave.id)).castCount).toBe(house.people.length)
    } finally {
      await other.destroy()
    }
  })

  it('of responses and the closing, each that was acknowledged is counted, and no other', async () => {
    const house = await openSurveyHouse(await database.fresh(), { Payments: 40 })
    const wave = await house.open()
    const ballots = await Promise.all(house.people.map(person => house.collect(wave, person)))
    house.toAnswering(wave)
    const receipts: string[] = []
    const cast = async (ballot: Ballot) => {
      try {
        receipts.push((await house.cast(wave, ballot)).receipt)
      } catch (error) {
        expect(error).toMatchObject({ status: 410 })
      }
    }
    const sending = ballots.map(async (ballot, n) => {
      await new Promise(resolve => setTimeout(resolve, n))
      await cast(ballot)
    })
    await new Promise(resolve => setTimeout(resolve, 15))
    const closed = await house.close(wave)
    await Promise.all(sending)
    const entries = await house.db.selectFrom('wave_bulletin').select('receipt').execute()
    expect(entries.map(entry => entry.receipt).sort()).toEqual(receipts.sort())
    expect(closed.castCount).toBe(receipts.length)
  })
})

onBothDatabases('a process that is killed', database => {
  for (const step of ['stopped', 'computed', 'keys-destroyed', 'scrubbed'] as const)
    it(`after the closing has got to "${step}" changes nothing: another one finishes it`, async () => {
      const { house, url, wave, receipts } = await castByAll(await database.url())
      expect(await killedWhile(['close', url, house.dataDir, wave.id, step])).toBe('SIGKILL')
      expect((await house.wave(wave.id)).state).toBe('closing')
      const closed = await house.close(wave)
      expect(closed).toMatchObject({ state: 'closed', collected: 12, castCount: 12 })
      const entries = await house.db.selectFrom('wave_bulletin').select('receipt').execute()
      expect(entries.map(entry => entry.receipt).sort()).toEqual(receipts)
      expect(await house.db.selectFrom('wave_responses').select('tag').execute()).toEqual([])
      expect(existsSync(join(house.dataDir, 'wave-keys')) && readdirSync(join(house.dataDir, 'wave-keys'))).toEqual([])
    })

  it('while ballots are collected has signed nothing else: who asks again with the same message gets its ballot', async () => {
    const url = await database.url()
    const house = await openSurveyHouse(await migrated(url))
    const wave = await house.open()
    const asking = house.people.map(person => ({ person, ...blind(wave.publicKey ?? '') }))
    const given = asking.map(({ person, blindedMessage }) => `${person.personId} ${blindedMessage}`)
    const said = await linesOfKilled(['collect', url, house.dataDir, wave.id, ...given])
    expect(said.length, 'some were signed before it was killed').toBeGreaterThan(0)
    house.toAnswering(wave)
    for (const { person, blindedMessage, finalise } of asking) {
      const context = house.context(house.actorFor(person))
      const signature = await collectBallot(context, wave.id, blindedMessage)
      expect((await house.cast(wave, finalise(signature))).isNew).toBe(true)
      await expect(collectBallot(context, wave.id, blind(wave.publicKey ?? '').blindedMessage)).rejects.toMatchObject({
        status: 409,
      })
    }
    expect(await house.close(wave)).toMatchObject({ collected: 12, castCount: 12 })
  })

  it('while people cast loses nothing that it acknowledged, and what is sent again counts once', async () => {
    const url = await database.url()
    const house = await openSurveyHouse(await migrated(url))
    const wave = await house.open()
    const ballots = await Promise.all(house.people.slice(0, 6).map(person => house.collect(wave, person)))
    house.toAnswering(wave)
    const bodies = ballots.map(ballot => bodyOf(ballot))
    const said = await linesOfKilled([
      'cast',
      url,
      house.dataDir,
      wave.id,
      ...bodies.map(body => body.toString('base64url')),
    ])
    expect(said.length, 'some were acknowledged before it was killed').toBeGreaterThan(0)
    const kept = await house.db.selectFrom('wave_responses').select('tag').execute()
    expect(kept.length).toBeGreaterThanOrEqual(said.length)
    const again = await Promise.all(bodies.map(body => castResponse(house.context(), wave.id, body)))
    for (const receipt of said) expect(again.map(one => one.receipt)).toContain(receipt)
    expect((await house.close(wave)).castCount).toBe(6)
  })
})

async function migrated(url: string): Promise<Db> {
  const db = openDatabase(url)
  onTestFinished(() => db.destroy())
  await migrate(db)
  return db
}

async function settled(closing: Promise<Wave>): Promise<string> {
  return closing.then(
    wave => wave.state,
    error => {
      if (error instanceof AppError) return error.refusal
      throw error
    },
  )
}

async function castByAll(url: string): Promise<{ house: SurveyHouse; url: string; wave: Wave; receipts: string[] }> {
  const house = await openSurveyHouse(await migrated(url))
  const wave = await house.open()
  const ballots = await Promise.all(house.people.map(person => house.collect(wave, person)))
  house.toAnswering(wave)
  const casts = await Promise.all(ballots.map(ballot => house.cast(wave, ballot)))
  return { house, url, wave, receipts: casts.map(cast => cast.receipt).sort() }
}

const CHILD = join(import.meta.dirname, 'killed-process.ts')

function start(parameters: string[]) {
  return spawn(process.execPath, ['--import', 'tsx', CHILD, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** @returns how the process ended. */
function killedWhile(parameters: string[]): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = start(parameters)
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`))
  })
}

/** @returns what it said before it ended. */
function linesOfKilled(parameters: string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = start(parameters)
    let text = ''
    child.stdout.on('data', chunk => {
      text += chunk
    })
    child.once('error', reject)
    child.once('close', (_, signal) =>
      signal === 'SIGKILL' ? resolve(text.split('\n').filter(Boolean)) : reject(new Error(`it ended by ${signal}`)),
    )
  })
}
