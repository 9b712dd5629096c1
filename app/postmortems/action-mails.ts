/** The mails about one's action items, and on which days they are reminded of: pure. Days are YYYY-MM-DD. */
import { daysBetween } from '#app/measure/period.ts'
import type { Mail } from '#app/platform/mail.server.ts'

export interface MailedAction {
  title: string
  dueOn: string | null
  state: string
  /** The postmortem or incident it came from. */
  from: string | null
  /** Where its owner says what became of it. */
  link: string
}

/** Days before it is due, and days by which it is late, on which its owner is reminded. */
const REMIND_BEFORE = 3
const REMIND_LATE = [1, 7, 21]

/** How long a mailed link works. */
export const LINK_DAYS = 8

export function isRemindedOn(day: string, dueOn: string | null): boolean {
  if (dueOn === null) return false
  const left = daysBetween(day, dueOn)
  return left === REMIND_BEFORE || REMIND_LATE.includes(-left)
}

interface Addressee {
  name: string
  email: string
}

export function weeklyMail(to: Addressee, organisation: string, today: string, actions: MailedAction[]): Mail {
  const late = actions.filter(action => action.dueOn !== null && action.dueOn < today).length
  const count = actions.length === 1 ? 'One action item' : `${actions.length} action items`
  return {
    to: to.email,
    subject: `${count} of yours${late ? `, ${late} overdue` : ''}`,
    text: `Hello ${to.name},

these are your open action items at ${organisation}. One click says what became of one.

${listed(actions, today)}
${FOOT}`,
  }
}

export function reminderMail(to: Addressee, organisation: string, today: string, actions: MailedAction[]): Mail {
  const first = actions[0]!
  return {
    to: to.email,
    subject:
      actions.length === 1
        ? `${capital(dueInWords(first.dueOn, today))}: ${shortened(first.title)}`
        : `${actions.length} action items are due`,
    text: `Hello ${to.name},

a reminder from ${organisation}.

${listed(actions, today)}
If the day no longer fits, say so there: another day and why is a good answer.

${FOOT}`,
  }
}

const FOOT = `Each link works once, for ${LINK_DAYS} days, and without signing in: do not pass it on.
Under "Your page" in Candor you choose whether these mails come.
`

function listed(actions: MailedAction[], today: string): string {
  return actions
    .map(
      ({ title, dueOn, state, from, link }) =>
        `- ${title}\n  ${dueInWords(dueOn, today)}, ${state}${from ? `, from: ${from}` : ''}\n  ${link}\n`,
    )
    .join('\n')
}

/** 'due in 3 days (4 May 2026)', 'due today', '12 days late (1 May 2026)'. */
export function dueInWords(dueOn: string | null, today: string): string {
  if (dueOn === null) return 'without a due date'
  const days = daysBetween(today, dueOn)
  const day = DAY.format(new Date(`${dueOn}T00:00:00Z`))
  if (days === 0) return 'due today'
  if (days > 0) return `due in ${days === 1 ? 'one day' : `${days} days`} (${day})`
  return `${days === -1 ? 'one day' : `${-days} days`} late (${day})`
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function shortened(title: string): string {
  return title.length > 90 ? `${title.slice(0, 89)}…` : title
}
