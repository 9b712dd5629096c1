import type { RequestHandler } from 'express'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a change that another site asked this browser to make: `Sec-Fetch-Site` first, then `Origin` against
 * ORIGIN or, unset, the request's Host. Requests with a bearer token carry no cookie's power and pass.
 * @param exempt paths that never read a cookie.
 */
export function sameOrigin(origin: string | null, exempt: RegExp): RequestHandler {
  return (request, response, next) => {
    if (SAFE.has(request.method) || request.headers.authorization || exempt.test(request.path)) return next()
    const site = request.headers['sec-fetch-site']
    if (site === 'same-origin') return next()
    const from = request.headers.origin
    if (site === undefined && from && matches(from, origin, request.headers.host)) return next()
    response
      .status(403)
      .type('text/plain')
      .send('This form was sent from another site, so nothing was done. Open Candor itself and try again.')
  }
}

function matches(from: string, origin: string | null, host: string | undefined): boolean {
  if (origin) return from === origin
  try {
    return new URL(from).host === host
  } catch {
    return false
  }
}
