/** 'Was I counted?': the receipt against the bulletin, and the bulletin against the key. */
import { type BulletinProblem, checkBulletin, isBulletin } from './bulletin-check.ts'
import type { Receipts } from './cast.ts'
import { button, make } from './dom.ts'
import { fill } from './fill.ts'
import type { PageData } from './page-data.ts'
import { readReceipts } from './receipt-file.ts'

/** @param kept the receipts of this browser. */
export function countedView(data: PageData, kept: readonly Receipts[]): HTMLElement[] {
  const { words } = data
  const said = make('div', { role: 'status' })
  const text = make('textarea', { id: 'receipt', rows: '3', spellcheck: 'false', autocomplete: 'off' })
  text.value = kept.map(one => one.receipt).join('\n')

  async function check(): Promise<void> {
    const typed = readReceipts(text.value)
    const wanted =
      kept.length > 0 && text.value === kept.map(one => one.receipt).join('\n') ? kept : typed ? [typed] : []
    if (wanted.length === 0) return said.replaceChildren(make('p', { class: 'wrong' }, words.noReceipt))
    said.replaceChildren(make('p', {}, words.checkingBulletin))
    const answers: string[] = []
    for (const receipts of wanted) answers.push(await checked(data, receipts))
    said.replaceChildren(...answers.map(answer => make('p', { class: 'notice' }, answer)))
  }

  if (kept.length > 0) void check()
  return [
    make('h2', {}, words.countedTitle),
    make('p', {}, words.countedText),
    make('div', { class: 'field' }, make('label', { for: 'receipt' }, words.receiptLabel), text),
    make(
      'p',
      { class: 'actions' },
      button(words.checkIt, () => void check(), 'primary'),
    ),
    said,
  ]
}

/** What the bulletin says of these receipts, in a sentence. */
async function checked({ wave, fingerprint, words }: PageData, receipts: Receipts): Promise<string> {
  let bulletin: unknown
  try {
    const answer = await fetch(`/api/v1/waves/${wave}/bulletin`, { credentials: 'omit', cache: 'no-store' })
    bulletin = answer.ok ? await answer.json() : null
  } catch {
    bulletin = null
  }
  if (!isBulletin(bulletin)) return words.notReady
  const problems: BulletinProblem[] = await checkBulletin(bulletin, fingerprint, receipts)
  const [first] = problems
  if (!first) return fill(words.counted, { cast: bulletin.cast, invited: bulletin.invited })
  return first === 'receipt-missing' ? words.notCounted : fill(words.problem, { problem: words[first] })
}
