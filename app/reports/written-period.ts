import { addDays, isDay, periodBetween } from '#app/measure/period.ts'
import { AppError, type FieldError } from '#app/platform/errors.ts'

/** The key of the period from a first to a last day, both of them in it. @throws AppError invalid naming first or last. */
export function keyOfDays(first: string, last: string): string {
  const errors: FieldError[] = []
  if (!isDay(first)) errors.push({ path: 'first', message: 'Choose the first day.' })
  if (!isDay(last)) errors.push({ path: 'last', message: 'Choose the last day.' })
  else if (errors.length === 0 && last < first)
    errors.push({ path: 'last', message: 'The last day is before the first one.' })
  if (errors.length) throw new AppError('invalid', errors[0]?.message ?? '', errors)
  // The key does not depend on where the organisation is.
  return periodBetween(first, addDays(last, 1), 'UTC').key
}
