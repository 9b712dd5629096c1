/** The front door to incidents and families, for this room's pages and the rooms above. */
import { isStorable } from '#app/identity/fields.ts'
import type { Db } from '#db/index.server.ts'
import * as queries from './incident-queries.server.ts'
import { lowerKey } from './keys.ts'
import type { Moments } from './moments.ts'
import type { Detector, Severity } from './vocabulary.ts'

export { ensureFamily, familyBySlug, familyMembers } from './families.server.ts'
export { firstRecordedAt } from './figure-queries.server.ts'
export { type IncidentInput, saveIncident } from './save-incidents.server.ts'

export interface IncidentFacts extends Moments {
  id: string
  key: string
  title: string
  /** What happened, in a few sentences. */
  summary: string
  severity: Severity | null
  detectedBy: Detector | null
  /** Null when it is not known. */
  customerImpact: boolean | null
  impactNote: string
  services: { id: string; slug: string; name: string }[]
  family: { slug: string; name: string } | null
  commanderId: string | null
  externalId: string | null
  sourceUrl: string | null
  /** Sentences about what an import could not take as it was: see moments.ts. */
  flags: string[]
  createdAt: string
  updatedAt: string
}

/** By each key as it was asked for; the case of its letters does not matter. Unknown keys are not in the answer. */
export async function incidentsByKeys(db: Db, keys: string[]): Promise<Map<string, IncidentFacts>> {
  // A key from an address may hold anything, and PostgreSQL cannot even be asked about U+0000.
  const wanted = [...new Set(keys)].filter(isStorable)
  const rows = await queries.incidentRowsByKeys(db, wanted)
  const exact = new Set(rows.map(row => row.key))
  const inexact = wanted.filter(key => !exact.has(key))
  if (inexact.length > 0) rows.push(...(await queries.incidentRowsByLowerKeys(db, [...new Set(inexact.map(lowerKey))])))
  const facts = await factsOf(db, rows)
  const byKey = new Map(facts.map(one => [one.key, one]))
  const byLower = new Map(facts.map(one => [lowerKey(one.key), one]))
  const found = new Map<string, IncidentFacts>()
  for (const key of wanted) {
    const one = byKey.get(key) ?? byLower.get(lowerKey(key))
    if (one) found.set(key, one)
  }
  return found
}

export async function incidentsByIds(db: Db, ids: string[]): Promise<Map<string, IncidentFacts>> {
  const facts = await factsOf(db, await queries.incidentRowsByIds(db, [...new Set(ids)]))
  return new Map(facts.map(one => [one.id, one]))
}

/** One page of incidents, the latest first. */
export async function listIncidents(
  db: Db,
  filter: queries.IncidentFilter,
  page: { offset: number; limit: number },
): Promise<{ items: IncidentFacts[]; total: number }> {
  const { rows, total } = await queries.pageOfIncidents(db, filter, page)
  return { items: await factsOf(db, rows), total }
}

async function factsOf(db: Db, rows: queries.IncidentRow[]): Promise<IncidentFacts[]> {
  const ids = [...new Set(rows.map(row => row.id))]
  const services = new Map<string, IncidentFacts['services']>(ids.map(id => [id, []]))
  for (const { incidentId, ...service } of await queries.servicesOfIncidents(db, ids))
    services.get(incidentId)!.push(service)
  return rows.map(row => ({
    id: row.id,
    key: row.key,
    title: row.title,
    summary: row.summary,
    severity: row.severity as Severity | null,
    startedAt: row.started_at,
    detectedAt: row.detected_at,
    acknowledgedAt: row.acknowledged_at,
    mitigatedAt: row.mitigated_at,
    resolvedAt: row.resolved_at,
    detectedBy: row.detected_by as Detector | null,
    customerImpact: row.customer_impact === null ? null : row.customer_impact === 1,
    impactNote: row.impact_note,
    services: services.get(row.id)!,
    family: row.family_slug === null ? null : { slug: row.family_slug, name: row.family_name! },
    commanderId: row.commander_id,
    externalId: row.external_id,
    sourceUrl: row.source_url,
    flags: JSON.parse(row.flags) as string[],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }))
}
