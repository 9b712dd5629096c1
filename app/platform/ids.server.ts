import { createHash, randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'

/** A new identifier that sorts by the time of its making (RFC 9562, UUID version 7). */
export function newId(): string {
  return uuidv7()
}

/** A secret of 256 random bits for links and tokens, in base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256 in hexadecimal: how secrets are kept at rest. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
