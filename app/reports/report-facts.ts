/** All that a report is made of, read once: from here on everything is worked out without asking anybody. */
import type { ForumFact } from '#app/forums/forum-figures.ts'
import type { Settings } from '#app/identity/settings.ts'
import type { IncidentFact } from '#app/incidents/incident-figures.ts'
import type { Figures } from '#app/measure/figure.ts'
import type { Period } from '#app/measure/period.ts'
import type { ActionHistoryFact } from '#app/postmortems/action-figures.ts'
import type { RecurringThemes } from '#app/postmortems/recurring-themes.server.ts'
import type { SurveyWave } from '#app/surveys/results/survey-figures.ts'
import type { FigureChange } from './figure-changes.ts'

/** One month of the series, seen as long after its end as the period is after its own. */
export interface MonthFacts {
  period: Period
  asOf: string
  /** Jul 2026 */
  label: string
  figures: Figures
  /** Items that were late on its last day. */
  overdue: number
  /** The version of each definition by which its counts of people were made, where they were kept; else empty. */
  definitions: Record<string, number>
  /** Through which source most of its incidents came; null when it had none. */
  source: string | null
}

export interface FamilyBack {
  slug: string
  name: string
  /** How often it came back in the period. */
  times: number
}

export interface ReportFacts {
  settings: Settings
  period: Period
  before: Period
  /** When the period and the one before are looked at: equally long after their ends, so that they can be compared. */
  asOf: string
  asOfBefore: string
  figures: Figures
  previous: Figures
  /** By the id of the figure. */
  changes: Record<string, FigureChange>
  /** Oldest first; the last one ends with the period. */
  months: MonthFacts[]
  /** As they were at the moment of looking. */
  incidents: { now: IncidentFact[]; before: IncidentFact[] }
  actions: ActionHistoryFact[]
  /** Engineers who were here when the period ended. */
  engineers: number
  forums: ForumFact[]
  /** Of one survey, the last first; empty without a release. */
  waves: SurveyWave[]
  recurring: RecurringThemes
  /** Those of which everybody may read, the most frequent first. */
  familiesBack: FamilyBack[]
  hasDeployments: boolean
}
