/**
 * The respondent's half of the blind signature (RFC 9474): makes a ballot that the server signs without seeing it.
 * The same code in browser and terminal; nothing here knows a person.
 */
import { RSABSSA } from '@cloudflare/blindrsa-ts'
import { fromBase64Url, toBase64Url } from '../casting/receipts.ts'

const suite = RSABSSA.SHA384.PSS.Randomized()

/** The right to respond once in a wave. All base64url: 32 bytes, 32 bytes, 256 bytes. */
export interface Ballot {
  wave: string
  serial: string
  prefix: string
  signature: string
}

/** A ballot on its way: kept until the signature has come, since the server signs one blinded message per person only. */
export interface UnsignedBallot {
  wave: string
  /** prefix ‖ serial: what is signed. */
  prepared: string
  blindedMessage: string
  /** Undoes the blinding. Whoever has it and the blinded message can tell whose ballot this is: forgotten at once after. */
  inverse: string
}

/** The key that the server sent is not the one that was promised, or cannot be what it should be. */
export class WrongKey extends Error {}

const EXPONENT = '1,0,1'

/**
 * Reads the wave's key and holds it against the fingerprint of charter and invitation.
 * @param publicKey SPKI DER in base64url.
 * @param fingerprint SHA-256 of that DER in hexadecimal.
 * @throws WrongKey for another fingerprint and for anything but RSA of 2048 bits with e = 65537.
 */
export async function readPublicKey(publicKey: string, fingerprint: string): Promise<CryptoKey> {
  const der = fromBase64Url(publicKey)
  if (!der) throw new WrongKey('The key is not base64url.')
  if ((await fingerprintOf(der)) !== fingerprint.toLowerCase())
    throw new WrongKey('The key does not have the fingerprint of the charter.')
  let key: CryptoKey
  try {
    key = await crypto.subtle.importKey('spki', der, { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify'])
  } catch {
    throw new WrongKey('The key is not an RSA key.')
  }
  const { modulusLength, publicExponent } = key.algorithm as RsaHashedKeyAlgorithm
  if (modulusLength !== 2048 || publicExponent.toString() !== EXPONENT)
    throw new WrongKey('The key is not RSA of 2048 bits with e = 65537.')
  return key
}

/** SHA-256 in hexadecimal. */
export async function fingerprintOf(der: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', der))
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** A new random ballot, blinded. */
export async function blindBallot(key: CryptoKey, wave: string): Promise<UnsignedBallot> {
  const serial = crypto.getRandomValues(new Uint8Array(32))
  const prepared = suite.prepare(serial)
  const { blindedMsg, inv } = await suite.blind(key, prepared)
  return {
    wave,
    prepared: toBase64Url(prepared),
    blindedMessage: toBase64Url(blindedMsg),
    inverse: toBase64Url(inv),
  }
}

/** Takes the blinding off and verifies what is left. @throws Error when the server's signature is not valid. */
export async function finishBallot(key: CryptoKey, unsigned: UnsignedBallot, blindSignature: string): Promise<Ballot> {
  const prepared = bytes(unsigned.prepared)
  const signature = await suite.finalize(key, prepared, bytes(blindSignature), bytes(unsigned.inverse))
  return {
    wave: unsigned.wave,
    serial: toBase64Url(prepared.slice(32)),
    prefix: toBase64Url(prepared.slice(0, 32)),
    signature: toBase64Url(signature),
  }
}

/** Whether this key signed this ballot. False for anything that is not of the right size. */
export async function isSigned(key: CryptoKey, ballot: Omit<Ballot, 'wave'>): Promise<boolean> {
  const serial = fromBase64Url(ballot.serial)
  const prefix = fromBase64Url(ballot.prefix)
  const signature = fromBase64Url(ballot.signature)
  if (serial?.length !== 32 || prefix?.length !== 32 || signature?.length !== 256) return false
  const prepared = new Uint8Array(64)
  prepared.set(prefix)
  prepared.set(serial, 32)
  return suite.verify(key, signature, prepared)
}

function bytes(encoded: string): Uint8Array<ArrayBuffer> {
  const decoded = fromBase64Url(encoded)
  if (!decoded) throw new Error('The answer is not base64url.')
  return decoded
}
