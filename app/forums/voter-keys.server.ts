/** Votes without names: the voter is kept as an HMAC under a key that lives in this process's memory alone. */
import { createHmac, randomBytes } from 'node:crypto'

export interface VoterKeys {
  /** The same for the same person in the same forum, until the key is gone. */
  voter(forumId: string, personId: string): string
  /** From here on nobody can tell whose votes they were. */
  forget(forumId: string): void
}

export function createVoterKeys(): VoterKeys {
  const keys = new Map<string, Buffer>()
  return {
    voter(forumId, personId) {
      const key = keys.get(forumId) ?? randomBytes(32)
      keys.set(forumId, key)
      return createHmac('sha256', key).update(personId).digest('base64url')
    },
    forget: forumId => void keys.delete(forumId),
  }
}
