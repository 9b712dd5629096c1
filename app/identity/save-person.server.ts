import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { type FieldError, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { accountOfPerson, deleteLinksOf } from './account-queries.server.ts'
import { type Actor, demand } from './actor.ts'
import { endAccess } from './end-access.server.ts'
import { check, invalid } from './fields.ts'
import { demandAnotherAdministrator } from './last-administrator.server.ts'
import { onCycles } from './manager-tree.ts'
import {
  insertPerson,
  leavesOf,
  managersOfAll,
  personByEmail,
  personById,
  replaceLeaves,
  updatePerson,
} from './people-queries.server.ts'
import { type Leave, nameWithEmail, type Person, type PersonInput, personSchema } from './person.ts'
import { difference, recordAudit } from './record-audit.server.ts'
import { readSettings } from './settings.server.ts'
import { allTeams, teamById } from './team-queries.server.ts'

/**
 * Adds a person (`id` null) or changes one. Somebody whose last day has come loses every way in at once.
 * @returns the person's id.
 * @throws AppError invalid naming the fields; conflict when the last administrator would leave.
 */
export async function savePerson(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { id, ...given }: PersonInput & { id: string | null },
): Promise<string> {
  demand(actor, 'administer')
  const { leaves, team, managerEmail, ...input } = check(personSchema, given)
  return inTransaction(db, async tx => {
    await lockFor(tx, 'people')
    const before = id === null ? undefined : await personById(tx, id)
    if (id !== null && !before) throw notFound('This person')
    const { teamId, managerId, errors } = await referred(tx, { team, managerEmail })
    const person: Person = { id: id ?? newId(), ...input, teamId, managerId }
    errors.push(...(await misfits(tx, person)))
    if (errors.length) throw invalid(errors)
    const today = dayIn((await readSettings(tx)).timeZone, clock.now())
    if (before && person.leftOn !== null) await demandAnotherAdministrator(tx, person.id, laterOf(person.leftOn, today))

    const sorted = leaves.sort((one, other) => (one.startsOn < other.startsOn ? -1 : 1))
    const formerLeaves = before ? await leavesOf(tx, before.id) : []
    if (before) await updatePerson(tx, person, isoNow(clock))
    else await insertPerson(tx, person, isoNow(clock))
    await replaceLeaves(tx, person.id, sorted)

    // Also when a departure is taken back: ways in that were closed by it must not come to life again.
    const isGone = (one: Person | undefined) => Boolean(one?.leftOn && one.leftOn <= today)
    if (isGone(before) || isGone(person)) await endAccess(tx, person.id, isoNow(clock))
    if (before && before.email !== person.email) await forgetLinks(tx, person.id)
    await audit(tx, { actor, clock }, before, person, formerLeaves, sorted)
    return person.id
  })
}

/** The rows behind a team's slug and a manager's address. */
async function referred(tx: Db, { team, managerEmail }: { team: string | null; managerEmail: string | null }) {
  const errors: FieldError[] = []
  const found = team === null ? undefined : (await allTeams(tx)).find(one => one.slug === team)
  if (team !== null && !found) errors.push({ path: 'team', message: 'Choose a team from the list.' })
  const manager = managerEmail === null ? undefined : await personByEmail(tx, managerEmail)
  if (managerEmail !== null && !manager)
    errors.push({ path: 'managerEmail', message: 'Nobody with this address is known. Add the manager first.' })
  return { teamId: found?.id ?? null, managerId: manager?.id ?? null, errors }
}

/** What the schema cannot know: whose address it is, and who is above whom. */
async function misfits(tx: Db, person: Person): Promise<FieldError[]> {
  const errors: FieldError[] = []
  const namesake = await personByEmail(tx, person.email)
  if (namesake && namesake.id !== person.id)
    errors.push({ path: 'email', message: `${namesake.name} has this address already.` })
  if (person.managerId === person.id) errors.push({ path: 'managerEmail', message: 'Nobody is their own manager.' })
  else if (person.managerId !== null) {
    const managers = (await managersOfAll(tx)).set(person.id, person.managerId)
    if (onCycles(managers).has(person.id))
      errors.push({ path: 'managerEmail', message: 'This manager reports to this person, directly or through others.' })
  }
  return errors
}

async function forgetLinks(tx: Db, personId: string): Promise<void> {
  const account = await accountOfPerson(tx, personId)
  if (account) await deleteLinksOf(tx, account.id)
}

async function audit(
  tx: Db,
  by: { actor: Actor; clock: Clock },
  before: Person | undefined,
  person: Person,
  formerLeaves: Leave[],
  leaves: Leave[],
): Promise<void> {
  const subject = nameWithEmail(person)
  const after = { ...(await inWords(tx, person)), leaves }
  if (!before) return recordAudit(tx, by, { act: 'person.created', subject, after })
  const changes = difference({ ...(await inWords(tx, before)), leaves: formerLeaves }, after)
  if (changes)
    await recordAudit(tx, by, {
      act: person.leftOn && !before.leftOn ? 'person.left' : 'person.changed',
      subject,
      ...changes,
    })
}

/** The person for the audit trail: names where the row has ids. */
async function inWords(tx: Db, { id, teamId, managerId, ...rest }: Person) {
  const team = teamId ? await teamById(tx, teamId) : undefined
  const manager = managerId ? await personById(tx, managerId) : undefined
  return { ...rest, team: team?.name ?? null, manager: manager ? nameWithEmail(manager) : null }
}

function laterOf(one: string, other: string): string {
  return one > other ? one : other
}
