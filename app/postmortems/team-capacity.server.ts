import { census } from '#app/identity/people.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { addDays } from '#app/measure/period.ts'
import { type Clock, dayIn } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { type Capacity, capacityOf } from './action-capacity.ts'
import { doneBetween } from './action-list-queries.server.ts'
import { teamsBelow } from './list-action-items.server.ts'

const SPAN = 90

/** A team's protected capacity of the last 90 days and what its action items took; null for an unknown team. */
export async function teamCapacity(
  { db, clock }: { db: Db; clock: Clock },
  slug: string,
): Promise<(Capacity & { team: string }) | null> {
  const [settings, teams, people] = await Promise.all([readSettings(db), listTeams(db), census(db)])
  const team = teams.find(one => one.slug === slug)
  if (!team) return null
  const today = dayIn(settings.timeZone, clock.now())
  const branch = teamsBelow(teams, slug)
  const members = people.filter(person => person.teamId !== null && branch.has(person.teamId))
  const done = await doneBetween(
    db,
    members.map(person => person.id),
    addDays(today, 1 - SPAN),
    addDays(today, 1),
  )
  return {
    team: team.name,
    ...capacityOf({
      percent: settings.protectedCapacity,
      engineers: members.filter(person => person.isEngineer && (!person.leftOn || person.leftOn > today)).length,
      span: SPAN,
      efforts: done.map(item => (item.effortTenths === null ? null : item.effortTenths / 10)),
    }),
  }
}
