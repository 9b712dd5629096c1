/** A ballot as one line of text: for a file, the clipboard, a link or a QR code. With a checksum, since lines get cut. */
import { fromBase64Url, toBase64Url } from '../casting/receipts.ts'
import type { Ballot } from './ballot.ts'

/** serial 32, prefix 32, signature 256, checksum 4. */
const LENGTHS = [32, 32, 256] as const
const CHECKSUM = 4
const SIZE = 324

/** `candor1.<wave>.` and 432 characters of base64url. */
export async function encodeBallot(ballot: Ballot): Promise<string> {
  const whole = new Uint8Array(SIZE)
  let at = 0
  for (const [index, part] of [ballot.serial, ballot.prefix, ballot.signature].entries()) {
    const bytes = fromBase64Url(part)
    if (bytes === null || bytes.length !== LENGTHS[index]) throw new RangeError('This is not a whole ballot.')
    whole.set(bytes, at)
    at += bytes.length
  }
  whole.set(await checksum(ballot.wave, whole.subarray(0, at)), at)
  return `candor1.${ballot.wave}.${toBase64Url(whole)}`
}

/**
 * Finds a ballot in what somebody pasted: the code alone, a link that carries it, or a file with words around it, broken
 * into lines and quoted by mail programs as it may be.
 * @returns null where there is none, or where a character was lost or changed.
 */
export async function decodeBallot(text: string): Promise<Ballot | null> {
  const match = /candor1\.([a-z0-9-]{1,200})\.([\w-]{432})/.exec(text.replace(/[\s>]+/g, ''))
  const [, wave, encoded] = match ?? []
  const whole = encoded === undefined ? null : fromBase64Url(encoded)
  if (!wave || !whole) return null
  const body = whole.slice(0, SIZE - CHECKSUM)
  if (toBase64Url(await checksum(wave, body)) !== toBase64Url(whole.slice(SIZE - CHECKSUM))) return null
  return {
    wave,
    serial: toBase64Url(body.slice(0, 32)),
    prefix: toBase64Url(body.slice(32, 64)),
    signature: toBase64Url(body.slice(64)),
  }
}

/** The address that brings a ballot into another browser. What follows # is never sent to a server. */
export function ballotLink(origin: string, code: string, wave: string): string {
  return `${origin}/respond/${wave}#ballot=${code}`
}

async function checksum(wave: string, body: Uint8Array): Promise<Uint8Array> {
  const label = new TextEncoder().encode(`candor/ballot/1${wave}`)
  const all = new Uint8Array(label.length + body.length)
  all.set(label)
  all.set(body, label.length)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all)).slice(0, CHECKSUM)
}
