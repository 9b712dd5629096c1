/** A release as a table: the same cells, nothing more. Pure. */
import { writeCsv } from '#app/platform/csv.ts'
import type { Coarse } from '../disclosure/question-cells.ts'
import type { GroupItem, Release } from '../disclosure/release.ts'
import { itemsOf, type Questionnaire, textIn } from '../questionnaires/questionnaire.ts'
import { shownOf } from './results.ts'

const HIDDEN = 'hidden'

const COLUMNS = [
  'wave',
  'group',
  'group_label',
  'question',
  'text',
  'option',
  'n',
  'count',
  'favourable',
  'neutral',
  'unfavourable',
  'mean',
  'worst_case_low',
  'worst_case_high',
  'if_random_low',
  'if_random_high',
]

/** A line for each question, each option that is shown, and each question in each group; hidden cells say so. */
export function releaseCsv(release: Release, questionnaire: Questionnaire): string {
  const texts = new Map(itemsOf(questionnaire).map(item => [item.id, textIn(item.text, 'en')]))
  const { wave } = release
  const rows: Record<string, string | number | null>[] = []
  for (const item of release.items) {
    const { id, n, mean, bounds, interval } = item
    const named = { wave, question: id, text: texts.get(id) ?? '' }
    const isScale = item.kind === 'scale'
    const counted = (count: Coarse | null) => (isScale ? shownOf(count, n ?? 0).words : null)
    rows.push({
      ...named,
      n: n ?? HIDDEN,
      favourable: counted(item.favourable),
      neutral: counted(item.neutral),
      unfavourable: counted(item.unfavourable),
      mean,
      worst_case_low: bounds?.[0] ?? null,
      worst_case_high: bounds?.[1] ?? null,
      if_random_low: interval?.[0] ?? null,
      if_random_high: interval?.[1] ?? null,
    })
    for (const { value, count } of item.distribution ?? []) rows.push({ ...named, option: value, n, count })
  }
  const scales = new Set(release.items.filter(item => item.kind === 'scale').map(item => item.id))
  for (const group of release.groups) {
    const named = { wave, group: group.id, group_label: group.label }
    if (group.hidden) rows.push({ ...named, n: HIDDEN })
    else
      for (const item of group.items)
        if (scales.has(item.id))
          rows.push({ ...named, question: item.id, text: texts.get(item.id) ?? '', ...cellOf(item) })
  }
  return writeCsv(COLUMNS, rows)
}

function cellOf(item: GroupItem): Record<string, string | number> {
  if (item.hidden || item.n === undefined) return { n: HIDDEN }
  const wordsOf = (name: 'favourable' | 'neutral' | 'unfavourable') => {
    if (item[name] !== undefined) return `${item[name]}`
    const most = item.atMost?.[name]
    return most === undefined ? `at least ${item.atLeast?.[name]}` : `at most ${most}`
  }
  return {
    n: item.n,
    favourable: wordsOf('favourable'),
    neutral: wordsOf('neutral'),
    unfavourable: wordsOf('unfavourable'),
  }
}
