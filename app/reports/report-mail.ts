/** What the mail about a published report says. Pure. */
import type { Mail } from '#app/platform/mail.server.ts'
import { type MailBlock, mailOf } from '#app/platform/mail-document.ts'
import { headlineWords } from './headline-words.ts'
import type { HeadlineFigure, ReportContent, ReportWords } from './report.ts'

export interface MailedEdition {
  number: number
  content: ReportContent
  words: ReportWords
  /** Against the edition before; empty for the first. */
  differences: string[]
  reason: string
}

/** The story and the headline figures, with the way to the report. @param to.isListed whether an administrator chose them. */
export function reportMail(
  to: { name: string; email: string; isListed: boolean },
  { number, content, words, differences, reason }: MailedEdition,
  origin: string,
): Mail {
  const { organisation, period } = content
  const isCorrection = number > 1
  const blocks: MailBlock[] = [
    { kind: 'paragraph', text: `Hello ${to.name},` },
    {
      kind: 'paragraph',
      text: isCorrection
        ? `a culture health report of ${organisation} was corrected: ${period.title}, edition ${number}.${reason ? ` ${reason}` : ''}`
        : `a culture health report of ${organisation} is published: ${period.title}.`,
    },
    ...(differences.length > 0
      ? [
          { kind: 'heading' as const, text: 'What is different' },
          { kind: 'list' as const, items: differences.map(text => ({ text })) },
        ]
      : []),
    { kind: 'paragraph', text: storyOf(content, words) },
    ...(content.headline.length > 0
      ? [
          { kind: 'heading' as const, text: 'In figures' },
          {
            kind: 'table' as const,
            columns: ['Figure', period.title, 'Change'],
            rows: content.headline.map(rowOf),
          },
        ]
      : []),
    { kind: 'link', text: 'Read the report', to: `${origin}/reports/${period.key}` },
    { kind: 'link', text: 'What each figure counts', to: `${origin}/definitions` },
  ]
  return mailOf({
    to: to.email,
    subject: `${isCorrection ? 'Corrected: c' : 'C'}ulture health report, ${period.title}`,
    blocks: blocks.filter(block => block.kind !== 'paragraph' || block.text !== ''),
    foot: `${to.isListed ? 'An administrator put you on the list of those who get these reports.' : 'You get this because you asked for these reports.'} Which mails you want: ${origin}/me#preferences`,
  })
}

function storyOf({ story }: ReportContent, words: ReportWords): string {
  return words.story?.trim() || story.map(claim => claim.text).join(' ')
}

function rowOf(figure: HeadlineFigure): string[] {
  const { big, after, facts, change, sign, target } = headlineWords(figure)
  const now = [`${big}${after}`, ...facts, ...(target ? [target] : [])].join(', ')
  return [figure.label, now, [sign, change].filter(Boolean).join(' ')]
}
