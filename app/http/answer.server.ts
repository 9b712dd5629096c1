/** How the API reads a query and writes an answer; knows nothing of who asks. */
import type { ServerResponse } from 'node:http'
import type { z } from 'zod'
import { AppError, type FieldError } from '#app/platform/errors.ts'
import type { Operation } from './operation.ts'

/** problem+json for an AppError; 401 carries the challenge that RFC 9110 asks for. */
export function problem(error: AppError): Response {
  return problemOf(error.status, error.message, error.errors)
}

export function problemOf(status: number, detail: string, errors: FieldError[]): Response {
  const headers: Record<string, string> = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="Candor"'
  const body = { type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail, errors }
  return new Response(JSON.stringify(body), { status, headers })
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Sign in first',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Too large',
  429: 'Too many requests',
  503: 'Unavailable',
  500: 'Internal error',
}

export function json(value: unknown, status: number): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'private, no-store' },
  })
}

/** The query of an operation. @throws AppError invalid for what it does not know, and for what is given twice. */
export function readQuery(operation: Operation, url: URL): unknown {
  const known = operation.query?.shape ?? {}
  const given: Record<string, string> = {}
  const errors: FieldError[] = []
  for (const [key, value] of url.searchParams)
    if (!(key in known)) errors.push({ path: key, message: 'This query parameter is not known here.' })
    else if (key in given) errors.push({ path: key, message: 'This query parameter is given twice.' })
    else given[key] = value
  const parsed = operation.query?.safeParse(given)
  if (parsed && !parsed.success) errors.push(...fieldErrors(parsed.error))
  if (errors.length) throw new AppError('invalid', 'The query cannot be read.', errors)
  return parsed?.data ?? {}
}

export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map(issue => ({ path: issue.path.join('.'), message: issue.message }))
}

/** Writes an answer where Node, not Remix, is asked. Nothing where the client has left. */
export async function sendAnswer(response: ServerResponse, answer: Response): Promise<void> {
  if (response.destroyed) return
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) response.setHeader(name, value)
  // Not Express's `send`, which would add a charset to the type.
  response.end(await answer.text())
}
