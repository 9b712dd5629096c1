/** What each person decides for themselves. */
import { z } from 'zod'
import { timeZone } from './fields.ts'

/** The mails that one can do without; those about one's own account always come. */
export const MAILS = {
  digest: 'A digest of what was learnt, once a week',
  'action-reminders': 'Reminders of my action items',
  'forum-invitations': 'Invitations to forums',
  comments: 'Comments on what I wrote',
} as const

export type MailKind = keyof typeof MAILS

export const ALL_MAILS = Object.keys(MAILS) as MailKind[]

export const preferencesSchema = z.object({
  timeZone: timeZone.nullable(),
  mails: z.array(z.enum(ALL_MAILS, { error: 'Choose from the list.' })).max(ALL_MAILS.length),
})

export type Preferences = z.infer<typeof preferencesSchema>

/** The kinds of mail in their stored JSON; unknown words are passed over. */
export function mailsFrom(json: string): MailKind[] {
  const stored: unknown = JSON.parse(json)
  return Array.isArray(stored) ? ALL_MAILS.filter(kind => stored.includes(kind)) : []
}
