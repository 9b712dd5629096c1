/** The mails that one can do without; those about one's own account always come. */
export const MAIL_LABELS = {
  digest: 'A digest of what was learnt, once a week',
  'action-reminders': 'Reminders of my action items',
  'forum-invitations': 'Invitations to forums',
  comments: 'Comments on what I wrote',
  reviews: 'Reviews: that mine is asked for, and what to read before a meeting',
} as const

export type MailKind = keyof typeof MAIL_LABELS

export const ALL_MAILS = Object.keys(MAIL_LABELS) as MailKind[]
