/**
 * Sealing responses on arrival (HPKE, RFC 9180: P-256, HKDF-SHA-256, AES-128-GCM), padded so that their size says
 * next to nothing. Opened once, at closing.
 */
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'

/** A sealed response has one of these sizes, and what the padding and the seal add. */
export const SIZE_CLASSES = [2048, 8192, 32_768] as const

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() })
/** Where the text begins: its length stands before it. */
const LENGTH_BYTES = 4
const POINT_BYTES = 65

export async function makeSealingKeys(): Promise<{ privateKey: Uint8Array; publicKey: Uint8Array }> {
  const { privateKey, publicKey } = await suite.kem.generateKeyPair()
  return {
    privateKey: new Uint8Array(await suite.kem.serializePrivateKey(privateKey)),
    publicKey: new Uint8Array(await suite.kem.serializePublicKey(publicKey)),
  }
}

const points = new WeakMap<Uint8Array, Promise<CryptoKey>>()

/** @throws RangeError for what is longer than the largest size class. */
export async function seal(publicKey: Uint8Array, wave: string, text: string): Promise<Uint8Array> {
  let recipientPublicKey = points.get(publicKey)
  if (!recipientPublicKey) {
    recipientPublicKey = suite.kem.deserializePublicKey(bufferOf(publicKey)) as Promise<CryptoKey>
    points.set(publicKey, recipientPublicKey)
  }
  const sender = await suite.createSenderContext({
    recipientPublicKey: await recipientPublicKey,
    info: infoOf(wave),
  })
  const sealed = new Uint8Array(await sender.seal(bufferOf(padded(text))))
  const whole = new Uint8Array(POINT_BYTES + sealed.length)
  whole.set(new Uint8Array(sender.enc))
  whole.set(sealed, POINT_BYTES)
  return whole
}

/** @returns a function that opens what was sealed for this wave, and null for what was not. */
export async function openerOf(
  privateKey: Uint8Array,
  wave: string,
): Promise<(sealed: Uint8Array) => Promise<string | null>> {
  const recipientKey = await suite.kem.deserializePrivateKey(bufferOf(privateKey))
  return async sealed => {
    try {
      const enc = bufferOf(sealed.subarray(0, POINT_BYTES))
      const recipient = await suite.createRecipientContext({ recipientKey, enc, info: infoOf(wave) })
      return unpadded(new Uint8Array(await recipient.open(bufferOf(sealed.subarray(POINT_BYTES)))))
    } catch {
      return null
    }
  }
}

function padded(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8')
  const size = SIZE_CLASSES.find(one => bytes.length <= one)
  if (size === undefined) throw new RangeError(`A response of ${bytes.length} bytes is too long to be sealed.`)
  const whole = Buffer.alloc(LENGTH_BYTES + size)
  whole.writeUInt32BE(bytes.length)
  bytes.copy(whole, LENGTH_BYTES)
  return whole
}

function unpadded(whole: Uint8Array): string {
  const buffer = Buffer.from(whole)
  return buffer.subarray(LENGTH_BYTES, LENGTH_BYTES + buffer.readUInt32BE()).toString('utf8')
}

/** Ties what is sealed to its wave and purpose. */
function infoOf(wave: string): ArrayBuffer {
  return bufferOf(new TextEncoder().encode(`candor/response/1 ${wave}`))
}

/** The bytes in a buffer of their own, which is what WebCrypto and the package take. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}
