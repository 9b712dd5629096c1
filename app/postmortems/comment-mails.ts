/** The mail about a comment: what was said, where, and how to have no more of them. */
import type { Mail } from '#app/platform/mail.server.ts'

export interface SaidComment {
  /** The postmortem's title. */
  title: string
  writer: string
  text: string
  quote: string | null
  /** Null where Candor cannot know its own address. */
  link: string | null
}

export type Reason = 'mentioned' | 'answered' | 'author'

const WHY: Record<Reason, string> = {
  mentioned: 'mentions you in a comment on',
  answered: 'answers your comment on',
  author: 'comments on your postmortem',
}

export function commentMail(to: { name: string; email: string }, reason: Reason, said: SaidComment): Mail {
  const quote = said.quote ? `> ${said.quote}\n\n` : ''
  return {
    to: to.email,
    subject: `${said.writer} ${reason === 'mentioned' ? 'mentions you' : 'comments'}: ${said.title}`,
    text: `Hello ${to.name},

${said.writer} ${WHY[reason]} “${said.title}”:

${quote}${said.text}

${said.link ? `Read it in its place:\n${said.link}` : 'Open Candor to read it in its place.'}

Your page in Candor says which mails you get.
`,
  }
}
