/** Express around Remix: what `npm start`, `npm run dev`, the demo, the browser tests and the benches all use. */
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type RequestHandler } from 'express'
import helmet from 'helmet'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type * as Composition from '#app/composition.server.ts'
import { problem, sendAnswer } from '#app/http/answer.server.ts'
import { sameOrigin } from '#app/http/same-origin.server.ts'
import type { Site } from '#app/http/site.ts'
import { findToken } from '#app/identity/session-queries.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'
import type { Env } from '#app/platform/env.server.ts'
import { AppError } from '#app/platform/errors.ts'
import { sha256 } from '#app/platform/ids.server.ts'

export interface Running {
  url: string
  port: number
  site: Site
  close(): Promise<void>
}

export interface ListenOptions {
  dev?: boolean
  isDemo?: boolean
  clock?: Clock
  /** Does what is due by itself: mails and the like. */
  jobs?: boolean
  /** Serve demo data, with their well-known passwords, to other machines too. */
  iKnow?: boolean
}

type Entry = Pick<
  typeof Composition,
  'openSite' | 'closeSite' | 'plainHandlers' | 'signedInHandlers' | 'siteJobs' | 'whoAsks'
>

/** Addresses whose requests are authenticated by something other than a cookie. */
const COOKIELESS = /^\/hooks\//

const BEARER_PER_SECOND = 100

/** Bytes of an address with its headers: a query of 20,000 characters fits, each written as %xx. */
const LONGEST_HEAD = 80 * 1_024

/** Opens the site and listens. Port 0 takes any free port. */
export async function listen(env: Env, options: ListenOptions = {}): Promise<Running> {
  const { build, middlewares, stopDev } = options.dev ? await developmentBuild() : await productionBuild()
  const current = async () => (typeof build === 'function' ? await build() : build)
  const entry = (await current()).entry.module as unknown as Entry
  const site = await entry.openSite(env, { isDemo: options.isDemo, clock: options.clock })
  if (!LOOPBACK.has(env.host) && !options.iKnow) await refuseDemoData(site, env.host)

  const app = express()
  app.disable('x-powered-by')
  if (env.trustProxy) app.set('trust proxy', /^\d+$/.test(env.trustProxy) ? Number(env.trustProxy) : env.trustProxy)
  app.use(readAway)
  app.use(securityHeaders(options.dev === true, env.origin))
  app.use(
    compression({ filter: (request, response) => !isEventStream(response) && compression.filter(request, response) }),
  )
  for (const middleware of middlewares) app.use(middleware)
  app.use(
    '/assets',
    express.static(join(PROJECT_FOLDER, 'build/client/assets'), { immutable: true, maxAge: '1y', fallthrough: false }),
  )
  app.use(express.static(join(PROJECT_FOLDER, 'build/client'), { maxAge: '1h', index: false }))
  for (const { path, handler } of entry.plainHandlers(site)) app.use(path, handler)
  app.use(refuseUnreadable)
  app.use(limitBearers())
  app.use(sameOrigin(env.origin, COOKIELESS))
  app.use(identify(entry, site))
  for (const { path, handler } of entry.signedInHandlers(site)) app.use(path, handler)
  app.all(
    '*',
    createRequestHandler({
      build,
      mode: options.dev ? 'development' : 'production',
      getLoadContext: (request, response) => ({
        site,
        actor: response.locals.actor ?? null,
        address: request.ip ?? '',
        nonce: response.locals.nonce,
      }),
    }),
  )
  app.use(lastResort(site))

  const server = createServer({ maxHeaderSize: LONGEST_HEAD }, app).listen(env.port, env.host)
  // Longer than proxies and clients keep a connection, so that none is closed as its next request arrives.
  server.keepAliveTimeout = 75_000
  server.headersTimeout = 80_000
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${env.port} is taken. Set PORT to another one.`) : error),
    )
  })
  const { port } = server.address() as AddressInfo
  const host = ['0.0.0.0', '::', '127.0.0.1'].includes(env.host) ? 'localhost' : env.host
  const url = env.origin ?? `http://${host}:${port}`
  // Links in mails begin with an address that people can open: ORIGIN, or this very machine where nobody else comes in.
  const jobs = options.jobs ? entry.siteJobs(site, env.origin ?? (LOOPBACK.has(env.host) ? url : null)) : null
  jobs?.start()
  return {
    url,
    port,
    site,
    async close() {
      await entry.closeSite(site)
      await new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), 3000).unref()
      })
      await jobs?.stop()
      await stopDev()
      await site.db.destroy()
    },
  }
}

/** Names of this very machine. */
export const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1'])

/** @throws Error when anyone who reaches this host could sign in with what the demo tells everybody. */
async function refuseDemoData(site: Site, host: string): Promise<void> {
  const { DEMO_TOKEN } = await import('#db/seeds/demo-organisation.server.ts')
  if (!(await findToken(site.db, sha256(DEMO_TOKEN)))) return
  await site.db.destroy()
  throw new Error(
    `This database has the demo’s well-known passwords, so it is served on this machine only. HOST is ${host}: unset it, or add "-- --i-know" if everyone who reaches it may be its administrator.`,
  )
}

/** Tells the person at the console how to make the first account, while there is none. */
export function announceSetUp(running: Running): void {
  if (running.site.setUpCode)
    console.log(
      `No account exists yet. Open ${running.url}/set-up and enter this one-time code: ${running.site.setUpCode}`,
    )
}

interface Built {
  build: ServerBuild | (() => Promise<ServerBuild>)
  middlewares: RequestHandler[]
  stopDev(): Promise<void>
}

async function productionBuild(): Promise<Built> {
  // React reads it once, when it is loaded; without it every page is rendered by its slow, checking form.
  process.env.NODE_ENV ||= 'production'
  const build = (await import(pathToFileURL(join(PROJECT_FOLDER, 'build/server/index.js')).href)) as ServerBuild
  return { build, middlewares: [], stopDev: async () => undefined }
}

async function developmentBuild(): Promise<Built> {
  const { createServer } = await import('vite')
  const { buildRespondScript } = await import('./build-respond-script.ts')
  await buildRespondScript()
  const vite = await createServer({ root: PROJECT_FOLDER, server: { middlewareMode: true } })
  return {
    build: () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>,
    middlewares: [vite.middlewares],
    stopDev: () => vite.close(),
  }
}

function securityHeaders(dev: boolean, origin: string | null): RequestHandler {
  const secure = origin?.startsWith('https:') ?? false
  return (request, response, next) => {
    const nonce = randomBytes(16).toString('base64')
    response.locals.nonce = nonce
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", `'nonce-${nonce}'`],
          styleSrc: dev ? ["'self'", "'unsafe-inline'"] : ["'self'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: dev ? ["'self'", 'ws:'] : ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
          manifestSrc: ["'self'"],
        },
      },
      strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
      referrerPolicy: { policy: 'same-origin' },
    })(request, response, next)
  }
}

/** How much of a refused body is read and thrown away before the connection is cut. */
const READ_AWAY = 64 * 1024 * 1024

/** A body that was refused unread would stand in its connection in front of the next request. */
const readAway: RequestHandler = (request, response, next) => {
  response.once('finish', () => {
    if (request.complete) return
    let left = READ_AWAY
    // Whoever was reading has stopped, and would hold the stream.
    request.removeAllListeners('data')
    request.on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left < 0) request.destroy()
    })
    request.resume()
  })
  next()
}

/** An address that no database could hold, or a Host that is none, is nobody's: answered before any room sees it. */
const refuseUnreadable: RequestHandler = (request, response, next) => {
  try {
    if (!decodeURIComponent(request.path).includes('\0') && isHost(request.headers.host)) {
      // In a query it is only noise: pasted logs have it.
      request.originalUrl = request.originalUrl.replace(/%00/g, '')
      request.url = request.url.replace(/%00/g, '')
      return next()
    }
  } catch {
    // falls through: not valid percent-encoding
  }
  response.status(400).type('text/plain').send('This address has characters that cannot be read.\n')
}

function isHost(host: string | undefined): boolean {
  return host !== undefined && URL.canParse(`http://${host}`) && !/[/?#@\\\s]/.test(host)
}

function limitBearers(): RequestHandler {
  const limiter = new RateLimiterMemory({ points: BEARER_PER_SECOND, duration: 1 })
  return (request, response, next) => {
    if (!request.headers.authorization) return next()
    limiter.consume(request.ip ?? '').then(
      () => next(),
      () => {
        response.setHeader('retry-after', '1')
        void sendAnswer(
          response,
          problem(new AppError('too-many', `At most ${BEARER_PER_SECOND} requests a second, please.`)),
        )
      },
    )
  }
}

function identify(entry: Entry, site: Site): RequestHandler {
  return (request, response, next) => {
    const { cookie, authorization } = request.headers
    if (!cookie && !authorization) return next()
    entry.whoAsks(site, { cookie, authorization }).then(({ actor, setCookie }) => {
      response.locals.actor = actor
      if (setCookie) response.append('set-cookie', setCookie)
      next()
    }, next)
  }
}

function lastResort(site: Site): express.ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error)
    const status = typeof error?.status === 'number' && error.status < 500 ? error.status : 500
    if (status === 500) site.log.error({ err: error }, 'request failed')
    response
      .status(status)
      .type('text/plain')
      .send(status === 500 ? 'Something broke on our side. Please try again.\n' : 'Nothing here.\n')
  }
}

function isEventStream(response: express.Response): boolean {
  return String(response.getHeader('content-type') ?? '').startsWith('text/event-stream')
}
