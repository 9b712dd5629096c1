/** The fields that this room's forms, imports and API share, with their messages. */
import { z } from 'zod'
import { AppError, type FieldError } from '#app/platform/errors.ts'

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
const LONE_SURROGATE = /\p{Cs}/u

/** Whether both databases can keep this text: no U+0000, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && !LONE_SURROGATE.test(text)
}

/** One line of text that somebody must write. `what` completes 'Write …'. */
export function line(what: string, max: number) {
  return z
    .string({ error: `Write ${what}.` })
    .trim()
    .min(1, `Write ${what}.`)
    .max(max, `This is longer than ${max} characters.`)
    .refine(
      text => !CONTROL.test(text) && isStorable(text),
      'This has a character that cannot be shown, such as a line break.',
    )
}

/** How addresses are compared: composed form, lower case. Letters of other alphabets stay what they are. */
export function normaliseEmail(text: string): string {
  return text.trim().toLowerCase().normalize('NFC')
}

const EMAIL = /^[^\s@<>()[\]{},;:\\"|]+@[^\s@<>()[\]{},;:\\"|.]+(\.[^\s@<>()[\]{},;:\\"|.]+)+$/u
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/u

/** Whether a normalised text can be an e-mail address. Invisible characters are refused: they only deceive. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && EMAIL.test(text) && !INVISIBLE.test(text)
}

export const email = z
  .string({ error: 'Write an e-mail address.' })
  .transform(normaliseEmail)
  .refine(isEmail, 'Write an e-mail address such as ada@example.org.')

const ZONES = new Map(Intl.supportedValuesOf('timeZone').map(zone => [zone.toLowerCase(), zone]))

/** The IANA name in its usual spelling, or null when there is no such zone. */
export function zoneNamed(text: string): string | null {
  const known = ZONES.get(text.trim().toLowerCase())
  if (known) return known
  // Also names that are only aliases, such as UTC or Asia/Kolkata, but not bare offsets, which know no summer time.
  if (!/^[A-Za-z]/.test(text)) return null
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return text
  } catch {
    return null
  }
}

export const timeZone = z
  .string({ error: 'Choose a time zone.' })
  .refine(text => zoneNamed(text) !== null, 'Choose a time zone such as Europe/Berlin.')
  .transform(text => zoneNamed(text) as string)

/**
 * Parses what somebody sent.
 * @throws AppError invalid with the first complaint of each field.
 */
export function check<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const errors = new Map<string, FieldError>()
  for (const issue of parsed.error.issues) {
    const path = issue.path.join('.')
    if (!errors.has(path)) errors.set(path, { path, message: issue.message })
  }
  throw invalid([...errors.values()])
}

/** A refusal of several fields at once. */
export function invalid(errors: FieldError[]): AppError {
  return new AppError('invalid', summary(errors.length), errors)
}

function summary(count: number): string {
  return count === 1 ? 'One field needs another look.' : `${count} fields need another look.`
}
