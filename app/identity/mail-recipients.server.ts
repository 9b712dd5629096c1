/** Whom mails may go to. */
import type { Db } from '#db/index.server.ts'
import type { MailKind } from './mails.ts'
import { mailFacts } from './people-queries.server.ts'
import { mailsFrom } from './preferences.ts'

export interface Recipient {
  id: string
  name: string
  email: string
}

/** Of these people those who are here on `day`, whose account is not closed, and who want this kind of mail. */
export async function mailRecipients(
  db: Db,
  personIds: readonly string[],
  kind: MailKind,
  day: string,
): Promise<Map<string, Recipient>> {
  const wanted = (await factsOfHere(db, personIds, day)).filter(person => mailsFrom(person.mails).includes(kind))
  return byId(wanted)
}

/** Of these people those who are here on `day` and whose account is not closed. */
export async function peopleHere(db: Db, personIds: readonly string[], day: string): Promise<Map<string, Recipient>> {
  return byId(await factsOfHere(db, personIds, day))
}

/**
 * The same people by the time zone that each chose; null for those who chose none.
 * @param kind only those who want this kind of mail.
 */
export async function peopleHereByZone(
  db: Db,
  personIds: readonly string[],
  day: string,
  kind?: MailKind,
): Promise<Map<string | null, Recipient[]>> {
  const zones = new Map<string | null, Recipient[]>()
  for (const { id, name, email, timeZone, mails } of await factsOfHere(db, personIds, day))
    if (kind === undefined || mailsFrom(mails).includes(kind))
      zones.set(timeZone, [...(zones.get(timeZone) ?? []), { id, name, email }])
  return zones
}

async function factsOfHere(db: Db, personIds: readonly string[], day: string) {
  const people = await mailFacts(db, personIds)
  return people.filter(person => (person.leftOn === null || person.leftOn > day) && person.disabledAt === null)
}

function byId(people: Recipient[]): Map<string, Recipient> {
  return new Map(people.map(({ id, name, email }) => [id, { id, name, email }]))
}
