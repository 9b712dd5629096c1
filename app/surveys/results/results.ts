/** A release as a page shows it: questions in the order in which they need attention, changes, trends. Pure. */
import { type Change, changeOfShare } from '#app/measure/change.ts'
import type { Coarse } from '../disclosure/question-cells.ts'
import type { GroupItem, Range, Release, ReleaseItem } from '../disclosure/release.ts'
import { ends } from '../disclosure/silence-bounds.ts'
import { type Item, itemsOf, type Questionnaire, textIn } from '../questionnaires/questionnaire.ts'

/** A number of answers in words, and what it may be. */
export interface Shown {
  words: string
  least: number
  most: number
}

export interface QuestionResult {
  id: string
  /** Its place in the questionnaire, from 1 on. */
  number: number
  text: string
  isHeadline: boolean
  isReversed: boolean
  n: number
  favourable: Shown
  neutral: Shown
  unfavourable: Shown
  mean: number | null
  points: number
  bounds: Range | null
  interval: Range | null
  change: Change | null
}

export interface ChoiceResult {
  id: string
  number: number
  text: string
  isSeveral: boolean
  n: number
  /** Null where no option may be shown. */
  options: { label: string; count: number }[] | null
  /** Whether there are options of which nothing is shown. */
  hasHidden: boolean
}

export interface Results {
  /** Scales, the furthest from the target first. */
  questions: QuestionResult[]
  choices: ChoiceResult[]
  /** Questions of which nothing may be shown. */
  hidden: { number: number; text: string }[]
  index: { value: number; points: number; before: number | null } | null
}

/** @param before the release of the wave before, with its questionnaire, if there is one to compare with. */
export function resultsOf(
  release: Release,
  questionnaire: Questionnaire,
  before: Release | null,
  language = 'en',
): Results {
  const results: Results = { questions: [], choices: [], hidden: [], index: null }
  itemsOf(questionnaire).forEach((item, index) => {
    const shown = release.items.find(one => one.id === item.id)
    const named = { id: item.id, number: index + 1, text: textIn(item.text, language) }
    if (!shown || shown.hidden || shown.n === null) {
      if (item.kind !== 'comment') results.hidden.push(named)
    } else if (item.kind === 'scale')
      results.questions.push({ ...named, ...questionOf(item, shown, shown.n, before) } as QuestionResult)
    else if (item.kind !== 'comment') results.choices.push({ ...named, ...choiceOf(item, shown, shown.n, language) })
  })
  results.questions.sort((one, other) => shareOf(one) - shareOf(other) || one.number - other.number)
  const points = itemsOf(questionnaire).find(item => item.kind === 'scale')?.options.length
  if (release.index !== null && points !== undefined)
    results.index = { value: release.index, points, before: before?.index ?? null }
  return results
}

/** The least that the favourable share may be; the target is the same for all questions, so this is their order. */
export function shareOf({ favourable, n }: Pick<QuestionResult, 'favourable' | 'n'>): number {
  return favourable.least / n
}

function questionOf(item: Item, shown: ReleaseItem, n: number, before: Release | null) {
  const { favourable, neutral, unfavourable, mean, bounds, interval } = shown
  return {
    isHeadline: item.headline,
    isReversed: item.reversed,
    n,
    favourable: shownOf(favourable, n),
    neutral: shownOf(neutral, n),
    unfavourable: shownOf(unfavourable, n),
    mean,
    points: item.options.length,
    bounds,
    interval,
    change: changeOf(
      shown,
      before?.items.find(one => one.id === item.id),
    ),
  }
}

/** Newcombe's interval of the change in the favourable share; null where one of the two is not shown as a number. */
function changeOf(now: ReleaseItem, before: ReleaseItem | undefined): Change | null {
  if (!before || typeof now.favourable !== 'number' || typeof before.favourable !== 'number') return null
  if (now.n === null || before.n === null) return null
  return changeOfShare({ count: now.favourable, n: now.n }, { count: before.favourable, n: before.n })
}

function choiceOf(item: Item, shown: ReleaseItem, n: number, language: string) {
  const labels = new Map(item.options.map(option => [option.value, textIn(option.label, language)]))
  const options = shown.distribution?.map(({ value, count }) => ({ label: labels.get(value) ?? `${value}`, count }))
  const hasHidden = (options?.length ?? 0) < item.options.length
  return { isSeveral: item.kind === 'multiple', n, options: options ?? null, hasHidden }
}

export function shownOf(count: Coarse | null, n: number): Shown {
  if (count === null) return { words: 'hidden', least: 0, most: n }
  const [least, most] = ends(count, n)
  if (typeof count === 'number') return { words: `${count}`, least, most }
  return { words: 'atMost' in count ? `at most ${count.atMost}` : `at least ${count.atLeast}`, least, most }
}

/** The favourable answers of one group to one question. */
export function groupShare(cell: GroupItem): { words: string; of: number; share: number | null } | null {
  if (cell.hidden || cell.n === undefined) return null
  const { n, favourable, atMost, atLeast } = cell
  if (favourable !== undefined) return { words: percent(favourable / n), of: n, share: favourable / n }
  if (atMost?.favourable !== undefined) return { words: `at most ${atMost.favourable} of ${n}`, of: n, share: 0 }
  if (atLeast?.favourable !== undefined) return { words: `at least ${atLeast.favourable} of ${n}`, of: n, share: 1 }
  return null
}

/** A share as a whole percentage. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** Both ends of a range, as `48 to 56 %`. */
export function percents([low, high]: Range): string {
  return Math.round(low * 100) === Math.round(high * 100)
    ? percent(low)
    : `${Math.round(low * 100)} to ${percent(high)}`
}
