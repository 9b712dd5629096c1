/** Numbers as a report writes them. Pure; the same for text, table and picture. */

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** 0 to 12 in words, more in digits. Zero is 'no'. */
export function inWords(count: number): string {
  return SMALL[count] ?? count.toLocaleString('en-GB')
}

/** 3, 'incident' → 'three incidents'. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${inWords(count)} ${count === 1 ? singular : plural}`
}

/** A share as a whole percentage: 0.596 → '60 %'. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** Both ends of a range of shares: '41 to 93 %'. */
export function percentRange(low: number, high: number): string {
  return `${Math.round(low * 100)} to ${percent(high)}`
}

/** Minutes as a person says them: '8 minutes', '2 h 20 min', '3 days'. */
export function minutesInWords(minutes: number): string {
  const whole = Math.round(minutes)
  if (whole === 1) return '1 minute'
  if (whole < 120) return `${whole} minutes`
  if (whole >= 48 * 60) return `${Math.round(whole / 1440)} days`
  const rest = whole % 60
  return rest === 0 ? `${Math.floor(whole / 60)} h` : `${Math.floor(whole / 60)} h ${rest} min`
}

export function daysInWords(days: number): string {
  return days === 1 ? '1 day' : `${Math.round(days).toLocaleString('en-GB')} days`
}

/** A rate to three digits: 9.61, 12.3, 104. */
export function rateInWords(rate: number): string {
  return rate >= 100 ? rate.toFixed(0) : rate.toPrecision(rate < 1 ? 2 : 3)
}

const formats = new Map<string, Intl.NumberFormat>()

function moneyFormat(currency: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${currency} ${JSON.stringify(options)}`
  const format = formats.get(key) ?? new Intl.NumberFormat('en-GB', { style: 'currency', currency, ...options })
  formats.set(key, format)
  return format
}

/** 4300000, 'EUR' → '€4.3 million'. */
export function money(amount: number, currency: string): string {
  if (amount < 1_000_000)
    return moneyFormat(currency, { maximumFractionDigits: 0 }).format(Math.round(amount / 1000) * 1000)
  return `${moneyFormat(currency, { maximumSignificantDigits: 3 }).format(amount / 1_000_000)} million`
}

/** 'a', 'a and b', 'a, b and c'. */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
