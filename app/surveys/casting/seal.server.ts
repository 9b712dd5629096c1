/**
 * Sealing responses on arrival (HPKE, RFC 9180: P-256, HKDF-SHA-256, AES-128-GCM), padded so that their size says
 * next to nothing. Sealed natively, in a fifth of the time that the package takes; opened once, at closing, by the
 * package itself, so that the two are held against each other with every response.
 */
import { createCipheriv, createECDH, createHmac } from 'node:crypto'
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

/** Of RFC 9180: DHKEM(P-256, HKDF-SHA256) alone, and with HKDF-SHA256 and AES-128-GCM. */
const KEM_SUITE = Buffer.from([...Buffer.from('KEM'), 0, 0x10])
const WHOLE_SUITE = Buffer.from([...Buffer.from('HPKE'), 0, 0x10, 0, 1, 0, 1])
const NOTHING = Buffer.alloc(0)

/**
 * Seals in base mode (RFC 9180, sections 4.1, 5.1.1 and 5.2), with a key of its own for each text.
 * @param publicKey the recipient's point, uncompressed.
 * @returns the encapsulated point and the ciphertext.
 * @throws RangeError for what is longer than the largest size class.
 */
export function seal(publicKey: Uint8Array, wave: string, text: string): Uint8Array {
  const plain = padded(text)
  const own = createECDH('prime256v1')
  const point = own.generateKeys()
  const shared = expand(
    KEM_SUITE,
    extract(KEM_SUITE, NOTHING, 'eae_prk', own.computeSecret(publicKey)),
    'shared_secret',
    Buffer.concat([point, publicKey]),
    32,
  )
  const context = Buffer.concat([
    Buffer.from([0]),
    extract(WHOLE_SUITE, NOTHING, 'psk_id_hash', NOTHING),
    extract(WHOLE_SUITE, NOTHING, 'info_hash', infoOf(wave)),
  ])
  const secret = extract(WHOLE_SUITE, shared, 'secret', NOTHING)
  const key = expand(WHOLE_SUITE, secret, 'key', context, 16)
  const cipher = createCipheriv('aes-128-gcm', key, expand(WHOLE_SUITE, secret, 'base_nonce', context, 12))
  return Buffer.concat([point, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** LabeledExtract of RFC 9180, section 4. */
function extract(suiteId: Buffer, salt: Buffer, label: string, secret: Uint8Array): Buffer {
  return createHmac('sha256', salt).update('HPKE-v1').update(suiteId).update(label).update(secret).digest()
}

/** LabeledExpand of RFC 9180, section 4, for at most one block. */
function expand(suiteId: Buffer, key: Buffer, label: string, info: Buffer, length: number): Buffer {
  return createHmac('sha256', key)
    .update(Buffer.from([0, length]))
    .update('HPKE-v1')
    .update(suiteId)
    .update(label)
    .update(info)
    .update(Buffer.from([1]))
    .digest()
    .subarray(0, length)
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
      const recipient = await suite.createRecipientContext({ recipientKey, enc, info: bufferOf(infoOf(wave)) })
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
function infoOf(wave: string): Uint8Array {
  return Buffer.from(`candor/response/1 ${wave}`)
}

/** The bytes in a buffer of their own, which is what WebCrypto and the package take. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}
