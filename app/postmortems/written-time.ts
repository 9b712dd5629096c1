/**
 * Times as people write them at the start of a timeline entry: '2023-02-14 10:29', '**18:53 UTC** -', 'Feb 28th 01:52'.
 * What is certain (a full date, a time of day, a zone with one meaning) is given as such; the rest stays text.
 */
import { isDay } from '#app/platform/parse-time.ts'
import { ZONE_NAMES } from './time-zones.ts'

export interface WrittenTime {
  /** The time as written, without emphasis marks. */
  raw: string
  /** What follows it. */
  rest: string
  /** YYYY-MM-DD when the date is certain. */
  day: string | null
  /** Seconds since midnight when the time of day is certain. */
  seconds: number | null
  zone: string | null
  hasDate: boolean
  hasTime: boolean
  /** 'about', '~', 'between … and …', '10:01-10:02': no single moment. */
  vague: boolean
  /** A colon or dash stands between the time and what follows. */
  separated: boolean
}

/** Only the beginning of an entry is looked at, so that no input can make this slow. */
const HEAD = 140
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)'
const END = '(?![\\p{L}\\p{N}])'

/** The only form in which a minus after the time is an offset: '10:01-10:02' is a span. */
const ISO_MOMENT =
  /(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?(?![\p{L}\p{N}])/uy
const ISO_DATE = new RegExp(`(\\d{4})([-/])(\\d{2})\\2(\\d{2})(?=T\\d|${END})`, 'uy')
const MONTH_DATE = new RegExp(
  `${MONTH}\\.?\\s{1,3}(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s{1,3}((?:19|20)\\d{2})(?!:?\\d))?${END}`,
  'iuy',
)
const DAY_DATE = new RegExp(
  `(\\d{1,2})(?:st|nd|rd|th)?\\s{1,3}(?:of\\s)?${MONTH}\\.?(?:,?\\s{1,3}((?:19|20)\\d{2})(?!:?\\d))?${END}`,
  'iuy',
)
const NUMERIC_DATE = new RegExp(`\\d{1,2}([/.-])\\d{1,2}\\1(?:\\d{4}|\\d{2})${END}`, 'uy')
const TIME = new RegExp(`(\\d{1,2})[:h](\\d{2})(?::(\\d{2}))?(?:\\s{0,2}([ap])\\.?m\\.?)?(?=Z${END}|${END})`, 'iuy')
const HOUR = new RegExp(`(\\d{1,2})\\s{0,2}([ap])\\.?m\\.?${END}`, 'iuy')
const WEEKDAY = new RegExp(`(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:r|rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\\.?${END}`, 'iuy')
const ZONE = new RegExp(
  `(?:(?:UTC|GMT)\\s?[+-]\\d{1,2}(?::?\\d{2})?|(?:${ZONE_NAMES})|Z|\\+\\d{2}:?\\d{2})${END}`,
  'uy',
)
const VAGUE = /~\s?|≈\s?|(?:about|around|approx(?:imately)?\.?|circa|ca\.|between|before|after|until|from)\s+/iy
const RANGE = /\s{0,3}(?:[-–—]|to|and|until)\s{0,3}/iy
const GAP = /(?:[ \t\u00a0]|,(?=\s)|(?:at|on)\s)+|T(?=\d)/y

/** Reads the date, time and zone with which a text begins; null when it begins with neither date nor time. */
export function readWrittenTime(text: string): WrittenTime | null {
  const head = text.slice(0, HEAD)
  const found: Found = { day: null, seconds: null, zone: null, dates: 0, times: 0, vague: false }
  let end = 0
  let at = 0
  let start = -1
  let opened: string | null = null
  for (;;) {
    // Whatever is skipped here counts only if a date, time or zone follows it.
    let next = at
    let mark: string | null = opened
    let first = -1
    for (let skipped = true; skipped; ) {
      skipped = false
      const gap = match(GAP, head, next)
      if (gap && (found.dates + found.times > 0 || gap[0].trim() === '')) {
        next += gap[0].length
        skipped = true
      }
      const run = emphasisAt(head, next)
      if (run !== '') {
        mark = mark === run ? null : run
        next += run.length
        skipped = true
      }
      const vague = match(VAGUE, head, next)
      if (vague && readToken(head, next + vague[0].length, { ...found })) {
        found.vague = true
        if (first < 0) first = next
        next += vague[0].length
        skipped = true
      }
    }
    let length = readToken(head, next, found)
    if (length === 0 && found.times + found.dates > 0) {
      const range = match(RANGE, head, next)
      const after = range ? readToken(head, next + range[0].length, { ...found }, true) : 0
      if (range && after > 0) {
        found.vague = true
        length = range[0].length + readToken(head, next + range[0].length, found)
      }
    }
    if (length === 0) break
    if (start < 0) start = first < 0 ? next : first
    at = end = next + length
    opened = mark
    const closing = emphasisAt(head, at)
    if (opened !== null && closing === opened) {
      at += closing.length
      opened = null
    }
  }
  if (found.dates + found.times === 0 || start < 0) return null
  const tail = readSeparator(text, at, opened)
  return {
    raw: head.slice(start, end).replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim(),
    rest: tail.rest,
    day: found.dates === 1 ? found.day : null,
    seconds: found.times === 1 ? found.seconds : null,
    zone: found.zone,
    hasDate: found.dates > 0,
    hasTime: found.times > 0,
    vague: found.vague || found.dates > 1 || found.times > 1,
    separated: tail.separated,
  }
}

interface Found {
  day: string | null
  seconds: number | null
  zone: string | null
  dates: number
  times: number
  vague: boolean
}

/** Reads one date, time, weekday, zone or bracket of these at `at`; gives its length, 0 for none. */
function readToken(text: string, at: number, found: Found, momentOnly = false): number {
  const moment = match(ISO_MOMENT, text, at)
  if (moment) {
    found.zone = moment[5] ?? found.zone
    sawDate(found, moment[1]!, '')
    return sawTime(found, moment[2]!, moment[3]!, moment[4] ?? '00', undefined, moment[0])
  }
  const iso = match(ISO_DATE, text, at)
  if (iso) return sawDate(found, `${iso[1]}-${iso[3]}-${iso[4]}`, iso[0])
  const time = match(TIME, text, at)
  if (time) return sawTime(found, time[1]!, time[2]!, time[3] ?? '00', time[4], time[0])
  const named = match(MONTH_DATE, text, at)
  if (named) return sawDate(found, dayOf(named[3], named[1]!, named[2]!), named[0])
  const dayFirst = match(DAY_DATE, text, at)
  if (dayFirst) return sawDate(found, dayOf(dayFirst[3], dayFirst[2]!, dayFirst[1]!), dayFirst[0])
  const numeric = match(NUMERIC_DATE, text, at)
  if (numeric) return sawDate(found, null, numeric[0])
  const hour = match(HOUR, text, at)
  if (hour) return sawTime(found, hour[1]!, '00', '00', hour[2], hour[0])
  if (momentOnly) return 0
  const weekday = match(WEEKDAY, text, at)
  if (weekday) {
    // 'Saturday' belongs to the time only if the date follows: a word of the entry must not be taken for it.
    const next = at + weekday[0].length
    const gap = match(/,?\s{1,3}/y, text, next)?.[0].length ?? 0
    const date = { ...found }
    return gap > 0 && readToken(text, next + gap, date, true) > 0 && date.dates > found.dates ? weekday[0].length : 0
  }
  if (found.times > 0) {
    const zone = match(ZONE, text, at)
    if (zone) {
      found.vague ||= found.zone !== null && found.zone !== zone[0]
      found.zone = zone[0]
      return zone[0].length
    }
  }
  if (text[at] === '(') {
    const close = text.indexOf(')', at)
    if (close < 0 || close - at > 40) return 0
    const inner = text.slice(at + 1, close)
    const copy = { ...found }
    let i = 0
    while (i < inner.length) {
      const gap = match(GAP, inner, i)
      if (gap) i += gap[0].length
      const length = readToken(inner, i, copy)
      if (length === 0) return 0
      i += length
    }
    Object.assign(found, copy)
    return inner === '' ? 0 : inner.length + 2
  }
  return 0
}

function sawDate(found: Found, day: string | null, written: string): number {
  found.dates++
  found.day = day !== null && isDay(day) ? day : null
  return written.length
}

function sawTime(
  found: Found,
  hour: string,
  minute: string,
  second: string,
  half: string | undefined,
  written: string,
): number {
  found.times++
  found.seconds = secondsOf(hour, Number(minute), Number(second), half?.toLowerCase())
  return written.length
}

/** '9:15' without am or pm could be either half of the day, '09:15' is meant in 24 hours. */
function secondsOf(hour: string, minute: number, second: number, half: string | undefined): number | null {
  let hours = Number(hour)
  if (minute > 59 || second > 59) return null
  if (half === undefined) {
    if (hours > 23 || hour.length < 2) return null
  } else {
    if (hours < 1 || hours > 12) return null
    hours = (hours % 12) + (half === 'p' ? 12 : 0)
  }
  return hours * 3600 + minute * 60 + second
}

function dayOf(year: string | undefined, month: string, day: string): string | null {
  if (year === undefined) return null
  const number = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`
}

function emphasisAt(text: string, at: number): string {
  const c = text[at]
  if (c !== '*' && c !== '_') return ''
  let end = at
  while (text[end] === c && end - at < 3) end++
  return text.slice(at, end)
}

function readSeparator(text: string, at: number, emphasis: string | null): { rest: string; separated: boolean } {
  const match = /^\s*(?:[:–—|]|-(?=[\s*_]|$))?/.exec(text.slice(at, at + 20))!
  let next = at + match[0].length
  let separated = match[0].trim() !== ''
  let open = emphasis
  if (open !== null && text.startsWith(open, next)) {
    next += open.length
    open = null
    const more = /^\s*(?:[:–—|]|-(?=\s|$))/.exec(text.slice(next, next + 20))
    if (more) {
      next += more[0].length
      separated = true
    }
  }
  const rest = text.slice(next).trim()
  return { rest: open === null || rest === '' ? rest : `${open}${rest}`, separated }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** The full dates written in a text, as days: for titles and file names. */
export function daysIn(text: string): string[] {
  const days = new Set<string>()
  const head = text.slice(0, 500)
  for (let at = 0; at < head.length; at++) {
    if (at > 0 && /[\p{L}\p{N}]/u.test(head[at - 1]!)) continue
    for (const pattern of [ISO_DATE, MONTH_DATE, DAY_DATE]) {
      const found = match(pattern, head, at)
      if (!found) continue
      const day =
        pattern === ISO_DATE
          ? `${found[1]}-${found[3]}-${found[4]}`
          : pattern === MONTH_DATE
            ? dayOf(found[3], found[1]!, found[2]!)
            : dayOf(found[3], found[2]!, found[1]!)
      if (day !== null && isDay(day)) days.add(day)
      at += found[0].length - 1
      break
    }
  }
  return [...days]
}
