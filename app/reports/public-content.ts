/** What is left of an edition where only some chapters are shown: nothing that the others say, and nothing that hints at it. */
import { CHAPTERS, type ChapterId, type Claim, type Edition, type ReportContent } from './report.ts'

/**
 * An edition with the chosen chapters alone, their figures, and those sentences that rest on nothing else. What people
 * wrote as the story, the reason of a correction and its differences speak of the whole: they stay only with the whole.
 */
export function editionOfChapters(edition: Edition, chosen: readonly ChapterId[]): Edition {
  const { content, words } = edition
  const chapters = content.chapters.filter(chapter => chosen.includes(chapter.id))
  const isWhole = CHAPTERS.every(id => chosen.includes(id))
  const ids = new Set(chapters.flatMap(chapter => chapter.figures))
  const isShown = (id: string) => isWhole || ids.has(id)
  const only = <T>(all: Record<string, T>) =>
    Object.fromEntries(Object.entries(all).filter(([id]) => isShown(id))) as Record<string, T>
  const restsOnShown = (claim: Claim) => isWhole || (claim.figures.length > 0 && claim.figures.every(isShown))
  const shown: ReportContent = {
    ...content,
    definitions: only(content.definitions),
    releases: chosen.includes('safety') ? content.releases : [],
    costPerHour: chosen.includes('cost') ? content.costPerHour : 0,
    figures: only(content.figures),
    previous: only(content.previous),
    story: content.story.filter(restsOnShown),
    headline: content.headline.filter(figure => isShown(figure.id)),
    chapters,
  }
  return {
    ...edition,
    content: shown,
    words: {
      story: isWhole ? words.story : null,
      commentary: Object.fromEntries(
        Object.entries(words.commentary).filter(([id]) => chosen.includes(id as ChapterId)),
      ),
    },
    differences: isWhole ? edition.differences : [],
    reason: isWhole ? edition.reason : '',
  }
}
