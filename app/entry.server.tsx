/** The composition root: opens the site once, wires rooms together, renders documents. */
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { AppLoadContext, EntryContext } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { NonceProvider } from '#app/ui/nonce.ts'

export { closeSite, openSite, plainHandlers, signedInHandlers, siteJobs, whoAsks } from './composition.server.ts'

const RENDER_LIMIT_MS = 10_000

/**
 * A page is answered whole: no loader leaves anything for later, and what is sent in pieces is packed piece by piece,
 * half as large again and a quarter dearer.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce, site }: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let answer = status
    let isDrawn = false
    const { pipe, abort } = renderToPipeableStream(
      <NonceProvider value={nonce}>
        <RemixServer context={remixContext} url={request.url} abortDelay={RENDER_LIMIT_MS} nonce={nonce} />
      </NonceProvider>,
      {
        nonce,
        onShellReady() {
          isDrawn = true
        },
        onAllReady() {
          headers.set('Content-Type', 'text/html; charset=utf-8')
          if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'private, no-store')
          clearTimeout(limit)
          buffer(pipe(new PassThrough())).then(html => resolve(new Response(html, { headers, status: answer })), reject)
        },
        onShellError: reject,
        onError(error: unknown) {
          answer = 500
          // Errors before the shell are reported by Remix itself.
          if (isDrawn) site.log.error({ err: error }, 'rendering failed')
        },
      },
    )
    const limit = setTimeout(abort, RENDER_LIMIT_MS + 1000).unref()
  })
}

/** Data for the browser's navigation is as personal as the pages are. */
export function handleDataRequest(response: Response): Response {
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'private, no-store')
  return response
}

/** Called by Remix for what loaders and actions did not expect. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }): void {
  // A request that was wrong in itself (a method nobody takes, an address nobody has) is no fault of ours.
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return
  context.site.log.error({ err: error, path: loggable(request.url) }, 'request failed')
}

/** The path without the secret that a link from a mail carries. */
function loggable(url: string): string {
  return new URL(url).pathname.replace(/^\/(reset|invitation|actions\/update|open\/reports)\/.*/, '/$1/…')
}
