/** When the next update of an open incident is due, by its severity, and what to write it from. */
import { durationInWords } from '#app/platform/durations.ts'
import type { Moments } from './moments.ts'
import type { SeverityDefinition } from './severity-definitions.ts'
import type { Severity } from './vocabulary.ts'

export interface Cadence {
  everyMinutes: number
  /** ISO 8601 UTC. */
  dueAt: string
  isLate: boolean
}

/**
 * When people should hear the next time: so many minutes after the last update, or after the incident was noticed.
 * @returns null while nobody has said how severe it is, and when nothing says since when.
 */
export function nextUpdate(
  incident: { severity: Severity | null; since: string | null; lastUpdateAt: string | null },
  definitions: readonly SeverityDefinition[],
  now: number,
): Cadence | null {
  const definition = definitions.find(one => one.code === incident.severity)
  const from = incident.lastUpdateAt ?? incident.since
  if (!definition || from === null) return null
  const due = Date.parse(from) + definition.update_every_minutes * 60_000
  return {
    everyMinutes: definition.update_every_minutes,
    dueAt: new Date(due).toISOString(),
    isLate: due < now,
  }
}

/** A first draft of an update: what everybody asks, with what is known filled in. */
export function updateTemplate(
  incident: Pick<Moments, 'startedAt' | 'mitigatedAt'> & {
    severity: Severity | null
    services: { name: string }[]
    impactNote: string
  },
  { now, everyMinutes, nextAt }: { now: number; everyMinutes: number | null; nextAt: string | null },
): string {
  const services = incident.services.map(service => service.name).join(', ') || '…'
  const since = incident.startedAt ? ` for ${durationInWords(now - Date.parse(incident.startedAt))}` : ''
  return [
    `**What is happening:** ${services} affected${since}${incident.severity ? ` (${incident.severity})` : ''}. …`,
    `**What customers notice:** ${incident.impactNote.trim() || '…'}`,
    `**What we know:** ${incident.mitigatedAt ? 'The effect has ended; we watch whether it stays so. …' : '…'}`,
    '**What we do next:** …',
    nextAt && everyMinutes ? `**Next update:** by ${nextAt}, in ${durationInWords(everyMinutes * 60_000)}.` : '',
  ]
    .filter(Boolean)
    .join('\n\n')
}
