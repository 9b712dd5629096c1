/** The organisation's days off, as they are written: a line for each, '2026-12-25 Christmas Day'. Pure. */
import { type Day, isDay } from '#app/measure/period.ts'

/** Names by day, the earliest first. */
export type DaysOff = ReadonlyMap<Day, string>

const MOST = 500
const NAME_LIMIT = 100
const UNSEEN = /[\p{Cc}\p{Cs}]/u
const LINE = /^(\d{4}-\d{2}-\d{2})(?:[\s,;:]+(.*))?$/u

/** What was understood, and a sentence on each line that was not. */
export function readDaysOff(text: string): { days: DaysOff; complaints: string[] } {
  const found = new Map<Day, { name: string; line: number }>()
  const complaints: string[] = []
  for (const [index, source] of text.split(/\r\n?|\n/).entries()) {
    const line = index + 1
    if (source.trim() === '') continue
    const [, day, rest = ''] = LINE.exec(source.trim()) ?? []
    const name = rest.replace(/\s+/g, ' ')
    const complaint = complaintAbout(day, name, day === undefined ? undefined : found.get(day)?.line)
    if (complaint) complaints.push(`Line ${line} ${complaint}.`)
    else found.set(day!, { name, line })
  }
  if (found.size > MOST) complaints.push(`These are ${found.size} days; at most ${MOST} are kept.`)
  const days = [...found].map(([day, { name }]): [Day, string] => [day, name])
  return { days: new Map(days.sort(([one], [other]) => (one < other ? -1 : 1))), complaints }
}

function complaintAbout(day: Day | undefined, name: string, knownOn: number | undefined): string | null {
  if (day === undefined) return 'does not begin with a day such as 2026-12-25'
  if (!isDay(day)) return `names ${day}, which is no day of the calendar`
  if (name === '') return `has no name after ${day}`
  if (UNSEEN.test(name)) return 'has a character that cannot be shown'
  if (name.length > NAME_LIMIT) return `has a name of more than ${NAME_LIMIT} characters`
  return knownOn === undefined ? null : `names ${day}, as line ${knownOn} does`
}

export function writeDaysOff(days: DaysOff): string {
  return [...days].map(([day, name]) => `${day} ${name}`).join('\n')
}
