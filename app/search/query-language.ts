/**
 * The language of the search field: words, "phrases", -exclusions, and `theme: service: severity: team: before:
 * after: has:` in any order. It never refuses: what cannot be read is searched as words and named in `unread`.
 */
export const HAS_VALUES = ['timeline', 'factors', 'actions', 'five-whys', 'prevention', 'detection'] as const
export type HasValue = (typeof HAS_VALUES)[number]

export interface Filters {
  theme: string[]
  service: string[]
  severity: string[]
  team: string[]
  /** YYYY, YYYY-MM or YYYY-MM-DD: earlier than its first day. */
  before: string | null
  /** The same forms: on its first day or later. */
  after: string | null
  has: HasValue[]
}

export interface Query {
  words: string[]
  phrases: string[]
  excluded: { words: string[]; phrases: string[] }
  filters: Filters
  /** Pieces that looked like more than words but could not be read as such. Their words are in `words`. */
  unread: string[]
}

const LISTS = ['theme', 'service', 'team'] as const
const OPERATOR = /^(theme|service|severity|team|before|after|has):/i
/** Looks like an operator, but not like an address, a C++ name or a time. */
const LIKE_OPERATOR = /^[a-z]{2,20}:[^\s/\\:]/i

/** Reads any text; never throws. */
export function parseQuery(text: string): Query {
  const query = emptyQuery()
  const source = text.replace(/[“”„]/g, '"')
  let at = 0
  while (at < source.length) {
    if (isSpace(source[at]!)) {
      at++
      continue
    }
    const end = bareEnd(source, at)
    const bare = source.slice(at, end)
    const quoteEnd = source[end] === '"' ? source.indexOf('"', end + 1) : -1
    if (source[end] === '"' && quoteEnd < 0) {
      if (bare && bare !== '-') readBare(query, bare)
      return finish(query, wordsIn(source.slice(end + 1)))
    }
    if (quoteEnd < 0) {
      readBare(query, bare)
      at = end
    } else {
      readQuoted(query, bare, squeeze(source.slice(end + 1, quoteEnd)))
      at = quoteEnd + 1
    }
  }
  return finish(query, [])
}

/** Writes a query so that reading it gives the same again. */
export function formatQuery(query: Query): string {
  // An open quote swallows what follows it, so its words go last.
  const open = query.unread.find(piece => piece.startsWith('"'))
  const words = open ? query.words.slice(0, query.words.length - wordsIn(open.slice(1)).length) : query.words
  const { filters, excluded } = query
  return [
    ...words,
    ...query.phrases.map(phrase => `"${phrase}"`),
    ...excluded.words.map(word => `-${word}`),
    ...excluded.phrases.map(phrase => `-"${phrase}"`),
    ...LISTS.flatMap(name => filters[name].map(value => `${name}:${quoted(value)}`)),
    ...filters.severity.map(value => `severity:${value}`),
    ...(filters.before ? [`before:${filters.before}`] : []),
    ...(filters.after ? [`after:${filters.after}`] : []),
    ...filters.has.map(value => `has:${value}`),
    ...(open ? [open] : []),
  ].join(' ')
}

/** Why a piece of `unread` was searched as words, as a sentence for the page. */
export function explainUnread(piece: string): string {
  if (piece.startsWith('"')) return `${piece} has no closing quotation mark, so its words were searched one by one.`
  if (piece.startsWith('-')) return `"${piece}": only words and phrases can be excluded, so it was read as a word.`
  const name = OPERATOR.exec(piece)?.[1]?.toLowerCase()
  if (!name) return `"${piece}" begins with no operator that search knows, so it was searched as words.`
  if (piece.length === name.length + 1) return `"${piece}" names nothing, so it was searched as a word.`
  if (name === 'before' || name === 'after') return `"${piece}" is not a date, so it was searched as words.`
  if (name === 'has') return `"${piece}": has: knows ${HAS_VALUES.join(', ')}; it was searched as words.`
  return `"${piece}" is not a severity, so it was searched as words.`
}

/** The first day of a YYYY, YYYY-MM or YYYY-MM-DD, and the first day after it; null when it is no date. */
export function daysOf(text: string): { from: string; until: string } | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text) ?? []
  if (!year) return null
  const from = new Date(0)
  from.setUTCFullYear(Number(year), Number(month ?? 1) - 1, Number(day ?? 1))
  if (from.getUTCMonth() !== Number(month ?? 1) - 1 || from.getUTCDate() !== Number(day ?? 1)) return null
  const until = new Date(from)
  if (day) until.setUTCDate(until.getUTCDate() + 1)
  else if (month) until.setUTCMonth(until.getUTCMonth() + 1)
  else until.setUTCFullYear(until.getUTCFullYear() + 1)
  if (until.getUTCFullYear() > 9999) return null
  return { from: from.toISOString().slice(0, 10), until: until.toISOString().slice(0, 10) }
}

/** `sev1`, `SEV-1`, `1`, `P1` → `SEV-1`; null for anything else. */
export function readSeverity(text: string): string | null {
  const digit = /^(?:sev(?:erity)?|p)?[-_ ]?(\d)$/i.exec(text.trim())?.[1]
  return digit ? `SEV-${digit}` : null
}

function emptyQuery(): Query {
  const filters: Filters = { theme: [], service: [], severity: [], team: [], before: null, after: null, has: [] }
  return { words: [], phrases: [], excluded: { words: [], phrases: [] }, filters, unread: [] }
}

/** A piece without quotes: a word, an exclusion, or an operator with its value. */
function readBare(query: Query, piece: string): void {
  if (/^-[^-]/.test(piece)) {
    addOnce(query.excluded.words, piece.slice(1))
    return
  }
  const operator = OPERATOR.exec(piece)
  if (operator && readFilter(query.filters, operator[1]!.toLowerCase(), piece.slice(operator[0].length))) return
  if (operator || LIKE_OPERATOR.test(piece)) addOnce(query.unread, piece)
  query.words.push(piece)
}

/** A quoted piece with what touches its opening quote: nothing, a minus, an operator, or a word of its own. */
function readQuoted(query: Query, bare: string, phrase: string): void {
  const operator = OPERATOR.exec(bare)
  if (operator && operator[0] === bare && phrase) {
    if (readFilter(query.filters, operator[1]!.toLowerCase(), phrase)) return
    addOnce(query.unread, bare)
    query.words.push(bare)
  } else if (bare && bare !== '-') readBare(query, bare)
  const excludes = bare === '-' || /^-\w+:$/.test(bare)
  if (phrase) addOnce(excludes ? query.excluded.phrases : query.phrases, phrase)
}

/** Adds the words after a quote that never closes, and names what was not read in the order that is written back. */
function finish(query: Query, open: string[]): Query {
  for (const word of query.excluded.words) if (OPERATOR.test(word)) query.unread.push(`-${word}`)
  query.words.push(...open)
  if (open.length > 0) query.unread.push(`"${open.join(' ')}`)
  return query
}

/** Takes the filter if the value can be read. */
function readFilter(filters: Filters, name: string, value: string): boolean {
  if (!value) return false
  if (name === 'before' || name === 'after') {
    if (!daysOf(value)) return false
    filters[name] = value
  } else if (name === 'severity') {
    const severity = readSeverity(value)
    if (!severity) return false
    addOnce(filters.severity, severity)
  } else if (name === 'has') {
    const known = HAS_VALUES.find(has => has === value.toLowerCase())
    if (!known) return false
    addOnce(filters.has, known)
  } else addOnce(filters[name as (typeof LISTS)[number]], value)
  return true
}

function addOnce<T>(list: T[], value: T): void {
  if (!list.includes(value)) list.push(value)
}

function bareEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '"' && !isSpace(text[at]!)) at++
  return at
}

function isSpace(character: string): boolean {
  return /\s/.test(character)
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}

function squeeze(text: string): string {
  return wordsIn(text).join(' ')
}

function quoted(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value
}
