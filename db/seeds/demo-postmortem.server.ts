/** One file of db/seeds/postmortems: an incident and its postmortem, with days relative to today. */
import { parse } from 'yaml'
import { z } from 'zod'
import type { Actor } from '#app/identity/actor.ts'
import { saveIncident } from '#app/incidents/incidents.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import {
  ACTION_KINDS,
  ACTION_STATES,
  DETECTORS,
  emptyRecord,
  MARKERS,
  type MOMENTS,
  type PostmortemRecord,
  SEVERITIES,
  STATUSES,
} from '#app/postmortems/record.ts'
import { saveRecords } from '#app/postmortems/save-records.server.ts'
import { understandMarkdown } from '#app/postmortems/understand-markdown.ts'
import { type Db, inTransaction } from '#db/index.server.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

const time = z.string().regex(/^(\+\d+d )?\d\d:\d\d$/)
const offset = z.union([
  z.number(),
  z
    .string()
    .regex(/^[+-]?\d+$/)
    .transform(Number),
])
const schema = z.object({
  title: z.string(),
  incident: z.string(),
  severity: z.enum(SEVERITIES),
  day: z.number().negative(),
  started_at: time.optional(),
  detected_at: time.optional(),
  acknowledged_at: time.optional(),
  mitigated_at: time.optional(),
  resolved_at: time.optional(),
  detected_by: z.enum(DETECTORS).optional(),
  customer_impact: z.union([z.boolean(), z.string()]),
  published_after_hours: z.number().optional(),
  status: z.enum(STATUSES).default('published'),
  services: z.array(z.string()),
  themes: z.array(z.string()),
  family: z.string().optional(),
  highlights: z.array(z.object({ value: z.string(), label: z.string() })).default([]),
  authors: z.array(z.string()),
  timeline: z.array(
    z.object({
      at: time,
      marker: z.union([z.enum(MARKERS), z.literal('none').transform(() => undefined)]).optional(),
      text: z.string(),
    }),
  ),
  factors: z.array(
    z.object({ text: z.string(), themes: z.array(z.string()).default([]), whys: z.array(z.any()).default([]) }),
  ),
  actions: z
    .array(
      z.object({
        title: z.string(),
        kind: z.enum(ACTION_KINDS),
        owner: z.string(),
        created_on: offset,
        due_on: offset,
        state: z.enum(ACTION_STATES),
        closed_on: offset.optional(),
        reason: z.string().optional(),
      }),
    )
    .default([]),
})

/** Reads the file, then records the incident and saves its postmortem through their rooms. */
export async function seedPostmortem(
  context: { db: Db; clock: Clock; actor: Actor },
  source: string,
  fileName: string,
): Promise<void> {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? []
  const parsed = schema.safeParse(parse(head))
  if (!parsed.success) throw new Error(`${fileName}: ${z.prettifyError(parsed.error)}`)
  const seed = parsed.data
  const start = Math.floor(context.clock.now() / DAY_MS) * DAY_MS + seed.day * DAY_MS
  const day = (days: number) => new Date(start + days * DAY_MS).toISOString().slice(0, 10)
  const moments = {
    startedAt: momentOf(seed.started_at, start),
    detectedAt: momentOf(seed.detected_at, start),
    acknowledgedAt: momentOf(seed.acknowledged_at, start),
    mitigatedAt: momentOf(seed.mitigated_at, start),
    resolvedAt: momentOf(seed.resolved_at, start),
  } satisfies Record<(typeof MOMENTS)[number], string | null>
  const { record: text } = understandMarkdown(body, fileName)
  const impact = { customerImpact: typeof seed.customer_impact === 'string' ? true : seed.customer_impact }
  const record: PostmortemRecord = {
    ...emptyRecord(seed.title),
    ...moments,
    ...impact,
    status: seed.status,
    publishedAt: publishedAt(seed, moments.resolvedAt),
    incidentKey: seed.incident,
    severity: seed.severity,
    detectedBy: seed.detected_by ?? null,
    services: seed.services,
    themes: seed.themes,
    authors: seed.authors,
    highlights: seed.highlights,
    sections: text.sections,
    timeline: seed.timeline.map(entry => ({
      at: momentOf(entry.at, start),
      atText: null,
      marker: entry.marker ?? null,
      text: entry.text,
    })),
    factors: seed.factors.map(factor => ({ ...factor, whys: factor.whys.map(whyOf) })),
    actions: seed.actions.map(action => ({
      title: action.title,
      kind: action.kind,
      owner: action.owner,
      createdOn: day(action.created_on),
      dueOn: day(action.due_on),
      state: action.state,
      closedOn: action.closed_on === undefined ? null : day(action.closed_on),
      reason: action.reason ?? null,
      externalId: null,
    })),
  }
  await inTransaction(context.db, async tx => {
    await saveIncident(tx, context, {
      ...moments,
      ...impact,
      key: seed.incident,
      title: seed.title,
      severity: seed.severity,
      detectedBy: seed.detected_by ?? null,
      impactNote: typeof seed.customer_impact === 'string' ? seed.customer_impact : '',
      services: seed.services,
      family: seed.family ? familyName(seed.family) : null,
    })
    await saveRecords(tx, { ...context, clock: writtenAt(record, context.clock) }, [{ record, note: 'Written' }])
  })
}

/** A text was last changed when it was published; one that was not, twenty hours after its incident's end. */
function writtenAt({ publishedAt, resolvedAt }: PostmortemRecord, clock: Clock): Clock {
  const written = publishedAt ?? (resolvedAt && new Date(Date.parse(resolvedAt) + 20 * HOUR_MS).toISOString())
  return { now: () => Math.min(clock.now(), written ? Date.parse(written) : clock.now()) }
}

/** 'HH:MM' UTC on the incident's day, or '+1d HH:MM' days later. */
function momentOf(text: string | undefined, start: number): string | null {
  if (text === undefined) return null
  const [, days = '0', hours, minutes] = /^(?:\+(\d+)d )?(\d\d):(\d\d)$/.exec(text) ?? []
  return new Date(start + Number(days) * DAY_MS + Number(hours) * HOUR_MS + Number(minutes) * 60_000).toISOString()
}

function publishedAt(seed: z.infer<typeof schema>, resolvedAt: string | null): string | null {
  if (seed.status !== 'published') return null
  if (!resolvedAt || seed.published_after_hours === undefined)
    throw new Error(`${seed.incident} has no time of publication`)
  return new Date(Date.parse(resolvedAt) + seed.published_after_hours * HOUR_MS).toISOString()
}

function whyOf(why: { text: string; whys?: unknown[] }): PostmortemRecord['factors'][number]['whys'][number] {
  return { text: why.text, whys: (why.whys ?? []).map(inner => whyOf(inner as { text: string })) }
}

function familyName(slug: string): string {
  const words = slug.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
