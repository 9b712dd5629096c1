/** On how few shoulders a load rests. Takes counts, one for each person; who they are is not its business. */
import { type CensusShare, shareOfPeople } from './share.ts'

/** The fewest people who together hold at least half of the load; 0 when there is none. */
export function halfLoad(loads: readonly number[]): number {
  const half = total(loads) / 2
  let [people, held] = [0, 0]
  for (const load of heaviestFirst(loads)) {
    if (held >= half) break
    held += load
    people++
  }
  return people
}

/**
 * The effective number, S² ÷ Σx²: so many equal shares would be as concentrated. Null when there is no load.
 * The inverse of Simpson's (Herfindahl's) index; Hill, *Diversity and evenness*, Ecology 54 (1973), order 2.
 */
export function effectiveNumber(loads: readonly number[]): number | null {
  const sum = total(loads)
  return sum === 0 ? null : sum ** 2 / total(loads.map(load => load ** 2))
}

/** What the three heaviest loads are of the whole. */
export function topThreeShare(loads: readonly number[]): CensusShare {
  return shareOfPeople(total(heaviestFirst(loads).slice(0, 3)), total(loads))
}

function heaviestFirst(loads: readonly number[]): number[] {
  return [...loads].sort((a, b) => b - a)
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
