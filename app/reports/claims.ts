/** Sentences that say no more than their intervals allow. Pure. */
import type { Figure } from '#app/measure/figure.ts'
import { isTooFew } from '#app/measure/share.ts'
import type { FigureChange } from './figure-changes.ts'
import { capitalised, inWords, minutesInWords, percent, percentRange } from './figure-words.ts'
import { amountInWords } from './headline.ts'
import { periodBeforeInWords } from './period-words.ts'
import type { Claim } from './report.ts'
import type { ReportFacts } from './report-facts.ts'

export function claim(text: string, ...figures: string[]): Claim {
  return { text, figures }
}

/**
 * How a figure stands to the period before, to end a sentence with: 'clearly more than 52 % the quarter before',
 * 'no clear change from 52 %'. Empty where there is nothing before, or too few to tell.
 */
export function comparedWith(facts: ReportFacts, id: string, when = periodBeforeInWords(facts.period)): string {
  const change = facts.changes[id]
  if (!change?.before || change.before.value === null) return ''
  const was = amountInWords(change.measure, change.before.value)
  if (change.change === 'clearly up') return `clearly more than ${was} ${when}`
  if (change.change === 'clearly down') return `clearly less than ${was} ${when}`
  return change.change === 'no clear change' ? `no clear change from ${was}` : ''
}

/** 'a', 'b' → 'a: b.'; without a tail just 'a.' */
export function sentence(text: string, tail = ''): string {
  return tail ? `${text}: ${tail}.` : `${text}.`
}

/** ' (2 to 13 minutes)' after a median; empty where it has no interval. */
export function rangeOfTimes({ low, high }: Figure): string {
  if (low == null || high == null) return ''
  const [from, to] = [minutesInWords(low), minutesInWords(high)]
  return to.endsWith(' minutes') && from.endsWith(' minutes') ? ` (${low} to ${to})` : ` (${from} to ${to})`
}

/** How a sentence on some of several begins: 'None of seven', 'All seven', '6 of 8 (75 %, 41 to 93 %)'. */
export function someOf(figure: Figure): string {
  const { count, n } = figure
  if (count === 0) return `None of ${inWords(n ?? 0)}`
  if (count === n && n) return n === 1 ? 'The only one' : capitalised(`all ${inWords(n)}`)
  return shareInWords({ now: figure })
}

/** '6 of 8 (75 %, 41 to 93 %)', without the range where there is none. */
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
