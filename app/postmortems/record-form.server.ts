/** A record as form fields and back. Lists are edited as YAML: what does not parse is refused with its line. */
import { Document, isSeq, LineCounter, parseDocument, visit } from 'yaml'
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
      record.timeline.map(({ at, atText, marker, text }) =>
        present({ at: at ?? atText, at_text: at === null ? null : atText, marker, text }),
      ),
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
  const text = (name: string) => typed(form, name).trim()
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
  // What was not touched stays to the letter.
  const before = fieldsOf(base)
  const isUntouched = (name: string) => typed(form, name).trim() === before[name]?.trim()
  const lines = (name: 'services' | 'themes' | 'authors') =>
    isUntouched(name)
      ? base[name]
      : [
          ...new Set(
            typed(form, name)
              .split('\n')
              .map(line => line.trim())
              .filter(Boolean),
          ),
        ]
  const list = <N extends 'timeline' | 'factors' | 'actions'>(name: N, schema: z.ZodType<PostmortemRecord[N]>) =>
    (isUntouched(name) ? null : readYaml(form, name, schema, errors)) ?? base[name]

  const moments = Object.fromEntries(MOMENTS.map(name => [name, moment(name)])) as Pick<
    PostmortemRecord,
    (typeof MOMENTS)[number]
  >
  errors.push(...orderErrors(moments))
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
    sections: Object.fromEntries(SECTION_KINDS.map(kind => [kind, typed(form, kind)])) as PostmortemRecord['sections'],
    timeline: list('timeline', timelineInput),
    factors: list('factors', factorsInput),
    actions: list('actions', actionsInput),
  }
  if (!candidate.title) errors.push({ path: 'title', message: 'A postmortem needs a title.' })
  if (candidate.sourceUrl && candidate.sourceUrl !== base.sourceUrl && !/^https?:\/\/\S+$/i.test(candidate.sourceUrl))
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
  return parsed.data as PostmortemRecord
}

/** What was typed, without the invisible characters that come along with a terminal's output. NUL is left to be refused. */
function typed(form: FormData, name: string): string {
  return textOf(form, name).replace(/[\u0001-\u0008\u000b\u000c\u000e-\u001f]/g, '')
}

/** Each moment that is known must not come before an earlier one. */
export function orderErrors(moments: Pick<PostmortemRecord, (typeof MOMENTS)[number]>): FieldError[] {
  const errors: FieldError[] = []
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
  return errors
}

/** `startedAt` as people say it: "Started". */
export function wordsOf(moment: string): string {
  return moment.charAt(0).toUpperCase() + moment.slice(1).replace(/At$/, '')
}

/** Every scalar is read as text. What is empty was left out. */
const line = z.string()
const orNothing = <T extends z.ZodType>(schema: T) => z.preprocess(value => value || null, schema.nullable())
const listOf = <T extends z.ZodType>(schema: T) => z.preprocess(value => value || [], z.array(schema))

const timelineInput = z
  .array(
    z
      .object({ at: orNothing(line), at_text: orNothing(line), marker: orNothing(z.enum(MARKERS)), text: line })
      .strict(),
  )
  .transform(entries =>
    entries.map(({ at, at_text, marker, text }) => {
      const parsed = parseInstant(at ?? '')
      const iso = parsed.kind === 'instant' ? parsed.iso : null
      return { at: iso, atText: at_text ?? (iso === null ? at : null), marker, text }
    }),
  )

const DEEPEST_WHY = 20
const whyInput = whyAt(1)

function whyAt(level: number): z.ZodType<Why> {
  const below = level < DEEPEST_WHY ? listOf(whyAt(level + 1)) : listOf(z.never('Twenty whys are enough.'))
  return z.union([
    line.transform((text): Why => ({ text, whys: [] })),
    z.object({ text: line, whys: below }).strict(),
  ]) as unknown as z.ZodType<Why>
}

const factorsInput = z.array(z.object({ text: line, themes: listOf(line), whys: listOf(whyInput) }).strict())
const actionsInput = z
  .array(
    z
      .object({
        title: line,
        kind: orNothing(z.enum(ACTION_KINDS)),
        owner: orNothing(line),
        due: orNothing(z.iso.date()),
        state: orNothing(z.enum(ACTION_STATES)),
        created: orNothing(z.iso.date()),
        closed: orNothing(z.iso.date()),
        reason: orNothing(line),
        external_id: orNothing(line),
      })
      .strict(),
  )
  .transform(actions =>
    actions.map(({ title, kind, owner, due, state, created, closed, reason, external_id }) => ({
      title,
      kind,
      owner,
      createdOn: created,
      dueOn: due,
      state: state ?? ('open' as const),
      closedOn: closed,
      reason,
      externalId: external_id,
    })),
  )

/** The parser takes some 25 µs for a value, and far more for one within a thousand brackets. */
const YAML_LIMIT = 400_000
const MOST_UNCLOSED = 200

/** The most brackets that stand open anywhere. */
function unclosed(text: string): number {
  let open = 0
  let most = 0
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open += bracket === '[' || bracket === '{' ? 1 : -1
    most = Math.max(most, open)
  }
  return most
}

function readYaml<T>(form: FormData, name: string, schema: z.ZodType<T>, errors: FieldError[]): T | null {
  const source = typed(form, name)
  const refuse = (message: string): null => {
    errors.push({ path: name, message })
    return null
  }
  if (source.length > YAML_LIMIT) return refuse(`At most ${YAML_LIMIT.toLocaleString('en-GB')} characters.`)
  if (unclosed(source) > MOST_UNCLOSED) return refuse('This has too many brackets that are not closed.')
  const lines = new LineCounter()
  const document = parseDocument(source, { schema: 'failsafe', logLevel: 'error', lineCounter: lines })
  const first = document.errors[0]
  if (first) {
    const line = first.linePos?.[0].line
    return refuse(`${line ? `Line ${line}: ` : ''}this is not YAML that can be read.`)
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 20 })
  } catch {
    return refuse('Too many aliases.')
  }
  const parsed = schema.safeParse(value || [])
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues.slice(0, 3)) {
    const [index, ...field] = issue.path
    if (typeof index !== 'number') return refuse('Write a list: each entry starts with a dash.')
    const node = isSeq(document.contents) ? (document.contents.items[index] as { range?: number[] }) : null
    const line = node?.range?.[0] === undefined ? null : lines.linePos(node.range[0]).line
    const where = [line === null ? '' : `Line ${line}`, `entry ${index + 1}`, field.join('.')]
      .filter(Boolean)
      .join(', ')
    refuse(`${where}: ${issue.message}`)
  }
  return null
}

function plainWhy(why: Why): unknown {
  return why.whys.length ? { text: why.text, whys: why.whys.map(plainWhy) } : why.text
}

function present(entry: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  )
}

function yamlOf(list: object[]): string {
  if (list.length === 0) return ''
  const document = new Document(list)
  visit(document, {
    Scalar(_, scalar) {
      // Block scalars lose spaces at their edges.
      if (typeof scalar.value === 'string' && /^\s|\s$/.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE'
    },
  })
  return document.toString({ lineWidth: 100 })
}
