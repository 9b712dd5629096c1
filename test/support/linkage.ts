/** What somebody with a dump would try: whether one order of the same things tells of another, better than chance. */

/**
 * By chance alone Spearman's coefficient times √(n − 1) is a standard normal, and the number of neighbours that stay
 * neighbours a Poisson of mean 2. Either limit is crossed by chance less than once in 100,000 times; an order that is
 * kept gives √(n − 1), 7.7 for 60, and n − 1.
 */
const RANK_LIMIT = 4.5
const NEIGHBOUR_LIMIT = 12

/**
 * Whether the dump's order of the things tells of the true one.
 * @param truth the things in their true order.
 * @param found the same things with what the dump sorts them by; equal values tell nothing.
 */
export function isLinked<T>(truth: readonly T[], found: readonly { thing: T; value: number | string }[]): boolean {
  const places = new Map(truth.map((thing, place) => [thing, place]))
  const byValue = new Map<number | string, number[]>()
  for (const { thing, value } of [...found].sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0)))
    byValue.set(value, [...(byValue.get(value) ?? []), places.get(thing) as number])
  if (byValue.size < 3) return false
  const order = [...byValue.values()].flatMap(shuffled)
  return (
    Math.abs(rankCorrelation(order)) * Math.sqrt(order.length - 1) > RANK_LIMIT ||
    neighboursIn(order) >= NEIGHBOUR_LIMIT
  )
}

/** Spearman's coefficient of places against their index: 1 for the same order, −1 for the reverse. */
function rankCorrelation(order: readonly number[]): number {
  const middle = (order.length - 1) / 2
  let product = 0
  let square = 0
  for (const [index, place] of order.entries()) {
    product += (index - middle) * (place - middle)
    square += (index - middle) ** 2
  }
  return product / square
}

function neighboursIn(order: readonly number[]): number {
  return order.filter((place, at) => at > 0 && Math.abs(place - (order[at - 1] as number)) === 1).length
}

export function shuffled<T>(list: readonly T[]): T[] {
  const copy = [...list]
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1))
    ;[copy[at], copy[other]] = [copy[other] as T, copy[at] as T]
  }
  return copy
}
