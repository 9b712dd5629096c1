/** Which options of a choice may be shown with their counts. Pure. */

export interface OptionCount {
  value: number | string
  count: number
}

/**
 * The options of one choice that may be shown: each with at least k people, and what subtraction leaves of the others
 * at least k people in at least two options; so an option that nobody chose is hidden together with another.
 * @param n people who answered.
 */
export function shownOfOne(counts: readonly OptionCount[], n: number, k: number): OptionCount[] {
  const bySize = [...counts].sort((one, other) => other.count - one.count)
  const shown = bySize.filter(({ count }) => count >= k)
  if (shown.length === counts.length) return [...counts]
  const left = () => n - shown.reduce((sum, { count }) => sum + count, 0)
  while (shown.length > 0 && (left() < k || counts.length - shown.length < 2)) shown.pop()
  return counts.filter(count => shown.includes(count))
}

/**
 * The options of a choice of several that may be shown: chosen by at least k people and not chosen by at least k. They
 * need not add up to anything, so nothing follows for the others.
 */
export function shownOfSeveral(counts: readonly OptionCount[], n: number, k: number): OptionCount[] {
  return counts.filter(({ count }) => count >= k && n - count >= k)
}
