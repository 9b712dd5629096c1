/** The frame of every API handler: bearer or session, parameters checked, errors as problem+json (RFC 9457). */
import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from '@remix-run/node'
import type { z } from 'zod'
import type { Site } from '#app/http/site.ts'
import { type Actor, can } from '#app/identity/actor.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { fieldErrors, json, problem, problemOf, readQuery } from './answer.server.ts'
import type { Operation } from './operation.ts'
import { readBody } from './read-form.server.ts'

export interface ApiArgs<O extends Operation> extends Site {
  site: Site
  actor: Actor
  request: Request
  url: URL
  params: Record<string, string | undefined>
  query: O['query'] extends z.ZodObject ? z.infer<O['query']> : Record<string, never>
  body: O['body'] extends z.ZodType ? z.infer<O['body']> : undefined
}

interface Handled {
  operation: Operation
  run(args: ApiArgs<Operation>): Promise<unknown>
}

/** Ties an operation to the function that does it. */
export function handle<O extends Operation>(operation: O, run: (args: ApiArgs<O>) => Promise<unknown>): Handled {
  return { operation, run: run as Handled['run'] }
}

const JSON_LIMIT = 2 * 1024 * 1024
/** Deeper than anything that a body means: a chain of whys has 20 levels, each an object in a list. */
const DEEPEST = 100

/** A resource route's loader and action out of the operations that live at its address. */
export function serve(...handled: Handled[]) {
  const answer = async ({ request, params, context }: LoaderFunctionArgs | ActionFunctionArgs): Promise<Response> => {
    try {
      const found = handled.find(one => one.operation.method === request.method.toLowerCase())
      if (!found) return methodNotAllowed(handled)
      const actor = demandActor(context, found.operation)
      const url = new URL(request.url)
      const args = {
        ...context.site,
        site: context.site,
        actor,
        request,
        url,
        params,
        query: readQuery(found.operation, url),
        body: found.operation.body ? await readJson(found.operation.body, request) : undefined,
      }
      const result = await found.run(args as ApiArgs<Operation>)
      if (result instanceof Response) return result
      return json(result, found.operation.status ?? 200)
    } catch (error) {
      if (error instanceof AppError) return problem(error)
      if (error instanceof Response) return error
      context.site.log.error({ err: error }, 'API request failed')
      return problemOf(500, 'Something broke on our side. Nothing was changed; please try again.', [])
    }
  }
  return { loader: answer, action: answer }
}

const SHORT_BODY = 1024

/** For operations that take nothing. @throws AppError invalid for a body that says something. */
export async function demandNoBody(request: Request): Promise<void> {
  const text = new TextDecoder().decode(await readBody(request, SHORT_BODY)).trim()
  if (text === '' || text === '{}') return
  throw new AppError('invalid', 'Nothing is taken here: send no body.', [{ path: '', message: 'Expected no body.' }])
}

function demandActor(context: AppLoadContext, operation: Operation): Actor {
  if (!context.actor)
    throw new AppError('unauthenticated', 'Send an API token as "Authorization: Bearer …", or sign in first.')
  if (!can(context.actor, operation.permission)) throw notFound('This address')
  return context.actor
}

function methodNotAllowed(handled: Handled[]): Response {
  const response = problemOf(405, 'This address does not take that method.', [])
  response.headers.set('allow', handled.map(one => one.operation.method.toUpperCase()).join(', '))
  return response
}

async function readJson(schema: z.ZodType, request: Request): Promise<unknown> {
  const bytes = await readBody(request, JSON_LIMIT)
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new AppError('invalid', 'The body is not JSON in UTF-8.', [{ path: '', message: 'Expected a JSON object.' }])
  }
  const path = unstorable(value)
  if (path !== null) {
    const message = 'This has a character that cannot be stored: U+0000 or half a surrogate pair.'
    throw new AppError('invalid', message, [{ path, message }])
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw new AppError('invalid', 'The body has values that cannot be used.', fieldErrors(parsed.error))
  return parsed.data
}

/** The path of the first text that no database can hold, or null. */
function unstorable(value: unknown, path = '', depth = 0): string | null {
  if (depth > DEEPEST) throw new AppError('invalid', 'The body is nested too deeply.', [])
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const at = path ? `${path}.${key}` : key
    const found = unstorable(key, at) ?? unstorable(inner, at, depth + 1)
    if (found !== null) return found
  }
  return null
}

/** Turns an offset into an opaque cursor and back. @throws AppError invalid for a cursor that is not ours. */
export const offsetCursor = {
  write: (offset: number): string => Buffer.from(`o${offset}`).toString('base64url'),
  read(cursor: string | undefined): number {
    if (cursor === undefined) return 0
    const match = /^o(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString())
    if (!match)
      throw new AppError('invalid', 'The cursor is not one that this list gave.', [
        { path: 'cursor', message: 'Not known.' },
      ])
    return Number(match[1])
  },
}
