/** The composition root's work: open what the rooms need, fill what must exist, answer what needs no page. */
import { mkdirSync } from 'node:fs'
import type { RequestHandler } from 'express'
import { feedbackJobs } from '#app/forums/ask-afterwards.server.ts'
import { forumJobs } from '#app/forums/forum-jobs.server.ts'
import { liveHub } from '#app/forums/live-hub.server.ts'
import { liveStreamHandler } from '#app/forums/live-stream.server.ts'
import { authenticate } from '#app/identity/auth.server.ts'
import { createSetUpCode } from '#app/identity/create-first-administrator.server.ts'
import { hookHandler } from '#app/incidents/hooks/hook-handler.server.ts'
import { participationJobs } from '#app/participation/participation-jobs.server.ts'
import { openDatabase, pendingMigrations } from '#db/index.server.ts'
import type { Site } from './http/site.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import type { Env } from './platform/env.server.ts'
import { createJobs, type Jobs } from './platform/jobs.server.ts'
import { createLog } from './platform/log.server.ts'
import { createMailer } from './platform/mail.server.ts'
import { actionJobs } from './postmortems/mail-actions.server.ts'
import { indexJobs } from './postmortems/reindex-postmortems.server.ts'
import { prepareDatabase } from './prepare-database.server.ts'
import { monthJobs } from './reports/keep-months.server.ts'
import { reportJobs } from './reports/report-jobs.server.ts'
import { anonymityHandler } from './surveys/casting/anonymity-handler.server.ts'
import { respondHandler } from './surveys/casting/respond-handler.server.ts'
import { publicWaveHandler } from './surveys/casting/wave-handlers.server.ts'
import { bulletinHandler } from './surveys/closing/bulletin-handler.server.ts'
import { collectHandler } from './surveys/inviting/collect-handler.server.ts'
import { invitationJobs } from './surveys/inviting/mail-invited.server.ts'
import { recurrenceJobs } from './surveys/planning/plan-next-wave.server.ts'
import { waveJobs } from './surveys/wave-jobs.server.ts'

/** Opens the database, migrates it, and makes everything a request is given. */
export async function openSite(env: Env, options: { isDemo?: boolean; clock?: Clock } = {}): Promise<Site> {
  mkdirSync(env.dataDir, { recursive: true, mode: 0o700 })
  const clock = options.clock ?? systemClock
  const log = createLog(env.logLevel)
  const db = openDatabase(env.databaseUrl)
  await prepareDatabase({ db, clock })
  return {
    db,
    clock,
    log,
    mailer: createMailer({ smtpUrl: env.smtpUrl, folder: env.mailDir, from: env.mailFrom }),
    origin: env.origin,
    dataDir: env.dataDir,
    setUpCode: await createSetUpCode(db),
    isDemo: options.isDemo ?? false,
  }
}

/** Handlers that answer before Remix and read no session. */
export function plainHandlers(site: Site): { path: string; handler: RequestHandler }[] {
  return [
    { path: '/hooks', handler: hookHandler(site) },
    { path: '/api/v1/waves', handler: publicWaveHandler(site) },
    { path: '/api/v1/forums', handler: liveStreamHandler(site) },
    { path: '/respond', handler: respondHandler(site) },
    { path: '/anonymity', handler: anonymityHandler() },
    { path: '/surveys', handler: bulletinHandler(site) },
    { path: '/healthz', handler: (_request, response) => void response.type('text/plain').send('alive\n') },
    {
      path: '/readyz',
      handler: (_request, response) => {
        pendingMigrations(site.db).then(
          pending =>
            pending.length === 0
              ? response.type('text/plain').send('ready\n')
              : response
                  .status(503)
                  .type('text/plain')
                  .send(`waiting for migrations: ${pending.join(', ')}\n`),
          () => response.status(503).type('text/plain').send('the database does not answer\n'),
        )
      },
    },
  ]
}

/** Handlers that answer before Remix and know who asks: `response.locals.actor`, null for a visitor. */
export function signedInHandlers(site: Site): { path: string; handler: RequestHandler }[] {
  return [{ path: '/api/v1/waves', handler: collectHandler(site) }]
}

/** What is done by itself; started by the server, never by a test that did not ask. */
export function siteJobs(site: Site, origin: string | null): Jobs {
  return createJobs(site, [
    ...participationJobs(site),
    ...actionJobs({ ...site, origin }),
    ...indexJobs(site),
    ...forumJobs({ ...site, origin }),
    ...feedbackJobs(site),
    ...waveJobs(site),
    ...invitationJobs({ ...site, origin }),
    ...recurrenceJobs(site),
    ...reportJobs({ ...site, origin }),
    ...monthJobs(site),
  ])
}

/** Ends what goes on by itself for one site: streams and what they listen to. */
export function closeSite(site: Site): Promise<void> {
  return liveHub(site).close()
}

/** Who asks, once per request; the cookie to send back when the session was renewed. */
export function whoAsks(site: Site, headers: { cookie?: string; authorization?: string }) {
  return authenticate(site, { cookie: headers.cookie ?? null, authorization: headers.authorization ?? null })
}
