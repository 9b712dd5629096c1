/** The one way a postmortem is written: many records at a time, inside the caller's transaction. */
import type { Actor } from '#app/identity/actor.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { ensureServices } from '#app/incidents/services.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { firstFree, slugify } from '#app/platform/slug.ts'
import { ensureThemes } from '#app/themes/ensure-themes.server.ts'
import { lockFor, type Tx } from '#db/index.server.ts'
import { indexRows } from './index-postmortems.server.ts'
import {
  clearHanging,
  type Hanging,
  holdersOfExternalIds,
  insertHanging,
  insertPostmortems,
  type PostmortemRow,
  postmortemsByIds,
  readHanging,
  takenSlugs,
  updatePostmortem,
} from './postmortem-queries.server.ts'
import type { PostmortemRecord } from './record.ts'
import { groupBy, wordsIn } from './record-of.server.ts'
import { entriesWithIds, type RowIds, rowIdsFor } from './row-ids.server.ts'
import { clearRevisions, rowIdsElsewhere } from './section-queries.server.ts'
import { clearOpenSuggestions, closeApplied } from './suggestion-queries.server.ts'

/** Pages of the library that are no postmortem's. */
const RESERVED_SLUGS = ['import', 'export', 'set-aside']

/** Held by whoever writes postmortems, from before they look at what is there: two that come at once take turns. */
export function lockRoom(tx: Tx): Promise<void> {
  return lockFor(tx, 'postmortems')
}

export interface RecordToSave {
  record: PostmortemRecord
  /** The postmortem to write over; absent for a new one. */
  id?: string
  /** What the history says of this revision. */
  note: string
  /** Kept when the record comes from an import, so that the same file again is recognised. */
  importHash?: string
  /** Which row is which, where the writer's form knows; absent, rows are known by what they say. */
  rowIds?: RowIds
  /** Writes over the last revision in place of adding one: autosaves of one sitting are one revision. */
  isSameRevision?: boolean
  /** In place of those that are open; absent, the open ones stay, but for themes that are now applied. */
  suggestions?: { themeId: string; reason: string }[]
}

export interface Saved {
  id: string
  slug: string
  /** What had to be made or could not be matched, in words. */
  notes: string[]
}

/**
 * Writes records with their factors, themes, services, authors, action items and a revision, and indexes them.
 * Unknown services and themes are created, unknown people kept as written; both are noted.
 * @throws AppError conflict when another postmortem has the external id.
 */
export async function saveRecords(
  tx: Tx,
  { clock, actor }: { clock: Clock; actor: Actor },
  items: RecordToSave[],
): Promise<Saved[]> {
  if (items.length === 0) return []
  await lockRoom(tx)
  await refuseTakenIds(tx, items)
  const now = isoNow(clock)
  const records = items.map(item => item.record)
  const [theirs, ours] = [records.filter(record => record.isPublic), records.filter(record => !record.isPublic)]
  const services = new Map([
    ...(await ensureServices(tx, { clock, external: true }, unique(theirs.flatMap(record => record.services)))),
    ...(await ensureServices(tx, { clock }, unique(ours.flatMap(record => record.services)))),
  ])
  const themes = await ensureThemes(
    tx,
    { clock },
    unique(records.flatMap(record => [...record.themes, ...record.factors.flatMap(factor => factor.themes)])),
  )
  const incidents = await incidentsByKeys(tx, unique(records.flatMap(record => record.incidentKey ?? [])))
  const people = await peopleByEmails(tx, unique(records.flatMap(peopleIn)))

  const known = new Map(
    (
      await postmortemsByIds(
        tx,
        items.flatMap(item => item.id ?? []),
      )
    ).map(row => [row.id, row]),
  )
  const former = await readHanging(tx, [...known.keys()])
  const formerFactors = groupBy(former.factors, factor => factor.postmortem_id)
  const formerActions = groupBy(former.actions, action => action.postmortem_id ?? '')
  const elsewhere = await takenIds(tx, items)
  const taken = await takenSlugs(tx, unique(items.filter(item => !item.id).map(item => slugify(item.record.title))))
  for (const reserved of RESERVED_SLUGS) taken.add(reserved)
  if (known.size) await clearHanging(tx, [...known.keys()])
  const renewed = items.flatMap(item => (item.id && item.suggestions ? item.id : []))
  await clearOpenSuggestions(tx, renewed)

  const hanging: Hanging = {
    factors: [],
    factor_themes: [],
    postmortem_themes: [],
    theme_suggestions: [],
    postmortem_services: [],
    postmortem_authors: [],
    action_items: [],
    postmortem_revisions: [],
  }
  const inserts: PostmortemRow[] = []
  const updates: PostmortemRow[] = []
  const saved: Saved[] = []
  for (const { record, note, importHash, rowIds, isSameRevision, suggestions = [], ...item } of items) {
    const before = item.id ? known.get(item.id) : undefined
    const id = before?.id ?? newId()
    const slug = before?.slug ?? firstFree(slugify(record.title), taken)
    taken.add(slug)
    const notes: string[] = []
    const incident = record.incidentKey ? incidents.get(record.incidentKey) : undefined
    if (record.incidentKey && !incident)
      notes.push(`Incident ${record.incidentKey} is not in Candor yet; the link will be made when it comes.`)
    const row = {
      title: record.title,
      status: record.status,
      incident_id: incident?.id ?? null,
      incident_key: incident ? null : record.incidentKey,
      external_id: record.externalId,
      source_url: record.sourceUrl,
      severity: record.severity,
      started_at: record.startedAt,
      detected_at: record.detectedAt,
      acknowledged_at: record.acknowledgedAt,
      mitigated_at: record.mitigatedAt,
      resolved_at: record.resolvedAt,
      detected_by: record.detectedBy,
      customer_impact: record.customerImpact === null ? null : Number(record.customerImpact),
      highlights: JSON.stringify(record.highlights),
      summary: record.sections.summary,
      impact: record.sections.impact,
      went_well: record.sections.wentWell,
      lucky: record.sections.lucky,
      lessons: record.sections.lessons,
      prevention: record.sections.prevention,
      detection: record.sections.detection,
      body: record.sections.body,
      timeline: JSON.stringify(entriesWithIds(record.timeline, rowIds?.timeline, before?.timeline)),
      is_public: Number(record.isPublic),
      published_at: record.publishedAt,
      import_hash: importHash ?? before?.import_hash ?? null,
      revision: before && isSameRevision ? before.revision : (before?.revision ?? 0) + 1,
      words: wordsIn(record),
      updated_at: now,
    }
    if (before) {
      await updatePostmortem(tx, id, row)
      updates.push({ ...before, ...row })
    } else
      inserts.push({
        ...row,
        id,
        slug,
        is_restricted: 0,
        restricted_reason: null,
        archived_at: null,
        created_by: actor.accountId,
        created_at: now,
      })

    const applied = new Set<string>()
    for (const word of record.themes) {
      const theme = themes.get(word)
      if (!theme || applied.has(theme.id)) continue
      applied.add(theme.id)
      hanging.postmortem_themes.push({ postmortem_id: id, theme_id: theme.id })
      if (theme.created) notes.push(`Theme “${theme.name}” was new and has been created.`)
    }
    const factorIds = rowIdsFor({
      texts: record.factors.map(factor => factor.text),
      wanted: rowIds?.factors,
      former: (formerFactors.get(id) ?? []).map(factor => ({ id: factor.id, text: factor.text })),
      elsewhere,
    })
    record.factors.forEach((factor, position) => {
      const factorId = factorIds[position] as string
      hanging.factors.push({
        id: factorId,
        postmortem_id: id,
        position,
        text: factor.text,
        whys: JSON.stringify(factor.whys),
      })
      for (const themeId of new Set(factor.themes.flatMap(word => themes.get(word)?.id ?? [])))
        hanging.factor_themes.push({ factor_id: factorId, theme_id: themeId })
    })
    for (const { themeId, reason } of suggestions)
      if (!applied.has(themeId)) {
        applied.add(themeId)
        hanging.theme_suggestions.push({ postmortem_id: id, theme_id: themeId, reason, dismissed_at: null })
      }
    const linked = new Set<string>()
    for (const name of record.services) {
      const service = services.get(name)
      if (!service || linked.has(service.id)) continue
      hanging.postmortem_services.push({ postmortem_id: id, service_id: service.id, position: linked.size })
      linked.add(service.id)
      if (service.created) notes.push(`Service “${service.name}” was new and has been created.`)
    }
    record.authors.forEach((author, position) => {
      const person = people.get(author.toLowerCase())
      hanging.postmortem_authors.push({
        postmortem_id: id,
        position,
        person_id: person?.id ?? null,
        name: person?.name ?? author,
      })
    })
    const actionsBefore = new Map((formerActions.get(id) ?? []).map(action => [action.id, action]))
    const actionIds = rowIdsFor({
      texts: record.actions.map(action => action.externalId ?? action.title),
      wanted: rowIds?.actions,
      former: [...actionsBefore.values()].map(action => ({
        id: action.id,
        text: action.external_id ?? action.title,
      })),
      elsewhere,
    })
    record.actions.forEach((action, position) => {
      const owner = action.owner ? people.get(action.owner.toLowerCase()) : undefined
      if (action.owner?.includes('@') && !owner)
        notes.push(`Nobody has the address ${action.owner}; the action keeps it as written.`)
      const actionId = actionIds[position] as string
      hanging.action_items.push({
        id: actionId,
        postmortem_id: id,
        incident_id: incident?.id ?? null,
        position,
        title: action.title,
        kind: action.kind,
        owner_id: owner?.id ?? null,
        owner_text: owner ? null : action.owner,
        created_on: action.createdOn,
        due_on: action.dueOn,
        state: action.state,
        closed_on: action.closedOn,
        drop_reason: action.reason,
        external_id: action.externalId,
        created_at: actionsBefore.get(actionId)?.created_at ?? now,
        updated_at: now,
      })
    })
    hanging.postmortem_revisions.push({
      id: newId(),
      postmortem_id: id,
      number: row.revision,
      at: now,
      account_id: actor.accountId,
      actor_name: actor.name,
      note,
      document: JSON.stringify(asStored(record, { incident, services, themes, people })),
    })
    saved.push({ id, slug, notes })
  }
  const continued = new Set(items.flatMap(item => (item.id && item.isSameRevision ? item.id : [])))
  await clearRevisions(
    tx,
    updates.filter(row => continued.has(row.id)),
  )
  await closeApplied(tx, hanging.postmortem_themes)
  await insertPostmortems(tx, inserts)
  await insertHanging(tx, hanging)
  await indexRows(tx, [...updates, ...inserts], {
    factors: hanging.factors,
    factorThemes: hanging.factor_themes,
    themes: hanging.postmortem_themes,
    suggestions: hanging.theme_suggestions,
    services: hanging.postmortem_services,
    authors: hanging.postmortem_authors,
    actions: hanging.action_items,
  })
  return saved
}

/** The record as it will be read again, so that the history shows what people changed and nothing else. */
function asStored(
  record: PostmortemRecord,
  { incident, services, themes, people }: Found & { incident: { key: string } | undefined },
): PostmortemRecord {
  const slugs = (words: string[]) => unique(words.flatMap(word => themes.get(word)?.slug ?? [])).sort()
  const person = (name: string) => people.get(name.toLowerCase())?.email ?? name
  return {
    ...record,
    incidentKey: incident?.key ?? record.incidentKey,
    services: unique(record.services.flatMap(name => services.get(name)?.name ?? [])),
    themes: slugs(record.themes),
    authors: record.authors.map(person),
    factors: record.factors.map(factor => ({ ...factor, themes: slugs(factor.themes) })),
    actions: record.actions.map(action => ({ ...action, owner: action.owner === null ? null : person(action.owner) })),
  }
}

interface Found {
  services: Map<string, { name: string }>
  themes: Map<string, { slug: string }>
  people: Map<string, { email: string }>
}

/** An external_id means one postmortem, whoever may see it. */
async function refuseTakenIds(tx: Tx, items: RecordToSave[]): Promise<void> {
  const holders = await holdersOfExternalIds(
    tx,
    items.flatMap(item => item.record.externalId ?? []),
  )
  for (const { record, id } of items) {
    const holder = record.externalId === null ? undefined : holders.get(record.externalId)
    if (holder === undefined || holder === id) continue
    const message = `Another postmortem has the external id ${record.externalId}.`
    throw new AppError('conflict', message, [{ path: 'externalId', message }])
  }
}

function peopleIn(record: PostmortemRecord): string[] {
  return [...record.authors, ...record.actions.flatMap(action => action.owner ?? [])]
    .filter(name => name.includes('@'))
    .map(name => name.toLowerCase())
}

/** Ids that a form brought along and that rows of other postmortems have. */
async function takenIds(tx: Tx, items: RecordToSave[]): Promise<Set<string>> {
  const wanted = items.flatMap(({ rowIds }) => [...(rowIds?.factors ?? []), ...(rowIds?.actions ?? [])])
  const own = items.flatMap(item => item.id ?? [])
  return rowIdsElsewhere(tx, unique(wanted), own)
}

function unique(list: string[]): string[] {
  return [...new Set(list)]
}
