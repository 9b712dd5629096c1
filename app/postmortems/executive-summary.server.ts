/** The one-page summary of a postmortem: read, written anew, sent. */
import { type Actor, can } from '#app/identity/actor.ts'
import { isEmail, normaliseEmail } from '#app/identity/fields.ts'
import { mailRecipients } from '#app/identity/mail-recipients.server.ts'
import { everybodyHere } from '#app/identity/people.server.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { renderingTime, renderMarkdown } from '#app/platform/markdown.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import type { Notifier } from './comment-notices.server.ts'
import { draftSummary, type ExecutiveSummary, SUMMARY_PARTS, summaryAsText } from './executive-summary-draft.ts'
import {
  insertSummary,
  insertSummaryMails,
  latestSummary,
  summaryMails,
  summaryVersion,
  summaryVersions,
} from './executive-summary-queries.server.ts'
import { mayChange, readPostmortem, visibleRow } from './read-postmortem.server.ts'
import { lockRoom } from './save-records.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/**
 * @param version null for the newest.
 * @throws AppError not-found for those who may not read the postmortem, and for a version that is not there.
 */
export async function readSummary({ db, actor }: Omit<Context, 'clock'>, slug: string, version: number | null = null) {
  const read = await readPostmortem({ db, actor }, slug)
  const [newest, versions] = await Promise.all([latestSummary(db, read.id), summaryVersions(db, read.id)])
  const shown = version === null ? newest : await summaryVersion(db, read.id, version)
  if (version !== null && !shown) throw notFound('This version')
  const maySend = can(actor, 'edit the library')
  const time = renderingTime()
  return {
    slug: read.slug,
    title: read.record.title,
    severity: read.record.severity,
    startedAt: read.record.startedAt,
    incidentKey: read.record.incidentKey,
    status: read.record.status,
    mayEdit: read.mayEdit,
    maySend,
    newest: newest?.number ?? 0,
    versions,
    mails: maySend ? await summaryMails(db, read.id) : [],
    summary: shown
      ? {
          number: shown.number,
          at: shown.at,
          by: shown.actor_name,
          parts: SUMMARY_PARTS.map(({ name, title }) => ({
            name,
            title,
            html: renderMarkdown(shown[name], '', time).html,
          })),
          text: summaryAsText(read.record.title, shown),
        }
      : null,
  }
}

/** What a person begins to edit: the newest version, or a draft from the sections. */
export async function summaryToEdit({ db, actor }: Omit<Context, 'clock'>, slug: string) {
  const read = await readPostmortem({ db, actor }, slug)
  if (!read.mayEdit) throw notFound()
  const newest = await latestSummary(db, read.id)
  const summary: ExecutiveSummary = newest ?? draftSummary(read.record)
  return {
    slug: read.slug,
    title: read.record.title,
    number: newest?.number ?? 0,
    happened: summary.happened,
    learnt: summary.learnt,
    changes: summary.changes,
  }
}

const LONGEST = 20_000

/**
 * Keeps a new version. The same words again are no new version.
 * @param input.expected the number of the version that the editor saw, 0 for none.
 * @throws AppError conflict when somebody saved another one meanwhile; not-found for those who may not edit.
 */
export async function saveSummary(
  { db, clock, actor }: Context,
  slug: string,
  input: ExecutiveSummary & { expected: number },
): Promise<void> {
  const words = checkedSummary(input)
  await inTransaction(db, async tx => {
    await lockRoom(tx)
    const row = await visibleRow({ db: tx, actor }, slug)
    if (!(await mayChange(tx, actor, row))) throw notFound()
    const before = await latestSummary(tx, row.id)
    const number = before?.number ?? 0
    if (number !== input.expected)
      throw new AppError(
        'conflict',
        `Someone saved version ${number} while you were editing. What you typed is still here: look at theirs in another tab, take over what it has, and save again.`,
        [{ path: 'expected', message: String(number) }],
      )
    if (before && SUMMARY_PARTS.every(({ name }) => before[name] === words[name])) return
    await insertSummary(tx, {
      ...words,
      postmortem_id: row.id,
      number: number + 1,
      at: isoNow(clock),
      actor_name: actor.name,
    })
  })
}

function checkedSummary(input: ExecutiveSummary): ExecutiveSummary {
  const words = {} as ExecutiveSummary
  for (const { name, title } of SUMMARY_PARTS) {
    words[name] = cleanText(input[name]).text.trim()
    if (!words[name]) throw invalidField(name, `${title}: write a sentence at least.`)
    if (words[name].length > LONGEST)
      throw invalidField(
        name,
        `${title}: at most ${LONGEST.toLocaleString('en-GB')} characters. It should fit one page.`,
      )
  }
  return words
}

const MOST_ADDRESSES = 100

/**
 * Sends the newest version to these addresses, and that of a published SEV-1 also to those who asked for such summaries
 * and do not have it yet; each in a mail of its own. Writes down who got it.
 * @throws AppError not-found for those who are neither editors nor administrators; invalid with the addresses that are
 * none.
 */
export async function sendSummary(
  { db, clock, actor, mailer, log, origin }: Notifier & { actor: Actor },
  slug: string,
  addresses: string,
): Promise<{ sent: number; failed: string[] }> {
  const row = await visibleRow({ db, actor }, slug)
  if (!can(actor, 'edit the library')) throw notFound()
  if (row.is_restricted)
    throw invalidField(
      'addresses',
      'It is restricted to its authors, named readers and administrators: it is not mailed.',
    )
  const [summary, { organisationName }] = await Promise.all([latestSummary(db, row.id), readSettings(db)])
  if (!summary) throw invalidField('addresses', 'There is no summary yet: write one first.')
  const asking = isForAsking(row) ? await askingFor({ db, clock }, row.id, summary.number) : []
  const wanted = [...new Set([...checkedAddresses(addresses, asking.length > 0), ...asking])]
  const link = origin ? `\n\nThe whole postmortem: ${origin}/library/${row.slug}\n` : ''
  const text = `${summaryAsText(row.title, summary)}${link}\n${actor.name} sent you this from Candor at ${organisationName}.${asking.length > 0 ? ` Summaries of SEV-1 incidents also go to those who asked for them${origin ? `: ${origin}/me#preferences` : ''}.` : ''}\n`
  const failed: string[] = []
  const got: string[] = []
  for (const address of wanted)
    try {
      await mailer.send({ to: address, subject: `Executive summary: ${row.title}`, text })
      got.push(address)
    } catch (error) {
      log.error({ err: error }, 'an executive summary could not be sent')
      failed.push(address)
    }
  await inTransaction(db, async tx => {
    const mail = { postmortem_id: row.id, number: summary.number, at: isoNow(clock), actor_name: actor.name }
    await insertSummaryMails(
      tx,
      got.map(address => ({ ...mail, id: newId(), address })),
    )
    if (got.length)
      await recordAudit(
        tx,
        { actor, clock },
        { act: 'postmortem.summary-sent', subject: row.title, after: { version: summary.number, to: got } },
      )
  })
  return { sent: got.length, failed }
}

/** Whether everybody may read of it, and it is of the severity that people ask to hear of. */
function isForAsking(row: { severity: string | null; status: string; archived_at: string | null }): boolean {
  return row.severity === 'SEV-1' && row.status === 'published' && row.archived_at === null
}

/** Those who asked for summaries and do not have this version yet. */
async function askingFor(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  postmortemId: string,
  version: number,
): Promise<string[]> {
  const today = dayIn((await readSettings(db)).timeZone, clock.now())
  const [everybody, sent] = await Promise.all([everybodyHere(db, today), summaryMails(db, postmortemId)])
  const ids = everybody.map(person => person.id)
  const people = await mailRecipients(db, ids, 'summaries', today)
  const have = new Set(sent.filter(mail => mail.number === version).map(mail => mail.address))
  return [...people.values()].map(person => normaliseEmail(person.email)).filter(address => !have.has(address))
}

/** @param mayBeNone whether the mail goes to somebody without them. */
function checkedAddresses(text: string, mayBeNone: boolean): string[] {
  const wanted = [
    ...new Set(
      text
        .split(/[\s,;]+/)
        .map(normaliseEmail)
        .filter(Boolean),
    ),
  ]
  if (wanted.length === 0 && !mayBeNone) throw invalidField('addresses', 'Write an e-mail address.')
  if (wanted.length > MOST_ADDRESSES) throw invalidField('addresses', `At most ${MOST_ADDRESSES} addresses at once.`)
  const wrong = wanted.filter(address => !isEmail(address))
  if (wrong.length) throw invalidField('addresses', `This is no e-mail address: ${wrong.slice(0, 5).join(', ')}.`)
  return wanted
}
