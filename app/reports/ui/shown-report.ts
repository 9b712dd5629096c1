/** What a page, a sheet of paper and the public edition show of a report. */
import type { Chapter, Claim, HeadlineFigure } from '../report.ts'

export interface ShownReport {
  title: string
  organisation: string
  /** The period before, for 'compared with'. */
  before: string
  timeZone: string
  asOf: string
  /** Null for a draft. */
  edition: { number: number; publishedAt: string; differences: string[]; reason: string } | null
  /** What somebody wrote instead of the drafted story, as HTML; null leaves the claims. */
  storyHtml: string | null
  story: Claim[]
  headline: HeadlineFigure[]
  chapters: (Chapter & { commentaryHtml: string | null })[]
  releases: { wave: string; title: string; publishedAt: string }[]
  /** How many definitions were used, and how many of them are not the first version. */
  definitions: { count: number; changed: number }
}
