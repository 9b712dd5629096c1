/** What each person decides for themselves. */
import { z } from 'zod'
import { timeZone } from './fields.ts'
import { ALL_MAILS, type MailKind } from './mails.ts'

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
