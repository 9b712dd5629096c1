/** `GET /anonymity`: answered before any session is read, so that looking it up says nothing about anybody either. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { renderAnonymityPage } from '../ui/anonymity-page.tsx'
import { type PlainDocument, prepared, sendDocument } from './plain-document.server.ts'
import { respondScript } from './respond-script.server.ts'

/** @returns a handler to be mounted at /anonymity. */
export function anonymityHandler() {
  let document: PlainDocument | null = null
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    if (request.url?.split('?', 1)[0] !== '/') return next()
    document ??= prepared(renderAnonymityPage(respondScript()))
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    sendDocument(request, response, isRead ? 200 : 405, document)
  }
}
