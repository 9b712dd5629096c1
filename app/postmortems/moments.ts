/** The five moments of an incident and the moment of publication, as an import may set them. */
import { parseDay, parseInstant } from '#app/platform/parse-time.ts'
import { MOMENTS, type Moment } from './record.ts'
import { isPlausible, quote, type Understood } from './understood.ts'

export const MOMENT_COLUMNS: Record<Moment, string> = {
  startedAt: 'started_at',
  detectedAt: 'detected_at',
  acknowledgedAt: 'acknowledged_at',
  mitigatedAt: 'mitigated_at',
  resolvedAt: 'resolved_at',
}

/** Sets a moment if it is certain and plausible. False when the text was not empty and could not be taken. */
export function setMoment(understood: Understood, moment: Moment, text: string, now: number): boolean {
  const parsed = parseInstant(text)
  if (parsed.kind === 'unset') return true
  const column = MOMENT_COLUMNS[moment]
  if (parsed.kind !== 'instant') {
    understood.notes.push(`${column} ${quote(text)} left open: ${parsed.why}`)
    return false
  }
  if (!isPlausible(parsed.iso, now)) {
    understood.notes.push(`${column} ${quote(text)} left open: ${whyImplausible(parsed.iso)}`)
    return false
  }
  understood.record[moment] = parsed.iso
  return true
}

/** Sets the moment of publication from a time or a day; a day becomes its first moment in UTC, said so. */
export function setPublished(
  understood: Understood,
  text: string,
  now: number,
  guessedFrom: string | null = null,
): boolean {
  const parsed = parseInstant(text)
  if (parsed.kind === 'unset') return true
  const day = parseDay(text)
  const iso = parsed.kind === 'instant' ? parsed.iso : day.kind === 'day' ? `${day.day}T00:00:00.000Z` : null
  if (iso === null) {
    const why = parsed.kind === 'local' || parsed.kind === 'invalid' ? parsed.why : ''
    understood.notes.push(`published_at ${quote(text)} left open: ${why}`)
    return false
  }
  if (!isPlausible(iso, now)) {
    understood.notes.push(`published_at ${quote(text)} left open: ${whyImplausible(iso)}`)
    return false
  }
  understood.record.publishedAt = iso
  if (guessedFrom) understood.notes.push(`published_at ${text} guessed from ${guessedFrom}`)
  else if (parsed.kind !== 'instant')
    understood.notes.push(`published_at ${text} has no time of day: taken as 00:00 UTC`)
  return true
}

/** A moment before one that must come first is taken out, and its text kept in the notes. */
export function dropReversedMoments(understood: Understood): void {
  const { record, notes } = understood
  let latest: Moment | null = null
  for (const moment of MOMENTS) {
    const iso = record[moment]
    if (iso === null) continue
    if (latest !== null && iso < (record[latest] as string)) {
      notes.push(`${MOMENT_COLUMNS[moment]} ${iso} left open: it is before ${MOMENT_COLUMNS[latest]} ${record[latest]}`)
      record[moment] = null
    } else latest = moment
  }
}

function whyImplausible(iso: string): string {
  return iso < '1970' ? 'it is before 1970' : 'it is in the future'
}
