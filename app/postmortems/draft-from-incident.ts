/** The first draft of a postmortem: all that the incident's record knows already, so that people write the rest. */
import { HANDOFF_LABELS, HANDOFF_PARTS } from '#app/incidents/handoff.ts'
import type { IncidentRecord } from '#app/incidents/incident-record.server.ts'
import { timelineOf } from '#app/incidents/timeline.ts'
import { durationInWords } from '#app/platform/durations.ts'
import { shownTime } from './editor-sections.ts'
import { emptyRecord, LIMITS, type Moment, type PostmortemRecord, type TimelineEntry } from './record.ts'

const MARKER_OF = {
  startedAt: 'started',
  detectedAt: 'detected',
  acknowledgedAt: 'acknowledged',
  mitigatedAt: 'mitigated',
  resolvedAt: 'resolved',
} as const satisfies Record<Moment, string>

const MOMENT_WORDS: Record<Moment, string> = {
  startedAt: 'The incident started.',
  detectedAt: 'It was detected.',
  acknowledgedAt: 'It was acknowledged.',
  mitigatedAt: 'Its effects were mitigated.',
  resolvedAt: 'It was resolved.',
}

type Entry = ReturnType<typeof timelineOf>[number]

/** @param author the e-mail address of whoever began it. */
export function draftFromIncident(incident: IncidentRecord, author: string): PostmortemRecord {
  const { facts } = incident
  const empty = emptyRecord(facts.title.slice(0, LIMITS.title) || facts.key)
  const entries = timelineOf(incident).flatMap(entry => entryOf(entry, facts.detectedBy) ?? [])
  return {
    ...empty,
    status: 'draft',
    incidentKey: facts.key,
    severity: facts.severity,
    startedAt: facts.startedAt,
    detectedAt: facts.detectedAt,
    acknowledgedAt: facts.acknowledgedAt,
    mitigatedAt: facts.mitigatedAt,
    resolvedAt: facts.resolvedAt,
    detectedBy: facts.detectedBy,
    customerImpact: facts.customerImpact,
    services: facts.services.map(service => service.name),
    authors: [author],
    sections: { ...empty.sections, summary: facts.summary, impact: impactOf(facts), body: partsOf(incident) },
    timeline: entries.slice(0, LIMITS.list),
  }
}

/** Who and how many stand in the incident's note or nowhere; alone, the length would look like the whole impact. */
function impactOf(facts: IncidentRecord['facts']): string {
  const end = facts.mitigatedAt ?? facts.resolvedAt
  if (facts.impactNote === '' || !facts.startedAt || !end) return facts.impactNote
  return `${facts.impactNote}\n\nHow long: ${durationInWords(Date.parse(end) - Date.parse(facts.startedAt))}.`
}

function entryOf(entry: Entry, detectedBy: string | null): TimelineEntry | null {
  const said = wordsOf(entry, detectedBy)
  if (said === null) return null
  const marker = entry.kind === 'moment' ? MARKER_OF[entry.moment] : null
  return { at: entry.at, atText: null, marker, text: said.slice(0, LIMITS.line) }
}

function wordsOf(entry: Entry, detectedBy: string | null): string | null {
  switch (entry.kind) {
    case 'moment':
      if (entry.moment === 'detectedAt' && detectedBy)
        return `It was detected by ${{ monitoring: 'monitoring', employee: 'an employee' }[detectedBy] ?? `a ${detectedBy}`}.`
      return MOMENT_WORDS[entry.moment]
    case 'update':
      return entry.text
    case 'severity': {
      const change =
        entry.from === null
          ? `Severity set to ${entry.to}`
          : `Severity changed from ${entry.from} to ${entry.to ?? 'unknown'}`
      return entry.reason ? `${change}: ${entry.reason}` : `${change}.`
    }
    case 'role':
      return entry.what === 'taken' ? `${upperFirst(entry.role)}: ${entry.person}.` : null
    case 'handoff':
      return entry.what === 'accepted'
        ? `${upperFirst(entry.role)} handed over from ${entry.giver} to ${entry.receiver}.`
        : null
  }
}

/** Who held which role, and what each handoff said. */
function partsOf({ roles, handoffs }: IncidentRecord): string {
  const parts: string[] = []
  if (roles.length) {
    const lines = roles.map(({ role, person, from, until }) => {
      const times = [from ? `from ${shownTime(from)}` : '', until ? `until ${shownTime(until)}` : ''].filter(Boolean)
      return `- ${upperFirst(role)}: ${person.name}${times.length ? `, ${times.join(' ')}` : ''}`
    })
    parts.push(`## Roles\n\n${lines.join('\n')}`)
  }
  const accepted = handoffs.filter(handoff => handoff.answer === 'accepted')
  if (accepted.length) {
    const texts = accepted.map(({ role, offeredAt, parts: said }) => {
      const head = `### ${upperFirst(role)}, ${shownTime(offeredAt)}`
      const lines = HANDOFF_PARTS.map(
        part => `- ${HANDOFF_LABELS[part]}: ${said[part]?.replace(/\n+/g, ' ') ?? 'nothing to report'}`,
      )
      return `${head}\n\n${lines.join('\n')}`
    })
    parts.push(`## Handoffs\n\n${texts.join('\n\n')}`)
  }
  return parts.join('\n\n')
}

function upperFirst(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
