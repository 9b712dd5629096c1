/** A report as somebody may see it: its published editions, and for editors the draft. */
import { type Actor, can, demand } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { buildReport, periodOfReport } from './build-report.server.ts'
import { editionFrom } from './frozen-edition.server.ts'
import { periodTitle } from './period-words.ts'
import type { ChapterId, ReportContent, ReportWords } from './report.ts'
import {
  commentaryOf,
  type EditionLine,
  editionLines,
  editionOf,
  type ReportRow,
  reportByPeriod,
} from './report-queries.server.ts'

export interface ReportView {
  key: string
  title: string
  /** What is shown: nothing yet, the draft, or an edition. */
  state: 'none' | 'draft' | 'published'
  /** Null where there is nothing yet. */
  content: ReportContent | null
  words: ReportWords
  /** Of the edition shown; null for a draft. */
  edition: { number: number; publishedAt: string; differences: string[]; reason: string } | null
  /** The newest first. */
  editions: EditionLine[]
  /** Whether a draft waits beside the editions; only told to those who may see it. */
  hasDraft: boolean
  /** Why it is being corrected; null for a first draft. */
  correcting: string | null
  /** With which a form begins, so that nobody writes over another. */
  versions: { story: number; commentary: Partial<Record<ChapterId, number>> }
  /** Whether the period is over: before that it cannot be published. */
  isOver: boolean
  mayComment: boolean
  mayPublish: boolean
}

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/**
 * @param key of the period, such as 2026-Q3.
 * @param asked.edition a number, for an earlier edition. @param asked.draft whether the draft is wanted where both exist;
 * those who may write see a draft by itself until something is published.
 * @throws AppError not-found for what is no period or has not begun, an edition that does not exist, and, for members,
 * a report that is not published.
 */
export async function viewReport(
  { db, clock, actor }: Context,
  key: string,
  asked: { edition?: number | null; draft?: boolean } = {},
): Promise<ReportView> {
  demand(actor, 'read')
  const period = await periodOfReport(db, key)
  if (period.from > isoNow(clock)) throw notFound('This report')
  const mayComment = can(actor, 'write reports')
  const report = await reportByPeriod(db, key)
  const editions = report ? await editionLines(db, report.id) : []
  const hasDraft = mayComment && report?.state === 'draft'
  const view = {
    key,
    title: periodTitle(period),
    editions,
    hasDraft,
    correcting: hasDraft ? report.reason : null,
    isOver: period.to <= isoNow(clock),
    mayComment,
    mayPublish: can(actor, 'publish reports'),
  }
  const nothing = { words: { story: null, commentary: {} }, edition: null, versions: { story: 0, commentary: {} } }
  if (hasDraft && asked.edition == null && (asked.draft || editions.length === 0)) {
    const content = await buildReport({ db, clock }, period, report.as_of ?? undefined)
    return { ...view, state: 'draft', content, edition: null, ...(await draftWords(db, report)) }
  }
  const row = report ? await editionOf(db, report.id, asked.edition ?? null) : undefined
  if (!row) {
    if (asked.edition != null || !mayComment) throw notFound('This report')
    return { ...view, state: 'none', content: null, ...nothing }
  }
  const { content, words, ...edition } = editionFrom(row)
  return { ...view, state: 'published', content, words, edition, versions: nothing.versions }
}

/** The newest edition of a report, or a certain one. @throws AppError not-found. */
export async function readEdition({ db, actor }: Omit<Context, 'clock'>, key: string, number: number | null = null) {
  demand(actor, 'read')
  const period = await periodOfReport(db, key)
  const report = await reportByPeriod(db, period.key)
  const row = report && (await editionOf(db, report.id, number))
  if (!row) throw notFound('This report')
  return editionFrom(row)
}

/** What people wrote into a draft, with the versions of each text. */
export async function draftWords(db: Db, report: ReportRow): Promise<Pick<ReportView, 'words' | 'versions'>> {
  const rows = await commentaryOf(db, report.id)
  const texts = rows.filter(row => row.text !== '').map(row => [row.chapter, row.text])
  return {
    words: { story: report.story, commentary: Object.fromEntries(texts) },
    versions: {
      story: report.story_version,
      commentary: Object.fromEntries(rows.map(row => [row.chapter, row.version])),
    },
  }
}
