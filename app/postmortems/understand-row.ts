/** Understands a row of CSV and a line of JSON Lines: the same columns, mistakes named by line and column. */
import { BadInput } from '#app/platform/bad-input.ts'
import { cleanValue } from '#app/platform/clean-text.ts'
import type { CsvRow } from '#app/platform/csv.ts'
import { checkRecord, emptyRecord, type PostmortemRecord } from './record.ts'
import { takeFields } from './understand-fields.ts'
import { understandMarkdown } from './understand-markdown.ts'
import { firstSentence } from './understand-prose.ts'
import { checked, type UnderstandOptions, type Understood } from './understood.ts'

export interface UnderstoodRow extends Understood {
  /** Names of fields that mean nothing here; the file's report says so once. */
  ignored: string[]
}

/**
 * Understands one object of a JSON Lines file; names as in the CSV columns, or as in the API.
 * @throws BadInput naming line and column
 */
export function understandJsonLine(object: unknown, line: number, options: UnderstandOptions = {}): UnderstoodRow {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    throw new BadInput({ line, message: 'not an object: each line must be one, {"title": …}' })
  }
  const fields = Object.entries(object)
  const get = (name: string): unknown => fields.find(([key]) => key === name)?.[1]
  if (get('candor') === 1 && get('record') !== undefined) {
    // An export of Candor carries the whole record; the columns beside it are for other programs.
    const { value, notes } = cleanValue(get('record'))
    const read = checkRecord(value)
    const understood: Understood = {
      record: read.success ? read.data : (value as PostmortemRecord),
      notes,
      suggestedThemes: [],
      duplicateOf: null,
      line,
    }
    return { ...(read.success ? understood : checked(understood)), ignored: [] }
  }
  return understandFields(fields, line, options)
}

/** Understands one row that `readCsv` gave with {@link KNOWN_COLUMNS}. A body that Candor wrote is read exactly. */
export function understandCsvRow(row: CsvRow, options: UnderstandOptions = {}): UnderstoodRow {
  const { body } = row.cells
  if (body?.startsWith('---\ncandor: 1\n')) {
    return { ...withPlace(row.line, () => understandMarkdown(body, '', options)), line: row.line, ignored: [] }
  }
  return understandFields(Object.entries(row.cells), row.line, options)
}

function understandFields(fields: [string, unknown][], line: number, options: UnderstandOptions): UnderstoodRow {
  const understood: Understood = { record: emptyRecord(''), notes: [], suggestedThemes: [], duplicateOf: null, line }
  const { record, notes } = understood
  const taken = withPlace(line, () => takeFields(understood, fields, 'row', options.now ?? Date.now()))
  if (!taken.hasStatus) notes.push('No status given: imported as published')
  if (record.title === '') {
    const { summary, body, impact } = record.sections
    const title = firstSentence(summary) ?? firstSentence(body) ?? firstSentence(impact)
    if (title === null)
      throw new BadInput({
        line,
        column: 'title',
        message: 'a title is missing, and there is no text to take one from',
      })
    record.title = title
    notes.push('Title taken from the first sentence')
  }
  return { ...checked(understood), ignored: taken.unknown }
}

/** Says the line with whatever is wrong on it. */
function withPlace<T>(line: number, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof BadInput) throw new BadInput(error.issues.map(issue => ({ ...issue, line })))
    throw error
  }
}
