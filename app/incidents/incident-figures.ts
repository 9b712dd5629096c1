/** What the figures say of incidents: pure functions from rows to figures, by the definitions of the metrics page. */
import { type Duration, durationFigure, minutesBetween } from '#app/measure/durations.ts'
import type { Figure, Figures } from '#app/measure/figure.ts'
import type { Day, Period } from '#app/measure/period.ts'
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
  /** Requests served; absent where no traffic was imported for either period. */
  traffic?: { now: Traffic; before: Traffic }
  costPerHour: number
}

export interface Traffic {
  requests: number
  /** Of so many days there are numbers. */
  days: number
}

/** Requests served on one day. */
export interface TrafficDay {
  day: Day
  requests: number
}

/** The traffic of a period and of the one before it, if any; undefined where no day of either has numbers. */
export function trafficIn(
  days: readonly TrafficDay[],
  period: Pick<Period, 'firstDay' | 'endDay'>,
  before: Pick<Period, 'firstDay' | 'endDay'> | null,
): IncidentFigureRows['traffic'] {
  const sumIn = (part: Pick<Period, 'firstDay' | 'endDay'> | null): Traffic => {
    const within = part ? days.filter(({ day }) => day >= part.firstDay && day < part.endDay) : []
    return { requests: within.reduce((sum, { requests }) => sum + Number(requests), 0), days: within.length }
  }
  const traffic = { now: sumIn(period), before: sumIn(before) }
  return traffic.now.days + traffic.before.days > 0 ? traffic : undefined
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

/** Those that began in a period, as they were at the moment of looking. */
export function begunIn(
  incidents: readonly IncidentFact[],
  period: Pick<Period, 'from' | 'to'>,
  asOf: string,
): IncidentFact[] {
  return incidents.flatMap(incident => {
    const at = began(incident)
    return at !== null && at >= period.from && at < period.to && at <= asOf ? seenAt(incident, asOf) : []
  })
}

export function incidentFigures(rows: IncidentFigureRows): Figures {
  const { asOf } = rows
  const incidents = begunIn(rows.incidents, rows.period, asOf)
  const figures: Figures = { 'incidents.count': { value: incidents.length } }
  for (const severity of SEVERITIES)
    figures[`incidents.${severity.toLowerCase().replace('-', '')}`] = {
      value: incidents.filter(incident => incident.severity === severity).length,
    }
  const impact = { now: impacting(incidents), before: impacting(begunIn(rows.incidents, rows.before, asOf)) }
  return {
    ...figures,
    ...densityFigures(impact, rows.deployments),
    ...(rows.traffic ? trafficFigures(impact, rows.traffic) : {}),
    ...durationFigures(incidents, asOf),
    'detection.customerShare': customerShare(incidents),
    'incidents.repeatShare': { ...shareOfEvents(repeatsIn(incidents, rows.relatives).length, incidents.length) },
    ...downtimeFigures(incidents, asOf, rows.costPerHour),
  }
}

function impacting(incidents: readonly IncidentFact[]): number {
  return incidents.filter(incident => incident.customerImpact === true).length
}

interface Both<T> {
  now: T
  before: T
}

function densityFigures(impact: Both<number>, deployments: Both<number>): Figures {
  const { exposure, ...density } = rate(impact.now, deployments.now)
  return {
    'incidents.density': { ...density, deployments: exposure },
    'incidents.densityRatio': ratioOf(impact, deployments),
  }
}

function trafficFigures(impact: Both<number>, { now, before }: Both<Traffic>): Figures {
  const { exposure, ...perMillion } = rate(impact.now, now.requests, 1_000_000)
  return {
    'incidents.perMillionRequests': { ...perMillion, requests: exposure, days: now.days },
    'incidents.perMillionRequestsRatio': ratioOf(impact, { now: now.requests, before: before.requests }),
  }
}

function ratioOf(impact: Both<number>, exposure: Both<number>): Figure {
  const { value, low, high } = rateRatio(
    { count: impact.now, exposure: exposure.now },
    { count: impact.before, exposure: exposure.before },
  )
  return { value, low, high }
}

const LENGTHS = {
  'time.toDetect': one => over(one.startedAt, one.detectedAt),
  'time.toAcknowledge': one => over(one.detectedAt, one.acknowledgedAt),
  'time.toMitigate': (one, asOf) => over(one.startedAt, one.mitigatedAt) ?? openSince(one, 'mitigatedAt', asOf),
  'time.toResolve': (one, asOf) => over(one.startedAt, one.resolvedAt) ?? openSince(one, 'resolvedAt', asOf),
} satisfies Record<string, (incident: IncidentFact, asOf: string) => Duration | null>

export type TimeFigure = keyof typeof LENGTHS

/** Between the two endpoints of a figure, in minutes; those that are not known are left out. */
export function timesOf(id: TimeFigure, incidents: readonly IncidentFact[], asOf: string): Duration[] {
  return incidents.flatMap(incident => LENGTHS[id](incident, asOf) ?? [])
}

function durationFigures(incidents: readonly IncidentFact[], asOf: string): Figures {
  const figure = (id: TimeFigure): Figure => {
    const known = timesOf(id, incidents, asOf)
    return { ...durationFigure(known, incidents.length - known.length) }
  }
  return Object.fromEntries((Object.keys(LENGTHS) as TimeFigure[]).map(id => [id, figure(id)]))
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

function customerShare(incidents: readonly IncidentFact[]): Figure {
  const known = incidents.filter(incident => incident.detectedBy !== null)
  const byCustomer = known.filter(incident => incident.detectedBy === 'customer').length
  return { ...shareOfEvents(byCustomer, known.length), unknown: incidents.length - known.length, target: 0 }
}

/** Those of a family with a member that was resolved in the 183 days before they began. */
export function repeatsIn(incidents: readonly IncidentFact[], relatives: readonly Relative[]): IncidentFact[] {
  const families = new Map<string, { id: string; resolved: number }[]>()
  for (const { id, familyId, resolvedAt } of relatives) {
    const member = { id, resolved: Date.parse(resolvedAt) }
    const members = families.get(familyId)
    if (members) members.push(member)
    else families.set(familyId, [member])
  }
  return incidents.filter(incident => {
    const start = Date.parse(began(incident)!)
    return families
      .get(incident.familyId ?? '')
      ?.some(({ id, resolved }) => id !== incident.id && resolved <= start && start - resolved <= REPEAT_WITHIN)
  })
}

/** For each serious incident with customer impact, the minutes until customers were well again; null where unknown. */
export function downtimesOf(
  incidents: readonly IncidentFact[],
  asOf: string,
): { severity: Severity; minutes: number | null }[] {
  return incidents
    .filter(incident => isSerious(incident) && incident.customerImpact === true)
    .map(one => ({
      severity: one.severity!,
      minutes:
        over(one.startedAt, one.mitigatedAt ?? one.resolvedAt)?.value ??
        openSince(one, 'mitigatedAt', asOf)?.value ??
        null,
    }))
}

function downtimeFigures(incidents: readonly IncidentFact[], asOf: string, perHour: number): Figures {
  const lengths = downtimesOf(incidents, asOf).map(one => one.minutes)
  const known = lengths.filter(length => length !== null)
  const minutes = known.reduce((sum, length) => sum + length, 0)
  return {
    'downtime.minutes': { value: minutes, n: known.length, unknown: lengths.length - known.length },
    'downtime.cost': { value: (minutes / 60) * perHour, perHour },
  }
}
