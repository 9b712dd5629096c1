/**
 * Casting a response. Nothing here knows who casts: no account, no session, no person; test/architecture.test.ts holds
 * the wall. A ballot is proven by its signature alone.
 */
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Clock } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { type Db, shareLockFor } from '#db/index.server.ts'
import { stateAt } from '../wave.ts'
import { type KeyPlace, keysOf } from '../wave-keys.server.ts'
import { frozenRow, type WaveMoment, waveLock, waveMoment } from '../wave-queries.server.ts'
import { isValidBallot } from './blind-signature.server.ts'
import { inOneGo } from './one-go.server.ts'
import { type GivenResponse, type ResponseRules, readResponse, responseRules } from './read-response.ts'
import { commentReceiptOf, fromBase64Url, receiptOf, toBase64Url } from './receipts.ts'
import { contentTagsOf, insertResponses } from './response-queries.server.ts'
import { seal } from './seal.server.ts'

/** Bytes of a body that are taken. */
export const RESPONSE_LIMIT = 32 * 1024

export interface CastContext extends KeyPlace {
  db: Db
  clock: Clock
}

export interface Cast {
  /** False when the same was cast before. */
  isNew: boolean
  /** base64url. */
  receipt: string
  commentReceipts: string[]
}

/**
 * Takes a response, once per ballot; the same again gets the same receipts. Checked in this order:
 * @throws AppError too-large or invalid (size, JSON); not-found; gone unless answers are taken now; forbidden for what
 * is not a ballot of this wave; invalid with every wrong field; conflict when this ballot was cast with other content.
 */
export async function castResponse(context: CastContext, wave: string, bytes: Uint8Array): Promise<Cast> {
  const { db, clock } = context
  const body = readJson(bytes)
  const moment = await waveMoment(db, wave, clock)
  if (!moment) throw notFound('This wave')
  demandAnswering(moment)
  const { verifying, sealing, marking } = keysOf(context, moment)
  const ballot = readBallot(body)
  if (!ballot || !isValidBallot(verifying, ballot))
    throw new AppError('forbidden', 'This is not a valid ballot of this wave.')
  const read = readResponse(body, await rulesOf(db, wave))
  if ('errors' in read) throw new AppError('invalid', 'The response has values that cannot be used.', read.errors)

  const { receipt, commentReceipts } = await receiptsOf(ballot.serial, read.given)
  const sealed = seal(sealing, wave, sealedText(body, read.given))
  const tag = markOf(marking, 'serial', ballot.serial)
  const contentTag = contentTagOf(marking, ballot.serial, receipt, commentReceipts)
  const outcome = await take(db, { wave, clock, tag, contentTag, sealed })
  if (outcome === 'closed') throw notAnswering('closing')
  if (outcome === 'other')
    throw new AppError('conflict', 'This ballot was cast before, with other answers. The first ones count.')
  return { isNew: outcome === 'new', receipt, commentReceipts }
}

/** What the receipts of a response are, in base64url: by item in the order in which the comments came. */
export async function receiptsOf(
  serial: Uint8Array,
  { nonce, answers, group, comments }: GivenResponse,
): Promise<{ receipt: string; commentReceipts: string[] }> {
  const [receipt, ...others] = await Promise.all([
    receiptOf(serial, nonce, { answers, group }),
    ...comments.map(comment => commentReceiptOf(comment.nonce, comment)),
  ])
  return { receipt: toBase64Url(receipt as Uint8Array), commentReceipts: others.map(toBase64Url) }
}

/** Marks ballot and content: the same response gives the same mark, which says nothing without the wave's key. */
export function contentTagOf(
  marking: KeyObject,
  serial: Uint8Array,
  receipt: string,
  commentReceipts: readonly string[],
): string {
  return markOf(marking, 'content', serial, receipt, ...[...commentReceipts].sort())
}

function markOf(marking: KeyObject, purpose: string, ...parts: (string | Uint8Array)[]): string {
  const mark = createHmac('sha256', marking).update(`candor/${purpose}/1\n`)
  for (const part of parts) mark.update(part)
  return mark.digest('base64url')
}

interface Casting {
  wave: string
  clock: Clock
  tag: string
  contentTag: string
  sealed: Uint8Array
}
type Outcome = 'new' | 'same' | 'other' | 'closed'

const take = inOneGo<Casting, Outcome>(async (tx, items) => {
  const outcomes = new Map<Casting, Outcome>()
  for (const wave of [...new Set(items.map(item => item.wave))].sort()) {
    const some = items.filter(item => item.wave === wave)
    await shareLockFor(tx, waveLock(wave))
    const moment = await waveMoment(tx, wave, (some[0] as Casting).clock)
    if (!moment || !isAnswering(moment)) {
      for (const item of some) outcomes.set(item, 'closed')
      continue
    }
    const first = new Map<string, Casting>()
    for (const item of some) if (!first.has(item.tag)) first.set(item.tag, item)
    // In the order of their tags, so that two instances never wait for each other.
    const rows = [...first.values()].sort((one, other) => (one.tag < other.tag ? -1 : 1))
    const inserted = await insertResponses(tx, wave, rows)
    const known = await contentTagsOf(tx, wave, some.length === inserted.size ? [] : [...first.keys()])
    for (const item of some)
      if (inserted.has(item.tag) && first.get(item.tag) === item) outcomes.set(item, 'new')
      else outcomes.set(item, isEqual(known.get(item.tag) ?? '', item.contentTag) ? 'same' : 'other')
  }
  return items.map(item => outcomes.get(item) as Outcome)
})

/** In a time that does not depend on where they differ. */
function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function readJson(bytes: Uint8Array): Record<string, unknown> {
  if (bytes.length > RESPONSE_LIMIT) throw new AppError('too-large', 'A response has at most 32 KiB.')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    value = null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AppError('invalid', 'The body is not a JSON object in UTF-8.', [
      { path: '', message: 'Expected a JSON object.' },
    ])
  return value as Record<string, unknown>
}

function readBallot(body: Record<string, unknown>) {
  const bytesOf = (value: unknown) => (typeof value === 'string' ? fromBase64Url(value) : null)
  const [serial, prefix, signature] = [bytesOf(body.serial), bytesOf(body.prefix), bytesOf(body.signature)]
  return serial && prefix && signature ? { serial, prefix, signature } : null
}

/** What closing opens again: ballot, receipts' nonces and content, as they came. */
function sealedText(body: Record<string, unknown>, { answers, group }: GivenResponse): string {
  const { serial, prefix, signature, nonce, comments = [] } = body
  return JSON.stringify({ serial, prefix, signature, nonce, answers, group, comments })
}

const rules = new WeakMap<Db, Map<string, ResponseRules>>()
/** Waves are open one or two at a time. */
const MOST_RULES = 20

/** Frozen at opening, so read once. */
async function rulesOf(db: Db, wave: string): Promise<ResponseRules> {
  const known = rules.get(db) ?? new Map<string, ResponseRules>()
  rules.set(db, known)
  const before = known.get(wave)
  if (before) return before
  const frozen = await frozenRow(db, wave)
  if (!frozen) throw notFound('This wave')
  const read = responseRules(JSON.parse(frozen.questionnaire), JSON.parse(frozen.charter))
  if (known.size >= MOST_RULES) known.clear()
  known.set(wave, read)
  return read
}

function isAnswering(moment: WaveMoment): boolean {
  return stateAt(moment, moment.now) === 'answering'
}

function demandAnswering(moment: WaveMoment): void {
  if (!isAnswering(moment)) throw notAnswering(stateAt(moment, moment.now), moment.answeringFrom)
}

function notAnswering(state: string, answeringFrom?: string): AppError {
  return new AppError(
    'gone',
    (state === 'planned' || state === 'collecting') && answeringFrom
      ? `Answers are taken from ${answeringFrom} on. Keep your ballot until then.`
      : 'This wave is closed: no answers are taken any more.',
  )
}
