/** Tells the search room what may be found: published, not restricted, not archived, and nothing else. */
import { listTeams } from '#app/identity/teams.server.ts'
import { incidentsByIds } from '#app/incidents/incidents.server.ts'
import { servicesByIds } from '#app/incidents/services.server.ts'
import type { SearchDocument } from '#app/search/document.ts'
import { indexDocuments, removeDocuments } from '#app/search/index-documents.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db, Tx } from '#db/index.server.ts'
import {
  actionTitles,
  factorTexts,
  type HangingRead,
  type PostmortemRow,
  postmortemsByIds,
  readHanging,
  textsOf,
} from './postmortem-queries.server.ts'
import type { TimelineEntry, Why } from './record.ts'
import { groupBy, hangingById } from './record-of.server.ts'

/** Brings the index up to date for these postmortems, inside the transaction that changed them. */
export async function indexPostmortems(tx: Tx, ids: string[]): Promise<void> {
  const rows = await postmortemsByIds(tx, ids)
  const found = new Set(rows.map(row => row.id))
  const gone = ids.filter(id => !found.has(id))
  if (gone.length) await removeDocuments(tx, gone)
  await indexRows(tx, rows, await readHanging(tx, ids))
}

/** The same for rows that are at hand, with all that hangs on them. */
export async function indexRows(tx: Tx, rows: PostmortemRow[], hanging: HangingRead): Promise<void> {
  const open = rows.filter(isOpen)
  const hidden = rows.filter(row => !isOpen(row)).map(row => row.id)
  if (hidden.length) await removeDocuments(tx, hidden)
  if (open.length) await indexDocuments(tx, await searchDocuments(tx, open, hanging))
}

/** Whether every member may read it. */
export function isOpen(row: { status: string; is_restricted: number; archived_at: string | null }): boolean {
  return row.status === 'published' && row.is_restricted === 0 && row.archived_at === null
}

/** What the index is to hold of these. */
export async function searchDocuments(db: Db, rows: PostmortemRow[], read: HangingRead): Promise<SearchDocument[]> {
  const hanging = hangingById(
    read,
    rows.map(row => row.id),
  )
  const themes = new Map((await listThemes(db)).map(theme => [theme.id, theme]))
  const services = await servicesByIds(db, unique(read.services.map(link => link.service_id)))
  const incidents = await incidentsByIds(db, unique(rows.flatMap(row => row.incident_id ?? [])))
  const teams = new Map((await listTeams(db)).map(team => [team.id, team]))
  return rows.map(row => {
    const own = hanging.get(row.id) as HangingRead
    const incident = row.incident_id ? incidents.get(row.incident_id) : undefined
    // Rows of tags have no order of their own, and what is shown must not depend on the database.
    const itsThemes = unique([...own.themes, ...own.factorThemes].map(link => link.theme_id))
      .flatMap(id => themes.get(id) ?? [])
      .sort((a, b) => (a.slug < b.slug ? -1 : 1))
    const itsServices = own.services.flatMap(link => services.get(link.service_id) ?? [])
    const itsTeams = unique(itsServices.flatMap(service => service.teamId ?? [])).flatMap(id => teams.get(id) ?? [])
    const timeline = JSON.parse(row.timeline) as TimelineEntry[]
    return {
      subjectId: row.id,
      slug: row.slug,
      key: incident?.key ?? null,
      externalId: row.external_id,
      title: row.title,
      severity: incident?.severity ?? row.severity,
      services: itsServices.map(service => ({ value: service.slug, label: service.name })),
      themes: itsThemes.map(theme => ({ value: theme.slug, label: theme.name })),
      teams: itsTeams.map(team => ({ value: team.slug, label: team.name })),
      publishedAt: row.published_at,
      occurredAt: incident?.startedAt ?? row.started_at ?? row.published_at,
      words: row.words,
      actionsOpen: own.actions.filter(action => action.state === 'open' || action.state === 'in progress').length,
      actionsTotal: own.actions.length,
      isPublic: row.is_public === 1,
      has: hasWhat(row, own, timeline),
      family: incident?.family ?? null,
      texts: textsIn(row, timeline, own.factors, own.actions),
    }
  })
}

function hasWhat(row: PostmortemRow, own: HangingRead, timeline: TimelineEntry[]): SearchDocument['has'] {
  const has: SearchDocument['has'] = []
  if (timeline.length) has.push('timeline')
  if (own.factors.length) has.push('factors')
  if (own.factors.some(factor => factor.whys !== '[]')) has.push('five-whys')
  if (own.actions.length) has.push('actions')
  if (row.prevention.trim()) has.push('prevention')
  if (row.detection.trim()) has.push('detection')
  return has
}

/** The texts behind hits, for phrases and passages: asked for by search, a page of hits at a time. */
export async function loadTexts(db: Db, ids: string[]) {
  if (ids.length === 0) return new Map<string, never>()
  const [rows, factors, actions] = await Promise.all([textsOf(db, ids), factorTexts(db, ids), actionTitles(db, ids)])
  const factorsOf = groupBy(factors, one => one.postmortem_id)
  const actionsOf = groupBy(actions, one => one.postmortem_id ?? '')
  return new Map(
    rows.map(row => [
      row.id,
      {
        title: row.title,
        ...textsIn(
          row,
          JSON.parse(row.timeline) as TimelineEntry[],
          factorsOf.get(row.id) ?? [],
          actionsOf.get(row.id) ?? [],
        ),
      },
    ]),
  )
}

type Texts = Pick<
  PostmortemRow,
  'summary' | 'impact' | 'went_well' | 'lucky' | 'lessons' | 'prevention' | 'detection' | 'body'
>

function textsIn(
  row: Texts,
  timeline: TimelineEntry[],
  factors: { text: string; whys: string }[],
  actions: { title: string }[],
): SearchDocument['texts'] {
  return {
    summary: join([row.summary, row.impact]),
    factors: join(factors.flatMap(factor => [factor.text, ...whyTexts(JSON.parse(factor.whys) as Why[])])),
    lessons: join([row.lessons, row.prevention, row.detection]),
    actions: join(actions.map(action => action.title)),
    body: join([row.body, ...timeline.map(entry => entry.text), row.went_well, row.lucky]),
  }
}

function whyTexts(whys: Why[]): string[] {
  return whys.flatMap(why => [why.text, ...whyTexts(why.whys)])
}

function join(texts: string[]): string {
  return texts.filter(text => text.trim()).join('\n\n')
}

function unique(list: string[]): string[] {
  return [...new Set(list)]
}
