/**
 * The addresses of waves that need no account, answered before any session is read: nothing here imports identity, and
 * nothing of a request is ever logged, not even when it fails.
 */
import { isIPv6 } from 'node:net'
import type { RequestHandler } from 'express'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { json, problemOf, readQuery, sendAnswer } from '#app/http/answer.server.ts'
import type { Operation } from '#app/http/operation.ts'
import type { Site } from '#app/http/site.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { bulletinOf } from '../closing/bulletin.server.ts'
import { findWave, listWaves } from '../get-wave.server.ts'
import { publicWave } from '../public-wave.ts'
import { castResponseOperation, getBulletinOperation, getWaveOperation, listWavesOperation } from '../survey-api.ts'
import { countWaves } from '../wave-queries.server.ts'
import { castResponse, RESPONSE_LIMIT } from './cast-response.server.ts'
import { readLimited } from './read-limited.server.ts'
import { refusalOf } from './wave-refusal.server.ts'

type WaveSite = Pick<Site, 'db' | 'clock' | 'origin' | 'dataDir'>

interface Asked {
  site: WaveSite
  wave: string
  url: URL
  body: Uint8Array
  address: string
}

interface Address {
  operation: Operation
  /** Bytes of a body. */
  limit?: number
  run(asked: Asked): Promise<Response>
}

/** What is answered below /api/v1 without an account, each as its operation says. */
export const PUBLIC_ADDRESSES: readonly Address[] = [
  { operation: listWavesOperation, run: list },
  {
    operation: getWaveOperation,
    async run({ site, wave: id, url }) {
      const { language = null } = readQuery(getWaveOperation, url) as { language?: string }
      const wave = await findWave(site.db, id, site.clock)
      if (!wave) throw notFound('This wave')
      return json(publicWave(wave, language), 200)
    },
  },
  {
    operation: getBulletinOperation,
    async run({ site, wave, url }) {
      readQuery(getBulletinOperation, url)
      return json(await bulletinOf(site, wave), 200)
    },
  },
  { operation: castResponseOperation, limit: RESPONSE_LIMIT, run: cast },
]

/** @returns a handler to be mounted at /api/v1/waves; what it does not know goes on. */
export function publicWaveHandler(site: WaveSite): RequestHandler {
  return (request, response, next) => {
    const url = new URL(request.url, 'http://localhost')
    const here = PUBLIC_ADDRESSES.flatMap(address => {
      const wave = waveIn(address.operation.path, url.pathname)
      return wave === null ? [] : [{ ...address, wave }]
    })
    if (here.length === 0) return next()
    const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase()
    const found = here.find(({ operation }) => operation.method === method)
    const answer = found
      ? readLimited(request, found.limit ?? 0).then(body =>
          found.run({ site, wave: found.wave, url, body, address: request.ip ?? '' }),
        )
      : Promise.resolve(notTaken(here.map(({ operation }) => operation.method)))
    answer
      .catch(refusalOf)
      .then(one => sendAnswer(response, request.method === 'HEAD' ? new Response(null, one) : one))
      .catch(() => response.destroy())
  }
}

/** The wave in a path below /waves, '' where the address has none; null for another address. */
function waveIn(pattern: string, path: string): string | null {
  const expression = pattern.replace(/^\/waves/, '').replace('{wave}', '([a-z0-9]+(?:-[a-z0-9]+)*)')
  const match = new RegExp(`^${expression}/?$`).exec(path)
  return match && (match[1] ?? '')
}

function notTaken(methods: string[]): Response {
  const response = problemOf(405, 'This address does not take that method.', [])
  response.headers.set('allow', methods.map(method => method.toUpperCase()).join(', '))
  return response
}

async function list({ site, url }: Asked): Promise<Response> {
  const {
    cursor,
    limit,
    language = null,
  } = readQuery(listWavesOperation, url) as {
    cursor?: string
    limit: number
    language?: string
  }
  const after = cursor === undefined ? undefined : readCursor(cursor)
  const [waves, total] = await Promise.all([
    listWaves(site.db, { clock: site.clock, limit: limit + 1, after }),
    countWaves(site.db),
  ])
  const items = waves.slice(0, limit)
  const last = items.at(-1)
  const nextCursor = waves.length > limit && last ? writeCursor(last) : null
  return json({ items: items.map(wave => publicWave(wave, language)), total, nextCursor }, 200)
}

function writeCursor({ closesAt, id }: { closesAt: string; id: string }): string {
  return Buffer.from(`${closesAt} ${id}`).toString('base64url')
}

function readCursor(cursor: string): { closesAt: string; id: string } {
  const [closesAt, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (closesAt && id && rest.length === 0 && /^[\d:.TZ-]+$/.test(closesAt) && /^[a-z0-9-]+$/.test(id))
    return { closesAt, id }
  throw invalidField('cursor', 'The cursor is not one that this list gave.')
}

/** So many responses a minute from one neighbourhood are told what is wrong with them; valid ones never wait. */
const WRONG_A_MINUTE = 3_000
/** In memory only: who was wrong is nobody's business. */
const wrong = new RateLimiterMemory({ points: WRONG_A_MINUTE, duration: 60 })

async function cast({ site, wave, url, body, address }: Asked): Promise<Response> {
  try {
    readQuery(castResponseOperation, url)
    const { isNew, receipt, commentReceipts } = await castResponse(site, wave, body)
    return json({ receipt, commentReceipts }, isNew ? 201 : 200)
  } catch (error) {
    if (!(error instanceof AppError) || (error.refusal !== 'forbidden' && error.refusal !== 'invalid')) throw error
    await wrong.consume(neighbourhood(address)).catch(() => {
      throw new AppError('too-many', 'Too many of your requests were no ballots. Try again in a minute.')
    })
    throw error
  }
}

/** A household of IPv6 has 2^64 addresses; where they are written in full, their first half stands for all. */
function neighbourhood(address: string): string {
  return isIPv6(address) && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address
}
