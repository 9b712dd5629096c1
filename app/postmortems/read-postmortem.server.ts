/** One postmortem as a reader sees it, if they may. */
import { type Actor, can } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { familyBySlug, familyMembers, type IncidentFacts, incidentsByIds } from '#app/incidents/incidents.server.ts'
import { servicesByIds } from '#app/incidents/services.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { slotContent } from '#app/platform/slots.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { openSlugsOfIncidents } from './incident-link-queries.server.ts'
import { isOpen } from './index-postmortems.server.ts'
import { type PostmortemRow, postmortemBySlug, postmortemsByIds, readHanging } from './postmortem-queries.server.ts'
import './postmortem-slots.ts'
import { readersOf } from './reader-queries.server.ts'
import type { Moment, PostmortemRecord } from './record.ts'
import { hangingById, recordOf } from './record-of.server.ts'

export interface ReadPostmortem {
  id: string
  slug: string
  incidentId: string | null
  /** The record, with the incident's facts in place of its own where it belongs to one. */
  record: PostmortemRecord
  /** Whether the incident is in Candor, so that its facts are shown. */
  isOfIncident: boolean
  family: { slug: string; name: string } | null
  /** Other members of the family that came before, newest first. */
  earlier: { key: string; title: string; startedAt: string | null; slug: string | null }[]
  themes: { slug: string; name: string }[]
  suggestions: { slug: string; name: string; reason: string }[]
  services: { slug: string; name: string }[]
  authors: string[]
  words: number
  revision: number
  isRestricted: boolean
  restrictedReason: string | null
  archivedAt: string | null
  updatedAt: string
  mayEdit: boolean
}

/** @throws AppError not-found when it does not exist or is not for this actor. */
export async function readPostmortem({ db, actor }: { db: Db; actor: Actor }, slug: string): Promise<ReadPostmortem> {
  const row = await visibleRow({ db, actor }, slug)
  const { records, view } = await readRecords(db, [row])
  const record = records.get(row.id) as PostmortemRecord
  const own = view(row)
  const incident = own.incident
  const family = incident?.family ? await familyBySlug(db, incident.family.slug) : null
  const members = family ? ((await familyMembers(db, [family.id])).get(family.id) ?? []) : []
  const slugs = await openSlugsOfIncidents(
    db,
    members.map(member => member.id),
  )
  return {
    id: row.id,
    slug: row.slug,
    incidentId: row.incident_id,
    record: incident ? withIncidentFacts(record, incident) : record,
    isOfIncident: incident !== undefined,
    family: incident?.family ?? null,
    earlier: members
      .filter(member => member.id !== incident?.id && (member.startedAt ?? '') < (incident?.startedAt ?? '~'))
      .sort((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? 1 : -1))
      .map(({ id, key, title, startedAt }) => ({ key, title, startedAt, slug: slugs.get(id) ?? null })),
    themes: own.themes,
    suggestions: can(actor, 'edit the library')
      ? own.suggestions.filter(one => !own.themes.some(theme => theme.slug === one.slug))
      : [],
    services: incident?.services.length ? incident.services : own.services,
    authors: own.authors,
    words: row.words,
    revision: row.revision,
    isRestricted: row.is_restricted === 1,
    restrictedReason: row.restricted_reason,
    archivedAt: row.archived_at,
    updatedAt: row.updated_at,
    mayEdit: await mayChange(db, actor, row),
  }
}

/** The row, if this actor may read it. @throws AppError not-found otherwise. */
export async function visibleRow({ db, actor }: { db: Db; actor: Actor }, slug: string): Promise<PostmortemRow> {
  const row = await postmortemBySlug(db, slug)
  if (!row || !(await maySee(db, actor, row))) throw notFound('This postmortem')
  return row
}

/**
 * product.md: published for all; drafts for authors, invited reviewers, editors and whoever leads a forum about them; restricted for authors, named
 * readers and administrators. What was published and is archived is for editors.
 */
export async function maySee(db: Db, actor: Actor, row: PostmortemRow): Promise<boolean> {
  if (isOpen(row)) return can(actor, 'read')
  if (can(actor, 'administer')) return true
  if (row.is_restricted === 0 && can(actor, 'see every draft')) return true
  if (row.is_restricted === 0 && row.status === 'published') return false
  if ((await isAuthor(db, actor, row.id)) || (await readersOf(db, row.id)).includes(actor.personId)) return true
  if (row.is_restricted === 1) return false
  const subject = { postmortemId: row.id, incidentId: row.incident_id }
  return (await slotContent('postmortems.on-own-agenda')?.({ db, actor }, subject)) ?? false
}

/** Editors, and authors as long as it is not published. */
export async function mayChange(db: Db, actor: Actor, row: PostmortemRow): Promise<boolean> {
  return can(actor, 'edit the library') || (row.status !== 'published' && (await isAuthor(db, actor, row.id)))
}

export async function isAuthor(db: Db, actor: Actor, postmortemId: string): Promise<boolean> {
  const { authors } = await readHanging(db, [postmortemId])
  return actor.personId !== '' && authors.some(author => author.person_id === actor.personId)
}

/** Records of many postmortems in a fixed number of queries. Says nothing about who may see them. */
export async function readRecords(db: Db, rows: PostmortemRow[]) {
  const ids = rows.map(row => row.id)
  const all = await readHanging(db, ids)
  const hanging = hangingById(all, ids)
  const [themes, services, incidents, people] = await Promise.all([
    listThemes(db),
    servicesByIds(db, unique(all.services.map(link => link.service_id))),
    incidentsByIds(db, unique(rows.flatMap(row => row.incident_id ?? []))),
    peopleByIds(
      db,
      unique([
        ...all.authors.flatMap(author => author.person_id ?? []),
        ...all.actions.flatMap(action => action.owner_id ?? []),
      ]),
    ),
  ])
  const themeById = new Map(themes.map(theme => [theme.id, theme]))
  const names = {
    themeSlug: (id: string) => themeById.get(id)?.slug ?? id,
    serviceName: (id: string) => services.get(id)?.name ?? id,
    incidentKey: (id: string) => incidents.get(id)?.key ?? null,
    personEmail: (id: string) => people.get(id)?.email ?? null,
  }
  const records = new Map(rows.map(row => [row.id, recordOf(row, hanging.get(row.id)!, names)]))
  const theme = (id: string) => {
    const found = themeById.get(id)
    return found ? [{ slug: found.slug, name: found.name }] : []
  }
  return {
    records,
    view(row: PostmortemRow) {
      const own = hanging.get(row.id)!
      return {
        incident: row.incident_id ? incidents.get(row.incident_id) : undefined,
        themes: own.themes.flatMap(link => theme(link.theme_id)).sort((a, b) => (a.name < b.name ? -1 : 1)),
        suggestions: own.suggestions
          .flatMap(one => theme(one.theme_id).map(found => ({ ...found, reason: one.reason })))
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
        services: own.services.flatMap(link => {
          const found = services.get(link.service_id)
          return found ? [{ slug: found.slug, name: found.name }] : []
        }),
        authors: own.authors.map(author => (author.person_id && people.get(author.person_id)?.name) || author.name),
        authorIds: own.authors.flatMap(author => author.person_id ?? []),
      }
    },
  }
}

/** Records by id, for exports and comparisons. */
export async function recordsByIds(db: Db, ids: string[]): Promise<Map<string, PostmortemRecord>> {
  return (await readRecords(db, await postmortemsByIds(db, ids))).records
}

function withIncidentFacts(record: PostmortemRecord, incident: IncidentFacts): PostmortemRecord {
  const facts: Pick<PostmortemRecord, Moment | 'severity' | 'detectedBy' | 'customerImpact'> = {
    severity: (incident.severity ?? record.severity) as PostmortemRecord['severity'],
    startedAt: incident.startedAt ?? record.startedAt,
    detectedAt: incident.detectedAt ?? record.detectedAt,
    acknowledgedAt: incident.acknowledgedAt ?? record.acknowledgedAt,
    mitigatedAt: incident.mitigatedAt ?? record.mitigatedAt,
    resolvedAt: incident.resolvedAt ?? record.resolvedAt,
    detectedBy: (incident.detectedBy ?? record.detectedBy) as PostmortemRecord['detectedBy'],
    customerImpact: incident.customerImpact ?? record.customerImpact,
  }
  return { ...record, ...facts }
}

function unique(list: string[]): string[] {
  return [...new Set(list)]
}
