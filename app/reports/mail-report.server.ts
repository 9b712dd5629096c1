/** Sends a published report to those who read reports, each edition once to each. */
import { mailRecipients, peopleHere } from '#app/identity/mail-recipients.server.ts'
import { everybodyHere } from '#app/identity/people.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { dayIn, isoNow } from '#app/platform/clock.ts'
import type { Turn } from '#app/platform/jobs.server.ts'
import { type Office, sendEach } from '#app/platform/office.server.ts'
import {
  claimEditionMail,
  editionsSince,
  editionToMail,
  forgetEditionMail,
  reportReaders,
} from './mail-queries.server.ts'
import type { ReportContent, ReportWords } from './report.ts'
import { type MailedEdition, reportMail } from './report-mail.ts'

/** An edition that could not be sent for longer than this is no news any more. */
const NEWS_MS = 7 * 86_400_000

/** Editions of the last days: report and number. */
export async function newEditions({ db, clock }: Office): Promise<string[]> {
  const editions = await editionsSince(db, new Date(clock.now() - NEWS_MS).toISOString())
  return editions.map(({ reportId, number }) => `${reportId}:${number}`)
}

/** To those on the administrators’ list and those who asked for reports. @throws Error when some could not be sent. */
export async function mailEdition(office: Office, turn: Turn): Promise<void> {
  const { db, clock, mailer, origin } = office
  const [reportId = '', number] = turn.slot.split(':')
  const row = await editionToMail(db, reportId, Number(number))
  if (!row || origin === null) return
  const edition: MailedEdition = {
    number: Number(number),
    content: JSON.parse(row.content) as ReportContent,
    words: JSON.parse(row.words) as ReportWords,
    differences: JSON.parse(row.differences) as string[],
    reason: row.reason,
  }
  const { listed, asked } = await readersNow(office)
  const recipients = new Map([...asked, ...listed])
  // Noted before it is sent: a process that ends in between leaves somebody without the mail rather than with two.
  await sendEach(office, turn, recipients.values(), 'a mail about a report', async one => {
    const mail = { reportId, number: edition.number, personId: one.id }
    if (!(await claimEditionMail(db, mail, isoNow(clock)))) return
    try {
      await mailer.send(reportMail({ ...one, isListed: listed.has(one.id) }, edition, origin))
    } catch (error) {
      await forgetEditionMail(db, mail)
      throw error
    }
  })
}

async function readersNow({ db, clock }: Office) {
  const { timeZone } = await readSettings(db)
  const today = dayIn(timeZone, clock.now())
  const [readers, everybody] = await Promise.all([reportReaders(db), everybodyHere(db, today)])
  const [listed, asked] = await Promise.all([
    peopleHere(
      db,
      readers.map(reader => reader.personId),
      today,
    ),
    mailRecipients(
      db,
      everybody.map(person => person.id),
      'reports',
      today,
    ),
  ])
  return { listed, asked }
}
