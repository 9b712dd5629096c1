/** The administrators' list of people who get every published report by mail. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { isEmail, normaliseEmail } from '#app/identity/fields.ts'
import { peopleByEmails, peopleByIds } from '#app/identity/people.server.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { deleteReader, insertReader, reportReaders } from './mail-queries.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

export interface ReportReader {
  id: string
  name: string
  email: string
  since: string
  /** Whether they left: they stay on the list and get nothing. */
  hasLeft: boolean
}

/** In the order of their names. @throws AppError not-found for those who may not publish reports. */
export async function listReaders({ db, clock, actor }: Context): Promise<ReportReader[]> {
  demand(actor, 'publish reports')
  const readers = await reportReaders(db)
  const people = await peopleByIds(
    db,
    readers.map(reader => reader.personId),
  )
  const today = dayIn('UTC', clock.now())
  return readers
    .flatMap(({ personId, since }) => {
      const person = people.get(personId)
      if (!person) return []
      const { name, email, leftOn } = person
      return [{ id: personId, name, email, since, hasLeft: leftOn !== null && leftOn <= today }]
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
}

/** @throws AppError invalid naming `email`; not-found for those who may not. */
export async function addReader({ db, clock, actor }: Context, { email }: { email: string }): Promise<void> {
  demand(actor, 'publish reports')
  const address = normaliseEmail(email)
  if (!isEmail(address)) throw invalidField('email', 'Write the e-mail address of somebody here.')
  await inTransaction(db, async tx => {
    const person = (await peopleByEmails(tx, [address])).get(address)
    if (!person) throw invalidField('email', `Nobody here has the address ${address}.`)
    if (person.leftOn !== null && person.leftOn <= dayIn('UTC', clock.now()))
      throw invalidField('email', `${person.name} has left.`)
    if (!(await insertReader(tx, person.id, isoNow(clock)))) return
    await recordAudit(tx, { actor, clock }, { act: 'report.reader-added', subject: person.name })
  })
}

/** @throws AppError not-found for those who may not, and for somebody who is not on the list. */
export async function removeReader({ db, clock, actor }: Context, { id }: { id: string }): Promise<void> {
  demand(actor, 'publish reports')
  await inTransaction(db, async tx => {
    const person = (await peopleByIds(tx, [id])).get(id)
    if (!(await deleteReader(tx, id)) || !person) throw notFound('This reader')
    await recordAudit(tx, { actor, clock }, { act: 'report.reader-removed', subject: person.name })
  })
}
