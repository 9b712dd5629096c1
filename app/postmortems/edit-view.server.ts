/** All that the editor's page shows of one postmortem. */
import type { Actor } from '#app/identity/actor.ts'
import { can } from '#app/identity/actor.ts'
import { incidentRecord } from '#app/incidents/incident-record.server.ts'
import { listServices } from '#app/incidents/services.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { EDITOR_SECTIONS, type EditorSection, sectionValue } from './editor-sections.ts'
import type { SectionValue } from './merge-section.ts'
import { namedReaders } from './name-readers.server.ts'
import { readPostmortem } from './read-postmortem.server.ts'
import { hoursToPublish, reviewChecklist } from './review-checklist.ts'
import { recordWithRows } from './section-of.server.ts'
import { sectionSaves } from './section-queries.server.ts'
import { relatedTo } from './seen-before.server.ts'

export interface SectionView {
  value: SectionValue
  version: number
  savedAt: string | null
  savedBy: string | null
}

/** @throws AppError not-found for those who may not edit it. */
export async function editView({ db, clock, actor }: { db: Db; clock: Clock; actor: Actor }, id: string) {
  const { record, ids, slug } = await recordWithRows({ db, actor }, id)
  const [read, saves, themes, services, readers] = await Promise.all([
    readPostmortem({ db, actor }, slug),
    sectionSaves(db, id),
    listThemes(db),
    listServices(db),
    namedReaders(db, id),
  ])
  const sections = Object.fromEntries(
    EDITOR_SECTIONS.map((section): [EditorSection, SectionView] => {
      const save = saves.get(section)
      const value = sectionValue(record, ids, section)
      return [
        section,
        {
          value,
          version: save?.version ?? 1,
          savedAt: save?.savedAt ?? null,
          savedBy: save?.savedBy ?? null,
        },
      ]
    }),
  ) as Record<EditorSection, SectionView>
  const shown = read.record
  const incident = read.isOfIncident ? await incidentRecord(db, shown.incidentKey ?? '') : null
  return {
    id,
    slug,
    title: record.title,
    status: record.status,
    sections,
    checklist: reviewChecklist(record),
    hoursLeft: record.status === 'published' ? null : hoursToPublish(shown.resolvedAt, clock.now()),
    /** The incident's facts stand in place of the postmortem's own. */
    isOfIncident: read.isOfIncident,
    facts: {
      severity: shown.severity,
      startedAt: shown.startedAt,
      detectedAt: shown.detectedAt,
      acknowledgedAt: shown.acknowledgedAt,
      mitigatedAt: shown.mitigatedAt,
      resolvedAt: shown.resolvedAt,
      detectedBy: shown.detectedBy,
      customerImpact: shown.customerImpact,
    },
    incidentKey: shown.incidentKey,
    /** People whose names may come up in the text. */
    names: [...new Set([...read.authors, ...(incident?.roles ?? []).map(turn => turn.person.name)])],
    themes: themes.map(({ slug, name }) => ({ slug, name })),
    services: services.map(service => service.name),
    readers: readers.join('\n'),
    seenBefore: await relatedTo(db, {
      subjectId: id,
      key: shown.incidentKey,
      themes: read.themes.map(theme => theme.slug),
      services: read.services.map(service => service.slug),
    }),
    isArchived: read.archivedAt !== null,
    isRestricted: read.isRestricted,
    mayPublish: can(actor, 'edit the library'),
  }
}

export type EditView = Awaited<ReturnType<typeof editView>>
