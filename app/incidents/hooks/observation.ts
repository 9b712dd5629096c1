/**
 * What a source has said about one of its incidents so far. Deliveries come late, twice and in any order: whatever the
 * order, merging them gives the same, since everything said carries the moment at which it was so.
 */
import { MOMENTS, type Moment, type Moments } from '../moments.ts'
import type { Detector } from '../vocabulary.ts'

/** What is known of an incident elsewhere. The severity is the source's own word, the services its own names. */
export interface SourceFacts extends Moments {
  title: string
  severity: string | null
  services: string[]
  url: string | null
  detectedBy: Detector | null
  customerImpact: boolean | null
}

/** A value, and the moment (ISO 8601 UTC) at which the source held it to be so. */
export interface Said<T> {
  value: T
  at: string
}

export interface Observation {
  /** Of what was said the latest counts. */
  said: { [Field in keyof SourceFacts]?: Said<SourceFacts[Field]> }
  /** Moments that happened at the first time they are told of, such as an acknowledgement. */
  first: Partial<Record<Moment, string>>
  /** Alerts of a group: when each ended, null while it has not. */
  alerts?: Record<string, { from: string; until: string | null }>
  /** Every alert that began by then has ended. */
  quietAt?: string | null
  /** Updates by their id there: the latest moment at which they were so. */
  told?: Record<string, string>
}

/** What both say together. Which comes first, and whether one comes twice, makes no difference. */
export function mergeObservations(one: Observation, other: Observation): Observation {
  const said: Record<string, Said<unknown>> = {}
  for (const part of [one.said, other.said] as Record<string, Said<unknown>>[])
    for (const [field, given] of Object.entries(part)) {
      const known = Object.hasOwn(said, field) ? said[field] : undefined
      if (!known || isLater(given, known)) said[field] = given
    }
  const first: Observation['first'] = {}
  for (const moment of MOMENTS) {
    const at = earlier(one.first[moment], other.first[moment])
    if (at !== undefined) first[moment] = at
  }
  const merged: Observation = { said: said as Observation['said'], first }
  if (one.alerts || other.alerts || one.quietAt || other.quietAt) {
    merged.alerts = { ...one.alerts }
    for (const [name, alert] of Object.entries(other.alerts ?? {})) {
      const known = Object.hasOwn(merged.alerts, name) ? merged.alerts[name] : undefined
      merged.alerts[name] = { from: alert.from, until: later(alert.until, known?.until ?? null) }
    }
    merged.quietAt = later(one.quietAt ?? null, other.quietAt ?? null)
  }
  if (one.told || other.told) {
    merged.told = { ...one.told }
    for (const [id, at] of Object.entries(other.told ?? {}))
      merged.told[id] = later(at, Object.hasOwn(merged.told, id) ? merged.told[id]! : null)!
  }
  return merged
}

/** What a delivery that told these updates adds to an observation. @param at when they were so. */
export function tellingOf(updates: readonly { id: string }[], at: string): Pick<Observation, 'told'> {
  return updates.length === 0 ? {} : { told: Object.fromEntries(updates.map(({ id }) => [id, at])) }
}

/** The facts that follow; a field of which nothing was said is absent. */
export function factsOf({ said, first, alerts, quietAt }: Observation): Partial<SourceFacts> {
  const facts: Record<string, unknown> = { ...first }
  for (const [field, given] of Object.entries(said)) facts[field] = (given as Said<unknown>).value
  const list = Object.values(alerts ?? {})
  if (list.length > 0) {
    const isOver = (alert: (typeof list)[number]) =>
      alert.until !== null || (quietAt !== null && quietAt !== undefined && alert.from <= quietAt)
    facts.detectedAt = list.map(alert => alert.from).sort()[0]
    facts.resolvedAt = list.every(isOver)
      ? list.map(alert => alert.until).reduce((a, b) => later(a, b), quietAt ?? null)
      : null
  }
  return facts as Partial<SourceFacts>
}

/** Of two at the same moment the greater text counts, and anything before nothing: so the order does not matter. */
function isLater(given: Said<unknown>, known: Said<unknown>): boolean {
  if (given.at !== known.at) return given.at > known.at
  if (given.value === null || known.value === null) return known.value === null && given.value !== null
  return JSON.stringify(given.value) > JSON.stringify(known.value)
}

function earlier(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return one < other ? one : other
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one > other ? one : other
}
