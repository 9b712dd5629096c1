/**
 * A postmortem as a portable value: what an import understood, what an export writes, what a revision keeps,
 * what the API returns. Names and slugs instead of database ids, so that it means the same in another Candor.
 */
import { z } from 'zod'
import { isClean, withLineFeeds } from '#app/platform/clean-text.ts'
import { parseInstant } from '#app/platform/parse-time.ts'
import { ACTION_KINDS, ACTION_STATES, DETECTORS, MARKERS, SEVERITIES, STATUSES } from './vocabulary.ts'

export {
  ACTION_KINDS,
  ACTION_STATES,
  DETECTORS,
  MARKERS,
  type Marker,
  MOMENTS,
  type Moment,
  SECTION_KINDS,
  SECTION_TITLES,
  SEVERITIES,
  type SectionKind,
  type Severity,
  STATUSES,
  type Status,
} from './vocabulary.ts'

/** Longest texts that are kept, in UTF-16 code units. Longer input is refused with the field named. */
export const LIMITS = { title: 300, section: 1_000_000, line: 20_000, list: 2_000 } as const

const UNCLEAN = 'has a NUL, another control character or half a surrogate pair: take it out'
const text = (max: number) => z.string().overwrite(withLineFeeds).max(max).refine(isClean, UNCLEAN)
/** Any offset comes in; what is stored is UTC with milliseconds, so that texts compare as times do. */
const instant = z.iso
  .datetime({ offset: true })
  .refine(iso => parseInstant(iso).kind === 'instant', 'is not in the years 1 to 9999')
  .overwrite(inUtc)
const day = z.iso.date()

/** One answer in a five-whys chain; the chain may branch. */
export interface Why {
  text: string
  whys: Why[]
}
const DEEPEST_WHY = 20
const why = whyAt(1)

function whyAt(level: number): z.ZodType<Why> {
  const below = level < DEEPEST_WHY ? z.array(whyAt(level + 1)).max(50) : z.array(z.never()).max(0)
  return z.object({ text: text(LIMITS.line), whys: below })
}

export const timelineEntrySchema = z.object({
  /** ISO 8601 UTC when the moment is certain, else null. */
  at: instant.nullable(),
  /** The time as it was written, when `at` cannot be known from it. */
  atText: text(200).nullable(),
  marker: z.enum(MARKERS).nullable(),
  /** Markdown. */
  text: text(LIMITS.line),
})

export const factorSchema = z.object({
  text: text(LIMITS.line),
  themes: z.array(text(200)).max(50),
  whys: z.array(why).max(50),
})

export const actionSchema = z.object({
  title: text(LIMITS.line),
  kind: z.enum(ACTION_KINDS).nullable(),
  /** The owner's e-mail where known, else the owner as written. */
  owner: text(300).nullable(),
  createdOn: day.nullable(),
  dueOn: day.nullable(),
  state: z.enum(ACTION_STATES),
  closedOn: day.nullable(),
  /** Why it was dropped. */
  reason: text(LIMITS.line).nullable(),
  externalId: text(300).nullable(),
})

export const recordSchema = z.object({
  title: text(LIMITS.title).min(1),
  status: z.enum(STATUSES),
  publishedAt: instant.nullable(),
  externalId: text(300).nullable(),
  sourceUrl: text(2_000).refine(fitsIndex, 'is too long').nullable(),
  incidentKey: text(200).nullable(),
  severity: z.enum(SEVERITIES).nullable(),
  startedAt: instant.nullable(),
  detectedAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  mitigatedAt: instant.nullable(),
  resolvedAt: instant.nullable(),
  detectedBy: z.enum(DETECTORS).nullable(),
  customerImpact: z.boolean().nullable(),
  services: z.array(text(200)).max(500),
  /** Theme slugs that are applied. */
  themes: z.array(text(200)).max(100),
  /** People's e-mail addresses, or names as written. */
  authors: z.array(text(300)).max(100),
  /** Facts worth a large figure, such as "3,120" "orders delayed, none lost". */
  highlights: z.array(z.object({ value: text(40), label: text(120) })).max(4),
  /** True for a well-known public incident that is not the organisation's own. */
  isPublic: z.boolean(),
  sections: z.object({
    summary: text(LIMITS.section),
    impact: text(LIMITS.section),
    wentWell: text(LIMITS.section),
    lucky: text(LIMITS.section),
    lessons: text(LIMITS.section),
    prevention: text(LIMITS.section),
    detection: text(LIMITS.section),
    body: text(LIMITS.section),
  }),
  timeline: z.array(timelineEntrySchema).max(LIMITS.list),
  factors: z.array(factorSchema).max(200),
  actions: z.array(actionSchema).max(500),
})

export type PostmortemRecord = z.infer<typeof recordSchema>

const checkedRecords = new WeakSet<object>()

/**
 * Checks a value as `recordSchema` does, once: a record that it gave is known when it comes again, and must not be
 * changed in between. An import checks every record where it is read and again where it is stored.
 */
export function checkRecord(value: unknown): z.ZodSafeParseResult<PostmortemRecord> {
  if (typeof value === 'object' && value !== null && checkedRecords.has(value))
    return { success: true, data: value as PostmortemRecord }
  const result = recordSchema.safeParse(value)
  if (result.success) checkedRecords.add(result.data)
  return result
}
export type TimelineEntry = z.infer<typeof timelineEntrySchema>
export type Factor = z.infer<typeof factorSchema>
export type Action = z.infer<typeof actionSchema>

/** A record with nothing in it but a title, to be filled. */
export function emptyRecord(title: string): PostmortemRecord {
  return {
    title,
    status: 'published',
    publishedAt: null,
    externalId: null,
    sourceUrl: null,
    incidentKey: null,
    severity: null,
    startedAt: null,
    detectedAt: null,
    acknowledgedAt: null,
    mitigatedAt: null,
    resolvedAt: null,
    detectedBy: null,
    customerImpact: null,
    services: [],
    themes: [],
    authors: [],
    highlights: [],
    isPublic: false,
    sections: {
      summary: '',
      impact: '',
      wentWell: '',
      lucky: '',
      lessons: '',
      prevention: '',
      detection: '',
      body: '',
    },
    timeline: [],
    factors: [],
    actions: [],
  }
}

function inUtc(iso: string): string {
  const parsed = parseInstant(iso)
  return parsed.kind === 'instant' ? parsed.iso : iso
}

/** PostgreSQL indexes no more than 2,700 bytes; an address of 2,000 letters that are not ASCII has up to 6,000. */
function fitsIndex(url: string): boolean {
  return new TextEncoder().encode(url).length <= 2_600
}
