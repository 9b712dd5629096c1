/** Gathers what a forum might discuss: recent incidents that no forum has discussed, with what speaks for each. */
import type { Actor } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { familyMembersBySlug } from '#app/incidents/families.server.ts'
import { repeatsAmong } from '#app/incidents/family-repeats.ts'
import { type IncidentFacts, incidentsByIds, incidentsByKeys, listIncidents } from '#app/incidents/incidents.server.ts'
import { type Clock, dayIn } from '#app/platform/clock.ts'
import { listActionItems } from '#app/postmortems/list-action-items.server.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'
import type { Db } from '#db/index.server.ts'
import { placesOnAgendas, suggestionsSince } from './agenda-queries.server.ts'
import { type AgendaProposal, type Candidate, isRising, rankProposals } from './proposals.ts'

const RECENT_DAYS = 90
const ASKED_DAYS = 180
const MOST_RECENT = 200
const MOST_RISING = 2
const DAY_MS = 86_400_000
const SHOWN = 10

/** Best first. A fixed number of queries. */
export async function proposeItems(
  context: { db: Db; clock: Clock; actor: Actor },
  limit = SHOWN,
): Promise<AgendaProposal[]> {
  const { db, clock } = context
  const ago = (days: number) => new Date(clock.now() - days * DAY_MS).toISOString()
  const [recent, suggestions, rising, overdue] = await Promise.all([
    listIncidents(db, { from: ago(RECENT_DAYS) }, { offset: 0, limit: MOST_RECENT }),
    suggestionsSince(db, ago(ASKED_DAYS), MOST_RECENT),
    risingThemes(context),
    listActionItems(context, { due: 'overdue' }, { offset: 0, limit: MOST_RECENT }),
  ])
  const late = new Map<string, number>()
  for (const { incident } of overdue.items) if (incident) late.set(incident.key, (late.get(incident.key) ?? 0) + 1)
  const incidents = new Map(recent.items.map(one => [one.id, one]))
  for (const one of (
    await incidentsByIds(
      db,
      suggestions.map(({ incidentId }) => incidentId).filter(id => !incidents.has(id)),
    )
  ).values())
    incidents.set(one.id, one)
  for (const one of (await incidentsByKeys(db, [...late.keys()])).values()) incidents.set(one.id, one)
  const [places, people, repeats] = await Promise.all([
    placesOnAgendas(db, { incidentIds: [...incidents.keys()], postmortemIds: [] }),
    peopleByIds(
      db,
      suggestions.map(one => one.personId),
    ),
    repeatsOf(db, recent.items),
  ])
  const isTaken = new Set(places.filter(place => place.itemState !== 'skipped').map(place => place.incidentId))
  const isRecent = new Set(recent.items.map(one => one.id))
  const candidates = [...incidents.values()]
    .filter(({ id }) => !isTaken.has(id))
    .map(
      (incident): Candidate => ({
        key: incident.key,
        title: incident.title,
        severity: isRecent.has(incident.id) ? incident.severity : null,
        at: incident.startedAt ?? incident.detectedAt,
        repeatDays: repeats.get(incident.id) ?? null,
        family: incident.family?.name ?? null,
        risingThemes: rising.filter(theme => theme.keys.has(incident.key)).map(theme => theme.name),
        overdueActions: late.get(incident.key) ?? 0,
        asked: suggestions
          .filter(one => one.incidentId === incident.id)
          .map(one => ({ by: people.get(one.personId)?.name ?? 'Somebody', why: one.why })),
      }),
    )
  return rankProposals(candidates, limit)
}

async function repeatsOf(db: Db, recent: readonly IncidentFacts[]): Promise<Map<string, number>> {
  const slugs = [...new Set(recent.flatMap(one => one.family?.slug ?? []))]
  const days = new Map<string, number>()
  for (const members of (await familyMembersBySlug(db, slugs)).values())
    for (const [id, repeat] of repeatsAmong(members)) days.set(id, repeat.days)
  return days
}

/** Themes that more published postmortems name than in the 90 days before, and the incidents that carry them. */
async function risingThemes({ db, clock }: { db: Db; clock: Clock }): Promise<{ name: string; keys: Set<string> }[]> {
  const day = (ago: number) => dayIn('UTC', clock.now() - ago * DAY_MS)
  const query = { q: '', theme: null, severity: null, service: null, to: null, sort: 'newest' as const, page: 1 }
  const [now, before] = await Promise.all([
    searchLibrary(db, { ...query, from: day(RECENT_DAYS) }, 1),
    searchLibrary(db, { ...query, from: day(2 * RECENT_DAYS), to: day(RECENT_DAYS) }, 1),
  ])
  const earlier = new Map(before.facets.theme.map(theme => [theme.value, theme.count]))
  const rising = now.facets.theme
    .filter(theme => isRising(theme.count, earlier.get(theme.value) ?? 0))
    .slice(0, MOST_RISING)
  return Promise.all(
    rising.map(async ({ value, label }) => {
      const { hits } = await searchLibrary(db, { ...query, theme: value, from: day(RECENT_DAYS) }, MOST_RECENT)
      return { name: label, keys: new Set(hits.flatMap(hit => hit.key ?? [])) }
    }),
  )
}
