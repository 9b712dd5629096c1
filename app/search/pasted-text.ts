/**
 * Reads what people paste when something breaks: stack traces, log lines, alerts, JSON. Tells it from a query, and
 * finds what may be searched for in it: names of errors, codes, services, functions of one's own code, the words of
 * messages. Of these `read-paste.server.ts` takes what tells most.
 */
import { isForeign, KEYS_WITHOUT_MEANING, LOG_WORDS, withoutNoise } from './pasted-noise.ts'

export type PastedKind = 'stack trace' | 'alert' | 'log' | 'text'

export interface PastedTerm {
  /** As it was written; one word of the query language. */
  text: string
  /** How much it tells by where and what it is; how rare it is comes on top. */
  weight: number
}

export const LONGEST_PASTE = 20_000
/** A longer line is nothing that somebody typed. */
const LONGEST_TYPED = 1_000
const MOST_FRAMES = 6
const MOST_TERMS = 200

/** What a term is, as a factor. */
const WEIGHTS = { error: 3, code: 2.5, name: 2, function: 1, message: 1.5, word: 1 }

const FRAMES: readonly RegExp[] = [
  // Java, Kotlin, Scala: at a.b.Class.method(File.java:12)
  /\bat ((?:[\w$]{1,80}[./]){1,20}[\w$<>]{1,80})\(([^()\s]{0,120})\)/g,
  // JavaScript: at Class.method (/path/file.js:12:3), at /path/file.js:12:3
  /\bat (?:(?:async |new )?([\w$.<>[\] ]{1,120}) \()?((?:file:\/\/|node:|\/|[A-Z]:\\|\.\/|https?:\/\/|webpack)[^\s():]{1,300}):\d{1,7}(?::\d{1,7})?\)?/g,
  // Python: File "/path/file.py", line 12, in method
  /File "([^"\n]{1,300})", line \d{1,7}(?:, in ([\w<>.]{1,120}))?/g,
  // .NET: at Space.Class.Method(Type name) in C:\file.cs:line 12
  /\bat ((?:[\w`]{1,80}\.){1,12}[\w`]{1,80})\([^()\n]{0,300}\)(?: in ([^\n]{1,300}?):line \d{1,7})?/g,
  // Ruby: /path/file.rb:12:in 'method'
  /(?<![\w./-])([\w./-]{1,300}\.rb):\d{1,7}:in [`'"]([\w.#?! ]{1,120})['"]/g,
  // PHP: #0 /path/file.php(12): Class->method()
  /#\d{1,3} ([^\s()]{1,300}\.php)\(\d{1,7}\): ([\w\\>:-]{1,160})\(/g,
  // Go: /path/file.go:12, after the function on the line before: package.(*Type).method(0x0)
  /^([\w./-]{1,160}(?:\(\*?\w{1,80}\))?\.[\w.]{1,80})\([^()\n]{0,300}\)\n\s+(\/[^\s:]{1,300}\.go):\d{1,7}/gm,
  // Rust: 12: module::function, at ./src/file.rs:12
  /^\s{0,8}\d{1,4}: ((?:[\w<>]{1,80}::){1,12}[\w<>{}]{1,80})(?:\n\s+at ([^\s:]{1,300}))?/gm,
]
const FILE_FIRST = /^(?:File "|[\w./-]+\.rb:|#\d)/

const ERROR_NAME =
  /\b(?:[a-z_][\w$]{0,60}[.:]{1,2}){0,12}([A-Z][\w$]{2,80}(?:Exception|Error|Fault|Failure|Timeout|Violation))\b/g
/** ECONNRESET, ORA-00060, E11000, SQLSTATE 40P01, HRESULTs, states of HTTP that say that something failed. */
const CODES: readonly RegExp[] = [
  /\b(E[A-Z]{4,20})\b/g,
  /\b((?:[A-Z]{1,10}[-_]?)\d{3,7}[A-Z]?)\b/g,
  /\b(0x[0-9a-fA-F]{8})\b/g,
  /(?:SQLSTATE|errno|ERROR|code|exit code)[\s:=[("']{1,3}([0-9A-Z]{4,6})\b/g,
  /(?:HTTP(?:\/\d(?:\.\d)?)?|status(?:[ _]?code)?|returned|response|error)[\s:=("']{1,4}([45]\d\d)\b/gi,
]
const JOINED = /(?<![\p{L}\p{N}])[\p{L}\p{N}]{1,64}(?:[._/-]{1,2}[\p{L}\p{N}]{1,64}){1,12}/gu
const CAMEL = /\b[A-Za-z]?[a-z]+(?:[A-Z][a-z0-9]+){1,12}\b|\b(?:[A-Z][a-z0-9]+){2,12}\b/g
const PLAIN = /(?<!\p{L})\p{L}[\p{L}\p{M}]{2,39}/gu

const LEVEL_FIRST =
  /^\W{0,3}(?:FATAL|ERROR|WARN(?:ING)?|CRITICAL|CRIT|ALERT|PANIC|SEVERE|Uncaught|Unhandled|Traceback|panic|Exception in thread|Caused by)\b.{0,40}?[:\]]/
const TIME_FIRST = /^\W{0,2}(?:\d{4}[-/]\d{2}[-/]\d{2}[T _]\d{2}:\d{2}|[A-Z][a-z]{2}\s{1,2}\d{1,2} \d{2}:\d{2}:\d{2})/
const ERROR_WITH_MESSAGE = /(?:^|[\s.])[A-Z]\w{2,80}(?:Exception|Error): \S/
const KEY_VALUE = /(?:^|\s)[a-z_.]{1,40}=(?:"|[^\s="]{1,200}(?:\s|$))/g

/** What a pasted text is; null for a query that somebody typed. */
export function pastedKind(text: string): PastedKind | null {
  const source = text.trim().slice(0, LONGEST_PASTE)
  if (!source) return null
  if (takeFrames(source).frames.length > 0) return 'stack trace'
  const lines = source.split('\n').filter(line => line.trim())
  const isJson = /^[[{]/.test(source) && /"\s{0,3}:/.test(source)
  if (isJson && /"(?:alertname|alerts|startsAt|incident_key|alert)"/.test(source)) return 'alert'
  if (isJson) return 'log'
  const first = lines[0]!.trim()
  if (TIME_FIRST.test(first) || LEVEL_FIRST.test(first) || ERROR_WITH_MESSAGE.test(source)) return 'log'
  if ((source.match(KEY_VALUE)?.length ?? 0) >= 3) return 'log'
  if (/^\W{0,3}\[?(?:FIRING|RESOLVED|TRIGGERED)\b/i.test(first) && lines.length + first.length > 20) return 'alert'
  return lines.length > 1 || source.length > LONGEST_TYPED ? 'text' : null
}

/** What may be searched for, each once, in the order in which it is met; nothing that an operator could be made of. */
export function pastedTerms(text: string): PastedTerm[] {
  const found = new Map<string, PastedTerm>()
  const add = (word: string | undefined, weight: number): void => {
    const clean = word?.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '') ?? ''
    if (clean.length < 3 || clean.length > 80 || found.size >= MOST_TERMS) return
    const key = clean.toLowerCase()
    if (LOG_WORDS.has(key)) return
    const before = found.get(key)
    if (!before) found.set(key, { text: clean, weight })
    else if (before.weight < weight) before.weight = weight
  }
  const source = wordsOfJson(text.trim().slice(0, LONGEST_PASTE))
  for (const match of source.matchAll(ERROR_NAME)) add(match[1]?.split('$').at(-1), WEIGHTS.error)
  const { frames, others } = takeFrames(source)
  const rest = withoutNoise(others)
  for (const pattern of CODES) for (const match of rest.matchAll(pattern)) add(match[1], WEIGHTS.code)
  for (const [name] of rest.matchAll(JOINED)) if (/\p{L}{2}/u.test(name)) addJoined(name, add)
  for (const [name] of rest.matchAll(CAMEL)) add(name, WEIGHTS.name)
  const isMessage = messageOf(rest)
  for (const match of rest.matchAll(PLAIN)) add(match[0], isMessage(match.index) ? WEIGHTS.message : WEIGHTS.word)
  for (const { name } of frames.filter(frame => !frame.isForeign).slice(0, MOST_FRAMES))
    for (const part of name.split(/[.:#\\/<>()*$ -]+/).slice(-2)) add(part, WEIGHTS.function)
  return [...found.values()]
}

/** Names of services and hosts whole; of addresses and long paths the pieces that are names. */
function addJoined(name: string, add: (word: string, weight: number) => void): void {
  const pieces = name.split('/')
  for (const piece of pieces.slice(-3)) {
    if (/\.(?:java|kt|py|js|mjs|ts|tsx|go|rb|php|rs|cs|c|cc|cpp|h)$/.test(piece)) continue
    // Of a package and its class the class.
    const name = /^(?:[a-z]\w*\.){1,12}[A-Z]\w*$/.test(piece) ? piece.split('.').at(-1)! : piece
    if (name !== piece || /[._-]/.test(name)) add(name, WEIGHTS.name)
  }
}

interface Frame {
  name: string
  isForeign: boolean
}

/** The frames of a trace, and the text without them; of forms that are alike the first that fits is it. */
function takeFrames(text: string): { frames: Frame[]; others: string } {
  const frames: Frame[] = []
  let others = text
  for (const pattern of FRAMES)
    others = others.replace(pattern, (whole: string, one: string | undefined, two: string | number | undefined) => {
      const [first, second] = [one ?? '', typeof two === 'string' ? two : '']
      const [name, file] = FILE_FIRST.test(whole) ? [second, first] : [first, second]
      frames.push({ name, isForeign: name === '' || isForeign(name, file) })
      return ' '
    })
  return { frames, others }
}

/** Whether a place is on a line that says what went wrong. */
function messageOf(text: string): (at: number) => boolean {
  const told: [from: number, to: number][] = []
  const tells =
    /error|exception|fatal|fail|panic|critical|refused|denied|exceed|timed? ?out|expired|unable|cannot|could not/i
  let from = 0
  for (const line of text.split('\n')) {
    if (tells.test(line)) told.push([from, from + line.length])
    from += line.length + 1
  }
  return at => told.some(([start, end]) => at >= start && at < end)
}

/** The texts of a JSON document, or of lines that are one each, without keys, times and ids; any other text as it is. */
function wordsOfJson(text: string): string {
  if (!/^\s{0,9}[[{]/.test(text)) return text
  const whole = parsed(text)
  if (whole !== undefined) return textsIn(whole).join('\n')
  return text
    .split('\n')
    .map(line => {
      const value = /^\s{0,9}\{/.test(line) ? parsed(line) : undefined
      return value === undefined ? line : textsIn(value).join('\n')
    })
    .join('\n')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth > 20) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    Array.isArray(value) || !KEYS_WITHOUT_MEANING.test(key) ? textsIn(inner, depth + 1) : [],
  )
}
