/** The words of a postmortem, free of the schema's library so that screens can use them. */
export { DETECTORS, SEVERITIES, type Severity } from '#app/incidents/vocabulary.ts'

export const SECTION_KINDS = [
  'summary',
  'impact',
  'wentWell',
  'lucky',
  'lessons',
  'prevention',
  'detection',
  'body',
] as const
export type SectionKind = (typeof SECTION_KINDS)[number]

/** The heading under which a section is shown and exported. The body carries its own headings. */
export const SECTION_TITLES: Record<SectionKind, string> = {
  summary: 'Summary',
  impact: 'Impact',
  wentWell: 'What went well',
  lucky: 'Where we were lucky',
  lessons: 'Lessons',
  prevention: 'How we prevent recurrence',
  detection: 'How we notice it elsewhere',
  body: 'More',
}

export const STATUSES = ['draft', 'in review', 'published'] as const
export const MOMENTS = ['startedAt', 'detectedAt', 'acknowledgedAt', 'mitigatedAt', 'resolvedAt'] as const
export const MARKERS = [
  'started',
  'detected',
  'acknowledged',
  'diagnosis',
  'repair',
  'mitigated',
  'resolved',
  'key',
] as const
export const ACTION_KINDS = ['prevent', 'detect', 'mitigate', 'process'] as const
export const ACTION_STATES = ['open', 'in progress', 'done', 'dropped'] as const

export type Status = (typeof STATUSES)[number]
export type Moment = (typeof MOMENTS)[number]
export type Marker = (typeof MARKERS)[number]
