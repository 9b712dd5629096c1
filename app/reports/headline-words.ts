/** A headline figure as it is written: on the page, in Markdown and in mails alike. Pure. */
import { FEW, numberWords, percentNumber, percentWords, TOO_FEW } from './exhibits/number-words.ts'
import type { HeadlineFigure } from './report.ts'

export interface HeadlineWords {
  /** Large. */
  big: string
  /** After it, smaller: ` %`, ` of 8`, ` min`. */
  after: string
  /** The interval, the n, what is unknown. */
  facts: string[]
  change: string
  /** ▲ or ▼ where the change is one. */
  sign: '▲' | '▼' | ''
  /** Whether the change is the one that is wanted. */
  tone: 'good' | 'bad' | null
  target: string | null
  isFew: boolean
}

export function headlineWords(figure: HeadlineFigure): HeadlineWords {
  const { now, change, changeWords, better } = figure
  const isFew = typeof now.n === 'number' && now.n < FEW
  const sign = change === 'clearly up' ? '▲' : change === 'clearly down' ? '▼' : ''
  const isWanted = (sign === '▲' && better === 'higher') || (sign === '▼' && better === 'lower')
  return {
    ...largeOf(figure),
    facts: [
      ...factsOf(figure),
      ...(now.open ? [`${numberWords(now.open)} still open`] : []),
      ...(now.unknown ? [`${numberWords(now.unknown)} unknown`] : []),
      ...(isFew ? [TOO_FEW] : []),
    ],
    change: changeWords,
    sign,
    tone: sign === '' || better === null ? null : isWanted ? 'good' : 'bad',
    target: targetOf(figure),
    isFew,
  }
}

/** Shares of what happened are told as so many of so many; those of a survey, which are large, in percent. */
function isCounted({ measure, id, now }: HeadlineFigure): boolean {
  return now.count != null && now.n != null && (measure === 'census' || !id.startsWith('survey.'))
}

function largeOf(figure: HeadlineFigure): { big: string; after: string } {
  const { now, measure } = figure
  if (now.value === null) return { big: '–', after: '' }
  if (measure === 'share' || measure === 'census') {
    if (isCounted(figure)) return { big: numberWords(now.count ?? null), after: ` of ${numberWords(now.n ?? null)}` }
    return { big: percentNumber(now.value), after: ' %' }
  }
  const after = measure === 'minutes' ? ' min' : measure === 'days' ? (now.value === 1 ? ' day' : ' days') : ''
  return { big: numberWords(now.value), after }
}

function factsOf(figure: HeadlineFigure): string[] {
  const { now, measure } = figure
  const { low, high, n } = now
  const isShare = measure === 'share' || measure === 'census'
  const range =
    typeof low === 'number' && typeof high === 'number'
      ? [isShare ? `${percentNumber(low)} to ${percentNumber(high)}` : `${numberWords(low)} to ${numberWords(high)}`]
      : []
  const share = isShare && isCounted(figure) ? [percentWords(now.value, measure === 'census' ? 1 : 0)] : []
  const count = isCounted(figure) || typeof n !== 'number' ? [] : [`n ${numberWords(n)}`]
  return [...share, ...range, ...count]
}

function targetOf({ now, measure }: HeadlineFigure): string | null {
  if (typeof now.target !== 'number') return null
  if (now.target === 0) return 'goal is none'
  return `target ${measure === 'share' || measure === 'census' ? percentWords(now.target) : numberWords(now.target)}`
}
