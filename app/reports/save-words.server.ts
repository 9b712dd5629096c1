/** What people write into a report's draft: a story instead of the drafted one, and a commentary for each chapter. */
import { z } from 'zod'
import { type Actor, demand } from '#app/identity/actor.ts'
import { check, isStorable } from '#app/identity/fields.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import { CHAPTERS, type ChapterId } from './report.ts'
import { changeReport, putCommentary, type ReportRow, reportByPeriod } from './report-queries.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/** Held while a report's draft changes, so that nothing is written into one that is being published. */
export const REPORTS_LOCK = 'reports'

const LONGEST = 6_000

const writtenSchema = z.object({
  text: z
    .string({ error: 'Write a text.' })
    .max(LONGEST, `This is longer than ${LONGEST.toLocaleString('en-GB')} characters.`)
    .refine(isStorable, 'This has a character that cannot be kept.')
    .transform(text => text.replaceAll('\r\n', '\n').trim()),
  version: z.number({ error: 'Open the draft again, then save.' }).int().min(0),
})

/** A text, and the version that it began from: 0 where there was none. */
export interface Written {
  text: string
  version: number
}

/**
 * Writes the story that stands above the figures; an empty text gives the drafted one back.
 * @returns the new version. @throws AppError not-found for who may not write and where there is no draft; invalid naming
 * text; conflict where somebody else saved in between: nothing is written then.
 */
export function saveStory(context: Context, key: string, input: Written): Promise<number> {
  const { text, version } = check(writtenSchema, input)
  return inDraft(context, key, async (tx, report, now) => {
    const change = { story: text || null, story_version: version + 1, updated_at: now }
    if (!(await changeReport(tx, report.id, { state: 'draft', storyVersion: version }, change))) throw savedMeanwhile()
    return version + 1
  })
}

/** Writes the commentary of a chapter; an empty text takes it away. Returns and refuses as saveStory does. */
export function saveCommentary(context: Context, key: string, chapter: string, input: Written): Promise<number> {
  if (!CHAPTERS.includes(chapter as ChapterId)) throw notFound('This chapter')
  const { text, version } = check(writtenSchema, input)
  return inDraft(context, key, async (tx, report, now) => {
    const row = { chapter, text, version: version + 1, writerId: context.actor.personId || null, writtenAt: now }
    if (!(await putCommentary(tx, report.id, row))) throw savedMeanwhile()
    await changeReport(tx, report.id, { state: 'draft' }, { updated_at: now })
    return version + 1
  })
}

async function inDraft(
  { db, clock, actor }: Context,
  key: string,
  work: (tx: Tx, report: ReportRow, now: string) => Promise<number>,
): Promise<number> {
  demand(actor, 'write reports')
  return inTransaction(db, async tx => {
    await lockFor(tx, REPORTS_LOCK)
    const report = isStorable(key) ? await reportByPeriod(tx, key) : undefined
    if (!report) throw notFound('This report')
    if (report.state !== 'draft')
      throw new AppError('conflict', 'This report has been published. An administrator can begin a correction.')
    return work(tx, report, isoNow(clock))
  })
}

function savedMeanwhile(): AppError {
  const message =
    'Somebody else has saved this text since you began. Yours is still here; put the two together, then save.'
  return new AppError('conflict', message, [{ path: 'text', message }])
}
