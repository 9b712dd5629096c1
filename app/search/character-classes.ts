/** What a character is to the tokeniser, looked up in a table that fills itself. */
export const OTHER = 0
export const LOWER = 1
export const UPPER = 2
export const DIGIT = 3
/** Combining marks, which continue a word but never begin one. */
export const MARK = 4
/** Scripts that are written without spaces: every character is a word of its own. */
export const UNSPACED = 5

const UNKNOWN = 255
const table = new Uint8Array(0x10000).fill(UNKNOWN)
const astral = new Map<number, number>()

/** The class of the character that begins at `at`; half a surrogate pair is OTHER. */
export function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  const known = table[code]!
  if (known !== UNKNOWN) return known
  if (code < 0xd800 || code > 0xdfff) {
    table[code] = classify(String.fromCharCode(code))
    return table[code]!
  }
  const point = text.codePointAt(at)!
  if (point <= 0xffff) return OTHER
  let found = astral.get(point)
  if (found === undefined) {
    found = classify(String.fromCodePoint(point))
    astral.set(point, found)
  }
  return found
}

/** How many code units the character at `at` takes. */
export function widthAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xd800 && code <= 0xdbff && text.codePointAt(at)! > 0xffff ? 2 : 1
}

function classify(character: string): number {
  if (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u.test(
      character,
    )
  )
    return /[\p{L}\p{M}\p{N}]/u.test(character) ? UNSPACED : OTHER
  if (/\p{Lu}|\p{Lt}/u.test(character)) return UPPER
  if (/\p{L}/u.test(character)) return LOWER
  if (/\p{N}/u.test(character)) return DIGIT
  return /\p{M}/u.test(character) ? MARK : OTHER
}
