/** When the mails of a wave go out: an invitation and at most two reminders, each in the morning of a zone. Pure. */
import type { WaveDates } from '../wave.ts'

export const MAIL_SLOTS = ['invitation', 'reminder', 'last reminder'] as const
export type MailSlot = (typeof MAIL_SLOTS)[number]

const DAY = 86_400_000
/** The last reminder goes out so long before the closing, if answering has gone on for as long. */
const LAST_DAYS = 3
/** From eight to noon. */
const MORNING = { from: 8, to: 12 }

/** The mail that a wave is at: from the moment that it is for until the next one's, or the closing. */
export function mailSlotAt(wave: WaveDates, now: number): MailSlot | null {
  const [collecting, answering, closing] = [wave.collectingFrom, wave.answeringFrom, wave.closesAt].map(Date.parse) as [
    number,
    number,
    number,
  ]
  if (now < collecting || now >= closing) return null
  if (now < answering) return 'invitation'
  const last = closing - LAST_DAYS * DAY
  return last - answering >= LAST_DAYS * DAY && now >= last ? 'last reminder' : 'reminder'
}

/** Whether it is morning there. */
export function isMorning(timeZone: string, now: number): boolean {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now))
  return hour >= MORNING.from && hour < MORNING.to
}
