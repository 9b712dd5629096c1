/** The keys by which people speak of incidents, such as INC-142. */

/** Longest key that is kept. */
export const KEY_LIMIT = 200

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
const NUMBERED = /^INC-([1-9]\d{0,8})$/i

/** What is wrong with a key; null when nothing is. */
export function complaintAboutKey(key: string): string | null {
  if (key.length > KEY_LIMIT) return `the key has ${key.length} characters; at most ${KEY_LIMIT} are kept`
  if (CONTROL.test(key)) return 'a key is one line without control characters'
  return null
}

/** Keys are compared with their ASCII letters in lower case, as both databases do it. */
export function lowerKey(key: string): string {
  return key.replace(/[A-Z]+/g, letters => letters.toLowerCase())
}

/** Gives out keys for incidents that came without one: INC- and the number after the highest in use. */
export class KeyNumbers {
  #last: number

  constructor(used: Iterable<string>) {
    this.#last = 0
    for (const key of used) this.#last = Math.max(this.#last, Number(NUMBERED.exec(key)?.[1] ?? 0))
  }

  next(): string {
    this.#last++
    return `INC-${this.#last}`
  }
}
