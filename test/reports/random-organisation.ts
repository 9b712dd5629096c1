/** Organisations by chance, as they would be read from tables: quick enough for thousands of them. */
import { DEFAULT_SETTINGS } from '#app/identity/settings.ts'
import type { IncidentFact } from '#app/incidents/incident-figures.ts'
import { SEVERITIES } from '#app/incidents/vocabulary.ts'
import { addDays, type Period, periodNamed } from '#app/measure/period.ts'
import type { CensusPerson } from '#app/participation/eligible.ts'
import type { Credit } from '#app/participation/lead-credits.ts'
import type { ActionHistoryFact } from '#app/postmortems/action-figures.ts'
import { lookOf, type ReportRows } from '#app/reports/report-rows.ts'

/** Numbers of [0, 1) that are the same for the same seed (mulberry32). */
export function drawer(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const PERIOD = periodNamed('2026-Q3', 'UTC') as Period
export const LOOK = lookOf(PERIOD, '2026-10-08T12:00:00.000Z')
/** Without the months of its series, of which the texts say nothing. */
export const BRIEF_LOOK = { ...LOOK, months: [] }

const MINUTE = 60_000
const DAY = 86_400_000

/** Its two quarters may differ a lot, a little or not at all: each side draws its own habits. */
export function randomRows(seed: number, look = LOOK): ReportRows {
  const draw = drawer(seed)
  const people: CensusPerson[] = Array.from({ length: Math.floor(draw() * 12) }, (_, i) => ({
    id: `p${i}`,
    isEngineer: draw() < 0.9,
    startedOn: draw() < 0.1 ? null : '2020-01-01',
    leftOn: draw() < 0.1 ? '2026-08-01' : null,
    leaves: [],
  }))
  const incidents: IncidentFact[] = []
  const actions: ActionHistoryFact[] = []
  const credits: Credit[] = []
  const publications = new Map<string, { publishedAt: string | null }>()
  const meetings = new Map<string, string>()
  for (const side of [look.before, look.period]) {
    const habit = { slow: draw() ** 2 * 200, customers: draw(), late: draw(), done: draw(), known: 0.5 + draw() / 2 }
    for (let n = Math.floor(draw() * 16); n > 0; n--) {
      const start = Date.parse(side.from) + draw() * (Date.parse(side.to) - Date.parse(side.from))
      const after = (minutes: number) => new Date(start + minutes * MINUTE).toISOString()
      const noticed = draw() * habit.slow
      const mitigated = noticed + draw() * habit.slow * 3
      const id = `i${incidents.length}`
      const isOver = draw() < 0.95
      incidents.push({
        id,
        severity: draw() < 0.05 ? null : SEVERITIES[Math.floor(draw() * 4)]!,
        startedAt: draw() < 0.1 ? null : after(0),
        detectedAt: after(noticed),
        acknowledgedAt: after(noticed + 3),
        mitigatedAt: isOver ? after(mitigated) : null,
        resolvedAt: isOver ? after(mitigated + draw() * 300) : null,
        detectedBy: draw() > habit.known ? null : draw() < habit.customers ? 'customer' : 'monitoring',
        customerImpact: draw() < 0.2 ? null : draw() < 0.6,
        familyId: draw() < 0.3 ? `f${Math.floor(draw() * 3)}` : null,
        spoilt: [],
      })
      if (draw() < 0.8) publications.set(id, { publishedAt: after(mitigated + habit.late * draw() * 10_000) })
      if (draw() < 0.5) meetings.set(id, after(mitigated + draw() * 6000))
      if (people.length > 0) credits.push({ personId: people[Math.floor(draw() * people.length)]!.id, began: after(0) })
    }
    for (let n = Math.floor(draw() * 25); n > 0; n--) {
      const createdOn = addDays(side.firstDay, Math.floor(draw() * 90))
      const isDone = draw() < habit.done
      actions.push({
        kind: draw() < 0.5 ? 'prevent' : 'detect',
        createdOn,
        dueOn: addDays(createdOn, Math.floor(draw() * 40)),
        state: isDone ? 'done' : draw() < 0.1 ? 'dropped' : 'open',
        closedOn: isDone ? addDays(createdOn, Math.floor(draw() * 30)) : null,
        effortTenths: null,
      })
    }
  }
  const relatives = incidents.flatMap(({ id, familyId, resolvedAt }) =>
    familyId && resolvedAt ? [{ id, familyId, resolvedAt }] : [],
  )
  return {
    look,
    settings: DEFAULT_SETTINGS,
    events: {
      incidents,
      relatives,
      deployments: look.stretches.map(() => Math.floor(draw() * 2000)),
      trafficDays: [],
      sources: new Map(),
      families: ['f0', 'f1', 'f2'].map(id => ({ id, slug: id, name: `Family ${id}` })),
    },
    publications,
    meetings,
    heldBack: new Set(),
    actions,
    leading: { people, credits },
    forums: [],
    waves: [],
    recurring: { n: { now: 0, before: 0 }, themes: [] },
    kept: [],
  }
}

/** The same with one more incident, some days outside of every time that is looked at. */
export function withOneOutside(rows: ReportRows, seed: number): ReportRows {
  const [like] = randomRows(seed + 1).events.incidents
  if (!like) return rows
  const at = (moment: string | null) => moment && new Date(Date.parse(moment) - 1000 * DAY).toISOString()
  const stranger = {
    ...like,
    id: 'stranger',
    familyId: 'f0',
    startedAt: at(like.startedAt),
    detectedAt: at(like.detectedAt),
    acknowledgedAt: null,
    mitigatedAt: at(like.mitigatedAt),
    resolvedAt: at(like.resolvedAt),
  }
  return { ...rows, events: { ...rows.events, incidents: [stranger, ...rows.events.incidents] } }
}
