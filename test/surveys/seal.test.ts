/** Sealed natively, opened by the package: one standard, RFC 9180. */
import { createHmac } from 'node:crypto'
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeSealingKeys, openerOf, SIZE_CLASSES, seal } from '#app/surveys/casting/seal.server.ts'

it('opens any text that was sealed for this wave', async () => {
  const { privateKey, publicKey } = await makeSealingKeys()
  const open = await openerOf(privateKey, 'spring')
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 3000 }), async text => {
      expect(await open(seal(publicKey, 'spring', text))).toBe(text)
    }),
    { numRuns: 50 },
  )
})

it('opens nothing of another wave, with another key, or that was changed', async () => {
  const { privateKey, publicKey } = await makeSealingKeys()
  const sealed = seal(publicKey, 'spring', 'Said in confidence')
  expect(await (await openerOf(privateKey, 'autumn'))(sealed)).toBeNull()
  expect(await (await openerOf((await makeSealingKeys()).privateKey, 'spring'))(sealed)).toBeNull()
  const open = await openerOf(privateKey, 'spring')
  for (const at of [0, 40, 80, sealed.length - 1]) {
    const changed = Uint8Array.from(sealed)
    changed[at] = (changed[at] as number) ^ 1
    expect(await open(changed)).toBeNull()
  }
  expect(await open(new Uint8Array())).toBeNull()
  expect(await open(sealed)).toBe('Said in confidence')
})

it('gives the package’s own recipient what a sender of the package would', async () => {
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() })
  const { privateKey, publicKey } = await suite.kem.generateKeyPair()
  const point = new Uint8Array(await suite.kem.serializePublicKey(publicKey))
  const sealed = Uint8Array.from(seal(point, 'w', 'x'))
  const recipient = await suite.createRecipientContext({
    recipientKey: privateKey,
    enc: sealed.slice(0, 65).buffer,
    info: new TextEncoder().encode('candor/response/1 w').buffer,
  })
  const plain = Buffer.from(await recipient.open(sealed.slice(65).buffer))
  expect(plain.readUInt32BE()).toBe(1)
  expect(plain.subarray(4, 6)).toEqual(Buffer.from('x\0'))
})

it('has three sizes whatever is said, and never the same bytes twice', async () => {
  const { publicKey } = await makeSealingKeys()
  const sizeOf = (length: number) => seal(publicKey, 'w', 'x'.repeat(length)).length
  const over = sizeOf(0) - SIZE_CLASSES[0]
  for (const [length, size] of [
    [1, 2048],
    [2048, 2048],
    [2049, 8192],
    [8192, 8192],
    [8193, 32_768],
    [32_768, 32_768],
  ] as const)
    expect(sizeOf(length) - over).toBe(size)
  expect(() => sizeOf(32_769)).toThrow(RangeError)
  const marks = new Set(
    Array.from({ length: 50 }, () =>
      createHmac('sha256', 'k')
        .update(seal(publicKey, 'w', 'x'))
        .digest('hex'),
    ),
  )
  expect(marks.size).toBe(50)
})
