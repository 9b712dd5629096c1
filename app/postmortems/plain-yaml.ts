/**
 * Reads the small part of YAML that most front matter is made of, and all that Candor writes: keys with text, lists
 * and nested blocks, in linear time and a tenth of the time that a whole YAML parser needs. Whatever is not certain is
 * left to that parser: the answer is then undefined.
 */

type Value = string | Value[] | { [key: string]: Value }

class NotPlain extends Error {}

const KEY = /^([A-Za-z_][\w-]{0,79}):(?: +(.*))?$/

/** The block's keys and values, every scalar as text; undefined when it holds anything unusual. */
export function readPlainYaml(block: string): { [key: string]: Value } | undefined {
  const lines: Line[] = []
  for (const text of block.split('\n')) {
    if (text === '') continue
    let indent = 0
    while (text[indent] === ' ') indent++
    lines.push({ indent, text: text.slice(indent) })
  }
  try {
    const reader = new Reader(lines)
    const value = reader.mapping(0, 0)
    return reader.finished() ? value : undefined
  } catch (error) {
    if (error instanceof NotPlain || error instanceof SyntaxError) return undefined
    throw error
  }
}

interface Line {
  indent: number
  text: string
}

class Reader {
  #at = 0
  readonly #lines: Line[]

  constructor(lines: Line[]) {
    this.#lines = lines
  }

  finished(): boolean {
    return this.#at === this.#lines.length
  }

  mapping(indent: number, depth: number): { [key: string]: Value } {
    if (depth > 200) throw new NotPlain()
    const entries = new Map<string, Value>()
    for (let line = this.#lines[this.#at]; line && line.indent === indent; line = this.#lines[this.#at]) {
      const match = KEY.exec(line.text)
      if (!match || entries.has(match[1]!) || match[1] === '__proto__') throw new NotPlain()
      this.#at++
      entries.set(match[1]!, match[2] === undefined || match[2] === '' ? this.#below(indent, depth) : scalar(match[2]))
    }
    const next = this.#lines[this.#at]
    if (entries.size === 0 || (next && next.indent > indent)) throw new NotPlain()
    return Object.fromEntries(entries)
  }

  /** What follows a key without a value: a list, which may stand as far left as the key, or a deeper block. */
  #below(indent: number, depth: number): Value {
    const line = this.#lines[this.#at]
    if (line?.text.startsWith('- ') && line.indent >= indent) return this.#sequence(line.indent, depth)
    if (line && line.indent > indent) return this.mapping(line.indent, depth + 1)
    throw new NotPlain()
  }

  #sequence(indent: number, depth: number): Value[] {
    const items: Value[] = []
    for (
      let line = this.#lines[this.#at];
      line && line.indent === indent && line.text.startsWith('- ');
      line = this.#lines[this.#at]
    ) {
      const inner = line.text.slice(2)
      if (inner.startsWith(' ') || inner.startsWith('-')) throw new NotPlain()
      if (KEY.test(inner)) {
        this.#lines[this.#at] = { indent: indent + 2, text: inner }
        items.push(this.mapping(indent + 2, depth + 1))
      } else {
        this.#at++
        items.push(scalar(inner))
      }
    }
    const next = this.#lines[this.#at]
    if (next && next.indent > indent) throw new NotPlain()
    return items
  }
}

/** A JSON string, a list of these or of words on one line, or words that need no quotes. */
function scalar(text: string): Value {
  if (text.startsWith('"')) return jsonText(text)
  if (text.startsWith('[')) return flowList(text)
  return words(text)
}

function jsonText(text: string): string {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'string') throw new NotPlain()
  return value
}

function words(text: string): string {
  const plain = text.trimEnd()
  if (!/^[\p{L}\p{N}./(]/u.test(plain) || /[#\t]|:(?:\s|$)/.test(plain)) throw new NotPlain()
  return plain
}

function flowList(text: string): Value[] {
  if (text.includes('"')) {
    const value: unknown = JSON.parse(text)
    if (!Array.isArray(value) || !value.every(one => typeof one === 'string')) throw new NotPlain()
    return value as string[]
  }
  const end = text.trimEnd()
  if (!end.endsWith(']')) throw new NotPlain()
  const inner = end.slice(1, -1)
  if (inner.trim() === '' || /[[\]{}'"&*!|>%@`]/.test(inner)) throw new NotPlain()
  return inner.split(',').map(part => words(part.trim()))
}
