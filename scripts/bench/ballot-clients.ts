/** People who collect and cast over HTTP, as the contract says: each waits for an answer before the next request. */
import { randomBytes } from 'node:crypto'
import { type Agent, request } from 'node:http'
import { type BlindedBallot, blindBallot, readBlindKey } from '#test/support/blind-ballot.ts'

export interface Target {
  url: string
  wave: string
  /** SPKI DER in base64url. */
  publicKey: string
  /** Connections are kept, as browsers keep them. */
  agent: Agent
}

export interface Person {
  cookie: string
  ballot: BlindedBallot
  signature: Uint8Array | null
}

/** One for each session, with a ballot that is blinded already: that is the browser's work. */
export function peopleOf(publicKey: string, cookies: readonly string[]): Person[] {
  const key = readBlindKey(Buffer.from(publicKey, 'base64url'))
  return cookies.map(cookie => ({ cookie, ballot: blindBallot(key), signature: null }))
}

/** The bytes of the page, read to its end. */
export async function readPage({ url, agent }: Pick<Target, 'url' | 'agent'>, path: string): Promise<number> {
  return (await send(agent, `${url}${path}`, {}, null, 200)).length
}

export async function collect({ url, wave, agent }: Target, person: Person): Promise<void> {
  const body = JSON.stringify({ blindedMessage: encoded(person.ballot.blindedMessage) })
  const headers = { cookie: person.cookie, origin: url }
  const answer = await send(agent, `${url}/api/v1/waves/${wave}/ballots`, headers, body, 200)
  const { blindSignature } = JSON.parse(answer.toString()) as { blindSignature: string }
  person.signature = person.ballot.unblind(Buffer.from(blindSignature, 'base64url'))
}

export async function cast({ url, wave, agent }: Target, { ballot, signature }: Person): Promise<void> {
  const answers = Object.fromEntries(QUESTIONS.map(item => [item, 1 + Math.floor(Math.random() * 5)]))
  const body = {
    serial: encoded(ballot.serial),
    prefix: encoded(ballot.prefix),
    signature: encoded(signature as Uint8Array),
    nonce: encoded(randomBytes(32)),
    answers,
    group: null,
    comments: [],
  }
  await send(agent, `${url}/api/v1/waves/${wave}/responses`, {}, JSON.stringify(body), 201)
}

/** To the bare server: about as many bytes as a response has. */
export async function post({ url, agent }: Pick<Target, 'url' | 'agent'>, path: string): Promise<void> {
  await send(agent, `${url}${path}`, {}, BARE_BODY, 201)
}

/** Of the incident culture instrument. */
const QUESTIONS = [
  'present-own-incident',
  'report-near-miss',
  'declare-early',
  'question-decisions',
  'talk-turns-to-fault',
  'standing-suffers',
  'uncomfortable-parts-told',
  'leaders-own-part',
  'promises-kept',
  'learn-from-others',
]
const BARE_BODY = JSON.stringify({ body: 'a'.repeat(800) })

function encoded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

function send(
  agent: Agent,
  url: string,
  headers: Record<string, string>,
  body: string | null,
  expected: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      method: body === null ? 'GET' : 'POST',
      headers: body === null ? headers : { ...headers, 'content-type': 'application/json' },
    }
    const asked = request(url, options, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => {
        const answer = Buffer.concat(chunks)
        if (response.statusCode === expected) resolve(answer)
        else reject(new Error(`${url} was answered with ${response.statusCode}: ${answer.toString().slice(0, 300)}`))
      })
    })
    asked.once('error', reject)
    asked.end(body ?? undefined)
  })
}
