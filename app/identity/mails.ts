/** The mails that one can do without; those about one's own account always come. */
export const MAIL_LABELS = {
  digest: 'A digest once a week: new postmortems, overdue actions, the next forum, what recurs',
  reports: 'Culture health reports when they are published',
  summaries: 'Executive summaries of SEV-1 incidents',
  'action-reminders': 'Reminders of my action items',
  'forum-invitations': 'Invitations to forums',
  comments: 'Comments on what I wrote',
  reviews: 'Reviews: that mine is asked for, and what to read before a meeting',
} as const

export type MailKind = keyof typeof MAIL_LABELS

export const ALL_MAILS = Object.keys(MAIL_LABELS) as MailKind[]

/** What goes to everybody alike comes only to those who ask for it; what is about one's own work comes until one says no. */
const ONLY_WHEN_ASKED: readonly MailKind[] = ['digest', 'reports', 'summaries']

export const MAILS_AT_FIRST = ALL_MAILS.filter(kind => !ONLY_WHEN_ASKED.includes(kind))
