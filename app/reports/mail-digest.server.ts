/** Sends the weekly digest on Monday morning by the reader's own clock, to those who asked for it and have news. */
import { listForums } from '#app/forums/list-forums.server.ts'
import type { Actor } from '#app/identity/actor.ts'
import { peopleHereByZone, type Recipient } from '#app/identity/mail-recipients.server.ts'
import { everybodyHere } from '#app/identity/people.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { addDays, daysBetween, periodBetween, startOfDay } from '#app/measure/period.ts'
import { dayIn, isoNow } from '#app/platform/clock.ts'
import { weeklySlot } from '#app/platform/job-slots.ts'
import type { Turn } from '#app/platform/jobs.server.ts'
import { type Office, sendEach } from '#app/platform/office.server.ts'
import { clockInWords } from '#app/platform/wall-time.ts'
import { listActionItems } from '#app/postmortems/list-action-items.server.ts'
import { recentlyPublished } from '#app/postmortems/recently-published.server.ts'
import { readRecurringThemes } from '#app/postmortems/recurring-themes.server.ts'
import { type Digest, digestMail, hasNews, patternsAmong } from './digest.ts'
import { claimDigest, forgetDigest } from './mail-queries.server.ts'

const MONDAY_MORNING = { weekday: 1, hour: 8 }
/** Stands in a slot for those who chose no zone of their own. */
const HOUSE = 'organisation'
/** Where a day begins first, and where it ends last. */
const EARLIEST = 'Pacific/Kiritimati'
const LATEST = 'Etc/GMT+12'
const PATTERN_DAYS = 90
const MOST_LISTED = 8
const SOON_DAYS = 7

/** A slot is a Monday and a zone in which its morning has come. */
export async function digestSlots(office: Office, now: number): Promise<string[]> {
  if (office.origin === null) return []
  const isAnywhere = [EARLIEST, LATEST].some(zone => weeklySlot(now, zone, MONDAY_MORNING) !== null)
  if (!isAnywhere) return []
  const { timeZone } = await readSettings(office.db)
  const zones = await subscribersByZone(office, dayIn(timeZone, now))
  return [...zones.keys()]
    .flatMap(zone => {
      const monday = weeklySlot(now, zone ?? timeZone, MONDAY_MORNING)
      return monday === null ? [] : [`${monday}:${zone ?? HOUSE}`]
    })
    .sort()
}

async function subscribersByZone({ db }: Office, day: string): Promise<Map<string | null, Recipient[]>> {
  const everybody = await everybodyHere(db, day)
  return peopleHereByZone(
    db,
    everybody.map(person => person.id),
    day,
    'digest',
  )
}

/** Each reader once a week, also when they move to another zone amid it. @throws Error when some could not be sent. */
export async function mailDigests(office: Office, turn: Turn): Promise<void> {
  const { db, clock, mailer, origin } = office
  const [week = '', ...name] = turn.slot.split(':')
  const zone = name.join(':')
  const settings = await readSettings(db)
  if (origin === null) return
  const timeZone = zone === HOUSE ? settings.timeZone : zone
  const readers = (await subscribersByZone(office, dayIn(settings.timeZone, clock.now()))).get(
    zone === HOUSE ? null : zone,
  )
  if (!readers) return
  const shared = await newsOfAll(office, week, timeZone)
  await sendEach(office, turn, readers, 'a weekly digest', async one => {
    const digest = { ...shared, overdue: await overdueFor(office, one, timeZone) }
    if (!hasNews(digest) || !(await claimDigest(db, { week, personId: one.id }, isoNow(clock)))) return
    try {
      await mailer.send(digestMail(one, digest, { organisation: settings.organisationName, origin }))
    } catch (error) {
      await forgetDigest(db, { week, personId: one.id })
      throw error
    }
  })
}

/** What everybody may read, so it is the same for all of a zone. */
async function newsOfAll({ db, clock }: Office, week: string, timeZone: string): Promise<Omit<Digest, 'overdue'>> {
  const now = isoNow(clock)
  const lastWeek = periodBetween(addDays(week, -7), week, timeZone)
  const lately = periodBetween(addDays(week, -PATTERN_DAYS), week, timeZone)
  const before = periodBetween(addDays(week, -2 * PATTERN_DAYS), lately.firstDay, timeZone)
  const [postmortems, { themes }, forums] = await Promise.all([
    recentlyPublished(db, lastWeek, MOST_LISTED),
    readRecurringThemes(db, { period: lately, before, asOf: now }),
    listForums({ db, actor: memberWith('', timeZone) }, 'to come', { offset: 0, limit: 1 }),
  ])
  const next = forums.items[0]
  return {
    week,
    postmortems,
    patterns: patternsAmong(themes),
    forum: next
      ? {
          id: next.id,
          title: next.title,
          when: clockInWords(timeZone, Date.parse(next.startsAt), { withDay: true }),
          isThisWeek: next.startsAt < startOfDay(addDays(week, SOON_DAYS), timeZone),
          items: next.items,
        }
      : null,
  }
}

async function overdueFor({ db, clock }: Office, reader: Recipient, timeZone: string): Promise<Digest['overdue']> {
  const context = { db, clock, actor: memberWith(reader.id, timeZone) }
  const [own, all] = await Promise.all([
    listActionItems(context, { owner: 'me', due: 'overdue' }, { offset: 0, limit: MOST_LISTED }),
    listActionItems(context, { due: 'overdue' }, { offset: 0, limit: 1 }),
  ])
  return {
    own: own.items.map(({ id, facts }) => ({
      id,
      title: facts.title,
      daysLate: daysBetween(facts.dueOn!, own.today),
    })),
    ownTotal: own.total,
    everybody: all.total,
  }
}

/** Whoever reads the digest may read at least this: a mail can be passed on, so a higher role sees no more in it. */
function memberWith(personId: string, timeZone: string): Actor {
  return { accountId: '', personId, name: '', email: '', role: 'member', timeZone, via: 'terminal' }
}
