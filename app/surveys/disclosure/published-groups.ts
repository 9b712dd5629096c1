/**
 * Which groups of a wave may be shown, so that no sum or difference of what is shown tells of fewer than k people.
 * Pure: the tree and its counts go in, names of groups come out.
 */

export interface Group {
  id: string
  /** People who answered. Only of groups without parts: the others are the sums of theirs. */
  count?: number
  parts?: readonly Group[]
  /** Never shown by itself, such as 'rather not say'. */
  isHidden?: boolean
}

/** What a shown group tells beyond the groups shown below it: one set of people that subtraction brings to light. */
export interface Residual {
  /** The shown group. */
  id: string
  /** The groups without parts that make it up. */
  leaves: string[]
  count: number
}

/** A best choice below some group: its weight, and the groups it shows. */
interface Choice {
  weight: number
  shown: Chain
}
type Chain = { id: string } | { one: Chain; other: Chain } | null

/** By the number of people below that nothing shown accounts for yet, capped at k; null where there is no such choice. */
type Choices = (Choice | null)[]

/**
 * Chooses the groups to show: the whole, each with at least k people, and each shown group's residual (its people less
 * those of the greatest shown groups within it) empty or at least k; of all such choices the one that shows most
 * answers. Totals of shown groups and residuals determine each other (a triangular system with ones), so whatever
 * adding and subtracting brings to light is a union of residuals. By dynamic programming over the tree with capped
 * sums, in time linear in the groups and quadratic in k.
 * @param k at least 1.
 * @param barred groups that must not be shown.
 * @returns empty when not even the whole can be shown.
 * @throws RangeError for a k or counts that are not whole and positive (counts: not negative).
 */
export function publishedGroups(root: Group, k: number, barred: ReadonlySet<string> = new Set()): Set<string> {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k is a whole number from 1 on, not ${k}.`)
  const whole = showing(root, choicesBelow(root, k, barred), k, barred)
  return new Set(whole ? idsOf(whole.shown) : [])
}

/** The residual of each shown group, in the order of the tree. */
export function residualsOf(root: Group, shown: ReadonlySet<string>): Residual[] {
  const residuals: Residual[] = []
  const visit = (group: Group, above: Residual | null): void => {
    const own = shown.has(group.id) ? { id: group.id, leaves: [], count: 0 } : above
    if (own && own !== above) residuals.push(own)
    if (group.parts?.length) for (const part of group.parts) visit(part, own)
    else if (own) {
      own.leaves.push(group.id)
      own.count += group.count ?? 0
    }
  }
  visit(root, null)
  return residuals
}

/** The people of a group. @throws RangeError for counts that are not whole, or negative. */
export function countOf(group: Group): number {
  if (group.parts?.length) return group.parts.reduce((sum, part) => sum + countOf(part), 0)
  const count = group.count ?? 0
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`${group.id} has ${count} answers.`)
  return count
}

function choicesBelow(group: Group, k: number, barred: ReadonlySet<string>): Choices {
  const choices: Choices = Array(k + 1).fill(null)
  if (!group.parts?.length) {
    choices[Math.min(countOf(group), k)] = { weight: 0, shown: null }
    return choices
  }
  choices[0] = { weight: 0, shown: null }
  return group.parts.reduce((sum, part) => together(sum, withItself(part, k, barred), k), choices)
}

/** The choices of a part: those below it, and where it can be shown, that it is and leaves nothing over. */
function withItself(group: Group, k: number, barred: ReadonlySet<string>): Choices {
  const choices = choicesBelow(group, k, barred)
  const shown = showing(group, choices, k, barred)
  if (shown && shown.weight > (choices[0]?.weight ?? -1)) choices[0] = shown
  return choices
}

/** The best choice that shows this group, or null: its residual must be empty or at least k. */
function showing(group: Group, below: Choices, k: number, barred: ReadonlySet<string>): Choice | null {
  const count = countOf(group)
  if (count < k || group.isHidden || barred.has(group.id)) return null
  const [empty, full] = [below[0], below[k]]
  const best = empty && (!full || empty.weight >= full.weight) ? empty : full
  return best ? { weight: best.weight + count, shown: { one: best.shown, other: { id: group.id } } } : null
}

/** Two neighbours: every pair of their choices, by the capped sum of what they leave over. */
function together(one: Choices, other: Choices, k: number): Choices {
  const sums: Choices = Array(k + 1).fill(null)
  for (const [left, a] of one.entries())
    for (const [right, b] of other.entries()) {
      if (!a || !b) continue
      const over = Math.min(left + right, k)
      const weight = a.weight + b.weight
      if (weight > (sums[over]?.weight ?? -1)) sums[over] = { weight, shown: { one: a.shown, other: b.shown } }
    }
  return sums
}

function idsOf(chain: Chain): string[] {
  if (chain === null) return []
  return 'id' in chain ? [chain.id] : [...idsOf(chain.one), ...idsOf(chain.other)]
}
