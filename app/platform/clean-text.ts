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
const CONTROL = /[\u0001-\u0008\u000b\u000c\u000e-\u001f]/g
const LONE_SURROGATE = /\p{Surrogate}/gu

/** Line ends become \n; NUL, other control characters (but not \n and \t) and lone surrogates are taken out, said so. */
export function cleanText(text: string): CleanedText {
  if (!UNCLEAN.test(text)) return { text, notes: [] }
  const notes: string[] = []
  let clean = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
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
