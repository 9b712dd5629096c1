import { type Clock, dayIn } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { type Actor, can, demand } from './actor.ts'
import { isStorable } from './fields.ts'
import { leavesOf, peopleWithTeams, personById, reportsOf } from './people-queries.server.ts'
import type { Leave } from './person.ts'
import { type PersonView, personView } from './person-view.ts'
import { readSettings } from './settings.server.ts'

export interface WholePerson extends PersonView {
  /** Administrators only. */
  leaves?: Leave[]
  manager?: { id: string; name: string; email: string } | null
  reports?: { id: string; name: string }[]
}

/** @throws AppError not-found; for members also when the person has left. */
export async function getPerson(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { id }: { id: string },
): Promise<WholePerson> {
  demand(actor, 'see people')
  const row = isStorable(id) ? await peopleWithTeams(db).where('people.id', '=', id).executeTakeFirst() : undefined
  if (!row) throw notFound('This person')
  const view = personView(row, actor)
  if (!can(actor, 'administer')) {
    const today = dayIn((await readSettings(db)).timeZone, clock.now())
    if (row.leftOn !== null && row.leftOn <= today) throw notFound('This person')
    return view
  }
  const [leaves, manager, reports] = await Promise.all([
    leavesOf(db, id),
    row.managerId ? personById(db, row.managerId) : undefined,
    reportsOf(db, id),
  ])
  return {
    ...view,
    leaves,
    manager: manager ? { id: manager.id, name: manager.name, email: manager.email } : null,
    reports,
  }
}
