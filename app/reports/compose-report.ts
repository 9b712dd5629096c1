/** From what was read to the report, chapter by chapter. Pure. */
import { CHAPTER_WRITERS } from './chapters/chapters.ts'
import { versionsOf } from './definitions.ts'
import { headlineOf } from './headline.ts'
import { periodTitle } from './period-words.ts'
import type { Chapter, ReportContent } from './report.ts'
import type { ReportRows } from './report-rows.ts'
import { storyOf } from './story.ts'
import { workOut } from './work-out.ts'

/** @param pause is awaited between parts, so that others have their turn. */
export async function composeReport(rows: ReportRows, pause: () => Promise<void>): Promise<ReportContent> {
  const facts = await workOut(rows, pause)
  const chapters: Chapter[] = []
  for (const write of CHAPTER_WRITERS) {
    chapters.push(write(facts))
    await pause()
  }
  const { settings, period, before, figures, previous } = facts
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
    asOf: facts.asOf,
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
