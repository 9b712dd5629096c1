/** Earlier incidents that may be the same failure as a postmortem's, from what everybody may read, with the reasons. */

import { refusedCandidates } from '#app/incidents/family-view.server.ts'
import { incidentsByIds, incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { servicesByIds } from '#app/incidents/services.server.ts'
import { similarTo } from '#app/search/related.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { likenessOf } from './family-reasons.ts'
import { loadTexts } from './index-postmortems.server.ts'
import { postmortemsByIds, readHanging } from './postmortem-queries.server.ts'
import { groupBy } from './record-of.server.ts'

export interface FamilyCandidate {
  key: string
  slug: string
  title: string
  occurredAt: string | null
  family: { slug: string; name: string } | null
  reasons: string[]
}

const MOST = 3
/** Those that share most are looked at closely. */
const LOOKED_AT = 30

/**
 * Asked for by those who may already see the postmortem, whatever its state; only texts that are open to all are
 * candidates, since the index holds no others. None where there is no incident to put into a family.
 */
export async function familyCandidates(db: Db, postmortemId: string): Promise<FamilyCandidate[]> {
  const [row] = await postmortemsByIds(db, [postmortemId])
  if (!row?.incident_id || row.is_public === 1) return []
  const own = await ownLikeness(db, row, row.incident_id)
  const texts = (await loadTexts(db, [postmortemId])).get(postmortemId)
  if (!own || !texts) return []
  const similar = (
    await similarTo(db, {
      subjectId: postmortemId,
      texts,
      themes: own.themes,
      services: own.services,
    })
  )
    .filter(
      one =>
        !one.isPublic &&
        one.key !== null &&
        (own.family === null || one.family?.slug !== own.family) &&
        (own.startedAt === null || (one.occurredAt ?? '') < own.startedAt),
    )
    .map(one => ({
      one,
      services: one.services.filter(service => own.services.includes(service.value)),
      themes: one.themes.filter(theme => own.themes.includes(theme.value)),
    }))
    .sort((a, b) => roughly(b) - roughly(a) || (a.one.subjectId < b.one.subjectId ? -1 : 1))
    .slice(0, LOOKED_AT)
  const [factorThemes, refused, incidents] = await Promise.all([
    factorThemesOf(
      db,
      similar.map(({ one }) => one.subjectId),
    ),
    refusedCandidates(db, row.incident_id),
    incidentsByKeys(
      db,
      similar.flatMap(({ one }) => one.key ?? []),
    ),
  ])
  return similar
    .flatMap(({ one, services, themes }) => {
      const incident = incidents.get(one.key!)
      if (!incident || incident.id === row.incident_id || refused.has(incident.id)) return []
      const theirs = factorThemes.get(one.subjectId) ?? new Set()
      const judged = likenessOf({
        services,
        themes,
        factorThemes: themes.filter(theme => own.factorThemes.has(theme.value) && theirs.has(theme.value)),
        text: one.text,
      })
      return judged ? [{ one, judged }] : []
    })
    .sort(
      (a, b) => b.judged.strength - a.judged.strength || ((a.one.occurredAt ?? '') < (b.one.occurredAt ?? '') ? 1 : -1),
    )
    .slice(0, MOST)
    .map(({ one, judged }) => ({
      key: one.key!,
      slug: one.slug,
      title: one.title,
      occurredAt: one.occurredAt,
      family: one.family,
      reasons: judged.reasons,
    }))
}

function roughly({ one, services, themes }: { one: { text: number }; services: unknown[]; themes: unknown[] }): number {
  return services.length + themes.length + 2 * one.text
}

/** What the postmortem itself shares or not: its incident's services count where there are any. */
async function ownLikeness(db: Db, row: { id: string; started_at: string | null }, incidentId: string) {
  const incident = (await incidentsByIds(db, [incidentId])).get(incidentId)
  if (!incident) return null
  const hanging = await readHanging(db, [row.id])
  const [slugs, services] = await Promise.all([
    themeSlugs(db),
    servicesByIds(
      db,
      hanging.services.map(link => link.service_id),
    ),
  ])
  const own = new Set(hanging.factorThemes.flatMap(link => slugs.get(link.theme_id) ?? []))
  return {
    family: incident.family?.slug ?? null,
    startedAt: incident.startedAt ?? row.started_at,
    services: (incident.services.length ? incident.services : [...services.values()]).map(service => service.slug),
    themes: [...new Set([...hanging.themes.flatMap(link => slugs.get(link.theme_id) ?? []), ...own])],
    factorThemes: own,
  }
}

async function factorThemesOf(db: Db, ids: string[]): Promise<Map<string, Set<string>>> {
  const [{ factors, factorThemes }, slugs] = await Promise.all([readHanging(db, ids), themeSlugs(db)])
  const postmortemOf = new Map(factors.map(factor => [factor.id, factor.postmortem_id]))
  const byPostmortem = groupBy(factorThemes, link => postmortemOf.get(link.factor_id) ?? '')
  return new Map(
    [...byPostmortem].map(([id, links]) => [id, new Set(links.flatMap(link => slugs.get(link.theme_id) ?? []))]),
  )
}

async function themeSlugs(db: Db): Promise<Map<string, string>> {
  return new Map((await listThemes(db)).map(theme => [theme.id, theme.slug]))
}
