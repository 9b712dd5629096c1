/**
 * `[name]: address` lines serve a whole document. Its parts are stored and shown one by one, so every part gets the
 * definitions that it uses: one-line texts with the address put in, longer ones with the definition added at the end.
 */
import { closesFence, DEFINITION, fenceOf, isDefinition } from './markdown-blocks.ts'

export interface Definition {
  label: string
  address: string
  /** As written, with its indented continuation lines. */
  lines: string[]
}

export type Definitions = Map<string, Definition>

/** The name that a definition line defines, as references are compared with it. */
export function definitionKey(line: string): string | null {
  const match = isDefinition(line) ? DEFINITION.exec(line) : null
  return match ? keyOf(match[1]!) : null
}

/** All link and footnote definitions outside code; the first of a name counts. */
export function collectDefinitions(lines: string[]): Definitions {
  const found: Definitions = new Map()
  let fence: string | null = null
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if (fence !== null) {
      if (closesFence(line, fence)) fence = null
      continue
    }
    const opening = fenceOf(line)
    if (opening) {
      fence = opening.mark
      continue
    }
    if (!isDefinition(line)) continue
    const match = DEFINITION.exec(line)!
    const definition: Definition = { label: match[1]!, address: addressOf(match[2] ?? ''), lines: [line] }
    while (at + 1 < lines.length && /^(?: {4}|\t)\s{0,40}\S/.test(lines[at + 1]!)) definition.lines.push(lines[++at]!)
    const key = keyOf(definition.label)
    if (!found.has(key)) found.set(key, definition)
  }
  return found
}

function addressOf(text: string): string {
  const end = text.startsWith('<') ? text.indexOf('>') + 1 : text.search(/\s/)
  const address = end > 0 ? text.slice(0, end) : text
  return address.startsWith('<') && address.endsWith('>') ? address.slice(1, -1) : address
}

/** `[words][name]`, `[name][]` and `[name]` become `[words](address)`. Footnotes stay. */
export function inlineDefinitions(text: string, definitions: Definitions, used: Set<string>): string {
  if (definitions.size === 0 || !text.includes(']')) return text
  let out = ''
  let from = 0
  for (const reference of referencesIn(text)) {
    const key = keyOf(reference.label)
    const definition = definitions.get(key)
    if (!definition || key.startsWith('^') || definition.address === '' || reference.start < from) continue
    used.add(key)
    const address = /[\s()]/.test(definition.address) ? `<${definition.address}>` : definition.address
    out += `${text.slice(from, reference.start)}[${reference.words}](${address})`
    from = reference.end
  }
  return out + text.slice(from)
}

/** Adds the definitions that a text uses and does not have. */
export function appendDefinitions(text: string, definitions: Definitions): string {
  if (definitions.size === 0 || !text.includes(']')) return text
  const own = collectDefinitions(text.split('\n'))
  const missing = new Map<string, Definition>()
  for (const { label } of referencesIn(text)) {
    const key = keyOf(label)
    const definition = definitions.get(key)
    if (definition && !own.has(key)) missing.set(key, definition)
  }
  if (missing.size === 0) return text
  return `${text.trimEnd()}\n\n${[...missing.values()].flatMap(definition => definition.lines).join('\n')}`
}

/** The lookups `[…]` in a text that are not inline links; each character is looked at once. */
function* referencesIn(text: string): Generator<{ start: number; end: number; words: string; label: string }> {
  let from = 0
  for (let close = text.indexOf(']'); close >= 0; close = text.indexOf(']', from)) {
    const open = text.slice(from, close).lastIndexOf('[')
    const start = from + open
    from = close + 1
    if (open < 0 || close - start > 400) continue
    const words = text.slice(start + 1, close)
    const next = text[close + 1]
    if (next === '(') continue
    if (next === '[') {
      const second = text.indexOf(']', close + 2)
      if (second > 0 && second - close < 400) {
        from = second + 1
        yield { start, end: second + 1, words, label: text.slice(close + 2, second) || words }
        continue
      }
    }
    yield { start, end: close + 1, words, label: words }
  }
}

function keyOf(label: string): string {
  return label.trim().toLowerCase().replace(/\s+/g, ' ')
}
