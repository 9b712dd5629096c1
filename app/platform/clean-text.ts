/**
 * What may be stored: PostgreSQL cannot hold U+0000, no encoder can write half a surrogate pair, and control
 * characters hide things from people. Nothing else is changed; in particular no Unicode normalisation, so that names
 * stay as their owners write them.
 */

export interface CleanedText {
  text: string
  /** In words, for the report; empty when nothing was removed. Line ends are not mentioned. */
  notes: string[]
}

const UNCLEAN = /[\u0000-\u0008\u000b-\u001f]|\p{Surrogate}/u
/** Whether a text can be stored as it is; see {@link cleanText}. */
export function isClean(text: string): boolean {
  return !UNCLEAN.test(text)
}

const CONTROL = /[\u0001-\u0008\u000b\u000c\u000e-\u001f]/g
const LONE_SURROGATE = /\p{Surrogate}/gu

/** Carriage returns alone or before a line feed become line feeds. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

/** Line ends become \n; NUL, other control characters (but not \n and \t) and lone surrogates are taken out, said so. */
export function cleanText(text: string): CleanedText {
  if (!UNCLEAN.test(text)) return { text, notes: [] }
  const notes: string[] = []
  let clean = withLineFeeds(text)
  const remove = (pattern: RegExp, name: string): void => {
    const count = clean.match(pattern)?.length ?? 0
    if (count === 0) return
    clean = clean.replace(pattern, '')
    notes.push(`${count} ${count === 1 ? name : `${name}s`} taken out`)
  }
  remove(/\0/g, 'NUL character')
  remove(CONTROL, 'control character')
  remove(LONE_SURROGATE, 'lone surrogate')
  return { text: clean, notes }
}

const DEEPEST = 100

/** The same for every text within a JSON value, keys apart. What is nested deeper than anything of ours is left out. */
export function cleanValue(value: unknown): { value: unknown; notes: string[] } {
  const notes: string[] = []
  const clean = (part: unknown, depth: number): unknown => {
    if (depth > DEEPEST) return null
    if (typeof part === 'string') {
      const cleaned = cleanText(part)
      notes.push(...cleaned.notes)
      return cleaned.text
    }
    if (Array.isArray(part)) return part.map(one => clean(one, depth + 1))
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, clean(one, depth + 1)]))
  }
  return { value: clean(value, 0), notes }
}
