/**
 * Hands a forum's voter key from one process to another over the database's channel, never through its tables: the
 * asker sends a fresh public key (X25519), the holder answers with the voter key sealed to it (HKDF, AES-256-GCM).
 * Reading along tells nothing; only who can speak on the channel of the live database could ask as well.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { keyIdOf, type VoterKeys } from './voter-keys.server.ts'

/** A process that holds the key answers in a few milliseconds. */
const ANSWER_MS = 1_000
const IV_BYTES = 12
const TAG_BYTES = 16

interface Wanted {
  forum: string
  keyId: string
  to: string
}

interface Given extends Wanted {
  from: string
  sealed: string
}

export interface KeyMessage {
  wanted?: Wanted
  given?: Given
}

export interface KeyExchange {
  /** Whether some process has given the key. */
  ask(forum: string, keyId: string): Promise<boolean>
  /** What came over the channel and is meant for nobody else. */
  hear(message: KeyMessage): void
}

/** @param say speaks on the channel. */
export function createKeyExchange(voters: VoterKeys, say: (message: KeyMessage) => Promise<void>): KeyExchange {
  const waiting = new Map<string, { privateKey: KeyObject; settle: (isGiven: boolean) => void }>()

  function give({ forum, keyId, to }: Wanted): void {
    const key = voters.keyOf(forum, keyId)
    if (!key || waiting.has(to)) return
    const { publicKey, privateKey } = generateKeyPairSync('x25519')
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', sharedKey(privateKey, to), iv)
    const sealed = Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64url')
    say({ given: { forum, keyId, to, from: textOf(publicKey), sealed } }).catch(() => undefined)
  }

  function take({ forum, keyId, to, from, sealed }: Given): void {
    const asked = waiting.get(to)
    if (!asked) return
    const bytes = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', sharedKey(asked.privateKey, from), bytes.subarray(0, IV_BYTES))
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
    const key = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
    if (keyIdOf(key) !== keyId) return
    voters.adopt(forum, key)
    asked.settle(true)
  }

  return {
    async ask(forum, keyId) {
      const { publicKey, privateKey } = generateKeyPairSync('x25519')
      const to = textOf(publicKey)
      const answered = new Promise<boolean>(settle => {
        waiting.set(to, { privateKey, settle })
        setTimeout(() => settle(false), ANSWER_MS)
      })
      await say({ wanted: { forum, keyId, to } })
      return answered.finally(() => waiting.delete(to))
    },
    hear({ wanted, given }) {
      try {
        if (wanted) give(wanted)
        if (given) take(given)
      } catch {
        // Not from one of us.
      }
    },
  }
}

function sharedKey(privateKey: KeyObject, publicText: string): Buffer {
  const publicKey = createPublicKey({ key: Buffer.from(publicText, 'base64url'), format: 'der', type: 'spki' })
  return Buffer.from(hkdfSync('sha256', diffieHellman({ privateKey, publicKey }), '', 'candor voter key', 32))
}

function textOf(publicKey: KeyObject): string {
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64url')
}
