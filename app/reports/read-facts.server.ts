/** Reads all that a report is made of: each table once, whatever the number of months, and in turns with other requests. */
import { type ForumFact, forumFiguresIn, readForumHistory } from '#app/forums/forum-figures.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { type IncidentHistory, readIncidentHistory } from '#app/incidents/incident-figures.server.ts'
import { begunIn, type IncidentFact, repeatsIn, type TimeFigure, timesOf } from '#app/incidents/incident-figures.ts'
import type { Duration } from '#app/measure/durations.ts'
import type { Figures } from '#app/measure/figure.ts'
import {
  addDays,
  addMonths,
  daysBetween,
  monthsOf,
  type Period,
  periodBefore,
  periodBetween,
  startOfDay,
} from '#app/measure/period.ts'
import { eligibleOn } from '#app/participation/eligible.ts'
import { readLeadFacts } from '#app/participation/participation-figures.server.ts'
import { participationFigures } from '#app/participation/participation-figures.ts'
import { pause } from '#app/platform/slices.ts'
import { completionsOf } from '#app/postmortems/action-figures.ts'
import {
  readActionHistory,
  readHeldBack,
  readMeetings,
  readPublications,
} from '#app/postmortems/postmortem-figures.server.ts'
import { readRecurringThemes } from '#app/postmortems/recurring-themes.server.ts'
import { readSurveyWaves, surveyFigures } from '#app/surveys/survey-figures.server.ts'
import type { Db } from '#db/index.server.ts'
import { figureChanges } from './figure-changes.ts'
import { figuresOf } from './figures.ts'
import { monthLabel } from './period-words.ts'
import type { FamilyBack, MonthFacts, ReportFacts } from './report-facts.ts'
import { type KeptMonth, keptMonths } from './report-queries.server.ts'

const SERIES_MONTHS = 18
/** A survey belongs to a period if it closed in it or so many days later: waves are rarely over by its last day. */
const SURVEY_GRACE_DAYS = 31

/** Counts of people: kept months say what they were, since people leave and teams change. */
const OF_PEOPLE = [
  'participation.ledEver',
  'participation.ledLast12Months',
  'participation.halfLoad',
  'participation.effectiveLeaders',
  'participation.topThreeShare',
  'forums.reach',
]

/** A fixed number of queries. @param asOf ISO 8601 UTC with milliseconds. */
export async function readFacts(db: Db, period: Period, asOf: string): Promise<ReportFacts> {
  const { timeZone } = period
  const before = periodBefore(period)
  const months = monthsOf(periodBetween(seriesStart(period), period.endDay, timeZone))
  const history = periodBetween(earlier(before.firstDay, months[0]!.firstDay), period.endDay, timeZone)
  const sinceEnd = Date.parse(asOf) - Date.parse(period.to)
  const seenFrom = ({ to }: Period) => new Date(Math.min(Date.parse(to) + sinceEnd, Date.parse(asOf))).toISOString()
  const asOfBefore = seenFrom(before)
  const stretches = [period, { from: before.from, to: earlier(before.to, asOfBefore) }, ...months]
  const surveysUntil = startOfDay(addDays(period.endDay, SURVEY_GRACE_DAYS), timeZone)

  const settings = await readSettings(db)
  const events = await readIncidentHistory(db, history, stretches)
  const [publications, meetings, heldBack] = await Promise.all([
    readPublications(db),
    readMeetings(db),
    readHeldBack(db),
  ])
  const actions = await readActionHistory(db, history, asOf)
  const leading = await readLeadFacts(db, { until: period.to, asOf })
  const forums = await readForumHistory(db, { from: history.from, to: earlier(period.to, asOf) })
  const waves = await readSurveyWaves(db, { closedBefore: surveysUntil, publishedBy: asOf })
  const recurring = await readRecurringThemes(db, { period, before, asOf })
  const kept = new Map((await keptMonths(db, months[0]!.key)).map(one => [one.month, one]))

  const figuresIn = (one: Period, deployments: { now: number; before: number }, seen: string): Figures => {
    const figures = figuresOf({
      incidents: events.incidents,
      relatives: events.relatives,
      deployments,
      period: one,
      before: one === period ? before : one,
      asOf: seen,
      costPerHour: settings.hourlyDowntimeCost,
      publications,
      meetings,
      onTimeTarget: settings.onTimeTarget / 100,
      actions,
      participation: participationFigures({ period: one, ...leading, target: settings.participationTarget / 100 }),
      forums: forumFiguresIn(forums, { period: one, asOf: seen }, eligibleOn(leading.people, one.endDay)),
    })
    return withKept(figures, kept.get(lastMonthOf(one)))
  }
  const [deployed, deployedBefore, ...deployedByMonth] = events.deployments
  const figures = figuresIn(period, { now: deployed!, before: deployedBefore! }, asOf)
  await pause()
  const previous = figuresIn(before, { now: deployedBefore!, before: 0 }, asOfBefore)
  await pause()
  const series: MonthFacts[] = []
  for (const [i, month] of months.entries()) {
    const seen = seenFrom(month)
    const monthFigures = figuresIn(month, { now: deployedByMonth[i]!, before: 0 }, seen)
    series.push({
      period: month,
      asOf: seen,
      label: monthLabel(month.firstDay),
      figures: monthFigures,
      overdue: actionsLateOn(actions, month.endDay),
      definitions: JSON.parse(kept.get(month.key)?.definitions ?? '{}'),
      source: sourceOf(begunIn(events.incidents, month, seen), events),
    })
    await pause()
  }
  const [latest, wave] = waves
  if (latest) Object.assign(figures, surveyFigures(latest.release))
  if (wave) Object.assign(previous, surveyFigures(wave.release))
  const incidents = {
    now: begunIn(events.incidents, period, asOf),
    before: begunIn(events.incidents, before, asOfBefore),
  }
  const times = (id: TimeFigure) => ({
    now: timesOf(id, incidents.now, asOf),
    before: timesOf(id, incidents.before, asOfBefore),
  })
  const changes = figureChanges(figures, previous, {
    days: { now: daysBetween(period.firstDay, period.endDay), before: daysBetween(before.firstDay, before.endDay) },
    times: {
      'time.toDetect': times('time.toDetect'),
      'time.toAcknowledge': times('time.toAcknowledge'),
      'time.toMitigate': times('time.toMitigate'),
      'time.toResolve': times('time.toResolve'),
      'actions.daysToComplete': {
        now: completionsOf({ period, asOf, actions }).known,
        before: completionsOf({ period: before, asOf: asOfBefore, actions }).known,
      },
    } satisfies Record<string, { now: Duration[]; before: Duration[] }>,
  })
  return {
    settings,
    period,
    before,
    asOf,
    asOfBefore,
    figures,
    previous,
    changes,
    months: series,
    incidents,
    actions,
    engineers: leading.people.filter(
      person => person.isEngineer && (person.leftOn === null || person.leftOn > period.endDay),
    ).length,
    forums: forums.filter((forum: ForumFact) => forum.closedAt >= history.from),
    waves,
    recurring,
    familiesBack: familiesBackIn(incidents.now, events, heldBack),
    hasDeployments: deployed! > 0,
  }
}

function seriesStart({ firstDay, endDay }: Period): string {
  const start = addMonths(`${addDays(endDay, -1).slice(0, 8)}01`, 1 - SERIES_MONTHS)
  return firstDay < start ? firstDay : start
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}

/** 2026-09 for a period that ends with that month; else the empty text. */
function lastMonthOf({ endDay }: Period): string {
  return endDay.endsWith('-01') ? addDays(endDay, -1).slice(0, 7) : ''
}

/** The period's figures, but what a kept month says of people at its end. */
function withKept(figures: Figures, kept: KeptMonth | undefined): Figures {
  if (!kept) return figures
  const then = JSON.parse(kept.figures) as Figures
  const ofPeople = OF_PEOPLE.flatMap(id => (then[id] ? [[id, then[id]] as const] : []))
  return { ...figures, ...Object.fromEntries(ofPeople) }
}

/** Through which source most of these came. */
function sourceOf(incidents: readonly IncidentFact[], { sources }: IncidentHistory): string | null {
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
  { relatives, families }: IncidentHistory,
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
