/**
 * What may be shown of a wave, computed once at closing from all of its responses. Pure: the one place that decides,
 * and the source of every output.
 */
import { cronbachAlpha, groupReliability } from '#app/measure/scale.ts'
import { type Item, itemsOf, turned } from '../questionnaires/questionnaire.ts'
import type { GroupNode, ReleaseInput } from '../wave.ts'
import { answerOf, groupsWithCounts, isAsked, leavesOf, optionCounts, talliesOf } from './count-answers.ts'
import { type FollowUp, mayShowFollowUp } from './follow-up.ts'
import { shownOfOne, shownOfSeveral } from './option-counts.ts'
import { type Group, publishedGroups } from './published-groups.ts'
import { type Cell, type Coarse, PRECISE_FROM, questionCells } from './question-cells.ts'
import type { GroupItem, Release, ReleaseGroup, ReleaseItem } from './release.ts'
import { silenceBounds } from './silence-bounds.ts'

/** Fewer whole responses say nothing of how far items go together. */
export const ALPHA_FROM = 30

/** An item with what everybody said to it, in the order of the responses. */
interface Answered {
  item: Item
  values: ((number | string)[] | null)[]
  people: Set<number>
}

/** Decided for one item: what is shown of it, for everybody and by group. */
interface Decided extends Answered {
  shown: ReleaseItem
  cells: ReadonlyMap<string, Cell | null>
}

/**
 * The release of a wave without its comments, which follow when the stewards are done (withComments).
 *
 * Groups are chosen by everybody who answered (publishedGroups), and again for each question by the answers to it
 * (questionCells), so that what adding and subtracting brings to light is at least k people and never of one mind.
 * Questions that only some were asked are shown for everybody only, and only where their number tells nothing of the
 * question before. Means, distributions, index and agreement come from cells of at least PRECISE_FROM answers that are
 * shown precisely. With more answers than invited there are no figures at all: something is wrong with the ballots.
 * @throws RangeError for groups without a whole, and a k that is not a positive whole number.
 */
export function computeRelease(input: ReleaseInput): Release {
  const { wave, questionnaire, groups, k, invited, collected, responses } = input
  const items = itemsOf(questionnaire)
  const root = groupsWithCounts(groups, responses)
  const isStuffed = responses.length > invited
  const chosen = isStuffed ? new Set<string>() : publishedGroups(root, k, input.barred)
  const decided = chosen.size > 0 ? decide(input, items, root, chosen) : []
  const shown = new Map(decided.map(one => [one.item.id, one]))
  return {
    wave,
    invited,
    collected,
    cast: responses.length,
    k,
    items: items.map(item => shown.get(item.id)?.shown ?? hiddenItem(item)),
    groups: (groups ?? []).map(group => groupRelease(group, root, chosen, items, shown)),
    index: indexOf(decided),
    alpha: alphaOf(decided, responses.length),
    agreement: agreementOf(decided, root, input),
    comments: [],
    redacted: 0,
  }
}

function decide(input: ReleaseInput, items: readonly Item[], root: Group, chosen: ReadonlySet<string>): Decided[] {
  const { groups, k, invited, responses } = input
  const byId = new Map(items.map(item => [item.id, item]))
  const leafOf = leavesOf(groups)
  const leaves = responses.map(response => leafOf(response.group))
  const decided = new Map<string, Decided>()
  const followUps = new Map<string, FollowUp[]>()
  for (const item of items) {
    const values = responses.map(response =>
      item.kind === 'comment' ? commentOf(item, response, byId) : answerOf(item, response.answers, byId),
    )
    const people = new Set(values.flatMap((value, index) => (value ? [index] : [])))
    const answered: Answered = { item, values, people }
    if (people.size < k || (item.showIf && !isFollowUpShown(answered, input, byId, decided, followUps))) continue
    if (item.kind !== 'scale') {
      decided.set(item.id, { ...answered, shown: choiceItem(answered, k), cells: new Map() })
      continue
    }
    const tallies = talliesOf(
      item,
      values.map((value, index) => ({ leaf: leaves[index] as string, values: value })),
    )
    const seen = item.showIf ? new Set([root.id]) : chosen
    const cells = questionCells(root, seen, tallies, k)
    const whole = cells.get(root.id)
    if (whole) decided.set(item.id, { ...answered, shown: scaleItem(answered, whole, invited), cells })
  }
  return [...decided.values()]
}

function commentOf(
  item: Item,
  response: ReleaseInput['responses'][number],
  items: ReadonlyMap<string, Item>,
): string[] | null {
  const isGiven = response.comments.some(comment => comment.item === item.id && comment.text.trim() !== '')
  return isGiven && isAsked(item, response.answers, items) ? [''] : null
}

function isFollowUpShown(
  { item, people }: Answered,
  { k, responses }: ReleaseInput,
  items: ReadonlyMap<string, Item>,
  decided: ReadonlyMap<string, Decided>,
  followUps: Map<string, FollowUp[]>,
): boolean {
  const condition = item.showIf as NonNullable<Item['showIf']>
  const earlier = decided.get(condition.item)
  if (!earlier) return false
  const asked = new Set(responses.flatMap((response, index) => (isAsked(item, response.answers, items) ? [index] : [])))
  const before = followUps.get(condition.item) ?? []
  const one: FollowUp = { values: condition.values, asked, answered: people }
  const distribution = earlier.shown.distribution
  const shownValues = distribution && new Set(distribution.map(({ value }) => value))
  if (!mayShowFollowUp({ item: earlier.item, answered: earlier.people, shownValues }, one, before, k)) return false
  followUps.set(condition.item, [...before, one])
  return true
}

function hiddenItem({ id, kind }: Item): ReleaseItem {
  const nothing = { favourable: null, neutral: null, unfavourable: null, mean: null, distribution: null }
  return { id, kind, hidden: true, n: null, ...nothing, bounds: null, interval: null }
}

function choiceItem({ item, values, people }: Answered, k: number): ReleaseItem {
  const counts = optionCounts(item, values)
  const n = people.size
  const isDistributed = item.kind !== 'comment' && n >= PRECISE_FROM
  const shown = item.kind === 'multiple' ? shownOfSeveral(counts, n, k) : shownOfOne(counts, n, k)
  return { ...hiddenItem(item), hidden: false, n, distribution: isDistributed && shown.length > 0 ? shown : null }
}

function scaleItem({ item, values }: Answered, cell: Cell, invited: number): ReleaseItem {
  const { n, favourable, neutral, unfavourable } = cell
  const isPrecise = isNumber(favourable) && isNumber(neutral) && isNumber(unfavourable) && n >= PRECISE_FROM
  const counts = isPrecise ? optionCounts(item, values) : null
  const sum = counts?.reduce((total, { value, count }) => total + turned(item, Number(value)) * count, 0)
  return {
    id: item.id,
    kind: item.kind,
    hidden: false,
    n,
    favourable,
    neutral,
    unfavourable,
    mean: sum === undefined ? null : sum / n,
    distribution: counts,
    ...silenceBounds(favourable, n, invited),
  }
}

function isNumber(count: Coarse): count is number {
  return typeof count === 'number'
}

function groupRelease(
  { id, label, parent }: GroupNode,
  root: Group,
  chosen: ReadonlySet<string>,
  items: readonly Item[],
  decided: ReadonlyMap<string, Decided>,
): ReleaseGroup {
  if (!chosen.has(id)) return { id, label, parent, hidden: true }
  const cells = items.map(item => groupItem(item.id, decided.get(item.id)?.cells.get(id) ?? null))
  return { id, label, parent, hidden: false, n: peopleOf(root, id), items: cells }
}

function groupItem(id: string, cell: Cell | null): GroupItem {
  if (!cell) return { id, hidden: true }
  const item: GroupItem = { id, hidden: false, n: cell.n }
  for (const name of ['favourable', 'neutral', 'unfavourable'] as const) {
    const count = cell[name]
    if (isNumber(count)) item[name] = count
    else if ('atMost' in count) item.atMost = { ...item.atMost, [name]: count.atMost }
    else item.atLeast = { ...item.atLeast, [name]: count.atLeast }
  }
  return item
}

function peopleOf(root: Group, id: string): number {
  const sum = (group: Group): number => group.parts?.reduce((total, part) => total + sum(part), 0) ?? group.count ?? 0
  const find = (group: Group): Group | undefined =>
    group.id === id ? group : group.parts?.map(find).find(found => found !== undefined)
  const found = find(root)
  return found ? sum(found) : 0
}

/** Scales that everybody was asked, where all have as many points: others have no common mean. */
function comparable(decided: readonly Decided[]): Decided[] {
  const scales = decided.filter(({ item }) => item.kind === 'scale' && !item.showIf)
  const points = new Set(scales.map(({ item }) => item.options.length))
  return points.size === 1 ? scales : []
}

/** The mean of published means: it adds no equation to them. */
function indexOf(decided: readonly Decided[]): number | null {
  const means = comparable(decided).flatMap(({ shown }) => (shown.mean === null ? [] : [shown.mean]))
  return means.length === 0 ? null : means.reduce((sum, mean) => sum + mean, 0) / means.length
}

/** The turned answers of everybody who answered all of these items, by place in the list of responses. */
function wholeResponses(scales: readonly Decided[], responses: number): Map<number, number[]> {
  const whole = new Map<number, number[]>()
  for (let index = 0; index < responses && scales.length > 0; index++) {
    const row = scales.map(({ item, values }) => {
      const value = values[index]?.[0]
      return value === undefined ? null : turned(item, Number(value))
    })
    if (row.every(value => value !== null)) whole.set(index, row)
  }
  return whole
}

/** Cronbach's alpha over the questions shown, two decimals. */
function alphaOf(decided: readonly Decided[], responses: number): number | null {
  const rows = [...wholeResponses(comparable(decided), responses).values()]
  if (rows.length < ALPHA_FROM) return null
  const alpha = cronbachAlpha(rows)
  return alpha === null ? null : Math.round(alpha * 100) / 100
}

/**
 * Agreement within the smallest groups shown of which means could be shown too (PRECISE_FROM whole responses, every
 * question published precisely), over people's scores.
 */
function agreementOf(decided: readonly Decided[], root: Group, input: ReleaseInput): Release['agreement'] {
  const scales = comparable(decided).filter(({ shown }) => shown.mean !== null)
  const leafOf = leavesOf(input.groups)
  const scores = new Map<string, number[]>()
  for (const [index, row] of wholeResponses(scales, input.responses.length)) {
    const leaf = leafOf(input.responses[index]?.group ?? null)
    const score = row.reduce((sum, value) => sum + value, 0) / row.length
    scores.set(leaf, [...(scores.get(leaf) ?? []), score])
  }
  const groups = preciseGroups(root, scales, scores)
  const { f, icc1, icc2 } = groupReliability(groups)
  return f === null || icc1 === null || icc2 === null ? null : { f, icc1, icc2 }
}

/** Scores by the smallest groups that are precise enough, none within another, the whole left out. */
function preciseGroups(root: Group, scales: readonly Decided[], scores: ReadonlyMap<string, number[]>): number[][] {
  const isShown = (id: string) => scales.length > 0 && scales.every(({ cells }) => isPreciseCell(cells.get(id) ?? null))
  const scoresOf = (group: Group): number[] => group.parts?.flatMap(scoresOf) ?? scores.get(group.id) ?? []
  const visit = (group: Group): number[][] => {
    const within = (group.parts ?? []).flatMap(visit)
    if (within.length > 0 || group === root || !isShown(group.id)) return within
    const own = scoresOf(group)
    return own.length >= PRECISE_FROM ? [own] : []
  }
  return visit(root)
}

function isPreciseCell(cell: Cell | null): boolean {
  return cell !== null && cell.n >= PRECISE_FROM && [cell.favourable, cell.neutral, cell.unfavourable].every(isNumber)
}
