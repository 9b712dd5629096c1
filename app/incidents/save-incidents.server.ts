/** The one way an incident is written: many at a time, inside the caller's transaction. */
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { announce } from '#app/platform/events.ts'
import { newId } from '#app/platform/ids.server.ts'
import { lockFor, type Tables, type Tx } from '#db/index.server.ts'
import { ensureFamilies } from './families.server.ts'
import './incident-events.ts'
import {
  type IncidentRow,
  incidentRowsByKeys,
  incidentRowsByLowerKeys,
  insertIncidents,
  replaceServicesOf,
  servicesOfIncidents,
  updateIncident,
} from './incident-queries.server.ts'
import { lowerKey } from './keys.ts'
import { insertSeverityChanges, type SeverityChangeRow } from './life-queries.server.ts'
import { columnOfFlag, keepOrder, MOMENT_COLUMNS, MOMENTS, type Moment, type Moments } from './moments.ts'
import { type NamedCommander, nameCommanders } from './name-commanders.server.ts'
import { ensureServices, ROOM_LOCK } from './services.server.ts'
import type { Severity } from './vocabulary.ts'

/** Facts as an import, a form or the demo knows them. What is left out stays as it was, or unknown if it is new. */
export interface IncidentInput extends Partial<Moments> {
  key: string
  title: string
  summary?: string
  severity?: Severity | null
  /** Why the severity is another one now, and who says so; nobody for imports and other programs. */
  severityChange?: { reason: string; personId: string | null; name: string }
  detectedBy?: 'monitoring' | 'employee' | 'customer' | null
  customerImpact?: boolean | null
  impactNote?: string
  /** Names; unknown ones are made. */
  services?: string[]
  /** A name; an unknown one is made. */
  family?: string | null
  commanderId?: string | null
  externalId?: string | null
  sourceUrl?: string | null
  /** About the given columns: see moments.ts. Flags of columns that are left out stay. */
  flags?: string[]
  /** How moments were written, for the flag when they break the order. */
  wording?: Partial<Record<Moment, string>>
}

export interface SavedIncident {
  id: string
  key: string
  outcome: 'created' | 'updated' | 'unchanged'
  servicesMade: string[]
  familyMade: string | null
  /** Flags of the moments that this call took out because they break the order. */
  disorder: string[]
}

/** Creates or updates the incident with this key; what is left out stays as it was. @returns its id. */
export async function saveIncident(tx: Tx, { clock }: { clock: Clock }, input: IncidentInput): Promise<string> {
  const [saved] = await saveIncidents(tx, { clock }, [input])
  return saved!.id
}

/**
 * Creates or updates incidents by key, whatever the case of its letters. Moments that break the order are taken out
 * and flagged: see keepOrder. The inputs must not name one incident twice.
 */
export async function saveIncidents(
  tx: Tx,
  { clock }: { clock: Clock },
  inputs: IncidentInput[],
): Promise<SavedIncident[]> {
  if (inputs.length === 0) return []
  await lockFor(tx, ROOM_LOCK)
  const services = await ensureServices(
    tx,
    { clock },
    inputs.flatMap(input => input.services ?? []),
  )
  const families = await ensureFamilies(
    tx,
    { clock },
    inputs.flatMap(input => input.family?.trim() || []),
  )
  const before = await existingByKeys(
    tx,
    inputs.map(input => input.key),
  )
  const linksBefore = await linksOf(
    tx,
    [...before.values()].map(row => row.id),
  )
  const now = isoNow(clock)

  const inserts: Tables['incidents'][] = []
  const relinked: string[] = []
  const links: Tables['incident_services'][] = []
  const commanders: NamedCommander[] = []
  const severityChanges: SeverityChangeRow[] = []
  const saved: SavedIncident[] = []
  for (const input of inputs) {
    const old = before.get(lowerKey(input.key))
    const own = [
      ...new Map((input.services ?? []).flatMap(name => services.get(name) ?? []).map(one => [one.id, one])).values(),
    ]
    const family = input.family?.trim() ? families.get(input.family.trim())! : null
    const { facts, disorder } = factsToStore(input, old, family?.id ?? null)
    const id = old?.id ?? newId()
    const wasLinked = (old && linksBefore.get(old.id)) ?? []
    const isRelinked = input.services !== undefined && wasLinked.join() !== own.map(one => one.id).join()
    const isChanged = !old || differs(facts, old)
    if (!old) inserts.push({ ...facts, id, key: input.key, created_at: now, updated_at: now })
    else if (isChanged || isRelinked) await updateIncident(tx, { ...facts, id, updated_at: now })
    if (isRelinked) {
      if (wasLinked.length > 0) relinked.push(id)
      links.push(...own.map((service, position) => ({ incident_id: id, service_id: service.id, position })))
    }
    if (old && facts.severity !== old.severity) severityChanges.push(severityChange(input, old, facts.severity, now))
    if (facts.commander_id !== (old?.commander_id ?? null))
      commanders.push({ incidentId: id, personId: facts.commander_id })
    saved.push({
      id,
      key: old?.key ?? input.key,
      outcome: !old ? 'created' : isChanged || isRelinked ? 'updated' : 'unchanged',
      servicesMade: own.filter(service => service.created).map(service => service.name),
      familyMade: family?.created ? family.name : null,
      disorder,
    })
  }
  await insertIncidents(tx, inserts)
  await replaceServicesOf(tx, relinked, links)
  await nameCommanders(tx, commanders)
  await insertSeverityChanges(tx, severityChanges)
  const idsOf = (outcome: SavedIncident['outcome']) => saved.filter(one => one.outcome === outcome).map(one => one.id)
  const [created, updated] = [idsOf('created'), idsOf('updated')]
  if (created.length + updated.length > 0) await announce(tx, 'incidents.saved', { created, updated })
  return saved
}

type Stored = Omit<Tables['incidents'], 'id' | 'key' | 'created_at' | 'updated_at'>

/** The row that results when the input is laid over what was there. */
function factsToStore(
  input: IncidentInput,
  old: IncidentRow | undefined,
  familyId: string | null,
): { facts: Stored; disorder: string[] } {
  const laid = {} as Moments
  for (const moment of MOMENTS)
    laid[moment] = input[moment] === undefined ? (old?.[columnOf(moment)] ?? null) : input[moment]
  const { moments, flags: disorder } = keepOrder(laid, input.wording)
  const given = new Set(GIVEN.filter(([field]) => input[field] !== undefined).map(([, column]) => column))
  const staying = (old ? (JSON.parse(old.flags) as string[]) : []).filter(flag => !given.has(columnOfFlag(flag)))
  const flags = new Set([...staying, ...(input.flags ?? []), ...disorder])
  const facts: Stored = {
    title: input.title,
    summary: input.summary ?? old?.summary ?? '',
    severity: keep(input.severity, old?.severity),
    started_at: moments.startedAt,
    detected_at: moments.detectedAt,
    acknowledged_at: moments.acknowledgedAt,
    mitigated_at: moments.mitigatedAt,
    resolved_at: moments.resolvedAt,
    detected_by: keep(input.detectedBy, old?.detected_by),
    customer_impact: keep(asInteger(input.customerImpact), old?.customer_impact),
    impact_note: input.impactNote ?? old?.impact_note ?? '',
    family_id: keep(input.family === undefined ? undefined : familyId, old?.family_id),
    commander_id: keep(input.commanderId, old?.commander_id),
    external_id: keep(input.externalId, old?.external_id),
    source_url: keep(input.sourceUrl, old?.source_url),
    flags: JSON.stringify([...flags].sort()),
  }
  return { facts, disorder }
}

function severityChange(input: IncidentInput, old: IncidentRow, to: string | null, at: string): SeverityChangeRow {
  const { reason = '', personId = null, name = '' } = input.severityChange ?? {}
  const [person_id, actor_name] = [personId, name]
  return {
    id: newId(),
    incident_id: old.id,
    at,
    from_severity: old.severity,
    to_severity: to,
    reason,
    person_id,
    actor_name,
  }
}

/** The fields that a flag can be about. */
const GIVEN = [
  ...MOMENTS.map(moment => [moment, MOMENT_COLUMNS[moment]] as const),
  ['detectedBy', 'detected_by'],
] as const satisfies readonly (readonly [keyof IncidentInput, string])[]

function columnOf(moment: Moment) {
  return MOMENT_COLUMNS[moment] as 'started_at' | 'detected_at' | 'acknowledged_at' | 'mitigated_at' | 'resolved_at'
}

function keep<T>(given: T | null | undefined, old: T | null | undefined): T | null {
  return given === undefined ? (old ?? null) : given
}

function asInteger(flag: boolean | null | undefined): number | null | undefined {
  return typeof flag === 'boolean' ? Number(flag) : flag
}

function differs(facts: Stored, old: IncidentRow): boolean {
  return (Object.keys(facts) as (keyof Stored)[]).some(column => facts[column] !== old[column])
}

/** By key in lower case. An exact match is preferred where two differ by case only. */
export async function existingByKeys(tx: Tx, keys: string[]): Promise<Map<string, IncidentRow>> {
  const exact = await incidentRowsByKeys(tx, keys)
  const found = new Map(exact.map(row => [lowerKey(row.key), row]))
  const missing = [...new Set(keys.map(lowerKey))].filter(key => !found.has(key))
  for (const row of await incidentRowsByLowerKeys(tx, missing)) found.set(lowerKey(row.key), row)
  return found
}

async function linksOf(tx: Tx, incidentIds: string[]): Promise<Map<string, string[]>> {
  const links = new Map<string, string[]>()
  for (const { incidentId, id } of await servicesOfIncidents(tx, incidentIds)) {
    const list = links.get(incidentId) ?? []
    list.push(id)
    links.set(incidentId, list)
  }
  return links
}
