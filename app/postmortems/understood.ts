/** What an import made of one document or row, and what it has to say about how. */
import { BadInput, type InputIssue } from '#app/platform/bad-input.ts'
import { checkRecord, type PostmortemRecord } from './record.ts'

export interface Understood {
  record: PostmortemRecord
  /** Guesses and whatever could not be taken over, in words. */
  notes: string[]
  /** Tags, categories and keywords as written: an editor decides whether they become themes. */
  suggestedThemes: { word: string }[]
  /** The external id of the record that this one repeats, when the source says so. */
  duplicateOf: string | null
  /** Where a row or JSON line stands in its file. */
  line: number | null
}

export interface UnderstandOptions {
  /** For 'more than a day in the future'. */
  now?: number
}

export const DAY_MS = 24 * 60 * 60 * 1000

/** A moment that can be one of ours: not before 1970, not more than a day ahead. */
export function isPlausible(iso: string, now: number): boolean {
  const time = Date.parse(iso)
  return time >= 0 && time <= now + DAY_MS
}

export function addSuggestions(understood: Understood, words: string[]): void {
  const known = new Set(understood.suggestedThemes.map(({ word }) => word.toLowerCase()))
  for (const word of words) {
    const key = word.toLowerCase()
    if (word === '' || known.has(key)) continue
    known.add(key)
    understood.suggestedThemes.push({ word })
  }
}

/** Text shown in a note: short, on one line, in quotes. */
export function quote(text: string, max = 80): string {
  const line = text
    .slice(0, max * 2)
    .replace(/\s+/g, ' ')
    .trim()
  return `"${line.length > max ? `${line.slice(0, max)}…` : line}"`
}

/**
 * The last word on limits and forms, whatever was read before.
 * @throws BadInput naming the field
 */
export function checked(understood: Understood): Understood {
  const result = checkRecord(understood.record)
  if (result.success) return { ...understood, record: result.data }
  const place = understood.line === null ? {} : { line: understood.line }
  const issues: InputIssue[] = result.error.issues.slice(0, 20).map(issue => ({
    ...place,
    column: issue.path
      .map(String)
      .join('.')
      .replace(/[A-Z]/g, c => `_${c.toLowerCase()}`),
    message:
      issue.code === 'too_big'
        ? `too long: at most ${Number(issue.maximum).toLocaleString('en-GB')} ${issue.origin === 'array' ? 'entries' : 'characters'}`
        : issue.message,
  }))
  throw new BadInput(issues)
}
