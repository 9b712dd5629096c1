/** The form of an incident: from facts to fields in the reader's time zone, and back to what the use-cases take. */
import { textOf } from '#app/http/read-form.server.ts'
import { invalid } from '#app/identity/fields.ts'
import type { FieldError } from '#app/platform/errors.ts'
import { parseInstant } from '#app/platform/parse-time.ts'
import { momentOfWall, wallTime } from '#app/platform/wall-time.ts'
import { incidentChangeSchema, newIncidentSchema } from './incident-body.ts'
import type { IncidentFacts } from './incidents.server.ts'
import { disorderOf, isOpen, MOMENT_WORDS, MOMENTS, type Moment, type Moments } from './moments.ts'

const NO_MOMENTS = Object.fromEntries(MOMENTS.map(moment => [moment, null])) as Moments

export type IncidentFields = Record<
  'title' | 'summary' | 'severity' | 'detectedBy' | 'customerImpact' | 'impactNote' | 'sourceUrl' | Moment,
  string
> & {
  /** Slugs. */
  services: string[]
  isOver: boolean
}

/** What the form shows of an incident; empty for a new one. */
export function fieldsOfIncident(facts: IncidentFacts | null, timeZone: string): IncidentFields {
  const moments = Object.fromEntries(
    MOMENTS.map(moment => [moment, shown(facts?.[moment] ?? null, timeZone)]),
  ) as Record<Moment, string>
  return {
    ...moments,
    title: facts?.title ?? '',
    summary: facts?.summary ?? '',
    severity: facts?.severity ?? '',
    detectedBy: facts?.detectedBy ?? '',
    customerImpact: facts?.customerImpact == null ? '' : facts.customerImpact ? 'yes' : 'no',
    impactNote: facts?.impactNote ?? '',
    sourceUrl: facts?.sourceUrl ?? '',
    services: facts?.services.map(service => service.slug) ?? [],
    isOver: facts !== null && facts.resolvedAt === null && !isOpen(facts),
  }
}

/**
 * The body that records a new incident.
 * @throws AppError invalid with every complaint beside its field.
 */
export function newIncidentIn(form: FormData, timeZone: string): Record<string, unknown> {
  const { values, errors } = readFields(form, timeZone, null)
  const body = { ...values, ...momentsIn(form, timeZone, null, errors) }
  refuseWrong(newIncidentSchema, body, errors)
  return body
}

/**
 * What the form changes; what was left as it was shown is left out, so that seconds and remarks stay.
 * @throws AppError invalid with every complaint beside its field.
 */
export function incidentChangeIn(form: FormData, timeZone: string, facts: IncidentFacts): Record<string, unknown> {
  const { values, errors } = readFields(form, timeZone, facts)
  const change: Record<string, unknown> = { ...values, ...momentsIn(form, timeZone, facts, errors) }
  const isOver = form.has('isOver')
  const wasOver = fieldsOfIncident(facts, timeZone).isOver
  if (isOver && (change.resolvedAt ?? (change.resolvedAt === undefined ? facts.resolvedAt : null)) !== null)
    errors.push({ path: 'isOver', message: 'There is a time at which it was resolved: leave this open, or that out.' })
  else if (isOver && !wasOver) change.isOver = true
  else if (!isOver && wasOver && change.resolvedAt === undefined) change.resolvedAt = null
  const reason = textOf(form, 'severityReason').trim()
  if (values.severity !== facts.severity) {
    change.severityReason = reason
    if (reason === '')
      errors.push({
        path: 'severityReason',
        message: 'Say why the severity is another one now: it is kept with the change.',
      })
  }
  refuseWrong(incidentChangeSchema, change, errors)
  return change
}

function readFields(form: FormData, timeZone: string, facts: IncidentFacts | null) {
  const impact = textOf(form, 'customerImpact')
  const services = form.getAll('services').filter(value => typeof value === 'string')
  const isSame = facts !== null && services.join() === fieldsOfIncident(facts, timeZone).services.join()
  const values = {
    title: textOf(form, 'title'),
    summary: textOf(form, 'summary').trim(),
    severity: textOf(form, 'severity') || null,
    detectedBy: textOf(form, 'detectedBy') || null,
    customerImpact: impact === '' ? null : impact === 'yes',
    impactNote: textOf(form, 'impactNote').trim(),
    sourceUrl: textOf(form, 'sourceUrl').trim() || null,
    // The same services stay in the order in which they were named.
    ...(isSame ? {} : { services }),
    ...(facts && facts.detectedBy === (textOf(form, 'detectedBy') || null) ? { detectedBy: undefined } : {}),
  }
  return { values, errors: [] as FieldError[] }
}

/** The moments that were changed; complaints about those that cannot be read or stand in no order. */
function momentsIn(form: FormData, timeZone: string, before: Moments | null, errors: FieldError[]): Partial<Moments> {
  const changed: Partial<Moments> = {}
  for (const moment of MOMENTS) {
    const text = textOf(form, moment).trim()
    if (text === shown(before?.[moment] ?? null, timeZone)) continue
    const at = text === '' ? null : readMoment(text, timeZone)
    if (at === undefined)
      errors.push({ path: moment, message: `${MOMENT_WORDS[moment]}: write a day and a time, as 2026-03-04 13:05.` })
    else changed[moment] = at
  }
  for (const { moment, after } of disorderOf({ ...NO_MOMENTS, ...pick(before), ...changed }))
    errors.push({ path: moment, message: `${MOMENT_WORDS[moment]} is before ${MOMENT_WORDS[after].toLowerCase()}.` })
  return changed
}

function pick(moments: Moments | null): Partial<Moments> {
  return moments === null ? {} : Object.fromEntries(MOMENTS.map(moment => [moment, moments[moment]]))
}

function shown(at: string | null, timeZone: string): string {
  return at === null ? '' : wallTime(timeZone, Date.parse(at))
}

/** A time as the clock on the wall shows it, or with a zone of its own. */
export function readMoment(text: string, timeZone: string): string | undefined {
  const parsed = parseInstant(text)
  if (parsed.kind === 'instant') return parsed.iso
  const moment = momentOfWall(timeZone, text)
  return moment === null ? undefined : new Date(moment).toISOString()
}

function refuseWrong(
  schema: typeof newIncidentSchema | typeof incidentChangeSchema,
  body: Record<string, unknown>,
  errors: FieldError[],
): void {
  for (const issue of schema.safeParse(body).error?.issues ?? []) {
    const path = String(issue.path[0] ?? '')
    if (!errors.some(error => error.path === path)) errors.push({ path, message: issue.message })
  }
  if (errors.length > 0) throw invalid(errors)
}
