import type { LoaderFunctionArgs } from '@remix-run/node'
import { problem } from '#app/http/answer.server.ts'
import { AppError, notFound } from '#app/platform/errors.ts'

/** An unknown address of the API answers as the API does. */
function answer({ context }: LoaderFunctionArgs): Response {
  return problem(
    context.actor
      ? notFound('This address')
      : new AppError('unauthenticated', 'Send an API token as "Authorization: Bearer …".'),
  )
}

export const loader = answer
export const action = answer
