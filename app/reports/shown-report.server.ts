import { renderingTime, renderMarkdown } from '#app/platform/markdown.server.ts'
import type { Edition, ReportContent, ReportWords } from './report.ts'
import type { ShownReport } from './ui/shown-report.ts'

/** A report as it is shown: what people wrote as safe HTML, and nothing that no page shows. */
export function shownReport(
  content: ReportContent,
  words: ReportWords,
  edition: Omit<Edition, 'content' | 'words'> | null,
): ShownReport {
  const time = renderingTime()
  const htmlOf = (text: string | null | undefined) => (text?.trim() ? renderMarkdown(text, '', time).html : null)
  const versions = Object.values(content.definitions)
  return {
    title: content.period.title,
    organisation: content.organisation,
    before: content.before.title,
    timeZone: content.period.timeZone,
    asOf: content.asOf,
    edition: edition && {
      number: edition.number,
      publishedAt: edition.publishedAt,
      differences: edition.differences,
      reason: edition.reason,
    },
    storyHtml: htmlOf(words.story),
    story: content.story,
    headline: content.headline,
    chapters: content.chapters.map(chapter => ({ ...chapter, commentaryHtml: htmlOf(words.commentary[chapter.id]) })),
    releases: content.releases,
    definitions: { count: versions.length, changed: versions.filter(version => version > 1).length },
  }
}
