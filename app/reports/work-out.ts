/** From what was read to what the chapters are written from: figures of both periods and of each month. Pure. */
import { forumFiguresIn } from '#app/forums/forum-figures.ts'
import {
  begunIn,
  type IncidentFact,
  repeatsIn,
  type TimeFigure,
  timesOf,
  trafficIn,
} from '#app/incidents/incident-figures.ts'
import type { Figures } from '#app/measure/figure.ts'
import { addDays, daysBetween, type Period } from '#app/measure/period.ts'
import { eligibleOn } from '#app/participation/eligible.ts'
import { participationFigures } from '#app/participation/participation-figures.ts'
import { completionsOf } from '#app/postmortems/action-figures.ts'
import { surveyFigures } from '#app/surveys/results/survey-figures.ts'
import { type Comparison, figureChanges } from './figure-changes.ts'
import { figuresOf } from './figures.ts'
import { monthLabel } from './period-words.ts'
import type { FamilyBack, MonthFacts, ReportFacts } from './report-facts.ts'
import type { ReportRows } from './report-rows.ts'

/** Counts of people: kept months say what they were, since people leave and teams change. */
const OF_PEOPLE = [
  'participation.ledEver',
  'participation.ledLast12Months',
  'participation.halfLoad',
  'participation.effectiveLeaders',
  'participation.topThreeShare',
  'forums.reach',
]

/** @param pause is awaited between parts, so that others have their turn. */
export async function workOut(rows: ReportRows, pause: () => Promise<void>): Promise<ReportFacts> {
  const { look, settings, events, actions, waves } = rows
  const { period, before, asOf } = look
  const asOfBefore = look.seenFrom(before)
  const [deployed, deployedBefore, ...deployedByMonth] = events.deployments as [number, number, ...number[]]
  const figures = figuresIn(rows, period, asOf, { now: deployed, before: deployedBefore })
  await pause()
  const previous = figuresIn(rows, before, asOfBefore, { now: deployedBefore, before: 0 })
  await pause()
  const months: MonthFacts[] = []
  for (const [i, month] of look.months.entries()) {
    months.push(monthOf(rows, month, deployedByMonth[i] ?? 0))
    await pause()
  }
  if (waves[0]) Object.assign(figures, surveyFigures(waves[0].release))
  if (waves[1]) Object.assign(previous, surveyFigures(waves[1].release))
  const incidents = {
    now: begunIn(events.incidents, period, asOf),
    before: begunIn(events.incidents, before, asOfBefore),
  }
  return {
    settings,
    period,
    before,
    asOf,
    asOfBefore,
    figures,
    previous,
    changes: figureChanges(figures, previous, comparisonOf(rows, incidents, asOfBefore)),
    months,
    incidents,
    actions,
    engineers: rows.leading.people.filter(
      person => person.isEngineer && (person.leftOn === null || person.leftOn > period.endDay),
    ).length,
    forums: rows.forums.filter(forum => forum.closedAt >= look.history.from),
    waves,
    recurring: rows.recurring,
    familiesBack: familiesBackIn(incidents.now, events, rows.heldBack),
    hasDeployments: deployed > 0,
  }
}

function figuresIn(
  rows: ReportRows,
  period: Period,
  asOf: string,
  deployments: { now: number; before: number },
): Figures {
  const { look, settings, events, leading } = rows
  // Only the whole period is compared with the one before.
  const before = period === look.period ? look.before : null
  const traffic = trafficIn(events.trafficDays, period, before)
  const figures = figuresOf({
    ...events,
    deployments,
    ...(traffic ? { traffic } : {}),
    period,
    before: before ?? period,
    asOf,
    costPerHour: settings.hourlyDowntimeCost,
    publications: rows.publications,
    meetings: rows.meetings,
    onTimeTarget: settings.onTimeTarget / 100,
    actions: rows.actions,
    participation: participationFigures({ period, ...leading, target: settings.participationTarget / 100 }),
    forums: forumFiguresIn(rows.forums, { period, asOf }, eligibleOn(leading.people, period.endDay)),
  })
  return withKept(
    figures,
    rows.kept.find(one => one.month === lastMonthOf(period)),
  )
}

function monthOf(all: ReportRows, period: Period, deployments: number): MonthFacts {
  const asOf = all.look.seenFrom(period)
  const rows = rowsOfMonth(all, period)
  return {
    period,
    asOf,
    label: monthLabel(period.firstDay),
    figures: withoutOverdue(figuresIn(rows, period, asOf, { now: deployments, before: 0 })),
    overdue: actionsLateOn(all.actions, period.endDay),
    definitions: rows.kept.find(one => one.month === period.key)?.definitions ?? {},
    source: sourceOf(begunIn(rows.events.incidents, period, asOf), rows.events),
  }
}

/** What is overdue is counted apart, of all items: a month's own are not all that were late then. */
function withoutOverdue({ 'actions.overdue': _, ...figures }: Figures): Figures {
  return figures
}

/** Only what a month's own figures are made of: to look through everything once for each would take long. */
function rowsOfMonth(rows: ReportRows, { from, to, firstDay, endDay }: Period): ReportRows {
  const { events, actions } = rows
  const isIn = (moment: string | null) => moment !== null && moment >= from && moment < to
  const isOn = (day: string | null) => day !== null && day >= firstDay && day < endDay
  const incidents = events.incidents.filter(one => isIn(one.startedAt ?? one.detectedAt) || isIn(one.resolvedAt))
  const families = new Set(incidents.map(one => one.familyId))
  return {
    ...rows,
    events: { ...events, incidents, relatives: events.relatives.filter(one => families.has(one.familyId)) },
    actions: actions.filter(one => isOn(one.createdOn) || isOn(one.dueOn)),
  }
}

function comparisonOf(rows: ReportRows, incidents: ReportFacts['incidents'], asOfBefore: string): Comparison {
  const { period, before, asOf } = rows.look
  const times = (id: TimeFigure) => ({
    now: timesOf(id, incidents.now, asOf),
    before: timesOf(id, incidents.before, asOfBefore),
  })
  return {
    days: { now: daysBetween(period.firstDay, period.endDay), before: daysBetween(before.firstDay, before.endDay) },
    times: {
      'time.toDetect': times('time.toDetect'),
      'time.toAcknowledge': times('time.toAcknowledge'),
      'time.toMitigate': times('time.toMitigate'),
      'time.toResolve': times('time.toResolve'),
      'actions.daysToComplete': {
        now: completionsOf({ period, asOf, actions: rows.actions }).known,
        before: completionsOf({ period: before, asOf: asOfBefore, actions: rows.actions }).known,
      },
    },
  }
}

/** 2026-09 for a period that ends with that month; else the empty text. */
function lastMonthOf({ endDay }: Period): string {
  return endDay.endsWith('-01') ? addDays(endDay, -1).slice(0, 7) : ''
}

/** The period's figures, but what a kept month says of people at its end. */
function withKept(figures: Figures, kept: ReportRows['kept'][number] | undefined): Figures {
  if (!kept) return figures
  const ofPeople = OF_PEOPLE.flatMap(id => (kept.figures[id] ? [[id, kept.figures[id]] as const] : []))
  return { ...figures, ...Object.fromEntries(ofPeople) }
}

/** Through which source most of these came. */
function sourceOf(incidents: readonly IncidentFact[], { sources }: ReportRows['events']): string | null {
  const counts = new Map<string, number>()
  for (const { id } of incidents) {
    const source = sources.get(id) ?? 'people and imports'
    counts.set(source, (counts.get(source) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null
}

/** Families that came back, as everybody may know them: incidents whose postmortem is restricted are left out. */
function familiesBackIn(
  incidents: readonly IncidentFact[],
  { relatives, families }: ReportRows['events'],
  heldBack: ReadonlySet<string>,
): FamilyBack[] {
  const isOpen = ({ id }: { id: string }) => !heldBack.has(id)
  const repeats = repeatsIn(incidents.filter(isOpen), relatives.filter(isOpen))
  return families
    .map(({ id, slug, name }) => ({ slug, name, times: repeats.filter(one => one.familyId === id).length }))
    .filter(family => family.times > 0)
    .sort((a, b) => b.times - a.times || (a.name < b.name ? -1 : 1))
}

/** How many were open and late on a day. */
function actionsLateOn(actions: ReportFacts['actions'], day: string): number {
  return actions.filter(
    ({ dueOn, state, closedOn, createdOn }) =>
      dueOn !== null &&
      dueOn < day &&
      (createdOn === null || createdOn < day) &&
      (state === 'open' || state === 'in progress' || (closedOn !== null && closedOn >= day)),
  ).length
}
