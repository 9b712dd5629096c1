/** What is about to be cast, once more in the respondent's own view. */
import { button, make } from './dom.ts'
import { askedItems, castOf, type Draft, isAnswered } from './draft.ts'
import { fill } from './fill.ts'
import { GROUP, type PageData } from './page-data.ts'

interface Choices {
  hasBallot: boolean
  change(item: string): void
  back(): void
  cast(): void
}

export function reviewView(data: PageData, draft: Draft, { hasBallot, change, back, cast }: Choices): HTMLElement[] {
  const { words } = data
  const row = (id: string, question: string, answer: string | null) =>
    make(
      'div',
      {},
      make('dt', {}, question),
      make(
        'dd',
        {},
        make('span', { class: answer === null ? 'muted' : '' }, answer ?? words.leftOut),
        make(
          'button',
          { type: 'button', class: 'linklike', 'aria-label': `${words.change}: ${question}`, click: () => change(id) },
          words.change,
        ),
      ),
    )
  const { answers, comments } = castOf(data.items, draft)
  const isEmpty = Object.keys(answers).length === 0 && comments.length === 0
  const rows = askedItems(data.items, draft.answers).map(item => {
    if (!isAnswered(item, draft)) return row(item.id, item.text, null)
    if (item.kind === 'comment') return row(item.id, item.text, (draft.comments[item.id] ?? '').trim())
    const given = draft.answers[item.id]
    const chosen = item.options.filter(({ value }) =>
      typeof given === 'object' ? given.includes(String(value)) : given === value,
    )
    return row(item.id, item.text, chosen.map(({ value, label }) => label || String(value)).join(', '))
  })
  const group = data.group?.options.find(option => option.value === draft.group)
  if (data.group)
    rows.push(row(GROUP, fill(words.yourGroup, { label: data.group.label }), group?.label ?? words.ratherNotSay))
  return [
    make('h2', { tabindex: '-1' }, words.reviewTitle),
    make('p', {}, words.reviewText),
    ...(isEmpty ? [make('p', { class: 'notice' }, words.nothingAnswered)] : []),
    make('dl', { class: 'review-list' }, ...rows),
    ...(hasBallot ? [] : [make('p', { class: 'notice warn' }, words.castWithout)]),
    make('p', { class: 'actions' }, hasBallot ? button(words.cast, cast, 'primary') : null, button(words.back, back)),
  ]
}
