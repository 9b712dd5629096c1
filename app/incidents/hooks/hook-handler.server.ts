/** `POST /hooks/:source`: answered before any session is read, since programs prove themselves otherwise. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Site } from '#app/http/site.ts'
import { receiveDelivery } from './receive-delivery.server.ts'

/** Bytes of a body that are taken. */
export const BODY_LIMIT = 2 * 1024 * 1024

const SLUG = /^\/([a-z0-9]+(?:-[a-z0-9]+)*)\/?$/

/** @returns a handler to be mounted at /hooks. */
export function hookHandler(site: Pick<Site, 'db' | 'clock' | 'log'>) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(site, request).then(
      ({ status, headers, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
        response.end(`${JSON.stringify(body)}\n`)
      },
      error => {
        // Whoever hung up in the middle sends it again, and hears nothing now.
        if (!request.complete) return void response.destroy()
        site.log.error({ err: error }, 'a delivery could not be stored')
        response.writeHead(500, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        response.end(
          `${JSON.stringify({ error: 'Something broke on our side. Nothing was stored: send it again.' })}\n`,
        )
      },
    )
  }
}

interface Answer {
  status: number
  headers?: Record<string, string>
  body: object
}

async function answer(site: Pick<Site, 'db' | 'clock'>, request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const slug = SLUG.exec(pathname)?.[1]
  if (slug === undefined || slug.length > 200) return NOTHING_HERE
  if (request.method !== 'POST')
    return { status: 405, headers: { allow: 'POST' }, body: { error: 'This address takes POST.' } }
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
    return { status: 415, body: { error: 'Send the body as it is, without compressing it.' } }
  const body = await readWhole(request)
  if (body === null) return { status: 413, body: { error: 'That is more than 2 MB.' } }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  )
  const received = await receiveDelivery(site, { slug, headers, query: searchParams, body })
  if (received.kind === 'taken') return { status: 200, body: { outcome: received.outcome } }
  if (received.kind === 'unknown') return NOTHING_HERE
  if (received.kind === 'unreadable') return { status: 400, body: { error: 'The body is not JSON in UTF-8.' } }
  return {
    status: 401,
    headers: { 'www-authenticate': 'Bearer realm="Candor"' },
    body: { error: 'This was not sent by somebody known here.' },
  }
}

const NOTHING_HERE: Answer = { status: 404, body: { error: 'Nothing here.' } }

/** The bytes as they came, which signatures are made over; null when there are too many. */
async function readWhole(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return null
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > BODY_LIMIT) resolve(null)
      else chunks.push(chunk)
    })
    request.once('end', () => resolve(Buffer.concat(chunks)))
    request.once('error', reject)
    request.once('close', () => reject(new Error('The connection closed before the whole body had come.')))
  })
}
