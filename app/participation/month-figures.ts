/** What is shown of participation at the end of a period, and kept of every month so that history does not move. */
import { effectiveNumber, halfLoad, topThreeShare } from '#app/measure/concentration.ts'
import type { Period } from '#app/measure/period.ts'
import type { CensusPerson } from './eligible.ts'
import type { Credit } from './lead-credits.ts'
import { firstTimeLeads, type Leaders, leadersOf } from './participation-figures.ts'
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
export function monthFigures(facts: {
  period: Period
  people: readonly CensusMember[]
  credits: readonly Credit[]
}): MonthFigures {
  const leaders = leadersOf(facts)
  const load = [...leaders.loads.values()]
  return {
    eligible: leaders.eligible.size,
    ledEver: leaders.first.size,
    ledLast12Months: leaders.loads.size,
    firstTimeLeads: firstTimeLeads(leaders, facts.period),
    halfLoad: halfLoad(load),
    effectiveLeaders: effectiveNumber(load),
    topThreeShare: topThreeShare(load).value,
    unknownStart: leaders.unknown,
    teams: publishable(countByTeam(facts.people, leaders)),
  }
}

function countByTeam(people: readonly CensusMember[], { eligible, first, loads }: Leaders): TeamCount[] {
  const teams = new Map<string | null, TeamCount>()
  for (const { id, teamId } of people) {
    if (!eligible.has(id)) continue
    const team = teams.get(teamId) ?? { teamId, eligible: 0, ledEver: 0, ledLast12Months: 0 }
    team.eligible += 1
    if (first.has(id)) team.ledEver += 1
    if (loads.has(id)) team.ledLast12Months += 1
    teams.set(teamId, team)
  }
  return [...teams.values()]
}
