/** Time zones as people abbreviate them. Only those with one meaning become an offset; BST, IST, CST and PT stay words. */
import { offsetMinutes } from '#app/platform/parse-time.ts'

export const ZONE_NAMES =
  'UTC|GMT|CET|CEST|EET|EEST|WET|WEST|BST|IST|PST|PDT|PT|MST|MDT|MT|CST|CDT|CT|EST|EDT|ET|AKST|AKDT|HST|JST|KST|SGT|HKT|AEST|AEDT|ACST|AWST|NZST|NZDT|MSK|SAST|BRT|ART'

/** The moment as UTC, if the zone has only one meaning on that day; null for BST, IST, CST and their like. */
export function momentOf(day: string, seconds: number, zone: string): string | null {
  const offset = zoneOffset(zone, day)
  if (offset === null) return null
  return new Date(Date.parse(`${day}T00:00:00Z`) + seconds * 1000 - offset * 60_000).toISOString()
}

/** Zones that no other region shares, in minutes from UTC. They count only in the season in which clocks show them. */
const SEASONAL: Record<string, { offset: number; region: 'eu' | 'us'; summer: boolean }> = {
  WET: { offset: 0, region: 'eu', summer: false },
  WEST: { offset: 60, region: 'eu', summer: true },
  CET: { offset: 60, region: 'eu', summer: false },
  CEST: { offset: 120, region: 'eu', summer: true },
  EET: { offset: 120, region: 'eu', summer: false },
  EEST: { offset: 180, region: 'eu', summer: true },
  EST: { offset: -300, region: 'us', summer: false },
  EDT: { offset: -240, region: 'us', summer: true },
  PST: { offset: -480, region: 'us', summer: false },
  PDT: { offset: -420, region: 'us', summer: true },
}

function zoneOffset(zone: string, day: string): number | null {
  const name = zone.toUpperCase()
  if (name === 'GMT') return 0
  const direct = offsetMinutes(name)
  if (direct !== null) return direct
  const relative = /^(?:UTC|GMT)\s?([+-])(\d{1,2}):?(\d{2})?$/.exec(name)
  if (relative) return offsetMinutes(`${relative[1]}${relative[2]!.padStart(2, '0')}:${relative[3] ?? '00'}`)
  if (!Object.hasOwn(SEASONAL, name)) return null
  const seasonal = SEASONAL[name]!
  return isSummer(day, seasonal.region) === seasonal.summer ? seasonal.offset : null
}

/** Whether clocks are put forward all day; null on the days of the change and in years before today's rules. */
function isSummer(day: string, region: 'eu' | 'us'): boolean | null {
  const year = Number(day.slice(0, 4))
  if (year < (region === 'eu' ? 1996 : 2007)) return null
  const from = region === 'eu' ? sunday(year, 3, -1) : sunday(year, 3, 2)
  const to = region === 'eu' ? sunday(year, 10, -1) : sunday(year, 11, 1)
  if (day === from || day === to) return null
  return day > from && day < to
}

/** The nth Sunday of a month, -1 for the last. */
function sunday(year: number, month: number, nth: number): string {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay()
  let date = 1 + ((7 - first) % 7) + (nth > 0 ? nth - 1 : 0) * 7
  if (nth < 0) while (date + 7 <= 31) date += 7
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}

/** The zone that a remark such as 'All times in UTC+1' or 'Time (UTC)' names, as written. */
export function findZone(text: string): string | null {
  const head = text.slice(0, 300)
  const named = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:(?:UTC|GMT)\\s?[+-]\\d{1,2}(?::?\\d{2})?|(?:${ZONE_NAMES}))(?![\\p{L}\\p{N}])`,
    'u',
  ).exec(head)
  if (named) return named[0]
  const words =
    /(?:\bin|\bare|\()\s{0,3}((?:[A-Z][a-z]{2,14} ){0,2}(?:[Tt]ime|Pacific|Eastern|Central|Mountain))\b/.exec(head)
  return words ? words[1]! : null
}
