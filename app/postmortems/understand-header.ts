/** `Title:`, `**Date:**`, `Severity:` and `Author:` lines at the top of a document, and sections that say as little. */

import { columnOf } from './field-names.ts'
import { setPublished } from './moments.ts'
import { normaliseSeverity, normaliseStatus } from './normalise.ts'
import { LIMITS } from './record.ts'
import { momentOf } from './time-zones.ts'
import { takeFields } from './understand-fields.ts'
import { plainText } from './understand-prose.ts'
import { quote, type Understood } from './understood.ts'
import { daysIn, readWrittenTime } from './written-time.ts'

/** What the document says about itself elsewhere must not be overwritten. */
export interface HeaderState {
  hasTitle: boolean
  hasStatus: boolean
}

/** `Key: value`, also in bold, as a list item, or with only the key in bold. */
const LINE =
  /^(?:[-*] )?(\*\*|__)?([\p{L}][\p{L} _-]{1,30}?)(?:\1)?[ \t]{0,4}:[ \t]{0,4}(?:\*\*|__)?[ \t]{0,20}(\S.*)$/u

/** Takes the header lines off the top of `lines`; those that were not understood stay where they are. */
export function takeHeaderLines(lines: string[], understood: Understood, state: HeaderState, now: number): string[] {
  const kept: string[] = []
  let at = 0
  for (; at < lines.length && at < 40; at++) {
    const line = lines[at]!
    if (line.trim() === '') {
      kept.push(line)
      continue
    }
    const match = line.length < 1_000 ? LINE.exec(line.trim()) : null
    if (!match) break
    if (!takeHeader(match[2]!, match[3]!.replace(/(?:\*\*|__)$/, '').trim(), understood, state, now)) kept.push(line)
  }
  return [...kept, ...lines.slice(at)]
}

/** Takes one named value; false leaves it to the text. */
export function takeHeader(
  name: string,
  value: string,
  understood: Understood,
  state: HeaderState,
  now: number,
): boolean {
  const { record, notes } = understood
  switch (columnOf(name)) {
    case 'title':
      if (state.hasTitle || value.length > LIMITS.title) return false
      record.title = plainText(value)
      state.hasTitle = record.title !== ''
      return state.hasTitle
    case 'published_at':
    case 'published':
      return record.publishedAt === null && takeDate(value, understood, now)
    case 'severity': {
      const { value: severity, problem } = normaliseSeverity(value)
      if (severity === null) notes.push(`severity left open: ${problem}`)
      else record.severity ??= severity
      return severity !== null && record.severity === severity
    }
    case 'status': {
      const { value: status } = normaliseStatus(plainText(value))
      if (status === null)
        notes.push(`Status ${quote(value)} says how the incident is, not the postmortem: kept in the text`)
      else if (!state.hasStatus) {
        record.status = status
        state.hasStatus = true
        return true
      }
      return false
    }
    case 'authors':
      if (record.authors.length > 0 || value.length > 2_000) return false
      takeFields(understood, [['authors', value]], 'document', now)
      return record.authors.length > 0
    case 'incident':
      if (record.incidentKey !== null || !/^[A-Za-z]{1,10}-?\d{1,10}$/.test(value)) return false
      record.incidentKey = value
      return true
    default:
      return false
  }
}

/** 'Mar 20, 2025', '2025-03-20', 'Mar 12, 2025, 18:00 UTC'; anything with two dates or half of one stays text. */
function takeDate(value: string, understood: Understood, now: number): boolean {
  const when = readWrittenTime(plainText(value))
  const days = daysIn(value)
  if (!when || when.day === null || when.rest !== '' || when.vague || days.length !== 1) return false
  const moment = when.seconds !== null && when.zone !== null ? momentOf(when.day, when.seconds, when.zone) : null
  if (when.hasTime && moment === null) return false
  return setPublished(understood, moment ?? when.day, now)
}

/** A section such as '## Authors' whose only line is a value that is understood. */
export function takeHeaderSection(
  heading: string,
  lines: string[],
  understood: Understood,
  state: HeaderState,
  now: number,
): boolean {
  const column = columnOf(heading)
  if (!['authors', 'published_at', 'severity', 'status'].includes(column)) return false
  const values = lines.filter(line => line.trim() !== '')
  return values.length === 1 && takeHeader(column, values[0]!.replace(/^[-*] /, '').trim(), understood, state, now)
}
