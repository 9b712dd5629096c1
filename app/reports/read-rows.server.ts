/** Reads what a report is made of: each table once, whatever the number of months. */
import { readForumHistory } from '#app/forums/forum-figures.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { readIncidentHistory } from '#app/incidents/incident-figures.server.ts'
import { addDays, type Period, startOfDay } from '#app/measure/period.ts'
import { readLeadFacts } from '#app/participation/participation-figures.server.ts'
import { pause } from '#app/platform/slices.ts'
import {
  readActionHistory,
  readHeldBack,
  readMeetings,
  readPublications,
} from '#app/postmortems/postmortem-figures.server.ts'
import { readRecurringThemes } from '#app/postmortems/recurring-themes.server.ts'
import { readSurveyWaves } from '#app/surveys/results/survey-figures.server.ts'
import type { Db } from '#db/index.server.ts'
import { keptMonths } from './report-queries.server.ts'
import { lookOf, type ReportRows } from './report-rows.ts'

/** A survey belongs to a period if it closed in it or so many days later: waves are rarely over by its last day. */
const SURVEY_GRACE_DAYS = 31

/** A fixed number of queries, one after another, so that other requests have their turn in between. @param asOf ISO 8601 UTC with milliseconds. */
export async function readRows(db: Db, period: Period, asOf: string): Promise<ReportRows> {
  const look = lookOf(period, asOf)
  const { history, stretches, before, months } = look
  const surveysUntil = startOfDay(addDays(period.endDay, SURVEY_GRACE_DAYS), period.timeZone)
  const settings = await readSettings(db)
  const events = await readIncidentHistory(db, history, stretches)
  await pause()
  const publications = await readPublications(db)
  const meetings = await readMeetings(db)
  const heldBack = await readHeldBack(db)
  await pause()
  const actions = await readActionHistory(db, history, asOf)
  await pause()
  const leading = await readLeadFacts(db, { until: period.to, asOf })
  await pause()
  const forums = await readForumHistory(db, { from: history.from, to: asOf < period.to ? asOf : period.to })
  const waves = await readSurveyWaves(db, { closedBefore: surveysUntil, publishedBy: asOf })
  await pause()
  const recurring = await readRecurringThemes(db, { period, before, asOf })
  const kept = await keptMonths(db, months[0]!.key)
  await pause()
  return {
    look,
    settings,
    events,
    publications,
    meetings,
    heldBack,
    actions,
    leading,
    forums,
    waves,
    recurring,
    kept: kept.map(({ month, figures, definitions }) => ({
      month,
      figures: JSON.parse(figures),
      definitions: JSON.parse(definitions),
    })),
  }
}
