/** What a respondent has answered so far, which questions that makes visible, and what of it is cast. Pure. */
import type { Answers } from '../wave.ts'

/** A question as the public description of a wave has it: in one language. */
export interface AskedItem {
  id: string
  kind: 'scale' | 'single' | 'multiple' | 'comment'
  text: string
  options: readonly { value: number | string; label: string }[]
  /** Asked only where an earlier question has one of these values. */
  showIf?: { item: string; values: readonly (number | string)[] } | null
}

export interface Draft {
  answers: Answers
  /** By item. */
  comments: Readonly<Record<string, string>>
  group: string | null
  /** Questions that were left out on purpose. */
  leftOut: readonly string[]
}

export const EMPTY_DRAFT: Draft = { answers: {}, comments: {}, group: null, leftOut: [] }

/** The questions that are asked, given the answers so far. What hides a question hides those that hang on it too. */
export function askedItems<T extends AskedItem>(items: readonly T[], answers: Answers): T[] {
  const asked = new Set<string>()
  return items.filter(({ id, showIf }) => {
    if (
      showIf &&
      !(asked.has(showIf.item) && valuesOf(answers[showIf.item]).some(value => showIf.values.includes(value)))
    )
      return false
    asked.add(id)
    return true
  })
}

function valuesOf(answer: Answers[string] | undefined): readonly (number | string)[] {
  if (answer === undefined) return []
  return typeof answer === 'object' ? answer : [answer]
}

/** Whether this question has an answer. */
export function isAnswered(item: AskedItem, draft: Draft): boolean {
  if (item.kind === 'comment') return (draft.comments[item.id] ?? '').trim() !== ''
  return valuesOf(draft.answers[item.id]).length > 0
}

/** How many of the questions asked have an answer. */
export function progressOf(items: readonly AskedItem[], draft: Draft): { answered: number; asked: number } {
  const asked = askedItems(items, draft.answers)
  return { answered: asked.filter(item => isAnswered(item, draft)).length, asked: asked.length }
}

/** The draft with a question answered; `undefined` takes the answer back. */
export function withAnswer(draft: Draft, item: string, answer: Answers[string] | undefined): Draft {
  const { [item]: _, ...others } = draft.answers
  const isEmpty = answer === undefined || (typeof answer === 'object' && answer.length === 0)
  return {
    ...draft,
    answers: isEmpty ? others : { ...others, [item]: answer },
    leftOut: draft.leftOut.filter(one => one !== item),
  }
}

/** The draft with a question left out on purpose: nothing of it is cast. */
export function leavingOut(draft: Draft, item: string): Draft {
  const { [item]: _, ...comments } = draft.comments
  return { ...withAnswer(draft, item, undefined), comments, leftOut: [...new Set([...draft.leftOut, item])] }
}

/** What is cast: of questions that are asked, known values only; comments without white space at their ends. */
export function castOf(
  items: readonly AskedItem[],
  draft: Draft,
): { answers: Answers; group: string | null; comments: { item: string; text: string }[] } {
  const asked = askedItems(items, draft.answers)
  const answers: Record<string, Answers[string]> = {}
  for (const { id, options } of asked) {
    const given = draft.answers[id]
    const known = valuesOf(given).filter(value => options.some(option => option.value === value))
    if (known.length === 0) continue
    answers[id] = typeof given === 'object' ? (known as string[]) : (known[0] as number | string)
  }
  const comments = asked
    .filter(({ kind }) => kind === 'comment')
    .map(({ id }) => ({ item: id, text: (draft.comments[id] ?? '').trim() }))
    .filter(({ text }) => text !== '')
  return { answers, group: draft.group, comments }
}
