/** What the tests of mails share: an instance that sends into a list, and a calendar program that reads what came. */
import ICAL from 'ical.js'
import { forumJobs } from '#app/forums/forum-jobs.server.ts'
import { createJobs } from '#app/platform/jobs.server.ts'
import { createLog } from '#app/platform/log.server.ts'
import type { Mail } from '#app/platform/mail.server.ts'
import type { Db } from '#db/index.server.ts'

export const ORIGIN = 'https://candor.example.org'

/** One instance with its jobs, its mails in a list. */
export function instance(
  db: Db,
  clock: { now(): number },
  fails: (mail: Mail) => boolean = () => false,
  mails: Mail[] = [],
) {
  const mailer = {
    folder: null,
    async send(mail: Mail) {
      if (fails(mail)) throw new Error('The server is away')
      mails.push(mail)
    },
  }
  const log = createLog('silent')
  return { mails, ...createJobs({ db, clock, log }, forumJobs({ db, clock, log, mailer, origin: ORIGIN })) }
}

/** What a calendar program reads: the method, and each entry with its time by its own VTIMEZONE. */
export function parsed(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  const entries = calendar.getAllSubcomponents('vevent').map(component => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      sequence: event.sequence,
      startsAt: event.startDate.toJSDate().toISOString(),
      minutes: event.duration.toSeconds() / 60,
      zone: event.startDate.zone?.tzid,
      summary: event.summary,
      status: component.getFirstPropertyValue('status'),
      stamp: String(component.getFirstPropertyValue('dtstamp')),
    }
  })
  return {
    method: calendar.getFirstPropertyValue('method'),
    zones: calendar.getAllSubcomponents('vtimezone').length,
    entries,
  }
}
