/** The mails of a review: the invitation, and the document before its meeting. */
import type { Mail } from '#app/platform/mail.server.ts'
import { PAGE_ORDER } from './page-order.ts'
import { type PostmortemRecord, SECTION_TITLES, type SectionKind } from './record.ts'

interface Addressee {
  name: string
  email: string
}

export function invitationToReview(
  to: Addressee,
  { title, inviter, link }: { title: string; inviter: string; link: string | null },
): Mail {
  return {
    to: to.email,
    subject: `Your review is asked for: ${title}`,
    text: `Hello ${to.name},

${inviter} asks you to review the postmortem “${title}”.
Read it, comment where something is unclear, and say whether you approve it:

${link ?? 'Open Candor: it waits on your front page.'}

Your page in Candor says which mails you get.
`,
  }
}

export interface MeetingSet {
  record: PostmortemRecord
  /** In words, with its zone. */
  when: string
  place: string
  link: string | null
}

const LONGEST_DOCUMENT = 200_000

export function meetingMail(to: Addressee, { record, when, place, link }: MeetingSet): Mail {
  const document = documentOf(record)
  const cut =
    document.length > LONGEST_DOCUMENT ? `${document.slice(0, LONGEST_DOCUMENT)}\n\n… It goes on in Candor.` : document
  return {
    to: to.email,
    subject: `Review meeting, ${when}: ${record.title}`,
    text: `Hello ${to.name},

the postmortem “${record.title}” is reviewed together.

When:  ${when}
${place ? `Where: ${place}\n` : ''}${link ? `Candor: ${link}\n` : ''}
Please read it before you come. This is how it stands now:

${'-'.repeat(60)}

${cut}
`,
  }
}

/** A postmortem as plain Markdown for reading, in the order of its page. */
export function documentOf(record: PostmortemRecord): string {
  const section = (kind: SectionKind, title: string = SECTION_TITLES[kind]) => {
    const text = record.sections[kind].trim()
    return text ? [`## ${title}\n\n${text}`] : []
  }
  const list = (title: string, lines: string[]) => (lines.length ? [`## ${title}\n\n${lines.join('\n')}`] : [])
  const line = (text: string) => text.replace(/\s*\n\s*/g, ' ').trim()
  return [
    `# ${record.title}`,
    ...section('summary', 'Summary'),
    ...PAGE_ORDER.beforeTimeline.flatMap(kind => section(kind)),
    ...list(
      'Timeline',
      record.timeline.map(entry => `- ${entry.at ?? entry.atText ?? ''} ${line(entry.text)}`),
    ),
    ...(record.sections.body.trim() ? [record.sections.body.trim()] : []),
    ...list(
      'Contributing factors',
      record.factors.map(factor => `- ${line(factor.text)}`),
    ),
    ...PAGE_ORDER.afterFactors.flatMap(kind => section(kind)),
    ...list(
      'Action items',
      record.actions.map(action => `- ${line(action.title)}${action.dueOn ? ` (due ${action.dueOn})` : ''}`),
    ),
  ].join('\n\n')
}
