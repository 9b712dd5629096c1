import { setImmediate } from 'node:timers/promises'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { administratorsAfter } from './account-queries.server.ts'
import { type Actor, demand } from './actor.ts'
import { endAccess } from './end-access.server.ts'
import {
  type House,
  type ImportPlan,
  type ImportReport,
  type ImportRow,
  type PlannedPerson,
  planPeopleImport,
} from './people-import-plan.server.ts'
import { allLeaves, allPeople, insertPeople, replaceLeaves, updatePerson } from './people-queries.server.ts'
import { nameWithEmail, type Person } from './person.ts'
import { type AuditEntry, difference, recordAudit } from './record-audit.server.ts'
import { readSettings } from './settings.server.ts'
import { allTeams, insertTeam } from './team-queries.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

const PEOPLE_AT_ONCE = 200

/**
 * Takes in rows of a people file (the columns of `person-row.ts`). A column that the file has is the truth, empty
 * cells included; one that it has not changes nothing; nobody is taken as gone for not being in it. Everything that
 * can be read is written in one transaction, in slices that let other work go on; a row is taken whole or not at all.
 * @param options.dryRun only reports what would happen.
 */
export async function importPeople(
  { db, clock, actor }: Context,
  rows: readonly ImportRow[],
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<ImportReport> {
  demand(actor, 'administer')
  if (dryRun) return (await planPeopleImport(rows, await readHouse(db, clock))).report
  return inTransaction(db, async tx => {
    await lockFor(tx, 'people')
    const house = await readHouse(tx, clock)
    const plan = await planPeopleImport(rows, house)
    await carryOut({ db: tx, clock, actor }, plan, house)
    return plan.report
  })
}

async function readHouse(db: Db, clock: Clock): Promise<House> {
  const { timeZone } = await readSettings(db)
  const today = dayIn(timeZone, clock.now())
  const administrators = (await administratorsAfter(db, '')).map(one => one.personId)
  return { people: await allPeople(db), teams: await allTeams(db), leaves: await allLeaves(db), administrators, today }
}

async function carryOut(context: Context, plan: ImportPlan, house: House): Promise<void> {
  const { db: tx, clock } = context
  const now = isoNow(clock)
  for (const team of plan.teams) await insertTeam(tx, team, now)
  const words = wording(house, plan)
  for (let at = 0; at < plan.people.length; at += PEOPLE_AT_ONCE) {
    await setImmediate()
    const slice = plan.people.slice(at, at + PEOPLE_AT_ONCE)
    const newcomers = slice.filter(one => one.before === null).map(one => one.after)
    if (newcomers.length) await insertPeople(tx, newcomers, now)
    for (const { before, after, leaves } of slice) {
      if (before) await updatePerson(tx, after, now)
      if (leaves) await replaceLeaves(tx, after.id, leaves)
      const isGone = (one: Person | null) => Boolean(one?.leftOn && one.leftOn <= house.today)
      if (isGone(before) || isGone(after)) await endAccess(tx, after.id, now)
    }
    await recordAudit(tx, context, ...slice.map(words))
  }
  const { created, updated, unchanged, rejected } = plan.report
  if (plan.people.length || plan.teams.length)
    await recordAudit(tx, context, {
      act: 'people.imported',
      subject: `${plan.people.length} people`,
      after: { created, updated, unchanged, rejected, teams: plan.teams.map(team => team.name) },
    })
}

/** How the audit trail tells of each person: names where rows have ids. */
function wording(house: House, plan: ImportPlan): (planned: PlannedPerson) => AuditEntry {
  const teams = new Map([...house.teams, ...plan.teams].map(team => [team.id, team.name]))
  const people = new Map(
    [...house.people, ...plan.people.map(one => one.after)].map(one => [one.id, nameWithEmail(one)]),
  )
  const inWords = ({ id, teamId, managerId, ...rest }: Person, leaves: unknown) => ({
    ...rest,
    team: teamId === null ? null : (teams.get(teamId) ?? null),
    manager: managerId === null ? null : (people.get(managerId) ?? null),
    leaves,
  })
  return ({ before, after, leaves }) => {
    const subject = nameWithEmail(after)
    const former = house.leaves.get(after.id) ?? []
    const present = inWords(after, leaves ?? former)
    if (!before) return { act: 'person.created', subject, after: present }
    const act = after.leftOn && !before.leftOn ? 'person.left' : 'person.changed'
    return { act, subject, ...difference(inWords(before, former), present) }
  }
}
