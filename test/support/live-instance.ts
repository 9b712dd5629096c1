/**
 * `live-instance.ts <database url> <port>`: live forums in a process of their own, without pages, for tests that end it
 * as a machine would. Streams are the product's; a command is posted as JSON, as to the API.
 */
import { createServer, type IncomingMessage } from 'node:http'
import { liveCommandSchema } from '#app/forums/live-commands.ts'
import { liveStreamHandler } from '#app/forums/live-stream.server.ts'
import { giveCommand } from '#app/forums/read-live.server.ts'
import { problem, sendAnswer } from '#app/http/answer.server.ts'
import { authenticate } from '#app/identity/auth.server.ts'
import { systemClock } from '#app/platform/clock.ts'
import { AppError } from '#app/platform/errors.ts'
import { createLog } from '#app/platform/log.server.ts'
import { openDatabase } from '#db/index.server.ts'

const [url = '', port = '0'] = process.argv.slice(2)
const site = { db: openDatabase(url), clock: systemClock, log: createLog('error'), origin: null }
const streams = liveStreamHandler(site)
const COMMANDS = /^\/api\/v1\/forums\/([\w-]+)\/live\/commands$/

async function command(request: IncomingMessage, forumId: string): Promise<Response> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { actor } = await authenticate(site, { cookie: request.headers.cookie ?? null, authorization: null })
  if (!actor) return problem(new AppError('unauthenticated', 'Sign in first.'))
  try {
    const given = liveCommandSchema.parse(JSON.parse(Buffer.concat(chunks).toString()))
    return Response.json(await giveCommand({ ...site, actor }, forumId, given))
  } catch (error) {
    if (error instanceof AppError) return problem(error)
    throw error
  }
}

createServer((request, response) => {
  const forumId = COMMANDS.exec(request.url ?? '')?.[1]
  if (forumId) return void command(request, forumId).then(answer => sendAnswer(response, answer))
  request.url = request.url?.replace('/api/v1/forums', '')
  streams(request, response, () => void response.writeHead(404).end())
}).listen(Number(port), '127.0.0.1', () => console.log('listening'))
