/**
 * `GET /api/v1/forums/:id/live/events`: server-sent events from Node itself. Remix would neither notice that a reader
 * has left nor that one does not read.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { problem, sendAnswer } from '#app/http/answer.server.ts'
import { can } from '#app/identity/actor.ts'
import { authenticate } from '#app/identity/auth.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { Db } from '#db/index.server.ts'
import { liveHub } from './live-hub.server.ts'
import { liveForum } from './live-queries.server.ts'

const ADDRESS = /^\/([\w-]{1,100})\/live\/events\/?$/

interface Site {
  db: Db
  clock: Clock
  log: Log
  origin: string | null
}

/** @returns a handler to be mounted at /api/v1/forums; what is not a stream goes on to `next`. */
export function liveStreamHandler(site: Site) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const forumId = ADDRESS.exec(pathname)?.[1]
    if (forumId === undefined || request.method !== 'GET') return next()
    open(site, forumId, searchParams, request, response).catch((error: unknown) => {
      if (!(error instanceof AppError)) site.log.error({ err: error }, 'a stream could not be opened')
      if (response.headersSent) return void response.destroy()
      void sendAnswer(
        response,
        problem(error instanceof AppError ? error : new AppError('conflict', 'Something broke on our side.')),
      )
    })
  }
}

async function open(
  site: Site,
  forumId: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const credentials = { cookie: request.headers.cookie ?? null, authorization: request.headers.authorization ?? null }
  const { actor, setCookie } = await authenticate(site, credentials)
  if (!actor) throw new AppError('unauthenticated', 'Send an API token as "Authorization: Bearer …", or sign in first.')
  const after = readAfter(query, request.headers['last-event-id'])
  if (!can(actor, 'take part in forums') || !(await liveForum(site.db, forumId))) throw notFound('This forum')
  const hub = liveHub(site)
  await hub.ready()
  if (response.destroyed) return
  const left: (() => void)[] = []
  let isGone = false
  response.once('close', () => {
    isGone = true
    for (const then of left) then()
  })
  const reader = {
    personId: actor.personId,
    mayRun: can(actor, 'run forums'),
    response,
    async isWelcome() {
      const now = await authenticate(site, credentials)
      return now.actor?.role === actor.role
    },
    whenGone: (then: () => void) => (isGone ? then() : void left.push(then)),
  }
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    ...(setCookie ? { 'set-cookie': setCookie } : {}),
  })
  response.flushHeaders()
  await hub.join(forumId, reader, after)
}

/** The header is what a browser sends when it comes back; it knows more than the address it began with. */
function readAfter(query: URLSearchParams, lastEventId: string | string[] | undefined): number | null {
  for (const key of query.keys())
    if (key !== 'after')
      throw new AppError('invalid', 'The query cannot be read.', [
        { path: key, message: 'This query parameter is not known here.' },
      ])
  const text = typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : query.get('after')
  if (text === null) return null
  if (!/^\d{1,12}$/.test(text))
    throw new AppError('invalid', 'The query cannot be read.', [{ path: 'after', message: 'Write a revision.' }])
  return Number(text)
}
