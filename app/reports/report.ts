/**
 * A culture health report as it is read, frozen and sent: one value from which page, chart, table, alternative text,
 * print, PDF, CSV, JSON, Markdown, SVG and mail are all made. What is not in it can be in none of them. Plain JSON.
 */
import type { Figure, Figures } from '#app/measure/figure.ts'
import type { Limits, Signal } from '#app/measure/run-chart.ts'

/** The chapters, in the order in which they are read. */
export const CHAPTERS = [
  'safety',
  'noticing',
  'recovering',
  'writing',
  'following-through',
  'coming-back',
  'taking-part',
  'recurring',
  'cost',
] as const

export type ChapterId = (typeof CHAPTERS)[number]

export const CHAPTER_QUESTIONS: Record<ChapterId, string> = {
  safety: 'Is it safe to speak?',
  noticing: 'Are we noticing sooner?',
  recovering: 'Are we recovering?',
  writing: 'Do we write and meet in time?',
  'following-through': 'Do we follow through?',
  'coming-back': 'Does it come back?',
  'taking-part': 'Who takes part?',
  recurring: 'What recurs?',
  cost: 'What did it cost?',
}

/**
 * What may be said of a change: a direction only where the interval excludes none. `counted`: everybody was counted, so
 * there is no chance in it and no interval; only how many more or fewer there are.
 */
export type Change = 'clearly up' | 'clearly down' | 'no clear change' | 'too few to tell' | 'counted'

/** Is it good when it rises? Null where neither is. */
export type Better = 'higher' | 'lower' | null

export interface HeadlineFigure {
  /** Of the metrics page. */
  id: string
  /** At most four words. */
  label: string
  now: Figure
  before: Figure | null
  change: Change
  /** The change as a phrase to be shown as it is: `no clear change from 52 %`. Empty where there is nothing before. */
  changeWords: string
  better: Better
  /** How the value is to be written. Shares are 0 to 1; of a census, `count` of `n` comes first. */
  measure: 'share' | 'census' | 'minutes' | 'days' | 'count' | 'rate'
}

/** A sentence of the text, and the figures on which it rests. */
export interface Claim {
  text: string
  figures: string[]
}

/** Where a line must not be read across: a definition, or the source of the data, changed. */
export interface Break {
  /** Index of the first point after the break. */
  at: number
  why: string
}

interface ExhibitBase {
  /** Unique in the report, for addresses and file names: a-z, 0-9 and hyphens. */
  id: string
  title: string
  /** What is counted, how, and of how many. */
  caption: string
  /** The metrics page's id of the figure shown, for the link to its definition. */
  figure: string | null
  /** After a number: minutes, days, incidents, % */
  unit: string
}

/** A series by month with its limits; `target` is drawn as a line. */
export interface RunExhibit extends ExhibitBase {
  kind: 'run'
  points: { label: string; value: number | null; n: number | null }[]
  /** The limits of each stretch between breaks, by the index of its first point. */
  stretches: { from: number; limits: Limits | null; signals: Signal[] }[]
  breaks: Break[]
  target: number | null
}

/** How long things took: counts in classes that grow, with the median and the 90th percentile marked. */
export interface DistributionExhibit extends ExhibitBase {
  kind: 'distribution'
  classes: { label: string; count: number; before: number | null }[]
  median: number | null
  p90: number | null
  open: number
}

/** The share still open after so many days (Kaplan–Meier). */
export interface SurvivalExhibit extends ExhibitBase {
  kind: 'survival'
  curves: { label: string; n: number; steps: { day: number; share: number; low: number; high: number }[] }[]
}

/** Answers on a scale: unfavourable to the left, favourable to the right. Shares of n, 0 to 1. */
export interface DivergingExhibit extends ExhibitBase {
  kind: 'diverging'
  rows: { label: string; n: number; unfavourable: number; neutral: number; favourable: number }[]
}

/** Counts from zero, compared. */
export interface BarsExhibit extends ExhibitBase {
  kind: 'bars'
  bars: { label: string; value: number; note: string | null }[]
}

/** One small series for each label, all on the same axis. */
export interface MultiplesExhibit extends ExhibitBase {
  kind: 'multiples'
  labels: string[]
  series: { label: string; values: (number | null)[] }[]
}

export interface TableExhibit extends ExhibitBase {
  kind: 'table'
  columns: { label: string; isNumber: boolean }[]
  rows: string[][]
}

export type Exhibit =
  | RunExhibit
  | DistributionExhibit
  | SurvivalExhibit
  | DivergingExhibit
  | BarsExhibit
  | MultiplesExhibit
  | TableExhibit

export interface Chapter {
  id: ChapterId
  /** What the rules may say; empty where there is too little. */
  claims: Claim[]
  /** One thought for the reader that holds whatever the figures are; null where there is none. */
  remark: string | null
  /** What is missing and how to begin to collect it; null when there is enough. */
  missing: string | null
  exhibits: Exhibit[]
  /** Ids of the figures that belong here. */
  figures: string[]
}

export interface ReportContent {
  /** Of this form, for editions that were frozen by an older Candor. */
  form: 1
  organisation: string
  period: { key: string; firstDay: string; endDay: string; timeZone: string; title: string }
  before: { key: string; title: string }
  /** ISO 8601 UTC: the moment of looking. */
  asOf: string
  /** The version of each figure's definition that was used, by its id. */
  definitions: Record<string, number>
  /** Survey releases that were used. */
  releases: { wave: string; title: string; publishedAt: string }[]
  costPerHour: number
  currency: string
  figures: Figures
  previous: Figures
  /** Sentences drafted from rules; the first paragraph unless somebody wrote another one. */
  story: Claim[]
  headline: HeadlineFigure[]
  chapters: Chapter[]
}

/** What people added to a report. */
export interface ReportWords {
  /** Instead of the drafted story; null leaves that. Plain Markdown. */
  story: string | null
  commentary: Partial<Record<ChapterId, string>>
}

/** One published state of a report; never changed, only followed by another. */
export interface Edition {
  number: number
  publishedAt: string
  content: ReportContent
  words: ReportWords
  /** Against the edition before, in words; empty for the first. */
  differences: string[]
  /** Why there is another edition; empty for the first. */
  reason: string
}
