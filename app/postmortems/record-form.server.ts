/** A record as form fields and back. Lists are edited as YAML: what does not parse is refused with its line. */
import { parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import { textOf } from '#app/http/read-form.server.ts'
import { AppError, type FieldError } from '#app/platform/errors.ts'
import { parseInstant } from '#app/platform/parse-time.ts'
import {
  ACTION_KINDS,
  ACTION_STATES,
  DETECTORS,
  MARKERS,
  MOMENTS,
  type PostmortemRecord,
  recordSchema,
  SECTION_KINDS,
  SEVERITIES,
  STATUSES,
  type Why,
} from './record.ts'

/** The fields of the editing form, as text. */
export type RecordFields = Record<string, string>

export function fieldsOf(record: PostmortemRecord): RecordFields {
  const fields: RecordFields = {
    title: record.title,
    status: record.status,
    publishedAt: record.publishedAt ?? '',
    severity: record.severity ?? '',
    incidentKey: record.incidentKey ?? '',
    sourceUrl: record.sourceUrl ?? '',
    detectedBy: record.detectedBy ?? '',
    customerImpact: record.customerImpact === null ? '' : record.customerImpact ? 'yes' : 'no',
    services: record.services.join('\n'),
    themes: record.themes.join('\n'),
    authors: record.authors.join('\n'),
    timeline: yamlOf(
      record.timeline.map(({ at, atText, marker, text }) => present({ at: at ?? atText, marker, text })),
    ),
    factors: yamlOf(
      record.factors.map(({ text, themes, whys }) => present({ text, themes, whys: whys.map(plainWhy) })),
    ),
    actions: yamlOf(
      record.actions.map(action =>
        present({
          title: action.title,
          kind: action.kind,
          owner: action.owner,
          due: action.dueOn,
          state: action.state,
          created: action.createdOn,
          closed: action.closedOn,
          reason: action.reason,
          external_id: action.externalId,
        }),
      ),
    ),
  }
  for (const moment of MOMENTS) fields[moment] = record[moment] ?? ''
  for (const kind of SECTION_KINDS) fields[kind] = record.sections[kind]
  return fields
}

/**
 * Reads the form into a record, keeping from `base` what the form does not show.
 * @throws AppError invalid with every field that cannot be used.
 */
export function recordFrom(form: FormData, base: PostmortemRecord): PostmortemRecord {
  const errors: FieldError[] = []
  const text = (name: string) => textOf(form, name).trim()
  const choice = <T extends string>(name: string, options: readonly T[]): T | null => {
    const value = text(name)
    if (value === '') return null
    if ((options as readonly string[]).includes(value)) return value as T
    errors.push({ path: name, message: `Choose one of ${options.join(', ')}.` })
    return null
  }
  const moment = (name: string): string | null => {
    const parsed = parseInstant(text(name))
    if (parsed.kind === 'instant') return parsed.iso
    if (parsed.kind !== 'unset')
      errors.push({ path: name, message: `${parsed.why} Write it as 2026-08-14T13:45Z, with a zone.` })
    return null
  }
  const lines = (name: string) => [
    ...new Set(
      textOf(form, name)
        .split('\n')
        .map(line => line.trim())
        .filter(Boolean),
    ),
  ]

  const moments = Object.fromEntries(MOMENTS.map(name => [name, moment(name)])) as Pick<
    PostmortemRecord,
    (typeof MOMENTS)[number]
  >
  checkOrder(moments, errors)
  const candidate: PostmortemRecord = {
    ...base,
    ...moments,
    title: text('title'),
    status: choice('status', STATUSES) ?? base.status,
    publishedAt: moment('publishedAt'),
    severity: choice('severity', SEVERITIES),
    incidentKey: text('incidentKey') || null,
    sourceUrl: text('sourceUrl') || null,
    detectedBy: choice('detectedBy', DETECTORS),
    customerImpact: { yes: true, no: false }[text('customerImpact')] ?? null,
    services: lines('services'),
    themes: lines('themes'),
    authors: lines('authors'),
    sections: Object.fromEntries(SECTION_KINDS.map(kind => [kind, textOf(form, kind)])) as PostmortemRecord['sections'],
    timeline: readYaml(form, 'timeline', timelineInput, errors) ?? base.timeline,
    factors: readYaml(form, 'factors', factorsInput, errors) ?? base.factors,
    actions: readYaml(form, 'actions', actionsInput, errors) ?? base.actions,
  }
  if (!candidate.title) errors.push({ path: 'title', message: 'A postmortem needs a title.' })
  if (candidate.sourceUrl && !/^https?:\/\/\S+$/i.test(candidate.sourceUrl))
    errors.push({ path: 'sourceUrl', message: 'An address starts with http:// or https://.' })
  const parsed = recordSchema.safeParse(candidate)
  if (!parsed.success)
    for (const issue of parsed.error.issues) {
      const path = String(issue.path[0] === 'sections' ? issue.path[1] : issue.path[0])
      if (!errors.some(error => error.path === path)) errors.push({ path, message: `${path}: ${issue.message}` })
    }
  if (errors.length)
    throw new AppError(
      'invalid',
      errors.length === 1 ? 'One field needs another look.' : `${errors.length} fields need another look.`,
      errors,
    )
  return candidate
}

/** Each moment that is known must not come before an earlier one. */
function checkOrder(moments: Pick<PostmortemRecord, (typeof MOMENTS)[number]>, errors: FieldError[]): void {
  let before: { name: string; at: string } | null = null
  for (const name of MOMENTS) {
    const at = moments[name]
    if (!at) continue
    if (before && at < before.at)
      errors.push({
        path: name,
        message: `${wordsOf(name)} comes before ${wordsOf(before.name).toLowerCase()}. Check both.`,
      })
    before = { name, at }
  }
}

/** `startedAt` as people say it: "Started". */
export function wordsOf(moment: string): string {
  return moment.charAt(0).toUpperCase() + moment.slice(1).replace(/At$/, '')
}

const short = z.coerce.string()
const timelineInput = z
  .array(z.object({ at: short.nullish(), marker: z.enum(MARKERS).nullish(), text: short }).strict())
  .transform(entries =>
    entries.map(({ at, marker, text }) => {
      const parsed = parseInstant(at ?? '')
      return {
        at: parsed.kind === 'instant' ? parsed.iso : null,
        atText: parsed.kind === 'instant' || !at ? null : at,
        marker: marker ?? null,
        text,
      }
    }),
  )
type WhyInput = string | { text: string; whys?: WhyInput[] | null }
const whyInput: z.ZodType<WhyInput> = z.lazy(() =>
  z.union([z.string(), z.object({ text: z.string(), whys: z.array(whyInput).nullish() }).strict()]),
)
const factorsInput = z
  .array(z.object({ text: short, themes: z.array(short).nullish(), whys: z.array(whyInput).nullish() }).strict())
  .transform(factors =>
    factors.map(({ text, themes, whys }) => ({ text, themes: themes ?? [], whys: (whys ?? []).map(fullWhy) })),
  )
const dayInput = z
  .union([z.iso.date(), z.literal('')])
  .nullish()
  .transform(value => value || null)
const actionsInput = z
  .array(
    z
      .object({
        title: short,
        kind: z.enum(ACTION_KINDS).nullish(),
        owner: short.nullish(),
        due: dayInput,
        state: z.enum(ACTION_STATES).default('open'),
        created: dayInput,
        closed: dayInput,
        reason: short.nullish(),
        external_id: short.nullish(),
      })
      .strict(),
  )
  .transform(actions =>
    actions.map(action => ({
      title: action.title,
      kind: action.kind ?? null,
      owner: action.owner ?? null,
      createdOn: action.created,
      dueOn: action.due,
      state: action.state,
      closedOn: action.closed,
      reason: action.reason ?? null,
      externalId: action.external_id ?? null,
    })),
  )

function readYaml<T>(form: FormData, name: string, schema: z.ZodType<T>, errors: FieldError[]): T | null {
  const source = textOf(form, name)
  const document = parseDocument(source.trim() || '[]', { schema: 'core' })
  const first = document.errors[0]
  if (first) {
    const line = first.linePos?.[0].line
    errors.push({ path: name, message: `${line ? `Line ${line}: ` : ''}this is not YAML that can be read.` })
    return null
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 20 })
  } catch {
    errors.push({ path: name, message: 'Too many aliases.' })
    return null
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues.slice(0, 3)) {
    const [index, ...field] = issue.path
    errors.push({
      path: name,
      message:
        typeof index === 'number'
          ? `Entry ${index + 1}${field.length ? `, ${field.join('.')}` : ''}: ${issue.message}`
          : 'Write a list: each entry starts with a dash.',
    })
  }
  return null
}

function fullWhy(why: WhyInput): Why {
  return typeof why === 'string' ? { text: why, whys: [] } : { text: why.text, whys: (why.whys ?? []).map(fullWhy) }
}

function plainWhy(why: Why): WhyInput {
  return why.whys.length ? { text: why.text, whys: why.whys.map(plainWhy) } : why.text
}

function present(entry: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  )
}

function yamlOf(list: object[]): string {
  return list.length ? stringify(list, { lineWidth: 100 }) : ''
}
