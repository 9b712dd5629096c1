/** What is read for a report, and over which times it is looked at. Pure. */
import type { ForumFact } from '#app/forums/forum-figures.ts'
import type { Settings } from '#app/identity/settings.ts'
import type { IncidentFact, Relative, TrafficDay } from '#app/incidents/incident-figures.ts'
import type { Figures } from '#app/measure/figure.ts'
import { addDays, addMonths, monthsOf, type Period, periodBefore, periodBetween } from '#app/measure/period.ts'
import type { CensusPerson } from '#app/participation/eligible.ts'
import type { Credit } from '#app/participation/lead-credits.ts'
import type { ActionHistoryFact } from '#app/postmortems/action-figures.ts'
import type { Meetings, Publications } from '#app/postmortems/postmortem-figures.ts'
import type { RecurringThemes } from '#app/postmortems/recurring-themes.server.ts'
import type { SurveyWave } from '#app/surveys/results/survey-figures.ts'

/** The times that a report looks at. */
export interface Look {
  period: Period
  before: Period
  /** Oldest first; the last one ends with the period. */
  months: Period[]
  /** From the first of all to the period's end. */
  history: Period
  asOf: string
  /** The moment that lies as long after the end of another period: only so can two be compared. */
  seenFrom(other: Pick<Period, 'to'>): string
  /** For which deployments are counted: the period, the one before, each month. */
  stretches: { from: string; to: string }[]
}

export interface ReportRows {
  look: Look
  settings: Settings
  events: {
    incidents: IncidentFact[]
    relatives: Relative[]
    /** By stretch. */
    deployments: number[]
    trafficDays: TrafficDay[]
    sources: ReadonlyMap<string, string>
    families: { id: string; slug: string; name: string }[]
  }
  publications: Publications
  meetings: Meetings
  /** Incidents of which only the number may be told. */
  heldBack: ReadonlySet<string>
  actions: ActionHistoryFact[]
  leading: { people: CensusPerson[]; credits: Credit[] }
  forums: ForumFact[]
  /** Of one survey, the last first. */
  waves: SurveyWave[]
  recurring: RecurringThemes
  /** Months that no longer move. */
  kept: { month: string; figures: Figures; definitions: Record<string, number> }[]
}

const SERIES_MONTHS = 18

/** @param asOf ISO 8601 UTC with milliseconds. */
export function lookOf(period: Period, asOf: string): Look {
  const { firstDay, endDay, timeZone } = period
  const before = periodBefore(period)
  const start = addMonths(`${addDays(endDay, -1).slice(0, 8)}01`, 1 - SERIES_MONTHS)
  const months = monthsOf(periodBetween(earlier(firstDay, start), endDay, timeZone))
  const sinceEnd = Date.parse(asOf) - Date.parse(period.to)
  const seenFrom = ({ to }: Pick<Period, 'to'>) =>
    new Date(Math.min(Date.parse(to) + sinceEnd, Date.parse(asOf))).toISOString()
  return {
    period,
    before,
    months,
    history: periodBetween(earlier(before.firstDay, months[0]!.firstDay), endDay, timeZone),
    asOf,
    seenFrom,
    stretches: [period, { from: before.from, to: earlier(before.to, seenFrom(before)) }, ...months],
  }
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}
