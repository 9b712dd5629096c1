/**
 * `GET /respond/:wave`: answered before any session is read, one cached document per wave and language, never logged.
 * The wall: nothing here, and nothing it imports, knows of accounts.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { findWave, type Wave } from '../get-wave.server.ts'
import { publicWave } from '../public-wave.ts'
import { renderNoSurvey, renderRespondPage } from '../ui/respond-page.tsx'
import { stateAt } from '../wave.ts'
import { waveMoment } from '../wave-queries.server.ts'
import { type PlainDocument, prepared, sendDocument } from './plain-document.server.ts'
import { respondScript } from './respond-script.server.ts'

interface Rendered {
  /** What the documents depend on beside language and kiosk. */
  of: string
  wave: Wave
  documents: Map<string, PlainDocument>
}

const BASE = 'http://localhost'
const ADDRESS = /^\/([a-z0-9]+(?:-[a-z0-9]+)*)\/?$/

/** @returns a handler to be mounted at /respond. */
export function respondHandler({ db, clock }: { db: Db; clock: Clock }) {
  const known = new Map<string, Rendered>()
  let nothingHere: PlainDocument | null = null
  const noSurvey = () => {
    nothingHere ??= prepared(renderNoSurvey())
    return nothingHere
  }

  async function documentFor(path: string): Promise<PlainDocument | null> {
    if (!URL.canParse(path, BASE)) return null
    const address = new URL(path, BASE)
    const id = ADDRESS.exec(address.pathname)?.[1]
    const moment = id === undefined ? null : await waveMoment(db, id, clock)
    if (id === undefined || !moment) return null
    const of = `${stateAt(moment, moment.now)} ${moment.closesAt}`
    let rendered = known.get(id)
    if (rendered?.of !== of) {
      const wave = await findWave(db, id, clock)
      if (!wave?.charter) return null
      rendered = { of, wave, documents: new Map() }
      known.set(id, rendered)
    }
    const shown = publicWave(rendered.wave, address.searchParams.get('language'))
    const isKiosk = address.searchParams.get('kiosk') === '1'
    const key = `${shown.language} ${isKiosk}`
    const document = rendered.documents.get(key) ?? prepared(renderRespondPage(shown, respondScript(), isKiosk))
    rendered.documents.set(key, document)
    return document
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendDocument(request, response, 405, noSurvey())
    documentFor(request.url ?? '/').then(
      document => sendDocument(request, response, document ? 200 : 404, document ?? noSurvey()),
      () => {
        // Not logged: a log of who read which survey when is what must not exist.
        response.writeHead(500, { 'content-type': 'text/plain', 'cache-control': 'no-store' })
        response.end('Something broke on our side. Please try again.\n')
      },
    )
  }
}
