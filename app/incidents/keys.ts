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

/** The highest n of the keys that are `INC-n`; 0 when there is none. */
export function highestNumber(keys: Iterable<string>): number {
  let highest = 0
  for (const key of keys) highest = Math.max(highest, Number(NUMBERED.exec(key)?.[1] ?? 0))
  return highest
}

/** The key that the house gives to an incident that came without one. */
export function numberedKey(n: number): string {
  return `INC-${n}`
}
