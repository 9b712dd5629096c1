/** Looking into what somebody else's program sent: nothing there can be relied on to exist or to be what it should. */
import { cleanText } from '#app/platform/clean-text.ts'
import { parseInstant } from '#app/platform/parse-time.ts'

/** The value below these names, undefined when one of them is missing. */
export function valueAt(value: unknown, ...path: string[]): unknown {
  let found = value
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as Record<string, unknown>)[name]
  }
  return found
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The list below these names; empty when there is none. */
export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = valueAt(value, ...path)
  return Array.isArray(found) ? found : []
}

/** A text on one line of at most `limit` UTF-16 code units; null when there is none. */
export function lineAt(value: unknown, limit: number, ...path: string[]): string | null {
  const found = valueAt(value, ...path)
  if (typeof found !== 'string') return null
  const line = cleanText(found).text.replace(/\s+/g, ' ').trim()
  if (line.length <= limit) return line || null
  return `${cleanText(line.slice(0, limit - 1)).text}…`
}

/** A text with its lines, cut at `limit`; null when there is none. */
export function proseAt(value: unknown, limit: number, ...path: string[]): string | null {
  const found = valueAt(value, ...path)
  if (typeof found !== 'string') return null
  return cleanText(found.slice(0, limit)).text.trim() || null
}

/** Longest name of something elsewhere that is kept. */
const ID_LIMIT = 200

/** What something is called elsewhere, whether it is written as text or as a number; null when that cannot be kept. */
export function idAt(value: unknown, ...path: string[]): string | null {
  const found = valueAt(value, ...path)
  const text = typeof found === 'number' ? String(found) : typeof found === 'string' ? found.trim() : ''
  return text !== '' && text.length <= ID_LIMIT && cleanText(text).text === text && !text.includes('\n') ? text : null
}

/** A moment as UTC. Null when there is none, when it is year 1 (which programs write for 'none') or without a zone. */
export function momentAt(value: unknown, ...path: string[]): string | null {
  const found = valueAt(value, ...path)
  const parsed = typeof found === 'string' ? parseInstant(found) : null
  return parsed?.kind === 'instant' ? parsed.iso : null
}

/** An address of the web that can be kept; null for anything else. */
export function addressAt(value: unknown, ...path: string[]): string | null {
  const found = valueAt(value, ...path)
  if (typeof found !== 'string' || found.length > 2_000 || !/^https?:\/\//i.test(found) || !URL.canParse(found))
    return null
  return cleanText(found).text === found ? found : null
}
