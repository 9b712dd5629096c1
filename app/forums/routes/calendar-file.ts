import type { LoaderFunctionArgs } from '@remix-run/node'
import { readFeed } from '#app/forums/feed.server.ts'
import { answering } from '#app/http/route.server.ts'

/** Calendars ask without a session: the secret in the address is what they know. */
export async function loader({ request, params: { secret = '' }, context: { site } }: LoaderFunctionArgs) {
  const origin = site.origin ?? new URL(request.url).origin
  const file = await answering(() => readFeed(site, { secret: secret.replace(/\.ics$/, ''), origin }))
  return new Response(file, {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, max-age=900' },
  })
}
