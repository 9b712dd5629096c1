/** Runs of letters and digits, and what joins one to the next. */
import { classAt, DIGIT, LOWER, MARK, UPPER, widthAt } from './character-classes.ts'

/** The end of a run of letters, digits and marks; an apostrophe between letters belongs to the word. */
export function runEnd(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const kind = classAt(text, at)
    if (kind >= LOWER && kind <= MARK) at += widthAt(text, at)
    else if (isApostrophe(text.charCodeAt(at)) && isLetterAt(text, at - 1) && isLetterAt(text, at + 1)) at++
    else break
  }
  return at
}

export function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019
}

export function isLetterAt(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false
  const kind = classAt(text, at)
  return kind === LOWER || kind === UPPER
}

/** Where the next run begins if it is joined to what ends at `end` (by `-`, `_`, `.`, `/`, `::`, `://` …), else -1. */
export function nextRun(text: string, end: number): number {
  let at = end
  const joint = text.charCodeAt(at)
  if (joint === 0x5f) while (text.charCodeAt(at) === 0x5f && at - end < 8) at++
  else if (joint === 0x3a) {
    at++
    if (text.startsWith(':', at)) at++
    else if (text.startsWith('//', at)) at += 2
  } else if (joint === 0x2d || joint === 0x2e || joint === 0x2f || joint === 0x5c || joint === 0x40) at++
  else return -1
  if (at >= text.length) return -1
  const kind = classAt(text, at)
  return kind >= LOWER && kind <= DIGIT ? at : -1
}
