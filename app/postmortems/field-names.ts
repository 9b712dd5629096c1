/** The names that fields of a postmortem have in front matter, JSON and CSV. */
import { MOMENT_COLUMNS } from './moments.ts'
import { MOMENTS, type Moment, type SectionKind } from './record.ts'

/** Other names for columns: those of metrics.md, and what front matter of common tools uses. */
export const COLUMN_ALIASES: Record<string, string> = {
  url: 'source_url',
  uuid: 'external_id',
  id: 'external_id',
  start_time: 'started_at',
  start: 'started_at',
  end_time: 'resolved_at',
  end: 'resolved_at',
  date: 'published_at',
  categories: 'tags',
  category: 'tags',
  keywords: 'tags',
  tag: 'tags',
  company: 'services',
  product: 'services',
  service: 'services',
  theme: 'themes',
  author: 'authors',
  description: 'summary',
  incident_key: 'incident',
  is_public: 'public',
  what_went_well: 'went_well',
}

export const SECTION_FIELDS: Record<string, SectionKind> = {
  summary: 'summary',
  impact: 'impact',
  went_well: 'wentWell',
  lucky: 'lucky',
  lessons: 'lessons',
  prevention: 'prevention',
  detection: 'detection',
  body: 'body',
}

export const TEXT_FIELDS: Record<string, { key: 'externalId' | 'sourceUrl' | 'incidentKey'; max: number }> = {
  external_id: { key: 'externalId', max: 300 },
  source_url: { key: 'sourceUrl', max: 2_000 },
  incident: { key: 'incidentKey', max: 200 },
}

export const MOMENT_FIELDS = new Map<string, Moment>(MOMENTS.map(moment => [MOMENT_COLUMNS[moment], moment]))

/** `publishedAt`, `Published At` and `published-at` are published_at. */
export function fieldName(name: string): string {
  return name
    .slice(0, 100)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
}

/** The column that a header or key means, also by one of its other names. */
export function columnOf(name: string): string {
  const key = fieldName(name)
  return Object.hasOwn(COLUMN_ALIASES, key) ? COLUMN_ALIASES[key]! : key
}

/** Every name that is understood, for the CSV reader. */
export const KNOWN_COLUMNS = [
  'title',
  'status',
  'published_at',
  ...Object.keys(TEXT_FIELDS),
  ...MOMENT_FIELDS.keys(),
  'severity',
  'detected_by',
  'customer_impact',
  'services',
  'themes',
  'tags',
  'authors',
  'public',
  'duplicate_of',
  ...Object.keys(SECTION_FIELDS),
]
