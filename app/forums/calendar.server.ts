/** Forums as calendar entries (RFC 5545): invitations, their updates and cancellations (RFC 5546), and feeds. */

import ical, {
  ICalAttendeeRole,
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventStatus,
  type ICalLuxonDateTimeStub,
} from 'ical-generator'
import { tzlib_get_ical_block } from 'timezones-ical-library'
import { wallTime } from '#app/platform/wall-time.ts'
import type { Appointment } from './appointment.ts'

/** What an entry is made of. */
export interface CalendarForum extends Appointment {
  sequence: number
  updatedAt: string
  facilitator: { name: string; email: string } | null
}

const PRODUCT = { company: 'Candor', product: 'Forums', language: 'EN' }

/**
 * The entry that one person is sent. Its UID never changes; a higher SEQUENCE replaces what came before.
 * @param origin the address that links begin with. @param organiser whose address answers go to.
 */
export function invitationFile(
  forum: CalendarForum,
  {
    origin,
    organiser,
    to,
  }: { origin: string; organiser: { name: string; email: string }; to: { name: string; email: string } },
): { method: 'REQUEST' | 'CANCEL'; content: string } {
  const method = forum.state === 'cancelled' ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST
  const calendar = ical({ prodId: PRODUCT, method })
  const event = addForum(calendar, forum, origin)
  event.organizer({ name: parameter(organiser.name), email: organiser.email })
  event.createAttendee({
    name: parameter(to.name),
    email: to.email,
    role: ICalAttendeeRole.OPT,
    rsvp: method === ICalCalendarMethod.REQUEST,
  })
  return { method, content: calendar.toString() }
}

/** All of somebody's forums in one calendar; the cancelled ones say so. */
export function feedFile(forums: readonly CalendarForum[], { origin, name }: { origin: string; name: string }): string {
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod.PUBLISH, name, ttl: 3_600 })
  for (const forum of forums) addForum(calendar, forum, origin)
  return calendar.toString()
}

function addForum(calendar: ICalCalendar, forum: CalendarForum, origin: string) {
  const zone = zoneBlock(forum.timeZone) === null ? null : forum.timeZone
  calendar.timezone({ name: null, generator: zoneBlock })
  const start = Date.parse(forum.startsAt)
  const end = start + forum.minutes * 60_000
  const page = `${origin}/forums/${forum.id}`
  return calendar.createEvent({
    id: `forum-${forum.id}@candor`,
    sequence: forum.sequence,
    stamp: new Date(forum.updatedAt),
    timezone: zone,
    start: zone === null ? new Date(start) : atWall(start),
    end: zone === null ? new Date(end) : atWall(end),
    summary: forum.title,
    location: [forum.place, forum.callUrl].filter(Boolean).join(', '),
    description: [
      ...(forum.facilitator ? [`Facilitated by ${forum.facilitator.name}.`] : []),
      `Agenda and what to read before: ${page}`,
      ...(forum.callUrl ? [`Call: ${forum.callUrl}`] : []),
    ].join('\n'),
    url: page,
    status: forum.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  })
}

/** The VTIMEZONE of a zone; null for those that have none, whose times are then written in UTC. */
function zoneBlock(timeZone: string): string | null {
  const block = tzlib_get_ical_block(timeZone)[0]
  return block?.startsWith('BEGIN:VTIMEZONE') ? block : null
}

/** The generator reads a Date in the zone of this very machine; what it takes for Luxon it asks for the zone's own time. */
function atWall(moment: number, zone = 'UTC'): ICalLuxonDateTimeStub {
  const wall = () => wallTime(zone, moment).replace(/[-:]/g, '')
  return {
    setZone: named => atWall(moment, named ?? 'UTC'),
    zone: { type: 'iana' },
    toFormat: format => (format === 'HHmmss' ? `${wall().slice(9)}00` : wall().slice(0, 8)),
    toJSDate: () => new Date(moment),
    get isValid() {
      return true
    },
    toJSON: () => new Date(moment).toISOString(),
  }
}

/** A parameter's value may hold no quotation mark, however it is escaped (RFC 5545, 3.2), and no line break. */
function parameter(text: string): string {
  return text.replace(/["\r\n]+/g, ' ').trim()
}
