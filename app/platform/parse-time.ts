/** Times and days as people and programs write them: what is certain is taken, what is not is given back with a reason. */

export type ParsedInstant =
  | { kind: 'instant'; iso: string }
  | { kind: 'unset' }
  | { kind: 'local'; text: string; why: string }
  | { kind: 'invalid'; why: string }

export type ParsedDay = { kind: 'day'; day: string } | { kind: 'unset' } | { kind: 'invalid'; why: string }

const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,30}))?)?\s?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i
const WRITE_ISO = 'write it as 2024-03-04T09:12:00Z, or with an offset such as +02:00'
/** Year 1 means that there is none. */
const FIRST_YEAR = Date.parse('0002-01-01T00:00:00.000Z')
const LAST_YEAR = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/**
 * An ISO 8601 time with a zone, as UTC with milliseconds. Empty text and year 1 (which programs write for 'none') are
 * unset; a time without a zone is 'local': it may be kept as text and never as a moment.
 */
export function parseInstant(input: string): ParsedInstant {
  if (isStored(input)) return { kind: 'instant', iso: input }
  const text = input.trim()
  if (text === '' || /^0001-01-01(?:[T ]00:00(?::00(?:\.0+)?)?.{0,12})?$/i.test(text)) return { kind: 'unset' }
  const match = text.length <= 60 ? DATE_TIME.exec(text) : null
  if (!match) {
    const why = whyNotIso(text)
    return isDay(text) ? { kind: 'local', text, why } : { kind: 'invalid', why }
  }
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone] = match
  if (!isDay(`${year}-${month}-${day}`)) return { kind: 'invalid', why: `there is no day ${year}-${month}-${day}` }
  if (second === '60') return { kind: 'invalid', why: 'a leap second (60) cannot be stored: write second 59 or 00' }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return { kind: 'invalid', why: `there is no time ${hour}:${minute}:${second}` }
  }
  const offset = zone === undefined ? 0 : offsetMinutes(zone)
  if (offset === null) return { kind: 'invalid', why: `"${zone}" is not an offset from UTC (-14:00 to +14:00)` }
  if (zone === undefined) return { kind: 'local', text, why: 'the time has no zone: add Z or an offset such as +02:00' }
  const moment = new Date(0)
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  moment.setUTCHours(Number(hour), Number(minute) - offset, Number(second), Number(fraction.slice(0, 3).padEnd(3, '0')))
  const time = moment.getTime()
  if (time > LAST_YEAR || moment.getUTCFullYear() < 1) return { kind: 'invalid', why: 'the year is not 0001 to 9999' }
  return { kind: 'instant', iso: moment.toISOString() }
}

/** Whether it is in the one form that is stored, as most times are that a program wrote. */
function isStored(text: string): boolean {
  if (text.length !== 24 || text.charCodeAt(23) !== 0x5a) return false
  const time = Date.parse(text)
  return time >= FIRST_YEAR && time <= LAST_YEAR && new Date(time).toISOString() === text
}

/** A calendar day, YYYY-MM-DD and nothing else. Year 1, which programs write for 'none', is unset. */
export function parseDay(input: string): ParsedDay {
  const text = input.trim()
  if (text === '' || text === '0001-01-01') return { kind: 'unset' }
  if (isDay(text)) return { kind: 'day', day: text }
  return { kind: 'invalid', why: whyNotDay(text) }
}

/** Whether the text is YYYY-MM-DD and such a day exists. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!
}

/** Minutes east of UTC for 'Z', '+01:00', '-0330'; null for what is no offset. */
export function offsetMinutes(zone: string): number | null {
  if (/^(?:z|utc)$/i.test(zone)) return 0
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (!match) return null
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  if (Number(match[3] ?? 0) > 59 || minutes > 14 * 60) return null
  return match[1] === '-' ? -minutes : minutes
}

function whyNotIso(text: string): string {
  if (text.length > 60) return `too long for a time: ${WRITE_ISO}`
  if (isDay(text)) return 'a day without a time of day: add the time and its zone'
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `there is no day ${text}`
  if (/^\d{9,11}$/.test(text)) return `looks like seconds since 1970: ${WRITE_ISO}`
  if (/^\d{12,14}$/.test(text)) return `looks like milliseconds since 1970: ${WRITE_ISO}`
  if (/^\d{15,20}$/.test(text)) return `looks like micro- or nanoseconds since 1970: ${WRITE_ISO}`
  if (/^\d{1,2}:\d{2}/.test(text)) return `a time without a day: ${WRITE_ISO}`
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}/.test(text)) return `day and month can be taken for each other: ${WRITE_ISO}`
  return `not an ISO 8601 time: ${WRITE_ISO}`
}

function whyNotDay(text: string): string {
  const shown = `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `there is no day ${shown}`
  if (/^\d{4}-\d{2}-\d{2}[T ]/.test(text)) return `${shown} has a time of day: write only the day, as 2024-03-04`
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$/.test(text)) {
    return `day and month can be taken for each other in ${shown}: write it as 2024-03-04`
  }
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$/.test(text)) {
    return `${shown} has a year of two digits, and day, month and year can be taken for each other: write it as 2024-03-04`
  }
  if (/^\d{5}$/.test(text)) return `${shown} looks like a spreadsheet's day number: write it as 2024-03-04`
  return `${shown} is not a day: write it as 2024-03-04`
}
