/** Counts by team that give away nobody: small teams stay out, and so does what would reveal them by subtraction. */

/** Of one team, or of everybody without one. Counts of people. */
export interface TeamCount {
  /** Null for everybody without a team. */
  teamId: string | null
  eligible: number
  ledEver: number
  ledLast12Months: number
}

export interface TeamCounts {
  shown: TeamCount[]
  /** The rest in one sum, never of one team alone nor of fewer than `least` people; null where nothing is left. */
  others: (Omit<TeamCount, 'teamId'> & { teams: number }) | null
}

export const LEAST_OF_A_TEAM = 5

/**
 * Shows each team with at least `least` eligible people, in the order given. As long as the hidden ones are a single
 * team or fewer than `least` people, their figures would follow from the total: the smallest team shown joins them
 * (complementary suppression; Willenborg & de Waal, *Elements of Statistical Disclosure Control*, 2001, ch. 4).
 */
export function publishable(teams: readonly TeamCount[], least = LEAST_OF_A_TEAM): TeamCounts {
  const counted = teams.filter(team => team.eligible > 0)
  const hidden = new Set(counted.filter(team => team.eligible < least || team.teamId === null))
  const bySize = counted.filter(team => !hidden.has(team)).sort((a, b) => a.eligible - b.eligible)
  while (hidden.size > 0 && bySize.length > 0 && (hidden.size < 2 || eligibleIn(hidden) < least))
    hidden.add(bySize.shift() as TeamCount)
  return { shown: counted.filter(team => !hidden.has(team)), others: hidden.size === 0 ? null : together([...hidden]) }
}

function eligibleIn(teams: Iterable<TeamCount>): number {
  return [...teams].reduce((sum, team) => sum + team.eligible, 0)
}

function together(teams: readonly TeamCount[]): NonNullable<TeamCounts['others']> {
  const sum = (of: (team: TeamCount) => number) => teams.reduce((total, team) => total + of(team), 0)
  return {
    teams: teams.length,
    eligible: sum(team => team.eligible),
    ledEver: sum(team => team.ledEver),
    ledLast12Months: sum(team => team.ledLast12Months),
  }
}
