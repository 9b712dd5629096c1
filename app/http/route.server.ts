/** The frame of every page: who asks, may they, and what an error looks like. */
import { type ActionFunctionArgs, type AppLoadContext, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import type { Site } from '#app/http/site.ts'
import { type Actor, demand, type Permission } from '#app/identity/actor.ts'
import { AppError, type FieldError } from '#app/platform/errors.ts'
import { readForm } from './read-form.server.ts'

export interface PageArgs extends Site {
  request: Request
  url: URL
  params: Record<string, string | undefined>
  site: Site
  actor: Actor
  context: AppLoadContext
}

export interface ActionArgs extends PageArgs {
  form: FormData
}

/** What a form gets back when it was refused: the reasons, and what was typed. */
export interface Refused {
  ok: false
  message: string
  errors: FieldError[]
  values: Record<string, string[]>
}

/**
 * A loader for signed-in people with `permission`. Visitors go to /sign-in and come back; others see 404.
 * An AppError becomes a response with its status, anything else a 500 without details.
 */
export function pageLoader<T>(permission: Permission, read: (args: PageArgs) => Promise<T>) {
  return async ({ request, params, context }: LoaderFunctionArgs): Promise<T> => {
    const actor = signedIn(request, context)
    return answering(() => {
      demand(actor, permission)
      return read({ ...context.site, site: context.site, request, url: new URL(request.url), params, actor, context })
    })
  }
}

/** Forms that carry no files may be this large. */
const FORM_LIMIT = 4 * 1024 * 1024

/**
 * An action for signed-in people with `permission`. A refusal of what was typed (400, 409, 413) comes back to the
 * page as `Refused` with that status, so that the form can show it beside the fields.
 */
export function pageAction<T>(
  permission: Permission,
  act: (args: ActionArgs) => Promise<T>,
  options: { limit?: number } = {},
) {
  return async ({ request, params, context }: ActionFunctionArgs) => {
    const actor = signedIn(request, context)
    let form = new FormData()
    return answering(async () => {
      try {
        demand(actor, permission)
        form = await readForm(request, options.limit ?? FORM_LIMIT)
        const url = new URL(request.url)
        return await act({ ...context.site, site: context.site, request, url, params, actor, context, form })
      } catch (error) {
        if (error instanceof AppError && [400, 409, 413, 429].includes(error.status)) return refused(error, form)
        throw error
      }
    })
  }
}

/** What a refused form is told. Passwords and secrets are never sent back. */
export function refused(error: AppError, form: FormData) {
  const values: Record<string, string[]> = {}
  for (const [key, value] of form)
    if (typeof value === 'string' && !/password|code|secret/i.test(key)) {
      const list = values[key] ?? []
      list.push(value)
      values[key] = list
    }
  const body: Refused = { ok: false, message: error.message, errors: error.errors, values }
  return data(body, { status: error.status })
}

/** Runs `work`, turning an AppError into a thrown Response that the error boundary words. */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) throw new Response(error.message, { status: error.status })
    throw error
  }
}

function signedIn(request: Request, context: AppLoadContext): Actor {
  if (context.actor) return context.actor
  const { pathname, search } = new URL(request.url)
  const to =
    request.method === 'GET' ? pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') + cleanSearch(search) : '/'
  throw redirect(to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`)
}

/** Single fetch adds `_routes`; people should not see it in their address. */
function cleanSearch(search: string): string {
  const query = new URLSearchParams(search)
  query.delete('_routes')
  const rest = query.toString()
  return rest ? `?${rest}` : ''
}
