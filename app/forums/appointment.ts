/** When and where a forum is: what every list, page and calendar entry says of it. */
import type { ForumsTables } from '#db/tables/forums.ts'

export interface Appointment {
  id: string
  title: string
  state: string
  startsAt: string
  timeZone: string
  minutes: number
  place: string
  callUrl: string
}

export function appointmentOf(row: ForumsTables['forums']): Appointment {
  return {
    id: row.id,
    title: row.title,
    state: row.state,
    startsAt: row.starts_at,
    timeZone: row.time_zone,
    minutes: row.minutes,
    place: row.place,
    callUrl: row.call_url,
  }
}

/** A forum that nobody was told of yet and that has not been held. */
export function untold(now: string) {
  return {
    sequence: 0,
    invited_sequence: null,
    closed_at: null,
    cancelled_reason: null,
    presence_erased_at: null,
    created_at: now,
    updated_at: now,
  }
}
