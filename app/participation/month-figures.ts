/** What is shown of participation at the end of a period, and kept of every month so that history does not move. */
import { addMonths, type Day, type Period, startOfDay } from '#app/measure/period.ts'
import { type CensusPerson, eligibleOn } from './eligible.ts'
import type { Credit } from './lead-credits.ts'
import { participationFigures } from './participation-figures.ts'
import { publishable, type TeamCount, type TeamCounts } from './team-counts.ts'

export interface CensusMember extends CensusPerson {
  teamId: string | null
}

/** Counts of people and their load; nulls where there was nobody to count. */
export interface MonthFigures {
  eligible: number
  ledEver: number
  ledLast12Months: number
  firstTimeLeads: number
  halfLoad: number | null
  effectiveLeaders: number | null
  topThreeShare: number | null
  /** Engineers who would be eligible but for an unknown start date. */
  unknownStart: number
  teams: TeamCounts
}

/** The figures of one period. @param credits all there are; those of incidents begun later are left out. */
export function monthFigures({
  period,
  people,
  credits,
}: {
  period: Period
  people: readonly CensusMember[]
  credits: readonly Credit[]
}): MonthFigures {
  const figures = participationFigures({ period, people, credits, target: 0 })
  const figureOf = (id: string) => figures[`participation.${id}`]
  const yearBefore = startOfDay(addMonths(period.endDay, -12), period.timeZone)
  const begun = credits.filter(credit => credit.began < period.to)
  const ever = new Set(begun.map(credit => credit.personId))
  const lately = new Set(begun.filter(credit => credit.began >= yearBefore).map(credit => credit.personId))
  return {
    eligible: figureOf('ledEver')?.n ?? 0,
    ledEver: figureOf('ledEver')?.count ?? 0,
    ledLast12Months: figureOf('ledLast12Months')?.count ?? 0,
    firstTimeLeads: figureOf('firstTimeLeads')?.value ?? 0,
    halfLoad: figureOf('halfLoad')?.value ?? null,
    effectiveLeaders: figureOf('effectiveLeaders')?.value ?? null,
    topThreeShare: figureOf('topThreeShare')?.value ?? null,
    unknownStart: figureOf('ledEver')?.unknown ?? 0,
    teams: publishable(countByTeam(people, period.endDay, ever, lately)),
  }
}

function countByTeam(
  people: readonly CensusMember[],
  day: Day,
  ever: ReadonlySet<string>,
  lately: ReadonlySet<string>,
): TeamCount[] {
  const teams = new Map<string | null, TeamCount>()
  const eligible = eligibleOn(people, day)
  for (const person of people) {
    if (!eligible.has(person.id)) continue
    const team = teams.get(person.teamId) ?? { teamId: person.teamId, eligible: 0, ledEver: 0, ledLast12Months: 0 }
    team.eligible += 1
    if (ever.has(person.id)) team.ledEver += 1
    if (lately.has(person.id)) team.ledLast12Months += 1
    teams.set(person.teamId, team)
  }
  return [...teams.values()]
}
