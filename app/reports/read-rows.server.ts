/** Reads what a report is made of: each table once, whatever the number of months. */
import { readForumHistory } from '#app/forums/forum-figures.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { readIncidentHistory } from '#app/incidents/incident-figures.server.ts'
import { addDays, type Period, startOfDay } from '#app/measure/period.ts'
import { readLeadFacts } from '#app/participation/participation-figures.server.ts'
import {
  readActionHistory,
  readHeldBack,
  readMeetings,
  readPublications,
} from '#app/postmortems/postmortem-figures.server.ts'
import { readRecurringThemes } from '#app/postmortems/recurring-themes.server.ts'
import { readSurveyWaves } from '#app/surveys/survey-figures.server.ts'
import type { Db } from '#db/index.server.ts'
import { keptMonths } from './report-queries.server.ts'
import { lookOf, type ReportRows } from './report-rows.ts'

/** A survey belongs to a period if it closed in it or so many days later: waves are rarely over by its last day. */
const SURVEY_GRACE_DAYS = 31

/** A fixed number of queries. @param asOf ISO 8601 UTC with milliseconds. */
export async function readRows(db: Db, period: Period, asOf: string): Promise<ReportRows> {
  const look = lookOf(period, asOf)
  const { history, stretches, before, months } = look
  const surveysUntil = startOfDay(addDays(period.endDay, SURVEY_GRACE_DAYS), period.timeZone)
  const settings = await readSettings(db)
  const events = await readIncidentHistory(db, history, stretches)
  const [publications, meetings, heldBack] = await Promise.all([
    readPublications(db),
    readMeetings(db),
    readHeldBack(db),
  ])
  return {
    look,
    settings,
    events,
    publications,
    meetings,
    heldBack,
    actions: await readActionHistory(db, history, asOf),
    leading: await readLeadFacts(db, { until: period.to, asOf }),
    forums: await readForumHistory(db, { from: history.from, to: asOf < period.to ? asOf : period.to }),
    waves: await readSurveyWaves(db, { closedBefore: surveysUntil, publishedBy: asOf }),
    recurring: await readRecurringThemes(db, { period, before, asOf }),
    kept: (await keptMonths(db, months[0]!.key)).map(({ month, figures, definitions }) => ({
      month,
      figures: JSON.parse(figures),
      definitions: JSON.parse(definitions),
    })),
  }
}
