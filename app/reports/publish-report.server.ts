import { type Actor, demand } from '#app/identity/actor.ts'
import { isStorable } from '#app/identity/fields.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { buildReport, periodOfReport } from './build-report.server.ts'
import { differencesBetween } from './edition-differences.ts'
import { editionFrom } from './frozen-edition.server.ts'
import { periodTitle } from './period-words.ts'
import type { Edition } from './report.ts'
import { changeReport, editionOf, insertEdition, reportByPeriod } from './report-queries.server.ts'
import { REPORTS_LOCK } from './save-words.server.ts'
import { draftWords } from './view-report.server.ts'

/**
 * Freezes a draft as the next edition: its figures, the definitions and releases used, and what people wrote. From then
 * on nothing moves it, whatever is recorded, imported or deleted.
 * @throws AppError not-found for who may not publish and where there is no report; conflict where there is no draft, and
 * before the period is over.
 */
export async function publishReport(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  key: string,
): Promise<Edition> {
  demand(actor, 'publish reports')
  const period = await periodOfReport(db, key)
  const begun = await reportByPeriod(db, key)
  if (!begun) throw notFound('This report')
  if (begun.state !== 'draft') throw noDraft()
  if (period.to > isoNow(clock))
    throw new AppError('conflict', 'The period is not over yet. Publish the report when nothing can be added to it.')
  const content = await buildReport({ db, clock }, period, begun.as_of ?? undefined)
  return inTransaction(db, async tx => {
    await lockFor(tx, REPORTS_LOCK)
    const report = await reportByPeriod(tx, key)
    if (report?.state !== 'draft') throw noDraft()
    const now = isoNow(clock)
    const { words } = await draftWords(tx, report)
    const last = await editionOf(tx, report.id, null)
    const edition: Edition = {
      number: (last?.number ?? 0) + 1,
      publishedAt: now,
      content,
      words,
      differences: last ? differencesBetween(editionFrom(last), { content, words }) : [],
      reason: report.reason ?? '',
    }
    await insertEdition(tx, {
      report_id: report.id,
      number: edition.number,
      published_at: now,
      publisher_id: actor.personId || null,
      content: JSON.stringify(content),
      words: JSON.stringify(words),
      differences: JSON.stringify(edition.differences),
      reason: edition.reason,
    })
    await changeReport(tx, report.id, { state: 'draft' }, { state: 'published', updated_at: now })
    await recordAudit(
      tx,
      { actor, clock },
      { act: 'report.published', subject: periodTitle(period), after: { period: key, edition: edition.number } },
    )
    return edition
  })
}

const LONGEST_REASON = 500

/**
 * Begins the next edition of a published report, with the words of the last one. It looks from the same moment, so that
 * only what was wrong changes.
 * @throws AppError not-found for who may not publish and where nothing is published; invalid naming reason; conflict
 * where a correction has begun already.
 */
export async function correctReport(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  key: string,
  input: { reason: string },
): Promise<void> {
  demand(actor, 'publish reports')
  const reason = input.reason.trim()
  if (reason === '' || reason.length > LONGEST_REASON || !isStorable(reason)) {
    const message = reason === '' ? 'Say what was wrong: it is shown with the next edition.' : 'Say it more briefly.'
    throw new AppError('invalid', message, [{ path: 'reason', message }])
  }
  const period = await periodOfReport(db, key)
  await inTransaction(db, async tx => {
    await lockFor(tx, REPORTS_LOCK)
    const report = await reportByPeriod(tx, period.key)
    const last = report && (await editionOf(tx, report.id, null))
    if (!report || !last) throw notFound('This report')
    const { asOf } = editionFrom(last).content
    const change = { state: 'draft', as_of: asOf, reason, updated_at: isoNow(clock) }
    if (!(await changeReport(tx, report.id, { state: 'published' }, change)))
      throw new AppError('conflict', 'A correction has begun already. Go on with its draft.')
    await recordAudit(
      tx,
      { actor, clock },
      { act: 'report.correction-begun', subject: periodTitle(period), after: { reason } },
    )
  })
}

function noDraft(): AppError {
  return new AppError('conflict', 'There is no draft to publish.')
}
