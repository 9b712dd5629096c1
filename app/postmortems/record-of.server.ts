/** From rows to the portable record and back. */
import { sha256 } from '#app/platform/ids.server.ts'
import type { HangingRead, PostmortemRow } from './postmortem-queries.server.ts'
import type { Factor, PostmortemRecord, TimelineEntry, Why } from './record.ts'

/** Names and slugs that a record uses instead of ids. */
export interface Names {
  themeSlug(id: string): string
  serviceName(id: string): string
  incidentKey(id: string): string | null
  personEmail(id: string): string | null
}

/** One postmortem's row with everything that hangs on it, as a record. */
export function recordOf(row: PostmortemRow, hanging: HangingRead, names: Names): PostmortemRecord {
  const factorThemes = groupBy(hanging.factorThemes, link => link.factor_id)
  return {
    title: row.title,
    status: row.status as PostmortemRecord['status'],
    publishedAt: row.published_at,
    externalId: row.external_id,
    sourceUrl: row.source_url,
    incidentKey: row.incident_id ? names.incidentKey(row.incident_id) : row.incident_key,
    severity: row.severity as PostmortemRecord['severity'],
    startedAt: row.started_at,
    detectedAt: row.detected_at,
    acknowledgedAt: row.acknowledged_at,
    mitigatedAt: row.mitigated_at,
    resolvedAt: row.resolved_at,
    detectedBy: row.detected_by as PostmortemRecord['detectedBy'],
    customerImpact: row.customer_impact === null ? null : row.customer_impact === 1,
    services: hanging.services.map(link => names.serviceName(link.service_id)),
    themes: hanging.themes.map(link => names.themeSlug(link.theme_id)).sort(),
    authors: hanging.authors.map(author => (author.person_id && names.personEmail(author.person_id)) || author.name),
    highlights: JSON.parse(row.highlights),
    isPublic: row.is_public === 1,
    sections: {
      summary: row.summary,
      impact: row.impact,
      wentWell: row.went_well,
      lucky: row.lucky,
      lessons: row.lessons,
      prevention: row.prevention,
      detection: row.detection,
      body: row.body,
    },
    timeline: (JSON.parse(row.timeline) as (TimelineEntry & { id?: string })[]).map(({ id: _id, ...entry }) => entry),
    factors: hanging.factors.map(
      (factor): Factor => ({
        text: factor.text,
        themes: (factorThemes.get(factor.id) ?? []).map(link => names.themeSlug(link.theme_id)).sort(),
        whys: JSON.parse(factor.whys) as Why[],
      }),
    ),
    actions: hanging.actions.map(action => ({
      title: action.title,
      kind: action.kind as PostmortemRecord['actions'][number]['kind'],
      owner: (action.owner_id && names.personEmail(action.owner_id)) || action.owner_text,
      createdOn: action.created_on,
      dueOn: action.due_on,
      state: action.state as PostmortemRecord['actions'][number]['state'],
      closedOn: action.closed_on,
      reason: action.drop_reason,
      externalId: action.external_id,
    })),
  }
}

/** Splits what was read for many postmortems into each one's share. */
export function hangingById(hanging: HangingRead, ids: string[]): Map<string, HangingRead> {
  const factorOwner = new Map(hanging.factors.map(factor => [factor.id, factor.postmortem_id]))
  const parts = {
    factors: groupBy(hanging.factors, one => one.postmortem_id),
    factorThemes: groupBy(hanging.factorThemes, one => factorOwner.get(one.factor_id) ?? ''),
    themes: groupBy(hanging.themes, one => one.postmortem_id),
    suggestions: groupBy(hanging.suggestions, one => one.postmortem_id),
    services: groupBy(hanging.services, one => one.postmortem_id),
    authors: groupBy(hanging.authors, one => one.postmortem_id),
    actions: groupBy(hanging.actions, one => one.postmortem_id ?? ''),
  }
  return new Map(
    ids.map(id => [
      id,
      {
        factors: parts.factors.get(id) ?? [],
        factorThemes: parts.factorThemes.get(id) ?? [],
        themes: parts.themes.get(id) ?? [],
        suggestions: parts.suggestions.get(id) ?? [],
        services: parts.services.get(id) ?? [],
        authors: parts.authors.get(id) ?? [],
        actions: parts.actions.get(id) ?? [],
      },
    ]),
  )
}

/** The same record gives the same hash, whatever the order of its applied themes. */
export function hashOf(record: PostmortemRecord): string {
  const { timeline, factors, actions, sections, ...facts } = record
  const ordered = { ...facts, themes: [...record.themes].sort() }
  return sha256(
    JSON.stringify([
      Object.entries(ordered).sort(([a], [b]) => (a < b ? -1 : 1)),
      sections,
      timeline,
      factors,
      actions,
    ]),
  )
}

/** Words that a reader reads, for the reading time. */
export function wordsIn(record: PostmortemRecord): number {
  const texts = [
    ...Object.values(record.sections),
    ...record.timeline.map(entry => entry.text),
    ...record.factors.map(factor => factor.text),
  ]
  let words = 0
  for (const text of texts) words += text.match(/\S+/g)?.length ?? 0
  return words
}

/** Minutes to read that many words at 220 a minute, at least one. */
export function minutesToRead(words: number): number {
  return Math.max(1, Math.round(words / 220))
}

export function groupBy<T>(rows: T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
