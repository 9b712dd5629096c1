/**
 * Invites everybody to an open wave and reminds them, all alike. What is written down is the wave, the mail and the time
 * zone, never a person: whether somebody has taken part is neither asked nor known here.
 */
import { peopleHereByZone, type Recipient } from '#app/identity/mail-recipients.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { dayIn } from '#app/platform/clock.ts'
import type { Job, Turn } from '#app/platform/jobs.server.ts'
import type { Office } from '#app/platform/office.server.ts'
import type { Db } from '#db/index.server.ts'
import { findWave, type Wave, waveFrom } from '../get-wave.server.ts'
import { wavesIn } from '../wave-queries.server.ts'
import { invitedRows } from './ballot-queries.server.ts'
import { isMorning, type MailSlot, mailSlotAt } from './mail-slots.ts'
import { type WaveMail, waveMail } from './wave-mails.ts'

/** So many are claimed together; a process that ends amid them leaves the rest of them without this mail. */
const BATCH = 50
/** Stands in a slot for those who chose no zone of their own. */
const HOUSE = 'organisation'

export function invitationJobs(office: Office): Job[] {
  return [
    {
      name: 'survey-mails',
      slotAt: now => (office.origin === null ? null : dueSlots(office, now)),
      run: turn => mailZone(office, turn),
    },
  ]
}

/** A slot is a wave, a mail and a zone in which it is morning. */
async function dueSlots({ db, clock }: Office, now: number): Promise<string[]> {
  const { timeZone } = await readSettings(db)
  const slots: string[] = []
  for (const row of await wavesIn(db, ['open'], clock)) {
    const wave = waveFrom(row)
    const slot = mailSlotAt(wave, now)
    if (!slot) continue
    for (const zone of (await recipientsByZone(db, wave, dayIn(timeZone, now))).keys())
      if (isMorning(zone ?? timeZone, now)) slots.push(`${wave.id}:${slot}:${zone ?? HOUSE}`)
  }
  return slots.sort()
}

async function recipientsByZone(db: Db, wave: Wave, day: string): Promise<Map<string | null, Recipient[]>> {
  const invited = await invitedRows(db, wave.id)
  return peopleHereByZone(
    db,
    invited.map(row => row.personId),
    day,
  )
}

/** @throws Error when a batch could not be sent at all, so that it is tried again. */
async function mailZone(office: Office, turn: Turn): Promise<void> {
  const { db, clock, origin } = office
  const [id = '', slot, ...zone] = turn.slot.split(':')
  const wave = await findWave(db, id, clock)
  if (!wave?.charter || wave.kept !== 'open' || origin === null) return
  const settings = await readSettings(db)
  const mail = waveMail(slot as MailSlot, wave.charter, {
    organisation: settings.organisationName,
    origin,
    timeZone: settings.timeZone,
  })
  const zones = await recipientsByZone(db, wave, dayIn(settings.timeZone, clock.now()))
  const name = zone.join(':')
  const recipients = (zones.get(name === HOUSE ? null : name) ?? []).sort((one, other) => (one.id < other.id ? -1 : 1))
  for (let at = 0; at < recipients.length; at += BATCH)
    await turn.once(String(at / BATCH + 1), () => sendBatch(office, mail, recipients.slice(at, at + BATCH)), {
      isLeftWhereItStopped: true,
    })
}

/** Sends to each, and once more to those to whom it failed. @throws Error when nobody was reached. */
async function sendBatch({ mailer, log }: Office, mail: WaveMail, recipients: readonly Recipient[]): Promise<void> {
  let left = recipients
  for (let attempt = 0; attempt < 2 && left.length > 0; attempt++) {
    const failed: Recipient[] = []
    for (const recipient of left)
      try {
        await mailer.send({ to: recipient.email, ...mail })
      } catch (error) {
        failed.push(recipient)
        if (failed.length === recipients.length) throw new Error('no mail of a survey could be sent', { cause: error })
      }
    left = failed
  }
  if (left.length > 0) log.warn({ failed: left.length }, 'some mails of a survey could not be sent')
}
