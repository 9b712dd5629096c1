/** The YAML or TOML block at the top of a document. Scalars stay text, so that '1e3', 'no' and '2020-01-01' are kept. */
import { parse as parseToml } from 'smol-toml'
import { parse as parseYaml } from 'yaml'
import { readPlainYaml } from './plain-yaml.ts'

export interface FrontMatter {
  /** Keys as written, in their order; values are text, lists and objects of these. Null without front matter. */
  fields: [string, unknown][] | null
  body: string
  /** Why the block could not be read; it is then part of `body`. */
  problem: string | null
}

/** More than this is data, not front matter; a document that Candor wrote may have as much as it needs. */
const SIZE_LIMIT = 64 * 1024
const CANDOR_SIZE_LIMIT = 4 * 1024 * 1024

/** Parts a document from its front matter. Never throws: a block that cannot be read is text like any other. */
export function splitFrontMatter(text: string): FrontMatter {
  const none = { fields: null, body: text, problem: null }
  const mark = text.startsWith('---') ? '---' : text.startsWith('+++') ? '+++' : null
  const firstEnd = text.indexOf('\n')
  if (mark === null || firstEnd < 0 || text.slice(0, firstEnd).trimEnd() !== mark) return none
  const end = findEnd(text, firstEnd, mark)
  if (end === null) {
    const looksLikeKeys = /^[\w-]{1,40}\s?[:=]/.test(text.slice(firstEnd + 1, firstEnd + 60))
    return looksLikeKeys ? { ...none, problem: 'it is never closed' } : none
  }
  const block = text.slice(firstEnd + 1, end.start)
  const byCandor = /^candor: ?1\s/.test(block.slice(0, 20))
  if (block.length > (byCandor ? CANDOR_SIZE_LIMIT : SIZE_LIMIT)) return { ...none, problem: 'it is too long' }
  const twice = mark === '---' ? keyGivenTwice(block) : null
  if (twice) return { ...none, problem: `the key ${twice} is there twice` }
  try {
    const value: unknown = mark === '---' ? (readPlainYaml(block) ?? parseYaml(block, YAML_OPTIONS)) : parseToml(block)
    if (value === null || block.trim() === '') return { fields: [], body: text.slice(end.next), problem: null }
    // A rule, a line of text and another rule: no front matter at all.
    if (typeof value !== 'object' || Array.isArray(value)) return none
    return { fields: Object.entries(value), body: text.slice(end.next), problem: null }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]!.replace(/[.:]$/, '') : 'unknown reason'
    return { ...none, problem: reason.slice(0, 200) }
  }
}

/** `uniqueKeys` would compare every key with every other; that is done below, once for each key. */
const YAML_OPTIONS = {
  schema: 'failsafe',
  maxAliasCount: 20,
  uniqueKeys: false,
  logLevel: 'error',
  prettyErrors: false,
} as const

function keyGivenTwice(block: string): string | null {
  const seen = new Set<string>()
  for (const match of block.matchAll(/^([\w.-]{1,80})\s?:(?=\s|$)/gm)) {
    if (seen.has(match[1]!)) return match[1]!
    seen.add(match[1]!)
  }
  return null
}

/** The line that closes the block: the same mark, or `...` in YAML. */
function findEnd(text: string, from: number, mark: string): { start: number; next: number } | null {
  let at = from
  while (at >= 0) {
    const lineEnd = text.indexOf('\n', at + 1)
    const end = lineEnd < 0 ? text.length : lineEnd
    if (text.startsWith(mark, at + 1) || (mark === '---' && text.startsWith('...', at + 1))) {
      const line = text.slice(at + 1, end).trimEnd()
      if (line.length === 3) return { start: at + 1, next: Math.min(end + 1, text.length) }
    }
    at = lineEnd
  }
  return null
}

/** A value as text, if it is a single one: text, a number, a truth value, a date. */
export function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  return null
}

/** A list of single values as texts; one value is a list of one. Null when there is anything else in it. */
export function textList(value: unknown): string[] | null {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) {
    const text = scalarText(value)
    return text === null ? null : [text]
  }
  const texts = value.map(scalarText)
  return texts.every(text => text !== null) ? (texts as string[]) : null
}
