/** Casting a response, in browser and terminal: what is sent, and what each answer of the server means. */
import { commentReceiptOf, fromBase64Url, receiptOf, toBase64Url } from '../casting/receipts.ts'
import type { WaveResponse } from '../wave.ts'
import type { Ballot } from './ballot.ts'
import { type AskedItem, castOf, type Draft } from './draft.ts'

/** What a respondent keeps: whoever has it can check that they were counted, and nothing else. */
export interface Receipts {
  receipt: string
  commentReceipts: string[]
}

export type CastOutcome =
  | { kind: 'counted'; receipts: Receipts }
  /** The server's receipts are not those of what was sent: it may have counted something else. */
  | { kind: 'other-receipt' }
  /** Nobody answered, or somebody on the way: the same can be sent again. */
  | { kind: 'unreachable' }
  | { kind: 'closed' }
  | { kind: 'foreign' }
  | { kind: 'used' }
  | { kind: 'refused'; detail: string }

/** The response to send, with fresh nonces: made once, and sent again as it is until the receipts are back. */
export function makeResponse(ballot: Ballot, items: readonly AskedItem[], draft: Draft): WaveResponse {
  const { answers, group, comments } = castOf(items, draft)
  return {
    serial: ballot.serial,
    prefix: ballot.prefix,
    signature: ballot.signature,
    nonce: randomNonce(),
    answers,
    group,
    comments: comments.map(comment => ({ ...comment, nonce: randomNonce() })),
  }
}

function randomNonce(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
}

/** The receipts of a response, recomputed here rather than believed. */
export async function receiptsOf(response: WaveResponse): Promise<Receipts> {
  const receipt = await receiptOf(bytes(response.serial), bytes(response.nonce), response)
  const commentReceipts = await Promise.all(
    response.comments.map(comment => commentReceiptOf(bytes(comment.nonce), comment)),
  )
  return { receipt: toBase64Url(receipt), commentReceipts: commentReceipts.map(toBase64Url) }
}

function bytes(encoded: string): Uint8Array {
  return fromBase64Url(encoded) ?? new Uint8Array()
}

/** What comes back: receipts, or problem+json. */
interface Answered {
  receipt?: unknown
  commentReceipts?: unknown
  detail?: string
  errors?: { path: string; message: string }[]
}

/** Statuses of something between here and Candor, or of a Candor that is just starting: worth asking again. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * Sends a response once. Without cookies, without a referrer, and never from a cache.
 * @param server the address of the site; empty for the page's own.
 */
export async function sendResponse(server: string, wave: string, response: WaveResponse): Promise<CastOutcome> {
  let answer: Response
  let body: Answered
  try {
    answer = await fetch(`${server}/api/v1/waves/${wave}/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(response),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
    })
    body = await answer.json()
  } catch {
    return { kind: 'unreachable' }
  }
  if (answer.ok) {
    const own = await receiptsOf(response)
    return isSame(own, body) ? { kind: 'counted', receipts: own } : { kind: 'other-receipt' }
  }
  if (answer.status === 410) return { kind: 'closed' }
  if (answer.status === 403) return { kind: 'foreign' }
  if (answer.status === 409) return { kind: 'used' }
  if (PASSING.has(answer.status)) return { kind: 'unreachable' }
  const errors = (body.errors ?? []).map(({ path, message }) => `${path}: ${message}`)
  return { kind: 'refused', detail: [body.detail ?? String(answer.status), ...errors].join(' ') }
}

function isSame(own: Receipts, told: { receipt?: unknown; commentReceipts?: unknown }): boolean {
  const sorted = (list: unknown) => (Array.isArray(list) ? JSON.stringify([...list].sort()) : '')
  return told.receipt === own.receipt && sorted(told.commentReceipts) === sorted(own.commentReceipts)
}
