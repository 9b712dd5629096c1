/** What mails about forums say. Pure. */
import type { Mail } from '#app/platform/mail.server.ts'

interface To {
  name: string
  email: string
}

interface About {
  title: string
  /** In the reader's words: day, time and zone. */
  when: string
  link: string
}

export type MailText = Omit<Mail, 'calendar'>

const FOOTER = (origin: string) => `\nOn your page you choose which of these mails come: ${origin}/me\n`

/** @param news.isOut for somebody who had the entry. @param news.reason why the forum is off; null where it is not. */
export function invitationMail(
  to: To,
  { title, when, link, origin }: About & { origin: string },
  { isChange, isOut, reason }: { isChange: boolean; isOut: boolean; reason: string | null },
): MailText {
  if (isOut && reason === null)
    return {
      to: to.email,
      subject: `No longer in your calendar: ${title}, ${when}`,
      text: `Hello ${to.name},\n\n${title} on ${when} now invites others, so it leaves your calendar. You are welcome all the same.\n\nAgenda: ${link}\n${FOOTER(origin)}`,
    }
  if (reason !== null)
    return {
      to: to.email,
      subject: `Called off: ${title}, ${when}`,
      text: `Hello ${to.name},\n\n${title} on ${when} is called off: ${reason}\n\n${link}\n${FOOTER(origin)}`,
    }
  const beginning = isChange ? 'has changed. It is now' : 'is planned for'
  return {
    to: to.email,
    subject: `${isChange ? 'Changed' : 'Invitation'}: ${title}, ${when}`,
    text: `Hello ${to.name},\n\n${title} ${beginning} ${when}. Whoever wants to listen is welcome.\n\nAgenda: ${link}\n${FOOTER(origin)}`,
  }
}

export interface PreReadItem {
  title: string
  readingMinutes: number | null
  link: string | null
}

export function preReadMail(
  to: To,
  {
    title,
    when,
    link,
    origin,
    items,
    readingMinutes,
  }: About & {
    origin: string
    items: readonly PreReadItem[]
    readingMinutes: number
  },
): MailText {
  const listed = items
    .map(item =>
      item.link === null
        ? `- ${item.title}: not published yet\n`
        : `- ${item.title} (${item.readingMinutes} min)\n  ${item.link}\n`,
    )
    .join('\n')
  return {
    to: to.email,
    subject: `To read before ${title}, ${when}`,
    text: `Hello ${to.name},

${title} is on ${when}. About ${readingMinutes} minutes of reading:

${listed}
What to look at: what made each step seem reasonable at the time, and where else that is so.

When you have read it, say so; only the number is shown: ${link}
${FOOTER(origin)}`,
  }
}

export function recordMail(
  to: To,
  { title, when, link, origin, record }: About & { origin: string; record: string },
): MailText {
  return {
    to: to.email,
    subject: `Record: ${title}, ${when}`,
    text: `Hello ${to.name},\n\nThis came of ${title}: ${link}\n\n${record}${FOOTER(origin)}`,
  }
}

export interface ForumToConfirm {
  title: string
  link: string
  waiting: number
  confirmBy: string
  isLate: boolean
}

export function confirmMail(
  to: To,
  { origin, forums }: { origin: string; forums: readonly ForumToConfirm[] },
): MailText {
  const of = forums.length === 1 ? forums[0]!.title : `${forums.length} forums`
  const lines = forums.map(({ title, link, waiting, confirmBy, isLate }) => {
    const [what, wait] = waiting === 1 ? ['One proposal', 'waits'] : [`${waiting} proposals`, 'wait']
    const until = isLate ? `which was due on ${confirmBy}` : `until ${confirmBy}`
    return `${what} of ${title} ${wait} for an owner and a date, ${until}.\n\n${link}\n`
  })
  const all = forums.reduce((sum, forum) => sum + forum.waiting, 0)
  return {
    to: to.email,
    subject: `${all === 1 ? 'One proposal' : `${all} proposals`} of ${of} to confirm`,
    text: `Hello ${to.name},\n\n${lines.join('\n')}${FOOTER(origin)}`,
  }
}
