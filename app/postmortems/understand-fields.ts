/** Fields with names, from front matter, a JSON object or a CSV row, put where they belong in a record. */
import { BadInput } from '#app/platform/bad-input.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { columnOf, fieldName, KNOWN_COLUMNS, MOMENT_FIELDS, SECTION_FIELDS, TEXT_FIELDS } from './field-names.ts'
import { scalarText, textList } from './front-matter.ts'
import { dropReversedMoments, setMoment, setPublished } from './moments.ts'
import {
  type Normalised,
  normaliseBoolean,
  normaliseCustomerImpact,
  normaliseDetectedBy,
  normaliseSeverity,
  normaliseStatus,
  splitList,
} from './normalise.ts'
import { LIMITS } from './record.ts'
import { readActions, readFactors, readHighlights, readTimeline } from './understand-nested-fields.ts'
import { cutAtWord } from './understand-prose.ts'
import { addSuggestions, quote, type Understood } from './understood.ts'

/**
 * `row`: what cannot be taken is an error, and unknown fields are ignored. `document`: it is noted and kept as text.
 * `exact`: written by Candor; nothing is trimmed and nothing second-guessed.
 */
export type FieldMode = 'row' | 'document' | 'exact'

export interface TakenFields {
  /** Names that mean nothing here. */
  unknown: string[]
  /** What the record has no place for, to be kept as text. */
  leftOver: [string, string][]
  /** Whether the fields say what the status is. */
  hasStatus: boolean
}

/**
 * Puts fields into the record. A column given by its own name counts before one given by another name.
 * @throws BadInput in `row` mode, naming line and column
 */
export function takeFields(
  understood: Understood,
  fields: Iterable<[string, unknown]>,
  mode: FieldMode,
  now: number,
): TakenFields {
  const taker = new FieldTaker(understood, mode, now)
  for (const [name, value] of fields) taker.offer(name, value)
  return taker.finish()
}

class FieldTaker {
  readonly #taken: TakenFields = { unknown: [], leftOver: [], hasStatus: false }
  readonly #offers: { name: string; column: string; value: unknown }[] = []
  readonly #seen = new Set<string>()

  constructor(
    readonly understood: Understood,
    readonly mode: FieldMode,
    readonly now: number,
  ) {}

  offer(name: string, value: unknown): void {
    this.#offers.push({ name, column: columnOf(name), value })
  }

  finish(): TakenFields {
    const own = this.#offers.filter(({ name, column }) => fieldName(name) === column)
    const others = this.#offers.filter(({ name, column }) => fieldName(name) !== column)
    for (const { name, column, value } of [...own, ...others]) {
      if (value === null || value === undefined || (this.mode !== 'exact' && isEmpty(value))) continue
      if (!this.#take(name, column, value)) this.#keep(name, column, value)
    }
    if (this.mode !== 'exact') dropReversedMoments(this.understood)
    return this.#taken
  }

  /** False when there is no place for the value. */
  #take(name: string, column: string, value: unknown): boolean {
    const { record } = this.understood
    if (column === 'candor') return true
    if (Object.hasOwn(LIST_FIELDS, column)) return this.#takeList(name, column, value)
    if (Object.hasOwn(NESTED_FIELDS, column)) return NESTED_FIELDS[column]!(this.understood, value, this.mode, this.now)
    const text = this.#text(value)
    if (text === null || (text === '' && this.mode !== 'exact')) return text === ''
    if (this.#seen.has(column)) return false
    this.#seen.add(column)
    if (column === 'title') return this.#title(text)
    if (Object.hasOwn(TEXT_FIELDS, column)) {
      const { key, max } = TEXT_FIELDS[column]!
      if (text.length > max) return this.#refuse(column, `too long: at most ${max.toLocaleString('en-GB')} characters`)
      record[key] = text
      return true
    }
    if (Object.hasOwn(SECTION_FIELDS, column)) {
      record.sections[SECTION_FIELDS[column]!] = text
      return true
    }
    const moment = MOMENT_FIELDS.get(column)
    if (moment) {
      if (this.mode === 'exact' && isStored(text)) record[moment] = text
      else return setMoment(this.understood, moment, text, this.now)
      return true
    }
    return this.#takeWord(column, text)
  }

  #takeWord(column: string, text: string): boolean {
    const { understood } = this
    const { record } = understood
    switch (column) {
      case 'published_at':
        if (this.mode === 'exact' && isStored(text)) record.publishedAt = text
        else return setPublished(understood, text, this.now)
        return true
      case 'status':
        return this.#word(column, normaliseStatus(text), value => {
          record.status = value
          this.#taken.hasStatus = true
        })
      case 'draft':
        return this.#word(column, normaliseBoolean(text), value => {
          if (value) record.status = 'draft'
          this.#taken.hasStatus ||= value
        })
      case 'severity':
        return this.#word(column, normaliseSeverity(text), value => {
          record.severity = value
        })
      case 'detected_by':
        return this.#word(column, normaliseDetectedBy(text), value => {
          record.detectedBy = value
        })
      case 'public':
        return this.#word(column, normaliseBoolean(text), value => {
          record.isPublic = value
        })
      case 'customer_impact': {
        const impact = normaliseCustomerImpact(text)
        record.customerImpact = impact.value
        if (impact.text !== null)
          record.sections.impact = [record.sections.impact, impact.text].filter(part => part !== '').join('\n\n')
        return true
      }
      case 'duplicate_of':
        understood.duplicateOf = text
        return true
      default:
        return false
    }
  }

  #takeList(name: string, column: string, value: unknown): boolean {
    const listed = textList(value)
    if (listed === null) return false
    const { max, count } = LIST_FIELDS[column]!
    const clean = listed.map(text => this.#text(text) ?? '').filter(text => text !== '' || this.mode === 'exact')
    // One text with several values: parted by semicolons in rows, by commas as well in documents.
    const one = !Array.isArray(value) && this.mode !== 'exact' ? (clean[0] ?? '') : null
    const texts =
      one === null
        ? clean
        : column === 'authors'
          ? splitAuthors(one)
          : splitList(one, this.mode === 'row' ? ';' : /[;,]/)
    const tooLong = texts.find(text => text.length > max)
    if (tooLong !== undefined) return this.#refuse(name, `${quote(tooLong)} is too long: at most ${max} characters`)
    if (column === 'tags') {
      addSuggestions(this.understood, texts)
      return true
    }
    const target = this.understood.record[column as 'services' | 'themes' | 'authors']
    const merged = this.mode === 'exact' ? [...target, ...texts] : [...new Set([...target, ...texts])]
    if (merged.length > count) return this.#refuse(name, `${merged.length} values: at most ${count}`)
    target.splice(0, target.length, ...merged)
    return true
  }

  #title(text: string): boolean {
    const { record } = this.understood
    if (text.length <= LIMITS.title) {
      record.title = this.mode === 'exact' ? text : text.replace(/\s*\n\s*/g, ' ')
      return true
    }
    const kept = this.#refuse('title', `${text.length} characters: at most ${LIMITS.title}`)
    record.title = cutAtWord(text, LIMITS.title)
    return kept
  }

  /** Takes a normalised value, or says what is wrong with it. */
  #word<T>(column: string, normalised: Normalised<T>, set: (value: T) => void): boolean {
    if (normalised.value === null) return this.#refuse(column, normalised.problem ?? 'not understood')
    set(normalised.value)
    return true
  }

  /** An error for a row; a note for a document, whose text is then kept. */
  #refuse(column: string, message: string): false {
    if (this.mode === 'row') {
      throw new BadInput(
        this.understood.line === null ? { column, message } : { line: this.understood.line, column, message },
      )
    }
    this.understood.notes.push(`${column}: ${message}`)
    return false
  }

  /** What has no place: rows ignore it, documents keep it as text. */
  #keep(name: string, column: string, value: unknown): void {
    if (this.mode === 'row') {
      if (!KNOWN.has(column)) this.#taken.unknown.push(name)
      return
    }
    for (const [path, text] of flatten(name, value)) {
      this.#taken.leftOver.push([path, cleanText(text).text])
    }
  }

  #text(value: unknown): string | null {
    const text = scalarText(value)
    if (text === null) return null
    const cleaned = cleanText(text)
    if (cleaned.notes.length > 0) this.understood.notes.push(...cleaned.notes)
    if (this.mode === 'exact') return cleaned.text
    const trimmed = cleaned.text.trim()
    // Plain YAML for 'nothing'; the front matter reader leaves all words as they are.
    return this.mode === 'document' && (trimmed === '~' || trimmed === 'null') ? '' : trimmed
  }
}

const LIST_FIELDS: Record<string, { max: number; count: number }> = {
  services: { max: 200, count: 500 },
  themes: { max: 200, count: 100 },
  authors: { max: 300, count: 100 },
  tags: { max: 200, count: 1_000 },
}

type NestedReader = (understood: Understood, value: unknown, mode: FieldMode, now: number) => boolean

const NESTED_FIELDS: Record<string, NestedReader> = {
  timeline: readTimeline,
  factors: readFactors,
  actions: readActions,
  highlights: readHighlights,
}

const KNOWN = new Set([...KNOWN_COLUMNS, ...Object.keys(NESTED_FIELDS), 'draft', 'candor'])

function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0)
}

function isStored(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text.slice(0, 60)) &&
    !Number.isNaN(Date.parse(text))
  )
}

/** Names parted by commas or 'and', but not within brackets: 'Esk ([@esk](…)), Sofi, and the team'. */
function splitAuthors(text: string): string[] {
  const names: string[] = []
  let depth = 0
  let name = ''
  for (const part of text.split(/([()[\],;]|\s+and\s+)/)) {
    if (part === '(' || part === '[') depth++
    else if (part === ')' || part === ']') depth = Math.max(0, depth - 1)
    if (depth === 0 && (part === ',' || part === ';' || /^\s+and\s+$/.test(part))) {
      names.push(name)
      name = ''
    } else name += part
  }
  names.push(name)
  return [...new Set(names.map(one => one.trim().replace(/^and\s+/, '')))].filter(one => one !== '')
}

/** Values of every depth as paths and texts: extra.team, aliases. What is deeper than three is shown as JSON. */
function flatten(path: string, value: unknown, depth = 0): [string, string][] {
  const list = textList(value)
  if (list !== null) return list.length === 0 ? [] : [[path, list.join(', ')]]
  if (typeof value !== 'object' || value === null) return []
  if (depth >= 3) return [[path, JSON.stringify(value)]]
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((one, i) => [String(i + 1), one])
    : Object.entries(value)
  return entries.flatMap(([key, one]) => flatten(`${path}.${key}`, one, depth + 1))
}
