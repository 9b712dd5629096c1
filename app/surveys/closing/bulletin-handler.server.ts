/**
 * `GET /surveys/:wave/bulletin`: for everybody once the wave is closed, answered before any session is read and never
 * logged. Nobody sends a receipt to look for it: its first character brings the page on which it stands.
 */
import type { RequestHandler } from 'express'
import type { Clock } from '#app/platform/clock.ts'
import { AppError } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { prepared, sendDocument } from '../casting/plain-document.server.ts'
import { findWave } from '../get-wave.server.ts'
import { renderBulletinPage, renderNoBulletin } from '../ui/bulletin-page.tsx'
import { bulletinOf } from './bulletin.server.ts'

const ADDRESS = /^\/([a-z0-9]+(?:-[a-z0-9]+)*)\/bulletin\/?$/

/** @returns a handler to be mounted at /surveys; what it does not know goes on. */
export function bulletinHandler({ db, clock }: { db: Db; clock: Clock }): RequestHandler {
  return (request, response, next) => {
    const url = new URL(request.url, 'http://localhost')
    const id = ADDRESS.exec(url.pathname)?.[1]
    if (id === undefined) return next()
    const nothing = () => prepared(renderNoBulletin())
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendDocument(request, response, 405, nothing())
    const begins = url.searchParams.get('begins')
    Promise.all([bulletinOf({ db, clock }, id), findWave(db, id, clock)]).then(
      ([bulletin, wave]) => {
        const html = renderBulletinPage(bulletin, wave?.title ?? id, begins)
        sendDocument(request, response, 200, prepared(html))
      },
      error => {
        if (error instanceof AppError) return sendDocument(request, response, 404, nothing())
        response.writeHead(500, { 'content-type': 'text/plain', 'cache-control': 'no-store' })
        response.end('Something broke on our side. Please try again.\n')
      },
    )
  }
}
