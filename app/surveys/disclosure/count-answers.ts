/** Answers as counts: who was asked a question, what they chose, in which group. Pure. */

import { classOf, type Item } from '../questionnaires/questionnaire.ts'
import type { Answers, GroupNode, OpenedResponse } from '../wave.ts'
import type { Group } from './published-groups.ts'
import type { Tally } from './question-cells.ts'

/** The people who chose no group: part of the whole, never shown by themselves. */
const NO_GROUP = ''

const WITHOUT_GROUPS: GroupNode = { id: 'all', label: 'Everybody', parent: null, isChoice: true }

/** What one response says of one item; null where it was not asked, left out, or given no value that the item has. */
export function answerOf(item: Item, answers: Answers, items: ReadonlyMap<string, Item>): (number | string)[] | null {
  if (item.showIf && !isAsked(item, answers, items)) return null
  const given = Object.hasOwn(answers, item.id) ? answers[item.id] : undefined
  if (given === undefined) return null
  const values = typeof given === 'object' ? [...new Set(given)] : [given]
  const isKnown = values.every(value => item.options.some(option => option.value === value))
  const isOne = item.kind === 'multiple' || values.length === 1
  return values.length > 0 && isKnown && isOne ? values : null
}

/** Whether the earlier answer that the item depends on was given. */
export function isAsked(item: Item, answers: Answers, items: ReadonlyMap<string, Item>): boolean {
  if (!item.showIf) return true
  const earlier = items.get(item.showIf.item)
  const values = earlier && earlier !== item ? answerOf(earlier, answers, items) : null
  return values?.some(value => item.showIf?.values.includes(value)) ?? false
}

/** The groups as a tree with everybody who answered, and a hidden part for those who named none. */
export function groupsWithCounts(nodes: readonly GroupNode[] | null, responses: readonly OpenedResponse[]): Group {
  const all = nodes?.length ? nodes : [WITHOUT_GROUPS]
  const root = all.find(node => node.parent === null)
  if (!root) throw new RangeError('The groups have no whole.')
  const leafOf = leavesOf(all)
  const counts = new Map<string, number>()
  for (const response of responses) {
    const leaf = leafOf(response.group)
    counts.set(leaf, (counts.get(leaf) ?? 0) + 1)
  }
  const grown = ({ id }: GroupNode): Group => {
    const parts = all.filter(node => node.parent === id).map(grown)
    return parts.length > 0 ? { id, parts } : { id, count: counts.get(id) ?? 0 }
  }
  const whole = grown(root)
  if (!whole.parts) return whole
  return { ...whole, parts: [...whole.parts, { id: NO_GROUP, count: counts.get(NO_GROUP) ?? 0, isHidden: true }] }
}

/** The part without parts that a response belongs to; whoever named no group that can be chosen named none. */
export function leavesOf(nodes: readonly GroupNode[] | null): (group: string | null) => string {
  const all = nodes?.length ? nodes : [WITHOUT_GROUPS]
  const parents = new Set(all.map(node => node.parent))
  const leaves = new Set(all.filter(node => !parents.has(node.id)).map(node => node.id))
  const alone = all.length === 1 ? (all[0] as GroupNode).id : null
  return group => alone ?? (group !== null && leaves.has(group) ? group : NO_GROUP)
}

/** How a scale was answered, by part without parts. */
export function talliesOf(
  item: Item,
  answered: readonly { leaf: string; values: readonly (number | string)[] | null }[],
): Map<string, Tally> {
  const tallies = new Map<string, Tally>()
  for (const { leaf, values } of answered) {
    if (!values) continue
    const tally = tallies.get(leaf) ?? { favourable: 0, neutral: 0, unfavourable: 0 }
    tally[classOf(item, Number(values[0]))]++
    tallies.set(leaf, tally)
  }
  return tallies
}

/** How often each option was chosen, in the order of the questionnaire. */
export function optionCounts(
  item: Item,
  answers: readonly (readonly (number | string)[] | null)[],
): { value: number | string; count: number }[] {
  const counts = new Map<number | string, number>(item.options.map(option => [option.value, 0]))
  for (const values of answers) for (const value of values ?? []) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count }))
}
