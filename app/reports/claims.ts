/** Sentences that say no more than their intervals allow. Pure. */
import { isTooFew } from '#app/measure/share.ts'
import type { FigureChange } from './figure-changes.ts'
import { percent, percentRange } from './figure-words.ts'
import { amountInWords } from './headline.ts'
import { periodBeforeInWords } from './period-words.ts'
import type { Claim } from './report.ts'
import type { ReportFacts } from './report-facts.ts'

export function claim(text: string, ...figures: string[]): Claim {
  return { text, figures }
}

/**
 * How a figure stands to the period before, to end a sentence with: 'clearly more than 52 % the quarter before',
 * 'no clear change from 52 %'. Empty where there is nothing before.
 */
export function comparedWith(facts: ReportFacts, id: string, when = periodBeforeInWords(facts.period)): string {
  const change = facts.changes[id]
  if (!change?.before || change.before.value === null) return ''
  const was = amountInWords(change.measure, change.before.value)
  if (change.change === 'clearly up') return `clearly more than ${was} ${when}`
  if (change.change === 'clearly down') return `clearly less than ${was} ${when}`
  if (change.change === 'no clear change') return `no clear change from ${was} ${when}`
  return change.change === 'too few to tell' ? `too few to tell it from ${was} ${when}` : ''
}

/** 'a', 'b' → 'a: b.'; without a tail just 'a.' */
export function sentence(text: string, tail = ''): string {
  return tail ? `${text}: ${tail}.` : `${text}.`
}

/** '6 of 8 (75 %, 41 to 93)', without the range where there is none. */
export function shareInWords(change: Pick<FigureChange, 'now'>): string {
  const { value, count, n, low, high } = change.now
  if (value === null || count == null || n == null) return 'none'
  const range = low == null || high == null || isTooFew(n) ? '' : `, ${percentRange(low, high)}`
  return `${count} of ${n} (${percent(value)}${range})`
}

/** The change of a figure where it is clearly one, else null. */
export function clearChange(facts: ReportFacts, id: string): FigureChange | null {
  const change = facts.changes[id]
  return change && (change.change === 'clearly up' || change.change === 'clearly down') ? change : null
}
