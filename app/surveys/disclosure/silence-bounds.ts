/** What a shown number of favourable answers says of all who were invited. Pure. */
import { ifSilenceWereRandom, worstCase } from '#app/measure/finite-population.ts'
import type { Coarse } from './question-cells.ts'
import type { Range } from './release.ts'

/**
 * The worst case for silence, and the limits if silence were random. Of a number that is only shown as 'at most' or
 * 'at least', the limits are those of everything it may be: they tell no more than the number does.
 */
export function silenceBounds(
  favourable: Coarse,
  answered: number,
  invited: number,
): { bounds: Range | null; interval: Range | null } {
  const [least, most] = ends(favourable, answered)
  const rangeOf = (limits: typeof worstCase): Range | null => {
    const lower = limits({ favourable: least, answered, invited })
    const upper = limits({ favourable: most, answered, invited })
    return lower && upper ? [lower.low, upper.high] : null
  }
  return { bounds: rangeOf(worstCase), interval: rangeOf(ifSilenceWereRandom) }
}

/** The least and the most that a shown count may be. */
export function ends(count: Coarse, of: number): [least: number, most: number] {
  if (typeof count === 'number') return [count, count]
  return 'atMost' in count ? [0, count.atMost] : [count.atLeast, of]
}
