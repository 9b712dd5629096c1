/** Puts a report together: reads once, then works it out chapter by chapter, giving way to other requests in between. */
import { readSettings } from '#app/identity/settings.server.ts'
import { type Period, periodNamed } from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { pause } from '#app/platform/slices.ts'
import type { Db } from '#db/index.server.ts'
import { CHAPTER_WRITERS } from './chapters/chapters.ts'
import { versionsOf } from './definitions.ts'
import { headlineOf } from './headline.ts'
import { periodTitle } from './period-words.ts'
import { readFacts } from './read-facts.server.ts'
import type { Chapter, ReportContent } from './report.ts'
import { storyOf } from './story.ts'

/**
 * The report on a period as it is seen at `asOf`, or now. What restricted postmortems and hidden survey cells say is in
 * no part of it; see each chapter. A fixed number of queries, whatever there is.
 */
export async function buildReport(
  { db, clock }: { db: Db; clock: Clock },
  period: Period,
  asOf: string = isoNow(clock),
): Promise<ReportContent> {
  const facts = await readFacts(db, period, asOf)
  const chapters: Chapter[] = []
  for (const write of CHAPTER_WRITERS) {
    chapters.push(write(facts))
    await pause()
  }
  const { settings, before, figures, previous } = facts
  return {
    form: 1,
    organisation: settings.organisationName,
    period: {
      key: period.key,
      firstDay: period.firstDay,
      endDay: period.endDay,
      timeZone: period.timeZone,
      title: periodTitle(period),
    },
    before: { key: before.key, title: periodTitle(before) },
    asOf,
    definitions: versionsOf(Object.keys(figures)),
    releases: facts.waves.map(({ id, title, publishedAt }) => ({ wave: id, title, publishedAt })),
    costPerHour: settings.hourlyDowntimeCost,
    currency: settings.currency,
    figures,
    previous,
    story: storyOf(facts),
    headline: headlineOf(facts),
    chapters,
  }
}

/** The period with this key in the organisation's time zone. @throws AppError not-found when it is none. */
export async function periodOfReport(db: Db, key: string): Promise<Period> {
  const { timeZone } = await readSettings(db)
  const period = periodNamed(key, timeZone)
  if (!period) throw notFound('This report')
  return period
}
