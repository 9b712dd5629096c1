/** What the tests of live forums share: a forum with three items, people who give commands, streams that are read. */
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { createForum } from '#app/forums/create-forum.server.ts'
import { type LiveCommand, liveCommandSchema } from '#app/forums/live-commands.ts'
import { liveStreamHandler } from '#app/forums/live-stream.server.ts'
import { giveCommand, readLiveState } from '#app/forums/read-live.server.ts'
import { LiveConflict } from '#app/forums/run-command.server.ts'
import type { Actor } from '#app/identity/actor.ts'
import { openSession } from '#app/identity/auth.server.ts'
import { createReadyAccount } from '#app/identity/create-account.server.ts'
import { createLog } from '#app/platform/log.server.ts'
import type { Db } from '#db/index.server.ts'
import type { TestDatabase } from '#test/support/databases.ts'
import { as, FORUM, movableClock, organisation } from './planned.ts'

export const log = createLog('silent')
let commands = 0

export async function house(database: TestDatabase) {
  const clock = movableClock('2026-12-15T14:00:00.000Z')
  const db = await organisation(database, clock)
  const ada = await as(db, 'ada', 'facilitator')
  const ben = await as(db, 'ben', 'facilitator')
  const cem = await as(db, 'cem')
  const id = await createForum({ db, clock, actor: ada }, { ...FORUM, facilitator: ada.email })
  await addItems(db, id)
  const give = (actor: Actor, command: Record<string, unknown>) =>
    giveCommand({ db, clock, log, actor }, id, parsed(command))
  const state = (actor = ada) => readLiveState({ db, clock, log, actor }, id)
  const steer = async (type: string, more: object = {}) =>
    give(ada, { type, expectedRevision: (await state()).revision, ...more })
  return { db, clock, ada, ben, cem, id, give, steer, state }
}

export async function addItems(db: Db, forumId: string): Promise<void> {
  const incidents = await db.selectFrom('incidents').select(['id', 'title']).orderBy('key').limit(3).execute()
  for (const [position, incident] of incidents.entries())
    await db
      .insertInto('forum_items')
      .values({
        id: `${forumId}-${position}`,
        forum_id: forumId,
        position,
        incident_id: incident.id,
        postmortem_id: null,
        title: incident.title,
        presenter_id: null,
        context_minutes: 3,
        discussion_minutes: 10,
        capture_minutes: 2,
        state: 'planned',
        added_by: null,
        reason: '',
        spent_seconds: null,
      })
      .execute()
}

export function parsed(command: Record<string, unknown>): LiveCommand {
  return liveCommandSchema.parse({ commandId: `c${++commands}`, ...command })
}

export async function refusalOf(work: Promise<unknown>): Promise<LiveConflict> {
  const error = await work.then(
    () => null,
    (one: unknown) => one,
  )
  expect(error).toBeInstanceOf(LiveConflict)
  return error as LiveConflict
}

type StreamSite = Parameters<typeof liveStreamHandler>[0]

export function serveStreams(site: StreamSite): Server {
  return createServer((request, response) => {
    request.url = request.url?.replace('/api/v1/forums', '')
    liveStreamHandler(site)(request, response, () => void response.writeHead(404).end())
  }).listen(0)
}

export function addressOf(server: Server, id: string): string {
  return `http://localhost:${(server.address() as AddressInfo).port}/api/v1/forums/${id}/live/events`
}

export function answerTo(url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => void get(url, { headers }, resolve).once('error', reject))
}

export function follow(answer: IncomingMessage) {
  let text = ''
  answer.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  return {
    text: () => text,
    end: () => answer.destroy(),
    async has(pattern: RegExp): Promise<void> {
      await expect.poll(() => text, { timeout: 10_000 }).toMatch(pattern)
    },
  }
}

export async function cookieOf(
  site: { db: Db; clock: { now(): number }; origin: null },
  actor: Actor,
): Promise<string> {
  const accountId = await createReadyAccount(
    { ...site, actor },
    { name: actor.name, email: actor.email, role: actor.role, passwordHash: 'nobody signs in with this' },
  )
  return (await openSession(site, accountId, 'test')).split(';', 1)[0] as string
}
