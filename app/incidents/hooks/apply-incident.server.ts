import { createHash } from 'node:crypto'
import type { Clock } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import type { Tx } from '#db/index.server.ts'
import {
  type IncidentRow,
  incidentRowsByExternalIds,
  incidentRowsByIds,
  numberedKeys,
  servicesOfIncidents,
} from '../incident-queries.server.ts'
import { highestNumber, numberedKey } from '../keys.ts'
import { MOMENTS } from '../moments.ts'
import { takeInUpdates } from '../post-update.server.ts'
import { type IncidentInput, saveIncidents } from '../save-incidents.server.ts'
import {
  insertLink,
  type LinkRow,
  linkByExternalId,
  linksOfGroup,
  type SourceRow,
  updateLink,
} from './hook-queries.server.ts'
import { factsOf, mergeObservations, type Observation, type SourceFacts } from './observation.ts'
import type { ReportedIncident } from './reading.ts'
import { type SourceTables, servicesFor, severityFor } from './source-tables.ts'

/** What a delivery came to. */
export interface Applied {
  outcome: 'created' | 'updated' | 'unchanged' | 'counted' | 'ignored'
  note: string
  incidentId: string | null
}

/**
 * Lays what a source says over what it said before, and writes what follows from both: into the incident that was made
 * from it, else into a new one. What people here have changed since stays as they left it.
 */
export async function applyIncident(
  tx: Tx,
  { clock }: { clock: Clock },
  source: SourceRow,
  reported: ReportedIncident,
): Promise<Applied> {
  const tables = JSON.parse(source.tables) as SourceTables
  const { link, externalId, groupId } = await findLink(tx, source, reported)
  const observed = mergeObservations(
    link ? (JSON.parse(link.observed) as Observation) : { said: {}, first: {} },
    reported.observation,
  )
  const before = await incidentOf(tx, source, link, externalId)
  const known = before ? await writtenOf(tx, before) : null
  const isTouched = touchedSince(known, link ? (JSON.parse(link.written) as Written) : {})
  const facts = factsOf(observed)

  const input: IncidentInput = {
    key: before?.key ?? numberedKey(highestNumber(await numberedKeys(tx)) + 1),
    title:
      before && (isTouched('title') || !facts.title) ? before.title : (facts.title ?? `Incident at ${source.name}`),
    severityChange: { reason: `As ${source.name} has it.`, personId: null, name: source.name },
  }
  if (!before) input.externalId = `${source.slug}:${externalId}`
  if (facts.severity !== undefined && !isTouched('severity')) input.severity = severityFor(tables, facts.severity)
  if (facts.url !== undefined && !isTouched('sourceUrl')) input.sourceUrl = facts.url
  if (facts.detectedBy !== undefined && !isTouched('detectedBy')) input.detectedBy = facts.detectedBy
  if (facts.customerImpact !== undefined && !isTouched('customerImpact')) input.customerImpact = facts.customerImpact
  if (facts.services !== undefined && !isTouched('services')) input.services = servicesFor(tables, facts.services)
  for (const moment of MOMENTS) if (facts[moment] !== undefined && !isTouched(moment)) input[moment] = facts[moment]

  const [saved] = await saveIncidents(tx, { clock }, [input])
  const { id, key, outcome, servicesMade, disorder } = saved!
  const [after] = await incidentRowsByIds(tx, [id])
  const written = JSON.stringify(keepingWritten(await writtenOf(tx, after!), link, isTouched))
  if (link) await updateLink(tx, { id: link.id, observed: JSON.stringify(observed), written })
  else
    await insertLink(tx, {
      id: newId(),
      source_id: source.id,
      external_id: externalId,
      group_id: groupId,
      incident_id: id,
      observed: JSON.stringify(observed),
      written,
    })
  const told = await applyUpdates(tx, { clock }, source, id, { reported, observed })
  return {
    outcome: outcome === 'unchanged' && told > 0 ? 'updated' : outcome,
    incidentId: id,
    note: noteOf({ key, outcome, told, servicesMade, disorder, facts, tables, kept: keptFields(isTouched) }),
  }
}

/** The incident here that this is about, or under which name to remember it. */
async function findLink(
  tx: Tx,
  source: SourceRow,
  { id, group, observation }: ReportedIncident,
): Promise<{ link: LinkRow | undefined; externalId: string; groupId: string | null }> {
  if (group === null) return { link: await linkByExternalId(tx, source.id, id), externalId: id, groupId: null }
  const groupId = createHash('sha256').update(group).digest('hex').slice(0, 16)
  const names = Object.keys(observation.alerts ?? {})
  const times = await linksOfGroup(tx, source.id, groupId, TIMES_LOOKED_AT)
  const seen = times.map(link => ({ link, observed: JSON.parse(link.observed) as Observation }))
  const found =
    seen.find(({ observed }) => names.some(name => Object.hasOwn(observed.alerts ?? {}, name))) ??
    seen.find(({ observed }) => overlap(factsOf(observed), factsOf(observation)))
  return {
    link: found?.link,
    externalId: found?.link.external_id ?? `${groupId}@${id}`,
    groupId,
  }
}

/** How often a group may have come back since, before a late delivery counts as yet another time. */
const TIMES_LOOKED_AT = 20

/** Whether both went on at the same time. */
function overlap(one: Partial<SourceFacts>, other: Partial<SourceFacts>): boolean {
  const began = ({ detectedAt }: Partial<SourceFacts>) => detectedAt ?? ''
  const isOverBefore = ({ resolvedAt }: Partial<SourceFacts>, at: string) => Boolean(resolvedAt && resolvedAt < at)
  return !isOverBefore(one, began(other)) && !isOverBefore(other, began(one))
}

async function incidentOf(
  tx: Tx,
  source: SourceRow,
  link: LinkRow | undefined,
  externalId: string,
): Promise<IncidentRow | undefined> {
  const [row] = link
    ? await incidentRowsByIds(tx, [link.incident_id])
    : await incidentRowsByExternalIds(tx, [`${source.slug}:${externalId}`])
  return row
}

/** The fields that a source fills, as they stand in an incident. */
type Written = Partial<Record<keyof SourceFacts | 'sourceUrl', unknown>>

async function writtenOf(tx: Tx, row: IncidentRow): Promise<Written> {
  return {
    title: row.title,
    severity: row.severity,
    startedAt: row.started_at,
    detectedAt: row.detected_at,
    acknowledgedAt: row.acknowledged_at,
    mitigatedAt: row.mitigated_at,
    resolvedAt: row.resolved_at,
    detectedBy: row.detected_by,
    customerImpact: row.customer_impact,
    sourceUrl: row.source_url,
    services: (await servicesOfIncidents(tx, [row.id])).map(service => service.id),
  }
}

type IsTouched = (field: keyof Written) => boolean

/** Whether somebody here has changed a field since it was last written from elsewhere. */
function touchedSince(known: Written | null, written: Written): IsTouched {
  const text = (value: unknown) => (Array.isArray(value) ? value.join() : String(value ?? ''))
  return field => known !== null && text(known[field]) !== text(written[field])
}

/** What people changed is remembered as it was before them, so that it counts as theirs from now on. */
function keepingWritten(after: Written, link: LinkRow | undefined, isTouched: IsTouched): Written {
  const before = link ? (JSON.parse(link.written) as Written) : {}
  return Object.fromEntries(
    Object.entries(after).map(([field, value]) => [
      field,
      isTouched(field as keyof Written) ? (before[field as keyof Written] ?? null) : value,
    ]),
  )
}

const FIELD_WORDS: Partial<Record<keyof Written, string>> = {
  title: 'title',
  severity: 'severity',
  services: 'services',
  startedAt: 'start',
  detectedAt: 'detection',
  acknowledgedAt: 'acknowledgement',
  mitigatedAt: 'mitigation',
  resolvedAt: 'resolution',
}

function keptFields(isTouched: IsTouched): string[] {
  return Object.entries(FIELD_WORDS).flatMap(([field, word]) => (isTouched(field as keyof Written) ? [word] : []))
}

/** Takes in what was told there; a delivery that comes late does not undo what was corrected since. @returns how many are new. */
function applyUpdates(
  tx: Tx,
  context: { clock: Clock },
  source: SourceRow,
  incidentId: string,
  { reported, observed }: { reported: ReportedIncident; observed: Observation },
): Promise<number> {
  const newest = reported.updates.filter(({ id }) => observed.told?.[id] === reported.observation.told?.[id])
  return takeInUpdates(
    tx,
    context,
    incidentId,
    newest.map(({ id, at, text }) => ({ externalId: id, at, text, authorName: source.name })),
  )
}

function noteOf({
  key,
  outcome,
  told,
  servicesMade,
  disorder,
  facts,
  tables,
  kept,
}: {
  key: string
  outcome: 'created' | 'updated' | 'unchanged'
  told: number
  servicesMade: string[]
  disorder: string[]
  facts: Partial<SourceFacts>
  tables: SourceTables
  kept: string[]
}): string {
  const sentences = [
    outcome === 'created'
      ? `Recorded ${key}.`
      : outcome === 'updated'
        ? `Changed ${key}.`
        : told > 0
          ? `Changed nothing but the updates of ${key}.`
          : `Changed nothing in ${key}.`,
  ]
  if (told > 0) sentences.push(`${told} ${told === 1 ? 'update' : 'updates'} taken over.`)
  if (servicesMade.length > 0) sentences.push(`New services: ${servicesMade.join(', ')}.`)
  if (facts.severity && severityFor(tables, facts.severity) === null)
    sentences.push(`“${facts.severity}” stands for no severity here.`)
  if (kept.length > 0) sentences.push(`Left as people here have it: ${kept.join(', ')}.`)
  for (const flag of disorder) sentences.push(`${flag}.`)
  return sentences.join(' ')
}
