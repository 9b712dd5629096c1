/**
 * The administrator's attack: sixty people collect and cast within seconds, and somebody copies everything there is of
 * the server, in the middle of the wave and after closing, and looks for whatever joins a person to a response.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import express from 'express'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSite, plainHandlers, signedInHandlers, siteJobs, whoAsks } from '#app/composition.server.ts'
import type { Site } from '#app/http/site.ts'
import { openSession, SESSION_COOKIE, terminalActor } from '#app/identity/auth.server.ts'
import { createReadyAccount } from '#app/identity/create-account.server.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { readEnv } from '#app/platform/env.server.ts'
import { closeWave } from '#app/surveys/closing/close-wave.server.ts'
import { openWave } from '#app/surveys/planning/open-wave.server.ts'
import { savePlan } from '#app/surveys/planning/save-plan.server.ts'
import { backupDatabase } from '#db/index.server.ts'
import { blindBallot, readBlindKey } from '#test/support/blind-ballot.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { filesBelow, keyFileOf } from '#test/support/files.ts'
import { isLinked, shuffled } from '#test/support/linkage.ts'
import { THREE_DAYS_AGO } from '#test/support/survey-client.ts'
import { type Dump, type DumpedRow, dumpDatabase, findBytes, logFileOf, spellingsOf } from '#test/support/wave-dump.ts'

const PEOPLE = 60
const DAY_MS = 86_400_000
const QUESTIONS = ['present-own-incident', 'report-near-miss', 'talk-turns-to-fault', 'promises-kept']

/** As canonical JSON has the answers of one person. */
const SINGLE_ANSWERS = QUESTIONS.flatMap(item => [1, 2, 3, 4, 5].map(value => `"${item}":${value}`))

interface Voter {
  email: string
  personId: string
  accountId: string
  cookie: string
  /** What only the voter and, for a moment, the server see. */
  serial: Uint8Array
  prefix: Uint8Array
  signature: Uint8Array
  nonce: Uint8Array
  commentNonce: Uint8Array
  comment: string
  receipt: string
  commentReceipt: string
  /** What the server sees of the voter when it signs. */
  blindedMessage: Uint8Array
  blindSignature: Uint8Array
}

describe('The attack', () => {
  const things = Array.from({ length: PEOPLE }, (_, number) => number)
  const sorted = (order: readonly number[]) => order.map((thing, value) => ({ thing, value }))

  test('finds an order that is kept, one that is turned round, and neighbours that stay neighbours', () => {
    expect(isLinked(things, sorted(things))).toBe(true)
    expect(isLinked(things, sorted(things.toReversed()))).toBe(true)
    expect(isLinked(things, sorted([...things.slice(30), ...things.slice(0, 30)]))).toBe(true)
  })

  test('finds nothing in a shuffled order, or where all are alike', () => {
    expect(isLinked(things, sorted(shuffled(things)))).toBe(false)
    expect(
      isLinked(
        things,
        things.map(thing => ({ thing, value: 1 })),
      ),
    ).toBe(false)
  })
})

onBothDatabases('A dump of a wave', database => {
  const dataDir = mkdtempSync(join(tmpdir(), 'candor-dump-'))
  const logged: Buffer[] = []
  let site: Site
  let url: string
  let server: Server
  let origin: string
  /** In the order in which they collected and, each at once, cast. */
  let voters: Voter[]
  let keyFile: string
  let midWave: Dump
  let afterClosing: Dump

  beforeAll(async () => {
    url = await database.url()
    const logFrom = await logFileOf(url)
    const isSqlite = url.startsWith('file:')
    site = {
      ...(await openSite(readEnv({ DATA_DIR: dataDir, DATABASE_URL: url, LOG_LEVEL: 'silent' }))),
      log: pino(
        { level: 'debug' },
        new Writable({ write: (chunk, _encoding, done) => void done(void logged.push(Buffer.from(chunk))) }),
      ),
    }
    ;({ server, origin } = await serve(site))
    const context = { ...site, actor: terminalActor() }
    const invited = await invite(site)
    const wave = await savePlan(context, null, {
      title: 'Autumn',
      questionnaire: { id: 'incident-culture', version: 1 },
      languages: ['en'],
      teamIds: [],
      personIds: invited.map(person => person.personId),
      grouping: null,
      k: 5,
      stewardIds: invited.slice(0, 1).map(person => person.personId),
      isStrict: false,
      isKiosk: false,
      repeatMonths: null,
      collectingFrom: new Date(Date.now() - 3 * DAY_MS).toISOString(),
      answeringFrom: new Date(Date.now() - DAY_MS).toISOString(),
      closesAt: new Date(Date.now() + DAY_MS).toISOString(),
    })
    const { publicKey } = await openWave({ ...context, clock: THREE_DAYS_AGO }, wave)
    voters = []
    for (const person of shuffled(invited)) voters.push(await vote(origin, wave, publicKey as string, person))
    await siteJobs(site, origin).tick()
    keyFile = readFileSync(keyFileOf(dataDir, wave) as string, 'utf8')
    midWave = await everythingOf(await dumpDatabase(url, logFrom), site, dataDir, logged, isSqlite)
    await closeWave(context, wave)
    await siteJobs(site, origin).tick()
    afterClosing = await everythingOf(await dumpDatabase(url, logFrom), site, dataDir, logged, isSqlite)
  })
  afterAll(async () => {
    server?.close()
    await site?.db.destroy()
    rmSync(dataDir, { recursive: true, force: true })
  })

  describe('in the middle', () => {
    test('has nothing of what will be published of a response, nor of its content, in any spelling', () => {
      const secrets = voters.flatMap(voter => [
        ...[voter.serial, voter.prefix, voter.signature, voter.nonce, voter.commentNonce].flatMap(spellingsOf),
        ...[voter.receipt, voter.commentReceipt].flatMap(one => spellingsOf(Buffer.from(one, 'base64url'))),
        voter.comment,
      ])
      expect(findBytes(midWave.files, [...secrets, ...SINGLE_ANSWERS])).toEqual([])
    })

    test('has as many sealed responses as were cast, all of one size', () => {
      const sealed = midWave.rows.filter(row => row.table === 'wave_responses')
      expect(sealed).toHaveLength(PEOPLE)
      expect(new Set(sealed.map(row => (row.values.sealed as Uint8Array).length)).size).toBe(1)
    })

    test('does not say in what order people collected', () => expectNoOrder(midWave, voters, personOf))
  })

  describe('after closing', () => {
    test('lists every response once, in an order that tells nothing of when it was cast', () => {
      expect(rowsOf(afterClosing, voters, responseOf).get('wave_bulletin')).toHaveLength(PEOPLE)
      // And the search finds what is there.
      expect(findBytes(afterClosing.files, voters.map(responseOf)).length).toBeGreaterThanOrEqual(PEOPLE)
      expectNoOrder(afterClosing, voters, responseOf)
    })

    test('has the comments in an order that tells nothing of when they were cast', () => {
      const found = rowsOf(afterClosing, voters, commentOf)
      expect([...found.keys()].sort()).toEqual(['wave_comment_receipts', 'wave_comments'])
      expectNoOrder(afterClosing, voters, commentOf)
    })

    test('does not say in what order people collected', () => expectNoOrder(afterClosing, voters, personOf))

    test('lists responses and comments in files in an order that tells nothing', () => {
      for (const [name, bytes] of afterClosing.files) {
        if (name.startsWith('pg_wal')) continue
        for (const secret of [(voter: Voter) => encoded(voter.serial), (voter: Voter) => voter.comment]) {
          const found = voters.flatMap(voter => {
            const value = bytes.indexOf(secret(voter))
            return value === -1 ? [] : [{ thing: voter, value }]
          })
          if (found.length === PEOPLE) expect(isLinked(voters, found), name).toBe(false)
        }
      }
    })

    test('has no sealed response any more, and nothing that seals, signs or opened one', () => {
      const lasting = new Map([...afterClosing.files].filter(([name]) => !name.startsWith('pg_wal')))
      const sealed = midWave.rows.filter(row => row.table === 'wave_responses')
      const traces = sealed.flatMap(({ values }) => [
        (values.sealed as Buffer).subarray(0, 64),
        values.tag as string,
        values.content_tag as string,
      ])
      expect(findBytes(lasting, traces)).toEqual([])
      expect(filesBelow(dataDir).filter(file => file.includes('wave-keys'))).toEqual([])
    })

    test('has no nonce and no single answer, in any spelling', () => {
      const secrets = voters.flatMap(voter => [voter.nonce, voter.commentNonce].flatMap(spellingsOf))
      expect(findBytes(afterClosing.files, [...secrets, ...SINGLE_ANSWERS])).toEqual([])
    })
  })

  test('never has the keys of the wave, in the database, its logs of changes, a backup, the log or a mail', () => {
    const { signing, opening, marking } = JSON.parse(keyFile) as Record<string, string>
    const secrets = [signing, opening, marking].map(key => Buffer.from(key as string, 'base64url'))
    const spellings = secrets.flatMap(secret => spellingsOf(secret.subarray(-32)))
    for (const dump of [midWave, afterClosing]) expect(findBytes(dump.files, spellings)).toEqual([])
  })

  test('has no value of a person, plain or hashed, beside a response', () => {
    for (const dump of [midWave, afterClosing]) {
      const responses = dump.rows.filter(row =>
        ['wave_responses', 'wave_bulletin', 'wave_comments', 'wave_comment_receipts'].includes(row.table),
      )
      const words = new Set(responses.flatMap(row => Object.values(row.values).map(textOf)))
      for (const voter of voters) for (const value of valuesOf(voter)) expect(words.has(value), value).toBe(false)
    }
  })

  test('has nothing of a ballot in the log or in a mail', () => {
    for (const [name, bytes] of afterClosing.files) {
      if (!name.startsWith('log') && !name.startsWith('mail')) continue
      for (const voter of voters) {
        expect(bytes.includes(encoded(voter.serial)), name).toBe(false)
        expect(bytes.includes(voter.receipt), name).toBe(false)
        expect(bytes.includes('/responses'), name).toBe(false)
        expect(bytes.includes('/ballots'), name).toBe(false)
      }
    }
  })
})

async function serve(site: Site): Promise<{ server: Server; origin: string }> {
  const app = express()
  for (const { path, handler } of plainHandlers(site)) app.use(path, handler)
  app.use((request, response, next) => {
    whoAsks(site, request.headers).then(({ actor }) => {
      response.locals.actor = actor
      next()
    }, next)
  })
  for (const { path, handler } of signedInHandlers(site)) app.use(path, handler)
  const server = app.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

interface Person {
  email: string
  personId: string
  accountId: string
  cookie: string
}

async function invite(site: Site): Promise<Person[]> {
  const context = { ...site, actor: terminalActor() }
  const emails = Array.from({ length: PEOPLE }, (_, number) => `person-${number}@example.org`)
  const people: Omit<Person, 'personId'>[] = []
  for (const email of emails) {
    const name = `Person ${email.split('@')[0]}`
    const accountId = await createReadyAccount(context, { name, email, role: 'member', passwordHash: 'none' })
    const setCookie = await openSession(context, accountId, 'test')
    people.push({ email, accountId, cookie: new RegExp(`${SESSION_COOKIE}=[^;]+`).exec(setCookie)?.[0] ?? '' })
  }
  const known = await peopleByEmails(site.db, emails)
  return people.map(person => ({ ...person, personId: known.get(person.email)?.id as string }))
}

/** Collects, and casts at once. */
async function vote(origin: string, wave: string, publicKey: string, person: Person): Promise<Voter> {
  const ballot = blindBallot(readBlindKey(Buffer.from(publicKey, 'base64url')))
  const collected = await post(
    `${origin}/api/v1/waves/${wave}/ballots`,
    200,
    { cookie: person.cookie, origin },
    {
      blindedMessage: encoded(ballot.blindedMessage),
    },
  )
  const blindSignature = Buffer.from(collected.blindSignature, 'base64url')
  const signature = ballot.unblind(blindSignature)
  const [nonce, commentNonce] = [randomBytes(32), randomBytes(32)]
  const comment = `A pause after an incident would help, number ${randomBytes(6).toString('hex')}.`
  const cast = await post(
    `${origin}/api/v1/waves/${wave}/responses`,
    201,
    {},
    {
      serial: encoded(ballot.serial),
      prefix: encoded(ballot.prefix),
      signature: encoded(signature),
      nonce: encoded(nonce),
      answers: Object.fromEntries(QUESTIONS.map(item => [item, 1 + Math.floor(Math.random() * 5)])),
      group: null,
      comments: [{ item: 'easier-to-speak-up', text: comment, nonce: encoded(commentNonce) }],
    },
  )
  const [commentReceipt] = cast.commentReceipts
  return {
    ...person,
    ...ballot,
    signature,
    nonce,
    commentNonce,
    comment,
    receipt: cast.receipt,
    commentReceipt,
    blindSignature,
  }
}

async function post(address: string, status: number, headers: Record<string, string>, body: object) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  expect(answer.status, text).toBe(status)
  return JSON.parse(text)
}

/** The database as it lies, a backup of it, the log so far, and every other file of the server but the key. */
async function everythingOf(
  dump: Dump,
  site: Site,
  dataDir: string,
  logged: Buffer[],
  canBackUp: boolean,
): Promise<Dump> {
  if (canBackUp) {
    const backup = join(tmpdir(), `candor-dump-${randomBytes(4).toString('hex')}.db`)
    await backupDatabase(site.db, backup)
    dump.files.set('backup', readFileSync(backup))
    rmSync(backup)
  }
  dump.files.set('log', Buffer.concat(logged))
  for (const file of filesBelow(dataDir))
    if (!file.includes('wave-keys'))
      dump.files.set(`${file.includes('/mail/') ? 'mail' : 'file'} ${file}`, readFileSync(file))
  return dump
}

/** By what a row tells whose it is. */
type Mark = (voter: Voter) => string

const personOf: Mark = voter => voter.personId
const responseOf: Mark = voter => encoded(voter.serial)
const commentOf: Mark = voter => voter.comment

function rowsOf(dump: Dump, voters: readonly Voter[], mark: Mark): Map<string, { voter: Voter; row: DumpedRow }[]> {
  const byMark = new Map(
    voters.flatMap(
      voter =>
        (mark === commentOf
          ? [
              [voter.comment, voter],
              [voter.commentReceipt, voter],
            ]
          : [[mark(voter), voter]]) as [string, Voter][],
    ),
  )
  const found = new Map<string, { voter: Voter; row: DumpedRow }[]>()
  for (const row of dump.rows)
    for (const value of Object.values(row.values)) {
      const voter = typeof value === 'string' ? byMark.get(value) : undefined
      if (!voter) continue
      found.set(row.table, [...(found.get(row.table) ?? []), { voter, row }])
      break
    }
  return found
}

/** No column, and no place in the database, sorts the rows as things happened. */
function expectNoOrder(dump: Dump, voters: readonly Voter[], mark: Mark): void {
  for (const [table, rows] of rowsOf(dump, voters, mark)) {
    if (rows.length !== PEOPLE) continue
    const columns = [...Object.keys(rows[0]?.row.values ?? {}), ...Object.keys(rows[0]?.row.places ?? {})]
    for (const column of columns) {
      const found = rows.map(({ voter, row }) => ({
        thing: voter,
        value: row.places[column] ?? textOf(row.values[column]),
      }))
      expect(isLinked(voters, found), `${table}.${column}`).toBe(false)
    }
  }
}

function valuesOf(voter: Voter): string[] {
  const plain = [voter.personId, voter.accountId, voter.email, voter.cookie, voter.cookie.split('=')[1] as string]
  const seen = [voter.blindedMessage, voter.blindSignature].flatMap(bytes => spellingsOf(bytes).map(textOf))
  return [...plain, ...seen].flatMap(value => {
    const hash = createHash('sha256').update(value).digest()
    return [value, hash.toString('hex'), hash.toString('base64url')]
  })
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)
}

function encoded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
