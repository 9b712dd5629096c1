/** How numbers of a report are written: the same on the page, in tables, pictures, Markdown and aloud. */

const WHOLE = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const TENTHS = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })
const HUNDREDTHS = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })

/** What is written where a value is not known. */
export const NONE = '–'

/** Three digits that count: 0.88, 9.61, 75.4, 1,200. */
export function numberWords(value: number | null): string {
  if (value === null) return NONE
  const size = Math.abs(value)
  return (size >= 99.95 ? WHOLE : size >= 9.995 ? TENTHS : HUNDREDTHS).format(value).replace('-', '−')
}

/** A share of 0 to 1 in percent, with a tenth only where one is asked for. */
export function percentWords(share: number | null, digits: 0 | 1 = 0): string {
  return share === null ? NONE : `${percentNumber(share, digits)}\u00a0%`
}

/** The same without its sign, for ranges such as 41 to 93. */
export function percentNumber(share: number, digits: 0 | 1 = 0): string {
  return (digits ? TENTHS : WHOLE).format(100 * share).replace('-', '−')
}

/** With its unit: 13 minutes, 75 %, 1 incident. */
export function withUnit(value: number | null, unit: string): string {
  if (value === null) return NONE
  if (value === 1 && /^(minute|hour|day|incident|postmortem|person|forum|action item|item|time)s$/.test(unit))
    return `1 ${unit.slice(0, -1)}`
  if (unit === '%') return `${numberWords(value)}\u00a0%`
  return unit ? `${numberWords(value)} ${unit}` : numberWords(value)
}

/** Fewer observations than these are shown greyed: no trend can be read from them. */
export const FEW = 6

export const TOO_FEW = 'too few to read a trend from'

/** Words in which no number is torn from its per cent or its minutes at the end of a line. */
export function unbroken(words: string): string {
  return words.replace(/(\d) (?=%|h\b|min\b|million\b)/g, '$1\u00a0')
}
