/** `POST /api/v1/waves/:wave/ballots`: the one address at which a wave is told who asks. Never logged. */
import type { RequestHandler } from 'express'
import { fieldErrors, json, problemOf, readQuery, sendAnswer } from '#app/http/answer.server.ts'
import type { Site } from '#app/http/site.ts'
import type { Actor } from '#app/identity/actor.ts'
import { AppError } from '#app/platform/errors.ts'
import { readLimited } from '../casting/read-limited.server.ts'
import { refusalOf } from '../casting/wave-refusal.server.ts'
import { collectBallotOperation } from '../survey-api.ts'
import { collectBallot } from './collect-ballot.server.ts'

const PATH = /^\/([a-z0-9]+(?:-[a-z0-9]+)*)\/ballots\/?$/
/** Bytes of a body: a blinded message has 342 characters. */
const LIMIT = 4096

/** @returns a handler to be mounted at /api/v1/waves, after it is known who asks; what it does not know goes on. */
export function collectHandler(site: Pick<Site, 'db' | 'clock' | 'origin' | 'dataDir'>): RequestHandler {
  return (request, response, next) => {
    const url = new URL(request.url, 'http://localhost')
    const wave = PATH.exec(url.pathname)?.[1]
    if (wave === undefined) return next()
    if (request.method !== 'POST') {
      const answer = problemOf(405, 'This address does not take that method.', [])
      answer.headers.set('allow', 'POST')
      return void sendAnswer(response, answer)
    }
    const collect = async () => {
      const actor = response.locals.actor as Actor | null | undefined
      if (!actor)
        throw new AppError('unauthenticated', 'Send an API token as "Authorization: Bearer …", or sign in first.')
      readQuery(collectBallotOperation, url)
      const { blindedMessage } = readBody(await readLimited(request, LIMIT))
      const blindSignature = await collectBallot({ ...site, actor }, wave, blindedMessage)
      return json({ blindSignature: blindSignature.toString('base64url') }, 200)
    }
    collect()
      .catch(refusalOf)
      .then(
        answer => sendAnswer(response, answer),
        () => response.destroy(),
      )
  }
}

function readBody(bytes: Uint8Array): { blindedMessage: string } {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new AppError('invalid', 'The body is not JSON in UTF-8.', [{ path: '', message: 'Expected a JSON object.' }])
  }
  const parsed = collectBallotOperation.body.safeParse(value)
  if (!parsed.success)
    throw new AppError('invalid', 'The body has values that cannot be used.', fieldErrors(parsed.error))
  return parsed.data
}
