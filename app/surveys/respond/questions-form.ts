/** The questions at work: answers into the draft, show-if, leaving out, keys, progress. */
import type { Answers } from '../wave.ts'
import { make, part } from './dom.ts'
import { askedItems, type Draft, leavingOut, progressOf, withAnswer } from './draft.ts'
import { fill } from './fill.ts'
import { GROUP, type PageData } from './page-data.ts'

export interface QuestionsForm {
  draft(): Draft
  /** Brings a question into view and focus. */
  goTo(item: string): void
}

/** Comments are kept so soon after the last key. */
const TYPING_MS = 250

/** Wakes the form that the server rendered. @param changed called with each new draft, to keep it. */
export function questionsForm(data: PageData, start: Draft, changed: (draft: Draft) => void): QuestionsForm {
  let draft = start
  const fields = [...document.querySelectorAll<HTMLFieldSetElement>('fieldset.question')]
  const items = new Map(data.items.map(item => [item.id, item]))
  let timer: ReturnType<typeof setTimeout> | undefined

  for (const field of fields) wake(field)
  part<HTMLFieldSetElement>('answers').disabled = false
  part('questions').addEventListener('submit', event => event.preventDefault())
  document.addEventListener('keydown', onKey)
  // What was typed last is kept even if the page is left within the delay.
  addEventListener('pagehide', flush)
  document.addEventListener('visibilitychange', flush)
  show()

  function wake(field: HTMLFieldSetElement): void {
    const id = idOf(field)
    const text = field.querySelector('textarea')
    if (text) {
      text.value = draft.comments[id] ?? ''
      text.addEventListener('input', () => {
        draft = { ...draft, comments: { ...draft.comments, [id]: text.value } }
        clearTimeout(timer)
        timer = setTimeout(flush, TYPING_MS)
        show()
      })
      text.addEventListener('blur', flush)
      return
    }
    for (const input of inputsOf(field)) {
      input.checked = isChosen(id, input)
      input.addEventListener('change', () => set(answered(field)))
    }
    const leave = field.querySelector<HTMLButtonElement>('.leave-out')
    if (!leave) return
    leave.hidden = false
    leave.addEventListener('click', () => {
      for (const input of inputsOf(field)) input.checked = false
      set(leavingOut(draft, id))
      goOn(field)
    })
  }

  function isChosen(id: string, input: HTMLInputElement): boolean {
    if (id === GROUP) return draft.group === null ? false : draft.group === input.value
    const given = draft.answers[id]
    return typeof given === 'object'
      ? given.includes(input.value)
      : given !== undefined && String(given) === input.value
  }

  /** The draft with what is ticked in this question now. */
  function answered(field: HTMLFieldSetElement): Draft {
    const id = idOf(field)
    const ticked = inputsOf(field).filter(input => input.checked)
    if (id === GROUP) return { ...draft, group: ticked[0]?.value || null }
    const item = items.get(id)
    // Values as the questionnaire has them: whole numbers on a scale.
    const values = ticked.map(input => item?.options.find(option => String(option.value) === input.value)?.value)
    const given = item?.kind === 'multiple' ? (values as string[]) : (values[0] as Answers[string] | undefined)
    return withAnswer(draft, id, given)
  }

  function set(next: Draft): void {
    draft = next
    flush()
    show()
  }

  function flush(): void {
    clearTimeout(timer)
    changed(draft)
  }

  function show(): void {
    const asked = new Set(askedItems(data.items, draft.answers).map(item => item.id))
    for (const field of fields) {
      const id = idOf(field)
      field.hidden = id !== GROUP && !asked.has(id)
      const leave = field.querySelector('.leave-out')
      const isOut = draft.leftOut.includes(id)
      leave?.setAttribute('aria-pressed', String(isOut))
      leave?.replaceChildren(isOut ? data.words.leftOut : data.words.leaveOut)
      const text = field.querySelector('textarea')
      const left = field.querySelector('[data-left]')
      const rest = text ? text.maxLength - text.value.length : 0
      left?.replaceChildren(text && rest < 300 ? fill(data.words.charactersLeft, { n: rest }) : '')
    }
    for (const section of document.querySelectorAll<HTMLElement>('[data-section]'))
      section.hidden = [...section.querySelectorAll<HTMLElement>('fieldset.question')].every(field => field.hidden)
    const { answered: n, asked: of } = progressOf(data.items, draft)
    part('progress-text').replaceChildren(fill(data.words.of, { answered: n, asked: of }))
    const bar = part<HTMLProgressElement>('progress')
    bar.max = Math.max(of, 1)
    bar.value = n
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || part('questions').hidden) return
    const target = event.target as HTMLElement
    const field =
      target.closest<HTMLFieldSetElement>('fieldset.question') ?? (target === document.body ? current() : null)
    if (!field || /^(textarea|button|summary|a)$/i.test(target.tagName)) return
    if (event.key === 'Enter') {
      event.preventDefault()
      return goOn(field)
    }
    const input = /^[1-9]$/.test(event.key) ? inputsOf(field)[Number(event.key) - 1] : undefined
    if (!input) return
    event.preventDefault()
    input.checked = input.type === 'radio' || !input.checked
    input.focus()
    set(answered(field))
    if (input.type === 'radio') goOn(field)
  }

  /** Where keys go while nothing has the focus: the first question without an answer. */
  function current(): HTMLFieldSetElement | null {
    const open = fields.filter(field => !field.hidden)
    return (
      open.find(field => !inputsOf(field).some(input => input.checked) && !draft.leftOut.includes(idOf(field))) ?? null
    )
  }

  function goOn(from: HTMLFieldSetElement): void {
    const next = fields.slice(fields.indexOf(from) + 1).find(field => !field.hidden)
    if (next) focus(next)
    else part('review').focus()
  }

  return {
    draft: () => draft,
    goTo(item) {
      const field = fields.find(one => idOf(one) === item)
      if (field) focus(field)
    },
  }
}

function idOf(field: HTMLFieldSetElement): string {
  return field.dataset.item ?? ''
}

function inputsOf(field: HTMLFieldSetElement): HTMLInputElement[] {
  return [...field.querySelectorAll('input')]
}

function focus(field: HTMLFieldSetElement): void {
  const target =
    field.querySelector<HTMLElement>('input:checked') ?? field.querySelector<HTMLElement>('input, textarea')
  target?.focus({ preventScroll: true })
  field.scrollIntoView({ block: 'center' })
}

/** 'draft kept here · take my ballot elsewhere', under the questions. */
export function keptHere(data: PageData, isLasting: boolean): void {
  const { words } = data
  const open = () => document.getElementById('export')?.setAttribute('open', '')
  part('kept-here').replaceChildren(
    ` · ${isLasting ? words.draftHere : words.draftInPage} · `,
    make('a', { href: '#ballot', click: open }, words.takeElsewhere),
  )
}
