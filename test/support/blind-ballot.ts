/** RFC 9474's client with OpenSSL and big integers: the same bytes as the package in the browser, many times faster. */
import { constants, createHash, createPublicKey, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto'

export interface BlindKey {
  key: KeyObject
  modulus: bigint
}

/** What a person holds before the server has signed. */
export interface BlindedBallot {
  serial: Uint8Array
  prefix: Uint8Array
  blindedMessage: Uint8Array
  /** @returns the signature of prefix ‖ serial. */
  unblind(blindSignature: Uint8Array): Uint8Array
}

const BYTES = 256
const SALT = 48
const HASH = 48

/** @param spki the public key of a wave, SPKI DER. */
export function readBlindKey(spki: Uint8Array): BlindKey {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  return { key, modulus: numberOf(Buffer.from(key.export({ format: 'jwk' }).n as string, 'base64url')) }
}

/** Randomized: 32 random bytes before the message (RFC 9474, 4.1 and 4.2). */
export function blindBallot({ key, modulus }: BlindKey): BlindedBallot {
  const serial = randomBytes(32)
  const prefix = randomBytes(32)
  const encoded = numberOf(encodePss(Buffer.concat([prefix, serial])))
  const factor = numberOf(randomBytes(BYTES)) % modulus
  const hidden = numberOf(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, bytesOf(factor)))
  const inverse = inverseOf(factor, modulus)
  return {
    serial,
    prefix,
    blindedMessage: bytesOf((encoded * hidden) % modulus),
    unblind: signature => bytesOf((numberOf(signature) * inverse) % modulus),
  }
}

/** EMSA-PSS with SHA-384 and a salt of 48 bytes for 2047 bits (RFC 8017, 9.1.1). */
function encodePss(message: Uint8Array): Buffer {
  const salt = randomBytes(SALT)
  const hash = sha384(Buffer.alloc(8), sha384(message), salt)
  const block = Buffer.alloc(BYTES - HASH - 1)
  block[block.length - SALT - 1] = 1
  salt.copy(block, block.length - SALT)
  const mask = maskOf(hash, block.length)
  for (const [at, byte] of mask.entries()) block[at] = (block[at] as number) ^ byte
  block[0] = (block[0] as number) & 0x7f
  return Buffer.concat([block, hash, Buffer.from([0xbc])])
}

function maskOf(seed: Buffer, length: number): Buffer {
  const parts: Buffer[] = []
  for (let count = 0; count * HASH < length; count++) parts.push(sha384(seed, Buffer.from([0, 0, 0, count])))
  return Buffer.concat(parts).subarray(0, length)
}

function sha384(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha384')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** By Euclid; a number without an inverse would have found a factor of the modulus. */
export function inverseOf(value: bigint, modulus: bigint): bigint {
  let [rest, last, coefficient, before] = [value, modulus, 1n, 0n]
  while (rest > 1n) {
    const quotient = last / rest
    ;[rest, last] = [last % rest, rest]
    ;[coefficient, before] = [before - quotient * coefficient, coefficient]
  }
  return ((coefficient % modulus) + modulus) % modulus
}

export function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

/** Big-endian, as long as the modulus unless told. */
export function bytesOf(value: bigint, length = BYTES): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex')
}
