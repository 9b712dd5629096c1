/**
 * Votes without names: a voter is kept as a mark, an HMAC under a key of the forum that lives in memory alone, of this
 * process and of those on the same database that ask for it, and dies when the forum is finished. Each mark begins with
 * its key's id, so that nobody votes twice under two keys: the votes on an item are all under one, and whoever does not
 * hold it cannot add to them. When no process has it any more, they stand as they are; the next item starts anew.
 *
 * What remains: whoever reads the database, a backup or its log learns how many voted for what and when, and which votes
 * came from the same unnamed person. Whoever can also speak on the database's channel during the forum could ask for the
 * key as a process does, and whoever reads a process's memory has it.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { AppError } from '#app/platform/errors.ts'

export interface VoterKeys {
  /**
   * The same for the same person in the same forum, under the same key.
   * @param marks that it will stand beside. @throws UnknownVoterKey when they were made under a key that is not held.
   */
  mark(forumId: string, personId: string, marks: readonly string[]): string
  /** The forums that keys are held for. */
  forums(): string[]
  /** From here on nobody can tell whose votes they were. */
  forget(forumId: string): void
  /** Takes note that nobody has this key any more. */
  giveUp(keyId: string): void
  isLost(mark: string): boolean
  /** For others on this database, see voter-key-exchange.server.ts. */
  keyOf(forumId: string, keyId: string): Buffer | null
  adopt(forumId: string, key: Buffer): void
}

/** Another process may hold the key; where none does, the votes stand and cannot be changed. */
export class UnknownVoterKey extends AppError {
  constructor(readonly keyId: string) {
    super(
      'conflict',
      'Candor was started anew since the first vote on this item. The votes stand, and since nobody can tell any more whose they are, none can be added.',
    )
  }
}

export function createVoterKeys(): VoterKeys {
  /** Of each forum, the key for what has no votes yet first. */
  const keys = new Map<string, Buffer[]>()
  const lost = new Set<string>()

  const held = (forumId: string, keyId: string) => keys.get(forumId)?.find(key => keyIdOf(key) === keyId) ?? null

  function firstOf(forumId: string): Buffer {
    const known = keys.get(forumId) ?? [randomBytes(32)]
    keys.set(forumId, known)
    return known[0] as Buffer
  }

  return {
    mark(forumId, personId, marks) {
      const keyId = marks[0] === undefined ? null : keyIdIn(marks[0])
      const key = keyId === null ? firstOf(forumId) : held(forumId, keyId)
      if (!key) throw new UnknownVoterKey(keyId ?? '')
      return `${keyIdOf(key)}.${createHmac('sha256', key).update(personId).digest('base64url')}`
    },
    forums: () => [...keys.keys()],
    forget: forumId => void keys.delete(forumId),
    giveUp: keyId => void lost.add(keyId),
    isLost: mark => lost.has(keyIdIn(mark)),
    keyOf: held,
    adopt(forumId, key) {
      if (!held(forumId, keyIdOf(key))) keys.set(forumId, [...(keys.get(forumId) ?? []), key])
    },
  }
}

/** Says nothing of the key. */
export function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('voter key ').update(key).digest('base64url').slice(0, 10)
}

function keyIdIn(mark: string): string {
  return mark.split('.', 1)[0] as string
}
