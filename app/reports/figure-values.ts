/** A figure's value as people read it, by how its definition says that it is counted. Pure. */
import type { Figure } from '#app/measure/figure.ts'
import { definitionOf } from './definitions.ts'
import { daysInWords, minutesInWords, money, percent, rateInWords } from './figure-words.ts'

/** '75 % (6 of 8)', '13 minutes', '9.61', '31'; 'not known' where there is none. */
export function valueInWords(id: string, figure: Figure, currency: string): string {
  const { value, count, n } = figure
  if (value === null) return 'not known'
  const definition = definitionOf(id)
  const kind = definition?.kind ?? 'number'
  if (kind === 'share') return count == null || n == null ? percent(value) : `${percent(value)} (${count} of ${n})`
  if (kind === 'duration') return definition?.unit.startsWith('day') ? daysInWords(value) : minutesInWords(value)
  if (kind === 'rate' || kind === 'ratio') return rateInWords(value)
  if (kind === 'money') return money(value, currency)
  if (definition?.unit === 'minutes') return minutesInWords(value)
  return Number(value.toFixed(1)).toLocaleString('en-GB')
}
