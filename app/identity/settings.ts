/** What an organisation decides once for everybody, with the defaults of a fresh database. */
import { z } from 'zod'
import { readDaysOff, writeDaysOff } from './days-off.ts'
import { line, timeZone } from './fields.ts'

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

function whole(what: string, min: number, max: number) {
  const message = `${what} is a whole number from ${min.toLocaleString('en-GB')} to ${max.toLocaleString('en-GB')}.`
  return z.number({ error: message }).int(message).min(min, message).max(max, message)
}

export const settingsSchema = z.object({
  organisationName: line('the organisation’s name', 120),
  timeZone,
  /** What an hour of downtime is assumed to cost, in `currency`. */
  hourlyDowntimeCost: whole('The cost', 0, 1_000_000_000),
  currency: z
    .string({ error: 'Write a currency.' })
    .trim()
    .toUpperCase()
    .refine(code => CURRENCIES.has(code), 'Write a currency by its three letters, such as EUR.'),
  /** The fewest people a published survey figure may stand for (k). It may rise, never fall. */
  disclosureThreshold: whole('The threshold', 5, 1_000),
  /** Per cent of eligible engineers who have led an incident. */
  participationTarget: whole('The target', 1, 100),
  /** Per cent of SEV-1 and SEV-2 postmortems published within 48 hours. */
  onTimeTarget: whole('The target', 1, 100),
  /** Per cent of engineers' time that teams keep free for action items. */
  protectedCapacity: whole('The share', 0, 100),
  /** Days on which nobody works, a line for each: '2026-12-25 Christmas Day'. */
  daysOff: z.string({ error: 'Write a line for each day.' }).transform((text, context) => {
    const { days, complaints } = readDaysOff(text)
    if (complaints.length > 0) context.addIssue({ code: 'custom', message: complaints.join(' ') })
    return writeDaysOff(days)
  }),
})

export type Settings = z.infer<typeof settingsSchema>

export const DEFAULT_SETTINGS: Settings = {
  organisationName: 'Our organisation',
  timeZone: 'UTC',
  hourlyDowntimeCost: 300_000,
  currency: 'USD',
  disclosureThreshold: 5,
  participationTarget: 65,
  onTimeTarget: 95,
  protectedCapacity: 20,
  daysOff: '',
}

/** The settings out of their stored JSON; what is absent or unreadable has its default. */
export function settingsFrom(rows: { key: string; value: string }[]): Settings {
  const stored = new Map(rows.map(row => [row.key, row.value]))
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS }
  for (const [key, field] of Object.entries(settingsSchema.shape)) {
    const parsed = field.safeParse(readJson(stored.get(key)))
    if (parsed.success) settings[key] = parsed.data
  }
  return settings as Settings
}

/** The organisation's time zone out of its stored JSON. */
export function houseZone(json: string | null): string {
  return settingsFrom(json === null ? [] : [{ key: 'timeZone', value: json }]).timeZone
}

function readJson(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
