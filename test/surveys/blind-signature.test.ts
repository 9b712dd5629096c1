/** Signing and verifying natively, held against RFC 9474's own vector and the package of its authors. */
import { constants, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { RSABSSA } from '@cloudflare/blindrsa-ts'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { blindSign, isBlindedMessage, isSigned, isValidBallot } from '#app/surveys/casting/blind-signature.server.ts'
import { makeKeys, modulusOf } from '#app/surveys/wave-keys.server.ts'
import { bytesOf, inverseOf, numberOf } from '#test/support/blind-ballot.ts'
import { blind } from '#test/support/survey-client.ts'
import vector from '../fixtures/rfc9474.json' with { type: 'json' }

const suite = RSABSSA.SHA384.PSS.Randomized()
const RSA_PSS = { name: 'RSA-PSS', hash: 'SHA-384' }

describe('the vector of RFC 9474, appendix A, RSABSSA-SHA384-PSS-Randomized', () => {
  const { signing, verifying } = keyOf(vector.p, vector.q)
  const bytes = (hex: string) => Buffer.from(hex, 'hex')
  const message = bytes(vector.msgPrefix + vector.msg)

  it('signs the blinded message as the RFC says', () => {
    expect(blindSign(signing, verifying, bytes(vector.blindedMsg)).toString('hex')).toBe(vector.blindSig)
  })

  it('accepts its signature, for that message alone', () => {
    expect(isSigned(verifying, message, bytes(vector.sig))).toBe(true)
    expect(isSigned(verifying, bytes(vector.msg), bytes(vector.sig))).toBe(false)
    expect(isSigned(verifying, message, bytes(vector.blindSig))).toBe(false)
  })

  it('comes out of the package alike', async () => {
    const publicKey = await webKeyOf(verifying)
    const signature = await suite.finalize(publicKey, message, bytes(vector.blindSig), bytes(vector.inv))
    expect(Buffer.from(signature).toString('hex')).toBe(vector.sig)
  })
})

describe('a wave’s own key', () => {
  let signing: KeyObject
  let verifying: KeyObject
  let spki: string
  beforeAll(async () => {
    const made = await makeKeys()
    signing = createPrivateKey({ key: Buffer.from(made.secrets.signing, 'base64url'), format: 'der', type: 'pkcs8' })
    verifying = createPublicKey(signing)
    spki = made.publicKey
  })

  it('is RSA of 2048 bits with the exponent 65537', () => {
    expect(verifying.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65537n })
    expect(modulusOf(verifying).toString(2)).toHaveLength(2048)
  })

  it('signs byte for byte as the package does, and what the package finalises is a ballot', async () => {
    const privateKey = await crypto.subtle.importKey(
      'pkcs8',
      signing.export({ type: 'pkcs8', format: 'der' }),
      RSA_PSS,
      true,
      ['sign'],
    )
    const publicKey = await webKeyOf(verifying)
    for (let n = 0; n < 3; n++) {
      const serial = crypto.getRandomValues(new Uint8Array(32))
      const prepared = suite.prepare(serial)
      const { blindedMsg, inv } = await suite.blind(publicKey, prepared)
      const native = blindSign(signing, verifying, blindedMsg)
      expect(native).toEqual(Buffer.from(await suite.blindSign(privateKey, blindedMsg)))
      const signature = await suite.finalize(publicKey, prepared, native, inv)
      expect(isValidBallot(verifying, { serial, prefix: prepared.subarray(0, 32), signature })).toBe(true)
    }
  })

  it('agrees with the package on any number it may sign', async () => {
    const privateKey = await crypto.subtle.importKey(
      'pkcs8',
      signing.export({ type: 'pkcs8', format: 'der' }),
      RSA_PSS,
      true,
      ['sign'],
    )
    const modulus = modulusOf(verifying)
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 2n, max: modulus - 2n }), async m => {
        const message = bytesOf(m)
        expect(isBlindedMessage(message, modulus)).toBe(true)
        expect(blindSign(signing, verifying, message)).toEqual(Buffer.from(await suite.blindSign(privateKey, message)))
      }),
      { numRuns: 5 },
    )
  })

  it('signs nothing but 256 bytes with 1 < m < n − 1', () => {
    const modulus = modulusOf(verifying)
    for (const m of [0n, 1n, modulus - 1n, modulus, modulus + 1n, (1n << 2048n) - 1n])
      expect(isBlindedMessage(bytesOf(m), modulus)).toBe(false)
    for (const m of [2n, modulus - 2n]) expect(isBlindedMessage(bytesOf(m), modulus)).toBe(true)
    for (const length of [0, 1, 255, 257, 512]) expect(isBlindedMessage(Buffer.alloc(length, 1), modulus)).toBe(false)
  })

  it('gives nothing out that the public key does not undo', async () => {
    const other = createPublicKey({
      key: Buffer.from((await makeKeys()).publicKey, 'base64url'),
      format: 'der',
      type: 'spki',
    })
    expect(() => blindSign(signing, other, bytesOf(12345n))).toThrow()
  })

  it('knows ballots by prefix, serial and a salt of 48 bytes', () => {
    const ballot = blind(spki)
    const made = ballot.finalise(blindSign(signing, verifying, Buffer.from(ballot.blindedMessage, 'base64url')))
    const { serial, prefix, signature } = Object.fromEntries(
      Object.entries(made).map(([name, text]) => [name, Buffer.from(text, 'base64url')]),
    ) as Record<'serial' | 'prefix' | 'signature', Buffer>
    expect(isValidBallot(verifying, { serial, prefix, signature })).toBe(true)
    expect(isValidBallot(verifying, { serial: prefix, prefix: serial, signature })).toBe(false)
    expect(isValidBallot(verifying, { serial: serial.subarray(1), prefix, signature })).toBe(false)
    expect(isValidBallot(verifying, { serial, prefix, signature: signature.subarray(1) })).toBe(false)
    const longer = bytesOf(numberOf(signature) + modulusOf(verifying), 257)
    expect(isValidBallot(verifying, { serial, prefix, signature: longer })).toBe(false)
    for (const saltLength of [0, 32]) {
      const key = { key: signing, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
      const otherSalt = sign('sha384', Buffer.concat([prefix, serial]), key)
      expect(isValidBallot(verifying, { serial, prefix, signature: otherSalt })).toBe(false)
    }
  })
})

function webKeyOf(key: KeyObject): Promise<CryptoKey> {
  return crypto.subtle.importKey('spki', key.export({ type: 'spki', format: 'der' }), RSA_PSS, true, ['verify'])
}

/** The key with these primes, in hexadecimal, and the exponent 65537. */
function keyOf(p: string, q: string): { signing: KeyObject; verifying: KeyObject } {
  const [first, second, e] = [BigInt(`0x${p}`), BigInt(`0x${q}`), 65537n]
  const d = inverseOf(e, (first - 1n) * (second - 1n))
  const number = (value: bigint) => {
    const hex = value.toString(16)
    return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url')
  }
  const jwk = {
    kty: 'RSA',
    n: number(first * second),
    e: number(e),
    d: number(d),
    p: number(first),
    q: number(second),
    dp: number(d % (first - 1n)),
    dq: number(d % (second - 1n)),
    qi: number(inverseOf(second, first)),
  }
  const signing = createPrivateKey({ key: jwk, format: 'jwk' })
  return { signing, verifying: createPublicKey(signing) }
}
