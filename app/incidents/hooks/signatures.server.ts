/**
 * Who sent a delivery: the schemes by which other programs prove it, over the bytes as they came. Every comparison takes
 * the same time whatever it finds, and every secret is tried, so that an answer tells nothing about them.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Header by its name in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>

export interface Delivered {
  headers: Headers
  /** The query of the address. */
  query: URLSearchParams
  body: Uint8Array
}

/** How far a signed time may lie from now, in seconds. */
export const TOLERANCE = 300

/** The secrets, of those given, that vouch for this delivery: their places in the list. */
type Verify = (delivered: Delivered, secrets: readonly string[], now: number) => number[]

/** `X-PagerDuty-Signature: v1=hex,v1=hex`, each the HMAC-SHA256 of the body. */
export const verifyPagerDuty: Verify = ({ headers, body }, secrets) => {
  const given = parts(headers['x-pagerduty-signature'], ',').flatMap(part => hexDigest(part, 'v1='))
  return vouching(secrets, secret => hmac(Buffer.from(secret), body), given)
}

/** `X-Hub-Signature-256: sha256=hex`, the HMAC-SHA256 of the body. */
export const verifyGitHub: Verify = ({ headers, body }, secrets) => {
  const given = parts(headers['x-hub-signature-256'], ',').flatMap(part => hexDigest(part, 'sha256='))
  return vouching(secrets, secret => hmac(Buffer.from(secret), body), given)
}

/**
 * Standard Webhooks: `webhook-signature: v1,base64 v1,base64`, each the HMAC-SHA256 of id, time and body. Svix sends the
 * same under names of its own.
 * @param now in milliseconds; a time further away than the tolerance is refused.
 */
export const verifyStandardWebhooks: Verify = ({ headers, body }, secrets, now) => {
  const header = (name: string) => headers[`webhook-${name}`] ?? headers[`svix-${name}`] ?? ''
  const [id, timestamp] = [header('id'), header('timestamp')]
  const isTimely = /^\d{1,12}$/.test(timestamp) && Math.abs(now / 1000 - Number(timestamp)) <= TOLERANCE
  if (id === '' || !isTimely) return []
  const given = parts(header('signature'), ' ').flatMap(part => base64Digest(part, 'v1,'))
  const prefix = Buffer.from(`${id}.${timestamp}.`)
  return vouching(secrets, secret => hmac(standardKey(secret), prefix, body), given)
}

/** The key of a Standard Webhooks secret: what stands after `whsec_`, from base64. */
export function standardKey(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
}

/** `Authorization: Bearer secret`, or the secret as the password of `Basic`. Of these secrets the hashes are kept. */
export const verifyBearer: Verify = ({ headers }, hashes) => {
  const [, scheme, credentials = ''] = /^(bearer|basic) +(\S+)$/i.exec(headers.authorization?.trim() ?? '') ?? []
  if (!scheme) return []
  const isBasic = scheme.toLowerCase() === 'basic'
  const secret = isBasic
    ? Buffer.from(credentials, 'base64')
        .toString()
        .replace(/^[^:]*:/, '')
    : credentials
  return vouching(hashes, fromHex, [digest(secret)])
}

/** `?secret=…` at the end of the address. Of these secrets the hashes are kept. */
export const verifyQuery: Verify = ({ query }, hashes) => {
  const given = query.getAll('secret')
  return given.length === 1 ? vouching(hashes, fromHex, [digest(given[0]!)]) : []
}

/** Compares every secret's digest with every one that was given: none is left out once one fits. */
function vouching(secrets: readonly string[], digestOf: (secret: string) => Buffer, given: Buffer[]): number[] {
  const places: number[] = []
  secrets.forEach((secret, place) => {
    const expected = digestOf(secret)
    let matches = 0
    for (const one of given) matches += Number(timingSafeEqual(expected, one))
    if (matches > 0) places.push(place)
  })
  return places
}

/** More signatures than anybody's rotation has. */
const MOST_SIGNATURES = 50

function parts(header: string | undefined, separator: string): string[] {
  return (header ?? '').split(separator, MOST_SIGNATURES).map(part => part.trim())
}

function hexDigest(part: string, prefix: string): Buffer[] {
  if (!part.startsWith(prefix) || !/^[0-9a-f]{64}$/i.test(part.slice(prefix.length))) return []
  return [Buffer.from(part.slice(prefix.length), 'hex')]
}

function base64Digest(part: string, prefix: string): Buffer[] {
  if (!part.startsWith(prefix) || !/^[A-Za-z0-9+/]{43}=$/.test(part.slice(prefix.length))) return []
  return [Buffer.from(part.slice(prefix.length), 'base64')]
}

function hmac(key: Buffer, ...data: Uint8Array[]): Buffer {
  const sum = createHmac('sha256', key)
  for (const part of data) sum.update(part)
  return sum.digest()
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function fromHex(hash: string): Buffer {
  return Buffer.from(hash, 'hex')
}
