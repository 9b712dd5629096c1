/** Asks owners after their action items: all of them once a week, single ones some days before and after they are due. */
import { mailRecipients, type Recipient } from '#app/identity/mail-recipients.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { dayIn, isoNow } from '#app/platform/clock.ts'
import { newSecret, sha256 } from '#app/platform/ids.server.ts'
import { dailySlot, weeklySlot } from '#app/platform/job-slots.ts'
import type { Job, Turn } from '#app/platform/jobs.server.ts'
import type { Mail } from '#app/platform/mail.server.ts'
import { type Office, sendEach } from '#app/platform/office.server.ts'
import { inTransaction } from '#db/index.server.ts'
import { deleteExpiredActionLinks, insertActionLink } from './action-history-queries.server.ts'
import { unfinishedWithOwners } from './action-list-queries.server.ts'
import { isRemindedOn, LINK_DAYS, type MailedAction, reminderMail, weeklyMail } from './action-mails.ts'
import { type ActionItem, describeActions } from './find-action-item.server.ts'

const HOUR = 8
const MOST_IN_A_MAIL = 50

type Write = (to: Recipient, organisation: string, today: string, actions: MailedAction[]) => Mail

/** The jobs of this room. */
export function actionJobs(office: Office): Job[] {
  const zone = async () => (await readSettings(office.db)).timeZone
  return [
    {
      name: 'weekly-actions',
      slotAt: async now => (office.origin ? weeklySlot(now, await zone(), { weekday: 1, hour: HOUR }) : null),
      async run(turn) {
        await deleteExpiredActionLinks(office.db, isoNow(office.clock))
        await mailOwners(office, turn, () => true, weeklyMail)
      },
    },
    {
      name: 'action-reminders',
      slotAt: async now => (office.origin ? dailySlot(now, await zone(), HOUR) : null),
      run: turn => mailOwners(office, turn, item => isRemindedOn(turn.slot, item.facts.dueOn), reminderMail),
    },
  ]
}

/** One mail to each owner who wants it, each once. @throws Error with the count when some could not be sent. */
async function mailOwners(
  office: Office,
  turn: Turn,
  isWanted: (item: Omit<ActionItem, 'mayChange'>) => boolean,
  write: Write,
): Promise<void> {
  const { db } = office
  const settings = await readSettings(db)
  const today = dayIn(settings.timeZone, office.clock.now())
  const items = (await describeActions(db, await unfinishedWithOwners(db))).filter(isWanted)
  const byOwner = new Map<string, Omit<ActionItem, 'mayChange'>[]>()
  for (const item of items) byOwner.set(item.ownerId!, [...(byOwner.get(item.ownerId!) ?? []), item])
  const recipients = await mailRecipients(db, [...byOwner.keys()], 'action-reminders', today)
  await sendEach(office, turn, recipients.values(), 'a mail about action items', async recipient => {
    const own = byOwner.get(recipient.id)!.slice(0, MOST_IN_A_MAIL)
    const mail = write(recipient, settings.organisationName, today, await withLinks(office, recipient.id, own))
    await office.mailer.send(mail)
  })
}

function withLinks(
  { db, clock, origin }: Office,
  personId: string,
  items: Omit<ActionItem, 'mayChange'>[],
): Promise<MailedAction[]> {
  return inTransaction(db, async tx => {
    const mailed: MailedAction[] = []
    for (const { id, facts, postmortem, incident } of items) {
      const secret = newSecret()
      await insertActionLink(tx, {
        token_hash: sha256(secret),
        action_id: id,
        person_id: personId,
        created_at: isoNow(clock),
        expires_at: new Date(clock.now() + LINK_DAYS * 86_400_000).toISOString(),
        used_at: null,
      })
      mailed.push({
        title: facts.title,
        dueOn: facts.dueOn,
        state: facts.state,
        from: postmortem?.title ?? incident?.title ?? null,
        link: `${origin}/actions/update/${secret}`,
      })
    }
    return mailed
  })
}
