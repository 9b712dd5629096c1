/** What the figures say of incidents: pure functions from rows to figures, by the definitions of the metrics page. */
import { type Duration, durationFigure, minutesBetween } from '#app/measure/durations.ts'
import type { Figure, Figures } from '#app/measure/figure.ts'
import type { Period } from '#app/measure/period.ts'
import { rate, rateRatio } from '#app/measure/rate.ts'
import { shareOfEvents } from '#app/measure/share.ts'
import { MOMENTS, type Moment, type Moments } from './moments.ts'
import { type Detector, SEVERITIES, type Severity } from './vocabulary.ts'

export interface IncidentFact extends Moments {
  id: string
  severity: Severity | null
  detectedBy: Detector | null
  customerImpact: boolean | null
  familyId: string | null
  /** Moments that were written in a way that could not be used: unknown, not still to come. */
  spoilt: readonly Moment[]
}

/** An incident of a family that was resolved. */
export interface Relative {
  id: string
  familyId: string
  resolvedAt: string
}

export interface IncidentFigureRows {
  period: Pick<Period, 'from' | 'to'>
  /** The equally long period before. */
  before: Pick<Period, 'from' | 'to'>
  /** ISO 8601 UTC with milliseconds, as all moments here: text order is time order. */
  asOf: string
  /** Those that began in either period; others may be among them. */
  incidents: readonly IncidentFact[]
  relatives: readonly Relative[]
  deployments: { now: number; before: number }
  costPerHour: number
}

const REPEAT_WITHIN = 183 * 86_400_000

/** When an incident began, as far as it is known. */
export function began({ startedAt, detectedAt }: Pick<Moments, 'startedAt' | 'detectedAt'>): string | null {
  return startedAt ?? detectedAt
}

/** Whether its impact on the business asks for a postmortem within 48 hours. */
export function isSerious({ severity }: { severity: Severity | null }): boolean {
  return severity === 'SEV-1' || severity === 'SEV-2'
}

/** The incident as it was then: what came later had not happened yet. */
export function seenAt(incident: IncidentFact, asOf: string): IncidentFact {
  const seen = { ...incident }
  for (const moment of MOMENTS) if ((seen[moment] ?? '') > asOf) seen[moment] = null
  return seen
}

export function incidentFigures(rows: IncidentFigureRows): Figures {
  const { asOf } = rows
  const begun = (period: Pick<Period, 'from' | 'to'>) =>
    rows.incidents.flatMap(incident => {
      const at = began(incident)
      return at !== null && at >= period.from && at < period.to && at <= asOf ? seenAt(incident, asOf) : []
    })
  const incidents = begun(rows.period)
  const figures: Figures = { 'incidents.count': { value: incidents.length } }
  for (const severity of SEVERITIES)
    figures[`incidents.${severity.toLowerCase().replace('-', '')}`] = {
      value: incidents.filter(incident => incident.severity === severity).length,
    }
  return {
    ...figures,
    ...densityFigures(impacting(incidents), impacting(begun(rows.before)), rows.deployments),
    ...durationFigures(incidents, asOf),
    'detection.customerShare': customerShare(incidents),
    'incidents.repeatShare': repeatShare(incidents, rows.relatives),
    ...downtimeFigures(incidents, asOf, rows.costPerHour),
  }
}

function impacting(incidents: IncidentFact[]): number {
  return incidents.filter(incident => incident.customerImpact === true).length
}

function densityFigures(now: number, before: number, deployments: { now: number; before: number }): Figures {
  const { exposure, ...density } = rate(now, deployments.now)
  const { value, low, high } = rateRatio(
    { count: now, exposure: deployments.now },
    { count: before, exposure: deployments.before },
  )
  return {
    'incidents.density': { ...density, deployments: exposure },
    'incidents.densityRatio': { value, low, high },
  }
}

function durationFigures(incidents: IncidentFact[], asOf: string): Figures {
  const figure = (length: (incident: IncidentFact) => Duration | null): Figure => {
    const lengths = incidents.map(length)
    const known = lengths.filter(one => one !== null)
    return { ...durationFigure(known, lengths.length - known.length) }
  }
  return {
    'time.toDetect': figure(one => over(one.startedAt, one.detectedAt)),
    'time.toAcknowledge': figure(one => over(one.detectedAt, one.acknowledgedAt)),
    'time.toMitigate': figure(one => over(one.startedAt, one.mitigatedAt) ?? openSince(one, 'mitigatedAt', asOf)),
    'time.toResolve': figure(one => over(one.startedAt, one.resolvedAt) ?? openSince(one, 'resolvedAt', asOf)),
  }
}

function over(start: string | null, end: string | null): Duration | null {
  const value = minutesBetween(start, end)
  return value === null ? null : { value, isOpen: false }
}

/** Missing while the incident is open, the moment is still to come; missing on one that is over, it is unknown. */
function openSince(incident: IncidentFact, moment: 'mitigatedAt' | 'resolvedAt', asOf: string): Duration | null {
  const isOver = incident.resolvedAt !== null || incident.spoilt.includes('resolvedAt')
  if (isOver || incident.spoilt.includes(moment)) return null
  const value = minutesBetween(incident.startedAt, asOf)
  return value === null ? null : { value, isOpen: true }
}

function customerShare(incidents: IncidentFact[]): Figure {
  const known = incidents.filter(incident => incident.detectedBy !== null)
  const byCustomer = known.filter(incident => incident.detectedBy === 'customer').length
  return { ...shareOfEvents(byCustomer, known.length), unknown: incidents.length - known.length, target: 0 }
}

function repeatShare(incidents: IncidentFact[], relatives: readonly Relative[]): Figure {
  const families = new Map<string, { id: string; resolved: number }[]>()
  for (const { id, familyId, resolvedAt } of relatives) {
    const member = { id, resolved: Date.parse(resolvedAt) }
    const members = families.get(familyId)
    if (members) members.push(member)
    else families.set(familyId, [member])
  }
  const repeats = incidents.filter(incident => {
    const start = Date.parse(began(incident)!)
    return families
      .get(incident.familyId ?? '')
      ?.some(({ id, resolved }) => id !== incident.id && resolved <= start && start - resolved <= REPEAT_WITHIN)
  })
  return { ...shareOfEvents(repeats.length, incidents.length) }
}

function downtimeFigures(incidents: IncidentFact[], asOf: string, perHour: number): Figures {
  const down = incidents.filter(incident => isSerious(incident) && incident.customerImpact === true)
  const lengths = down.map(
    one =>
      over(one.startedAt, one.mitigatedAt ?? one.resolvedAt)?.value ??
      openSince(one, 'mitigatedAt', asOf)?.value ??
      null,
  )
  const known = lengths.filter(length => length !== null)
  const minutes = known.reduce((sum, length) => sum + length, 0)
  return {
    'downtime.minutes': { value: minutes, n: known.length, unknown: lengths.length - known.length },
    'downtime.cost': { value: (minutes / 60) * perHour, perHour },
  }
}
