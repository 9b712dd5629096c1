/** A postmortem shaped for its page: Markdown rendered, outline, timeline with the gap, related ones. */
import type { Actor } from '#app/identity/actor.ts'
import { type RenderingTime, renderingTime, renderLine, renderMarkdown } from '#app/platform/markdown.server.ts'
import { slotContent } from '#app/platform/slots.ts'
import type { Db } from '#db/index.server.ts'
import { actionsOfPostmortem } from './action-list-queries.server.ts'
import { picturesOf } from './attachment-pictures.server.ts'
import { shownAttachments } from './attachment-queries.server.ts'
import { discussionOf } from './discussion.server.ts'
import { factsOf } from './facts.ts'
import { familyCandidates } from './family-candidates.server.ts'
import { PAGE_ORDER } from './page-order.ts'
import './postmortem-slots.ts'
import { type ReadPostmortem, readPostmortem } from './read-postmortem.server.ts'
import { SECTION_KINDS, SECTION_TITLES, type SectionKind, type Why } from './record.ts'
import { minutesToRead } from './record-of.server.ts'
import { relatedTo } from './seen-before.server.ts'

export interface OutlineEntry {
  id: string
  text: string
  depth: number
}

export interface WhyHtml {
  html: string
  whys: WhyHtml[]
}

export async function presentPostmortem({ db, actor }: { db: Db; actor: Actor }, slug: string) {
  const read = await readPostmortem({ db, actor }, slug)
  const { record } = read
  const actions = await actionsOfPostmortem(db, read.id, read.incidentId)
  const pictures = picturesOf(read.slug, await shownAttachments(db, read.id))
  const outline: OutlineEntry[] = []
  const time = renderingTime()
  const sections = Object.fromEntries(
    SECTION_KINDS.map(kind => {
      const text = record.sections[kind].trim()
      const shown = text.includes('attachment') ? pictures : null
      return [kind, text ? renderMarkdown(text, `${kind}-`, time, shown) : null]
    }),
  ) as Record<SectionKind, ReturnType<typeof renderMarkdown> | null>
  const named = (kind: SectionKind) => {
    const section = sections[kind]
    if (section) outline.push({ id: kind, text: SECTION_TITLES[kind], depth: 2 })
    return section ? { kind, title: SECTION_TITLES[kind], html: section.html } : null
  }

  if (sections.summary) outline.push({ id: 'summary', text: 'Summary', depth: 2 })
  const before = PAGE_ORDER.beforeTimeline.flatMap(kind => named(kind) ?? [])
  if (record.timeline.length) outline.push({ id: 'timeline', text: 'Timeline', depth: 2 })
  if (sections.body) outline.push(...sections.body.headings.filter(heading => heading.depth <= 2))
  if (record.factors.length) outline.push({ id: 'factors', text: 'Contributing factors', depth: 2 })
  const after = PAGE_ORDER.afterFactors.flatMap(kind => named(kind) ?? [])
  if (actions.length) outline.push({ id: 'actions', text: 'Action items', depth: 2 })

  const themeNames = new Map(read.themes.map(theme => [theme.slug, theme.name]))
  return {
    ...summaryOf(read),
    facts: factsOf(record),
    summaryHtml: sections.summary?.html ?? null,
    before,
    timeline: record.timeline.map(entry => ({ ...entry, html: renderLine(entry.text, time) })),
    gap: gapOf(read),
    bodyHtml: sections.body?.html ?? null,
    factors: record.factors.map(factor => ({
      html: renderLine(factor.text, time),
      themes: factor.themes.map(theme => ({ slug: theme, name: themeNames.get(theme) ?? theme })),
      whys: whysHtml(factor.whys, time),
    })),
    after,
    actions: actions.map(action => ({ ...action, html: renderLine(action.title, time) })),
    outline,
    related: await relatedTo(db, {
      subjectId: read.id,
      key: record.incidentKey,
      themes: read.themes.map(theme => theme.slug),
      services: read.services.map(service => service.slug),
    }),
    discussion: await discussionOf(db, read.id, record),
    candidates: await familyCandidates(db, read.id),
    forums: (await slotContent('postmortems.forums')?.({ db, actor }, subjectOf(read))) ?? [],
    suggestForForum: suggestAt(read),
  }
}

/** Only what happened to an incident of one's own can be suggested, and nothing restricted. */
function suggestAt({ record, isRestricted }: ReadPostmortem): string | null {
  if (record.incidentKey === null || record.isPublic || isRestricted) return null
  return slotContent('incidents.suggest-for-forum')?.(record.incidentKey) ?? null
}

function subjectOf({ id, incidentId }: ReadPostmortem) {
  return { postmortemId: id, incidentId }
}

function summaryOf(read: ReadPostmortem) {
  const { record } = read
  return {
    id: read.id,
    slug: read.slug,
    title: record.title,
    status: record.status,
    incidentKey: record.incidentKey,
    externalId: record.externalId,
    sourceUrl: safeUrl(record.sourceUrl),
    severity: record.severity,
    isPublic: record.isPublic,
    publishedAt: record.publishedAt,
    startedAt: record.startedAt,
    detectedBy: record.detectedBy,
    themes: read.themes,
    suggestions: read.suggestions,
    services: read.services,
    authors: read.authors,
    family: read.family,
    earlier: read.earlier,
    minutes: minutesToRead(read.words),
    revision: read.revision,
    isRestricted: read.isRestricted,
    restrictedReason: read.restrictedReason,
    archivedAt: read.archivedAt,
    mayEdit: read.mayEdit,
  }
}

/** Minutes between start and detection, shown at the entry that marks the detection. */
function gapOf({ record }: ReadPostmortem): number | null {
  if (!record.startedAt || !record.detectedAt) return null
  const minutes = Math.round((new Date(record.detectedAt).getTime() - new Date(record.startedAt).getTime()) / 60_000)
  return minutes >= 1 ? minutes : null
}

function whysHtml(whys: Why[], time: RenderingTime): WhyHtml[] {
  return whys.map(why => ({ html: renderLine(why.text, time), whys: whysHtml(why.whys, time) }))
}

/** Only addresses that a browser opens as pages become links. */
function safeUrl(url: string | null): string | null {
  return url && /^https?:\/\//i.test(url) ? url : null
}
