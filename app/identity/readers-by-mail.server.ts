import type { Clock } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { accountsOfPeople } from './account-queries.server.ts'
import { type Actor, roleOf } from './actor.ts'
import type { MailKind } from './mails.ts'
import { mailsFrom } from './preferences.ts'
import { isWelcome } from './session-adapter.server.ts'
import { readSettings } from './settings.server.ts'

/**
 * Who of these people may come in and wants this kind of mail, each as the one who would follow its link: a room asks
 * whether they may read what the mail is about.
 * @param kind null for all who may come in, whatever mails they want.
 */
export async function readersByMail(
  { db, clock }: { db: Db; clock: Clock },
  personIds: readonly string[],
  kind: MailKind | null,
): Promise<Actor[]> {
  if (personIds.length === 0) return []
  const [accounts, settings] = await Promise.all([accountsOfPeople(db, [...new Set(personIds)]), readSettings(db)])
  return accounts
    .filter(account => isWelcome(account, clock, settings.timeZone))
    .filter(account => kind === null || mailsFrom(account.mails).includes(kind))
    .map(account => ({
      accountId: account.id,
      personId: account.personId,
      name: account.name,
      email: account.email,
      role: roleOf(account.role),
      timeZone: settings.timeZone,
      via: 'session',
    }))
}
