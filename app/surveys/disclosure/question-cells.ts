/** What is shown of one question: cells of the groups of a wave, coarse where a precise one would tell too much. */
import { countOf, type Group, publishedGroups, residualsOf } from './published-groups.ts'

/** Answers of one group to one question, turned the right way round. */
export interface Tally {
  favourable: number
  neutral: number
  unfavourable: number
}

/** A number, or what is said instead of one that would tell of single people. */
export type Coarse = number | { atMost: number } | { atLeast: number }

export interface Cell {
  n: number
  favourable: Coarse
  neutral: Coarse
  unfavourable: Coarse
}

/** Smaller groups are shown in three classes, and at their ends not even those precisely. */
export const PRECISE_FROM = 20

const CLASSES = ['favourable', 'neutral', 'unfavourable'] as const

/**
 * The cells of one question, by group; null for a group that is shown for the wave but not for this question.
 * Fewer people may have answered one question than the wave, so the residual rule is asked again with its own counts;
 * and where everybody in a residual agrees, each of them would be known: that group's cell is hidden (for the whole,
 * that of the smallest group instead) and the choice repeated until nothing changes.
 * @param root the groups; counts in it are not used.
 * @param chosen the groups that are shown for the wave, from publishedGroups.
 * @param tallies by group without parts; absent ones have no answers.
 */
export function questionCells(
  root: Group,
  chosen: ReadonlySet<string>,
  tallies: ReadonlyMap<string, Tally>,
  k: number,
): Map<string, Cell | null> {
  const counted = withCounts(root, tallies)
  const shown = shownGroups(counted, chosen, tallies, k)
  const cells = new Map<string, Cell | null>()
  const visit = (group: Group): void => {
    if (chosen.has(group.id)) cells.set(group.id, shown.has(group.id) ? cellOf(tallyOf(group, tallies)) : null)
    group.parts?.forEach(visit)
  }
  visit(counted)
  return cells
}

function withCounts(group: Group, tallies: ReadonlyMap<string, Tally>): Group {
  if (group.parts?.length) return { ...group, parts: group.parts.map(part => withCounts(part, tallies)) }
  return { ...group, count: sizeOf(tallyOf(group, tallies)) }
}

function shownGroups(
  root: Group,
  chosen: ReadonlySet<string>,
  tallies: ReadonlyMap<string, Tally>,
  k: number,
): Set<string> {
  const barred = new Set<string>()
  const bar = (group: Group): void => {
    if (!chosen.has(group.id)) barred.add(group.id)
    group.parts?.forEach(bar)
  }
  bar(root)
  for (;;) {
    const shown = publishedGroups(root, k, barred)
    const unanimous = residualsOf(root, shown).find(
      ({ id, leaves }) => isUnanimous(sumOf(leaves, tallies)) && !(id === root.id && shown.size === 1),
    )
    if (!unanimous) return shown
    barred.add(unanimous.id === root.id ? smallestPart(root, shown) : unanimous.id)
  }
}

/** What the whole leaves over is of one mind: the smallest group shown joins it, as it would be lost with the whole. */
function smallestPart(root: Group, shown: ReadonlySet<string>): string {
  const parts: Group[] = []
  const visit = (group: Group): void => {
    if (shown.has(group.id)) parts.push(group)
    group.parts?.forEach(visit)
  }
  root.parts?.forEach(visit)
  return parts.reduce((least, part) => (countOf(part) < countOf(least) ? part : least)).id
}

function tallyOf(group: Group, tallies: ReadonlyMap<string, Tally>): Tally {
  const leaves: string[] = []
  const visit = (one: Group): void => {
    if (one.parts?.length) one.parts.forEach(visit)
    else leaves.push(one.id)
  }
  visit(group)
  return sumOf(leaves, tallies)
}

function sumOf(leaves: readonly string[], tallies: ReadonlyMap<string, Tally>): Tally {
  const sum: Tally = { favourable: 0, neutral: 0, unfavourable: 0 }
  for (const leaf of leaves) for (const name of CLASSES) sum[name] += tallies.get(leaf)?.[name] ?? 0
  return sum
}

function sizeOf(tally: Tally): number {
  return CLASSES.reduce((sum, name) => sum + tally[name], 0)
}

function isUnanimous(tally: Tally): boolean {
  const n = sizeOf(tally)
  return n > 0 && CLASSES.some(name => tally[name] === n)
}

function cellOf(tally: Tally): Cell {
  const n = sizeOf(tally)
  const isCoarse = n < PRECISE_FROM || isUnanimous(tally)
  const shown = (count: number): Coarse => {
    if (!isCoarse) return count
    if (count <= 1) return { atMost: 1 }
    return count >= n - 1 ? { atLeast: n - 1 } : count
  }
  const { favourable, neutral, unfavourable } = tally
  return { n, favourable: shown(favourable), neutral: shown(neutral), unfavourable: shown(unfavourable) }
}
