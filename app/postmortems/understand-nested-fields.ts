/** Timelines, factors, actions and highlights given as lists of objects, in front matter or JSON. */
import { BadInput } from '#app/platform/bad-input.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { parseDay, parseInstant } from '#app/platform/parse-time.ts'
import { scalarText, textList } from './front-matter.ts'
import { type Normalised, normaliseKind, normaliseState } from './normalise.ts'
import { type Action, type Factor, MARKERS, type Marker, type TimelineEntry, type Why } from './record.ts'
import type { FieldMode } from './understand-fields.ts'
import { isPlausible, quote, type Understood } from './understood.ts'

/** Deeper chains than this are not answers but an attack. */
const DEEPEST_WHY = 20

export function readTimeline(understood: Understood, value: unknown, mode: FieldMode, now: number): boolean {
  return eachOf(understood, 'timeline', value, mode, (fields, path) => {
    const text = fields.text('text', 'event', 'what', 'description') ?? ''
    const entry: TimelineEntry = { at: null, atText: null, marker: null, text }
    const at = fields.text('at', 'time', 'date')
    const parsed = at === null ? null : parseInstant(at)
    if (parsed?.kind === 'instant' && (mode === 'exact' || isPlausible(parsed.iso, now))) {
      entry.at = mode === 'exact' ? at : parsed.iso
    } else if (at !== null && at.trim() !== '' && parsed?.kind !== 'unset') entry.atText = at
    entry.atText = fields.text('at_text') ?? entry.atText
    const marker = fields.text('marker')
    if (marker !== null && marker !== '') {
      if ((MARKERS as readonly string[]).includes(marker)) entry.marker = marker as Marker
      else refuse(understood, mode, path, `marker ${quote(marker)} is not one of ${MARKERS.join(', ')}`)
    }
    understood.record.timeline.push(entry)
  })
}

export function readFactors(understood: Understood, value: unknown, mode: FieldMode): boolean {
  return eachOf(understood, 'factors', value, mode, (fields, path) => {
    const factor: Factor = {
      text: fields.text('text', 'factor', 'title') ?? '',
      themes: fields.list('themes') ?? [],
      whys: readWhys(understood, fields.value('whys'), mode, `${path}.whys`, 1),
    }
    understood.record.factors.push(factor)
  })
}

function readWhys(understood: Understood, value: unknown, mode: FieldMode, path: string, depth: number): Why[] {
  if (depth > DEEPEST_WHY)
    throw new BadInput({ column: 'factors', message: `whys are nested more than ${DEEPEST_WHY} deep` })
  const whys: Why[] = []
  eachOf(understood, path, value, mode, (fields, at) => {
    const text = fields.text('text', 'why') ?? ''
    whys.push({ text, whys: readWhys(understood, fields.value('whys'), mode, `${at}.whys`, depth + 1) })
  })
  return whys
}

export function readActions(understood: Understood, value: unknown, mode: FieldMode): boolean {
  return eachOf(understood, 'actions', value, mode, (fields, path) => {
    const word = <T>(name: string, normalise: (text: string) => Normalised<T>): T | null => {
      const { value: found, problem } = normalise(fields.text(name) ?? '')
      if (problem !== null) refuse(understood, mode, `${path}.${name}`, problem)
      return found
    }
    const day = (name: string): string | null => {
      const text = fields.text(name)
      if (text === null) return null
      const parsed = parseDay(text)
      if (parsed.kind === 'invalid') refuse(understood, mode, `${path}.${name}`, parsed.why)
      return parsed.kind === 'day' ? parsed.day : null
    }
    const action: Action = {
      title: fields.text('title', 'text', 'action') ?? '',
      kind: word('kind', normaliseKind),
      owner: fields.text('owner', 'owner_email') ?? null,
      createdOn: day('created_on'),
      dueOn: day('due_on'),
      state: word('state', normaliseState) ?? 'open',
      closedOn: day('closed_on'),
      reason: fields.text('reason') ?? null,
      externalId: fields.text('external_id') ?? null,
    }
    understood.record.actions.push(action)
  })
}

export function readHighlights(understood: Understood, value: unknown, mode: FieldMode): boolean {
  return eachOf(understood, 'highlights', value, mode, (fields, path) => {
    const highlight = { value: fields.text('value') ?? '', label: fields.text('label') ?? '' }
    const { highlights } = understood.record
    if (highlights.length >= 4 || highlight.value.length > 40 || highlight.label.length > 120) {
      refuse(understood, mode, path, 'at most four highlights, of 40 and 120 characters')
    } else highlights.push(highlight)
  })
}

interface Fields {
  /** The first of these names that has a single value, as text. */
  text(...names: string[]): string | null
  list(name: string): string[] | null
  value(name: string): unknown
}

/** Calls `read` for every object of a list; a text stands for an object that has only that text. */
function eachOf(
  understood: Understood,
  path: string,
  value: unknown,
  mode: FieldMode,
  read: (fields: Fields, path: string) => void,
): boolean {
  if (value === null || value === undefined || value === '') return true
  const list = Array.isArray(value) ? value : [value]
  list.forEach((one, i) => {
    const at = `${path}.${i + 1}`
    const text = scalarText(one)
    if (text !== null) read(fieldsOf({ text, title: text }, mode), at)
    else if (typeof one === 'object' && one !== null && !Array.isArray(one))
      read(fieldsOf(one as Record<string, unknown>, mode), at)
    else refuse(understood, mode, at, 'is neither text nor an object')
  })
  return true
}

function fieldsOf(object: Record<string, unknown>, mode: FieldMode): Fields {
  const clean = (text: string): string => (mode === 'exact' ? cleanText(text).text : cleanText(text).text.trim())
  const value = (name: string): unknown => {
    if (Object.hasOwn(object, name)) return object[name]
    const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    return Object.hasOwn(object, camel) ? object[camel] : undefined
  }
  return {
    value,
    text(...names) {
      for (const name of names) {
        const text = scalarText(value(name))
        if (text !== null && (mode === 'exact' || text.trim() !== '')) return clean(text)
      }
      return null
    },
    list(name) {
      return textList(value(name))?.map(clean) ?? null
    },
  }
}

function refuse(understood: Understood, mode: FieldMode, path: string, message: string): void {
  if (mode !== 'row') understood.notes.push(`${path}: ${message}`)
  else {
    const place = understood.line === null ? {} : { line: understood.line }
    throw new BadInput({ ...place, column: path.split('.')[0]!, message: `${path}: ${message}` })
  }
}
