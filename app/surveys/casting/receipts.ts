/**
 * What a respondent keeps of a cast response, and anyone can recompute from it. The same code in browser, terminal and
 * server: WebCrypto's SHA-256 over labelled bytes and canonical JSON (RFC 8785).
 */
import canonicalize from 'canonicalize'
import type { Answers } from '../wave.ts'

const text = new TextEncoder()

/** SHA-256("candor/receipt/1" ‖ serial ‖ nonce ‖ canonical JSON of { answers, group }), 32 bytes. */
export function receiptOf(
  serial: Uint8Array,
  nonce: Uint8Array,
  given: { answers: Answers; group: string | null },
): Promise<Uint8Array> {
  return hash('candor/receipt/1', serial, nonce, json({ answers: given.answers, group: given.group }))
}

/** SHA-256("candor/comment/1" ‖ nonce ‖ canonical JSON of { item, text }): without the serial, or anyone could try all pairs. */
export function commentReceiptOf(nonce: Uint8Array, comment: { item: string; text: string }): Promise<Uint8Array> {
  return hash('candor/comment/1', nonce, json({ item: comment.item, text: comment.text }))
}

async function hash(label: string, ...parts: Uint8Array[]): Promise<Uint8Array> {
  const all = [text.encode(label), ...parts]
  const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of all) {
    whole.set(part, at)
    at += part.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
}

function json(value: object): Uint8Array {
  return text.encode(canonicalize(value))
}

/** base64url without padding (RFC 4648). */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** @returns null for anything but base64url without padding in its one canonical form. */
export function fromBase64Url(encoded: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(encoded) || encoded.length % 4 === 1) return null
  const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(binary, character => character.charCodeAt(0))
  return toBase64Url(bytes) === encoded ? bytes : null
}
