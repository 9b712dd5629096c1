import { problem, problemOf } from '#app/http/answer.server.ts'
import { AppError } from '#app/platform/errors.ts'

/** What failed for another reason than a refusal is not said anywhere: a message could name what was cast. */
export function refusalOf(error: unknown): Response {
  if (error instanceof AppError) return problem(error)
  const answer = problemOf(503, 'Something broke on our side. Nothing is lost: please send the same again.', [])
  answer.headers.set('retry-after', '2')
  return answer
}
