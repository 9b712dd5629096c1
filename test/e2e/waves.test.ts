/** The addresses of waves over HTTP, as a client of the contract asks them: every status, and no session is ever read. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { terminalActor } from '#app/identity/auth.server.ts'
import { systemClock } from '#app/platform/clock.ts'
import { openWave } from '#app/surveys/planning/open-wave.server.ts'
import { savePlan } from '#app/surveys/planning/save-plan.server.ts'
import { type Db, openDatabase } from '#db/index.server.ts'
import { run } from '#test/support/command.ts'
import { keyFileOf } from '#test/support/files.ts'
import { type Role, startServer } from '#test/support/server.ts'
import {
  aQuestionnaire,
  type Ballot,
  blind,
  bodyOf,
  keepQuestionnaire,
  random,
  THREE_DAYS_AGO,
} from '#test/support/survey-client.ts'

const DAY = 86_400_000
let id = ''
const server = await startServer({
  async prepare(db, dataDir) {
    id = await openedWave(db, dataDir)
  },
})
const address = `/api/v1/waves/${id}`

/** Everybody of the demo is invited; answering has begun. */
async function openedWave(db: Db, dataDir: string): Promise<string> {
  const context = { db, clock: systemClock, actor: terminalActor(), dataDir, origin: null }
  const at = (days: number) => new Date(Date.now() + days * DAY).toISOString()
  const asks = aQuestionnaire({ id: 'over-http' })
  await keepQuestionnaire(db, asks, at(0))
  const teams = await db.selectFrom('teams').select('id').execute()
  const people = await db.selectFrom('people').select('id').execute()
  const wave = await savePlan(context, null, {
    title: 'Over HTTP',
    questionnaire: { id: asks.id, version: 1 },
    languages: ['en', 'de'],
    collectingFrom: at(-3),
    answeringFrom: at(-1),
    closesAt: at(5),
    teamIds: teams.map(team => team.id),
    personIds: people.map(person => person.id),
    grouping: 'team',
    k: 5,
    stewardIds: [people[0]?.id ?? ''],
    isStrict: false,
    isKiosk: false,
    repeatMonths: null,
  })
  await openWave({ ...context, clock: THREE_DAYS_AGO }, wave)
  return wave
}

async function publicKey(): Promise<string> {
  const wave = (await (await server.ask(address)).json()) as { publicKey: string }
  return wave.publicKey
}

const ballots = new Map<Role, Promise<Ballot>>()
/** Collected once for each role. */
function ballotOf(as: Role): Promise<Ballot> {
  const collect = async () => {
    const { blindedMessage, finalise } = blind(await publicKey())
    const answer = await server.ask(`${address}/ballots`, { as, json: { blindedMessage } })
    expect(answer.status).toBe(200)
    const { blindSignature } = (await answer.json()) as { blindSignature: string }
    return finalise(Buffer.from(blindSignature, 'base64url'))
  }
  const ballot = ballots.get(as) ?? collect()
  ballots.set(as, ballot)
  return ballot
}

const cast = (body: Uint8Array, headers: Record<string, string> = {}) =>
  server.ask(`${address}/responses`, { method: 'POST', body: Uint8Array.from(body), headers })

async function refusal(answer: Response): Promise<number> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('cache-control')).toMatch(/no-store/)
  expect(await answer.json()).toMatchObject({ type: 'about:blank', status: answer.status, title: expect.any(String) })
  return answer.status
}

describe('A wave over HTTP', () => {
  test('is read without an account, in the language that is asked for', async () => {
    const wave = await (await server.ask(`${address}?language=de`)).json()
    expect(wave).toMatchObject({
      id,
      state: 'answering',
      variant: 'RSABSSA-SHA384-PSS-Randomized',
      language: 'de',
      questionnaire: { items: expect.arrayContaining([expect.objectContaining({ id: 'safe', text: 'Zu safe' })]) },
      charter: { wave: id, invited: expect.any(Number) },
    })
    const { items } = (await (await server.ask('/api/v1/waves')).json()) as { items: { id: string }[] }
    expect(items.map(one => one.id)).toContain(id)
    expect(await refusal(await server.ask(`${address}/bulletin`)), 'before it is closed').toBe(404)
    expect(await refusal(await server.ask(`${address}/release`, { as: 'administrator' }))).toBe(404)
    expect(await refusal(await server.ask('/api/v1/waves/no-such-wave'))).toBe(404)
  })

  test('signs one ballot for each person, and says why not', async () => {
    const { blindedMessage } = blind(await publicKey())
    const collect = (as: Role | 'visitor', json: unknown) =>
      server.ask(`${address}/ballots`, { as, json, headers: { origin: server.url } })
    expect(await refusal(await collect('visitor', { blindedMessage }))).toBe(401)
    await ballotOf('member')
    expect(await refusal(await collect('member', { blindedMessage }))).toBe(409)
    for (const json of [{}, [], { blindedMessage: 5 }, { blindedMessage, more: 1 }, { blindedMessage: 'AA' }])
      expect(await refusal(await collect('editor', json))).toBe(400)
    expect(
      await refusal(
        await collect('editor', { blindedMessage: Buffer.alloc(256, 0).fill(1, 255).toString('base64url') }),
      ),
    ).toBe(400)
    expect(await refusal(await collect('editor', { blindedMessage: 'A'.repeat(5000) }))).toBe(413)
    const foreign = { as: 'editor', json: { blindedMessage }, headers: { origin: 'https://evil.test' } } as const
    expect((await server.ask(`${address}/ballots`, foreign)).status, 'from another site').toBe(403)
  })

  test('takes a response by its ballot alone and gives the same receipt again', async () => {
    const body = bodyOf(await ballotOf('member'), { comments: [{ item: 'more', text: 'Say it' }] })
    const first = await cast(body)
    expect(first.status).toBe(201)
    const receipts = await first.json()
    expect(receipts).toEqual({ receipt: expect.any(String), commentReceipts: [expect.any(String)] })
    const again = await cast(body, { cookie: 'candor_session=whatever', authorization: 'Bearer wrong' })
    expect(again.status, 'credentials are not even looked at').toBe(200)
    expect(again.headers.getSetCookie()).toEqual([])
    expect(await again.json()).toEqual(receipts)
    const other = { ...JSON.parse(body.toString()), nonce: random() }
    expect(await refusal(await cast(Buffer.from(JSON.stringify(other))))).toBe(409)
    expect(await refusal(await cast(Buffer.from('{')))).toBe(400)
    expect(await refusal(await cast(Buffer.from('{}')))).toBe(403)
    expect(await refusal(await cast(Buffer.alloc(40_000, 32)))).toBe(413)
    expect(await refusal(await cast(body, { 'content-encoding': 'gzip' }))).toBe(400)
    const wrong = Buffer.from(JSON.stringify({ ...other, answers: { safe: 9 } }))
    const answer = await cast(wrong)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ errors: [{ path: 'answers.safe', message: expect.any(String) }] })
  })

  test('reads no session where answers are cast or the wave is read, though one is about to be renewed', async () => {
    const { db } = server.running.site
    const cookie = await server.cookieOf('editor')
    const ballot = await ballotOf('editor')
    const soon = new Date(Date.now() + DAY).toISOString()
    const sessions = () => db.selectFrom('sessions').selectAll().orderBy('id_hash').execute()
    await db.updateTable('sessions').set({ expires_at: soon }).execute()
    const before = await sessions()
    expect((await cast(bodyOf(ballot), { cookie })).status).toBe(201)
    for (const path of ['/api/v1/waves', address, `${address}/bulletin`, `${address}/responses`])
      expect((await server.ask(path, { headers: { cookie } })).headers.getSetCookie(), path).toEqual([])
    expect(await sessions()).toEqual(before)
    await server.ask('/me', { headers: { cookie } })
    expect(await sessions(), 'any other page would have renewed it').not.toEqual(before)
  })

  test('closes and is published by an administrator, and then everybody may check it', async () => {
    const act = (as: Role, verb: string) =>
      server.ask(`${address}/${verb}`, { as, method: 'POST', headers: { origin: server.url } })
    expect(await refusal(await act('administrator', 'publish')), 'not before it is closed').toBe(409)
    expect(await refusal(await act('facilitator', 'close'))).toBe(404)
    const unused = await ballotOf('facilitator')
    const closed = await act('administrator', 'close')
    expect(closed.status).toBe(200)
    expect(await closed.json()).toMatchObject({ id, state: 'closed' })
    expect(await refusal(await cast(bodyOf(unused)))).toBe(410)
    const { blindedMessage } = blind(await publicKey())
    const late = await server.ask(`${address}/ballots`, { as: 'administrator', json: { blindedMessage } })
    expect(await refusal(late)).toBe(410)
    const bulletin = await (await server.ask(`${address}/bulletin`)).json()
    expect(bulletin).toMatchObject({ collected: 3, cast: 2, entries: [{}, {}], commentReceipts: [expect.any(String)] })
    expect(Object.keys(bulletin.entries[0]).sort()).toEqual(['prefix', 'receipt', 'serial', 'signature'])
    expect(await refusal(await server.ask(`${address}/release`, { as: 'member' })), 'not yet published').toBe(404)
    expect((await server.ask(`${address}/release`, { as: 'administrator' })).status).toBe(200)
    expect((await act('administrator', 'publish')).status).toBe(200)
    const release = await (await server.ask(`${address}/release`, { as: 'member' })).json()
    expect(release).toMatchObject({ wave: id, collected: 3, cast: 2, comments: [] })
  })
})

describe('From a terminal', () => {
  const candor = (folder: string, args: string[]) => run('candor.ts', args, { DATA_DIR: folder })
  const wavesOf = async (folder: string) => {
    const db = openDatabase(`file:${join(folder, 'candor.db')}`)
    const rows = await db.selectFrom('waves').select(['id', 'title', 'state']).orderBy('id').execute()
    await db.destroy()
    return Object.fromEntries(rows.map(row => [row.id, row.state]))
  }

  async function folderWithWave(): Promise<{ folder: string; wave: string }> {
    const folder = mkdtempSync(join(tmpdir(), 'candor-waves-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    copyFileSync(inject('demoDatabase'), join(folder, 'candor.db'))
    const db = openDatabase(`file:${join(folder, 'candor.db')}`)
    const wave = await openedWave(db, folder)
    await db.destroy()
    return { folder, wave }
  }

  test('a wave is closed, published, abandoned, or not, with a reason', async () => {
    const { folder, wave } = await folderWithWave()
    const refused = await Promise.all([
      candor(folder, ['wave', 'publish', wave]),
      candor(folder, ['wave', 'close', 'no-such-wave']),
      candor(folder, ['wave', 'close']),
    ])
    expect(
      refused.map(one => one.code),
      'not closed yet, not there, not said',
    ).toEqual([1, 1, 2])
    expect(refused.map(one => one.stdout)).toEqual(['', '', ''])
    const closed = await candor(folder, ['wave', 'close', wave])
    expect(closed).toMatchObject({ code: 0, stderr: '' })
    expect(closed.stdout).toMatch(/^Over HTTP is closed: 0 answered, 0 had collected a ballot, \d+ were invited\.\n/)
    expect(keyFileOf(folder, wave)).toBeUndefined()
    const [tooLate, published] = await Promise.all([
      candor(folder, ['wave', 'abandon', wave]),
      candor(folder, ['wave', 'publish', wave]),
    ])
    expect(tooLate.code).toBe(1)
    expect(published.stdout).toBe('Over HTTP is published.\n')
  })

  test('a restored backup abandons the waves that were open in it, and no key of them is left', async () => {
    const { folder, wave } = await folderWithWave()
    const before = join(folder, 'before.db')
    copyFileSync(inject('demoDatabase'), before)
    const backup = join(folder, 'mid-wave.db')
    expect((await candor(folder, ['backup', backup])).code).toBe(0)
    const key = keyFileOf(folder, wave) as string
    const secret = (JSON.parse(readFileSync(key, 'utf8')) as { marking: string }).marking
    expect(readFileSync(backup).includes(secret), 'keys are never in a backup').toBe(false)
    const restored = await candor(folder, ['restore', backup, '--yes'])
    expect(restored.code, restored.stderr).toBe(0)
    expect(restored.stdout).toContain('"Over HTTP"')
    expect((await wavesOf(folder))[wave]).toBe('abandoned')
    expect(existsSync(key)).toBe(false)

    const other = await folderWithWave()
    const otherKey = keyFileOf(other.folder, other.wave) as string
    expect((await candor(other.folder, ['restore', before, '--yes'])).code).toBe(0)
    expect(await wavesOf(other.folder), 'the backup did not know it').not.toHaveProperty(other.wave)
    expect(existsSync(otherKey), 'but what is kept of the former database cannot be opened').toBe(false)
  })
})
