/** Calls a route's loader or action as the server would, without the server. */
import type { AppLoadContext } from '@remix-run/node'
import type { Site } from '#app/http/site.ts'
import type { Actor } from '#app/identity/actor.ts'
import type { House } from './house.ts'

interface Call {
  actor?: Actor | null
  params?: Record<string, string>
  cookie?: string
  site?: Partial<Site>
  form?: Record<string, string | string[] | File>
  json?: unknown
  method?: string
}

// biome-ignore lint/suspicious/noExplicitAny: routes differ in what they give
export type Handler = (args: any) => any

export function siteOf(house: House): Site {
  const { db, clock, log, mailer, origin } = house
  return { db, clock, log, mailer, origin, dataDir: '/nowhere', setUpCode: null, isDemo: false }
}

/** What the route answered: status, headers and data; a thrown response counts as an answer. */
export async function ask(house: House, handler: Handler | undefined, path: string, call: Call = {}) {
  if (!handler) throw new Error('This route has no such handler')
  const headers = new Headers(call.cookie ? { cookie: call.cookie } : {})
  const init: RequestInit = { headers, method: call.method }
  if (call.form) {
    init.method = 'POST'
    init.body = toForm(call.form)
  }
  if (call.json !== undefined) {
    init.method ??= 'POST'
    init.body = JSON.stringify(call.json)
    headers.set('content-type', 'application/json')
  }
  const context = {
    site: { ...siteOf(house), ...call.site },
    actor: call.actor ?? null,
    address: '127.0.0.1',
    nonce: 'n',
  } as AppLoadContext
  const request = new Request(`https://candor.example.org${path}`, init)
  return opened(async () => handler({ request, params: call.params ?? {}, context }))
}

async function opened(work: () => Promise<unknown>) {
  let answer: unknown
  try {
    answer = await work()
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown
    answer = thrown
  }
  if (answer instanceof Response) {
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json')
    return { status: answer.status, headers: answer.headers, data: isJson ? JSON.parse(text) : text }
  }
  // Remix's data(): a value with a status.
  const wrapped = answer as { type?: string; data?: unknown; init?: ResponseInit | null } | null
  if (wrapped?.type === 'DataWithResponseInit')
    return { status: wrapped.init?.status ?? 200, headers: new Headers(wrapped.init?.headers), data: wrapped.data }
  return { status: 200, headers: new Headers(), data: answer }
}

function toForm(fields: NonNullable<Call['form']>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields))
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, one)
  return form
}
