/** Planning a wave: what a plan must be, who sees what, mails to all alike, and the next wave. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createJobs } from '#app/platform/jobs.server.ts'
import { createLog } from '#app/platform/log.server.ts'
import { createMailer, type Mailer } from '#app/platform/mail.server.ts'
import { wallTime } from '#app/platform/wall-time.ts'
import { invitationJobs } from '#app/surveys/inviting/mail-invited.server.ts'
import { MAIL_SLOTS, mailSlotAt } from '#app/surveys/inviting/mail-slots.ts'
import { openSurveysFor, plansToOpen } from '#app/surveys/inviting/waiting.server.ts'
import { listSurveys } from '#app/surveys/list-surveys.server.ts'
import { manageWave } from '#app/surveys/manage-wave.server.ts'
import { datesMonthsLater, defaultDates } from '#app/surveys/planning/default-dates.ts'
import { dryRun } from '#app/surveys/planning/dry-run.server.ts'
import { planNextWaves } from '#app/surveys/planning/plan-next-wave.server.ts'
import { previewWave } from '#app/surveys/planning/preview-wave.server.ts'
import { savePlan } from '#app/surveys/planning/save-plan.server.ts'
import { refusalOf } from '#test/identity/house.ts'
import { startMailServer } from '#test/identity/mail-server.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { DAY, openSurveyHouse, type SurveyHouse } from '#test/support/survey-client.ts'

const HOUR = 3_600_000

describe('The dates of a plan', () => {
  test('begin on the next Monday, never today', () => {
    expect(defaultDates('2026-11-23').collectingFrom).toBe('2026-11-30T09:00')
    expect(defaultDates('2026-11-29')).toEqual({
      collectingFrom: '2026-11-30T09:00',
      answeringFrom: '2026-12-02T09:00',
      closesAt: '2026-12-16T17:00',
    })
  })

  test('are moved by months to the same day of the week and the same time on the wall', () => {
    const moment = fc.integer({ min: Date.parse('2025-01-01'), max: Date.parse('2030-01-01') })
    fc.assert(
      fc.property(
        moment,
        fc.constantFrom(3, 6, 12),
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC'),
        (at, months, zone) => {
          // Early enough on the wall that no change of clocks leaves the time out.
          const start = Math.floor(at / DAY) * DAY + 15 * HOUR
          const iso = (time: number) => new Date(time).toISOString()
          const dates = {
            collectingFrom: iso(start),
            answeringFrom: iso(start + 2 * DAY),
            closesAt: iso(start + 9 * DAY),
          }
          const later = datesMonthsLater(dates, months, zone)
          for (const key of ['collectingFrom', 'answeringFrom', 'closesAt'] as const) {
            const [before, after] = [dates[key], later[key]].map(one => wallTime(zone, Date.parse(one)))
            expect(after!.slice(10)).toBe(before!.slice(10))
            const weekday = (wall: string) => new Date(`${wall}Z`).getUTCDay()
            expect(weekday(after!)).toBe(weekday(before!))
          }
          expect(later.collectingFrom > dates.collectingFrom).toBe(true)
          expect(later.answeringFrom < later.closesAt).toBe(true)
        },
      ),
    )
  })
})

test('A wave sends an invitation and at most two reminders, in this order and only while it is open', () => {
  const lengths = fc.record({ collecting: fc.integer({ min: 2, max: 20 }), answering: fc.integer({ min: 1, max: 60 }) })
  fc.assert(
    fc.property(lengths, ({ collecting, answering }) => {
      const iso = (day: number) => new Date(day * DAY).toISOString()
      const wave = { collectingFrom: iso(0), answeringFrom: iso(collecting), closesAt: iso(collecting + answering) }
      const sent = []
      for (let now = -DAY; now < (collecting + answering + 2) * DAY; now += 6 * HOUR) sent.push(mailSlotAt(wave, now))
      const slots = [...new Set(sent.filter(Boolean))]
      expect(slots).toEqual(MAIL_SLOTS.slice(0, slots.length))
      expect(sent.at(0)).toBeNull()
      expect(sent.at(-1)).toBeNull()
      expect(slots).toHaveLength(answering >= 6 ? 3 : 2)
    }),
  )
})

let smtp: Awaited<ReturnType<typeof startMailServer>>
beforeAll(async () => {
  smtp = await startMailServer()
})
afterAll(() => smtp.stop())

/** Another instance each time, as after a restart. */
function post(house: SurveyHouse, options: { origin?: string | null; smtpUrl?: string; mailer?: Mailer } = {}) {
  const { origin = 'https://candor.example.org', smtpUrl = smtp.url } = options
  const { db, clock } = house
  const log = createLog('silent')
  const mailer = options.mailer ?? createMailer({ smtpUrl, folder: '/nowhere', from: 'candor@example.org' })
  return createJobs({ db, clock, log }, invitationJobs({ db, clock, mailer, log, origin })).tick()
}

onBothDatabases('Planning a wave', (database: TestDatabase) => {
  const open = async (teams?: Record<string, number>) => openSurveyHouse(await database.fresh(), teams)

  test('is refused beside the field that is wrong', async () => {
    const house = await open()
    const iso = (days: number) => new Date(house.clock.at + days * DAY).toISOString()
    const fields = async (more: Parameters<SurveyHouse['plan']>[0]) => (await refusalOf(house.plan(more))).fields
    expect(Object.keys(await fields({ title: ' ' }))).toEqual(['title'])
    expect(await fields({ answeringFrom: iso(1) })).toHaveProperty('answeringFrom')
    expect(await fields({ closesAt: iso(1) })).toHaveProperty('closesAt')
    expect(await fields({ collectingFrom: iso(-20), answeringFrom: iso(-10), closesAt: iso(-1) })).toEqual({
      closesAt: 'That has passed already.',
    })
    expect(await fields({ k: 4 })).toEqual({ k: 'At least 5.' })
    expect(await fields({ teamIds: [] })).toHaveProperty('teams')
    expect(await fields({ teamIds: ['nowhere'] })).toHaveProperty('teams')
    expect(await fields({ personIds: ['nobody'] })).toHaveProperty('people')
    expect(await fields({ languages: ['fr'] })).toEqual({ languages: 'The questionnaire does not speak fr.' })
    const member = house.context(house.actorFor(house.people[0]!))
    expect((await refusalOf(savePlan(member, null, {} as never))).refusal).toBe('not-found')
  })

  test('gives it an address that stays, can be changed until it opens, and not after', async () => {
    const house = await open()
    const id = await house.plan({ title: 'New' })
    expect(id).toBe('new-2')
    const { plan, ...wave } = await house.wave(id)
    const change = { ...wave, ...plan, title: 'Renamed', k: 7 } as unknown as Parameters<typeof savePlan>[2]
    expect(await savePlan(house.context(), id, change)).toBe(id)
    expect(await house.wave(id)).toMatchObject({ title: 'Renamed', plan: { k: 7 } })
    await manageWave(house.context(), id, { act: 'open', isConfirmed: true, closesAt: '', why: '' }, 'UTC')
    expect((await refusalOf(savePlan(house.context(), id, change))).refusal).toBe('conflict')
  })

  test('is followed by acts that are confirmed first', async () => {
    const house = await open()
    const id = await house.plan()
    const act = (name: string, more = {}) =>
      manageWave(
        house.context(),
        id,
        { act: name, isConfirmed: false, closesAt: '', why: '', ...more },
        'Europe/Berlin',
      )
    for (const name of ['open', 'close', 'publish', 'abandon'])
      expect((await refusalOf(Promise.resolve().then(() => act(name)))).fields).toHaveProperty(`confirm-${name}`)
    await act('open', { isConfirmed: true })
    await act('extend', { closesAt: '2026-03-20T17:00' })
    expect((await house.wave(id)).closesAt).toBe('2026-03-20T16:00:00.000Z')
    expect((await refusalOf(act('extend', { closesAt: '2026-03-21T17:00' }))).refusal).toBe('conflict')
    expect((await refusalOf(act('abandon', { isConfirmed: true }))).fields).toHaveProperty('why')
    await act('abandon', { isConfirmed: true, why: 'Half of us are ill.' })
    expect(await house.wave(id)).toMatchObject({ state: 'abandoned', abandonedWhy: 'Half of us are ill.' })
  })

  test('shows the charter as it will be, and who has no account to collect with', async () => {
    const house = await open({ Payments: 12, Search: 9, Data: 3 })
    const wave = await house.wave(await house.plan())
    const preview = await previewWave(house.context(), wave)
    expect(preview.withoutAccount).toHaveLength(24)
    expect(preview.charter.invited).toBe(24)
    const opened = await house.wave(
      (await manageWave(house.context(), wave.id, { act: 'open', isConfirmed: true, closesAt: '', why: '' }, 'UTC')).id,
    )
    expect({ ...opened.charter, invitedSha256: '', fingerprint: '', questionnaire: null }).toEqual({
      ...preview.charter,
      questionnaire: null,
    })
  })

  test('can be tried with invented answers, of which nothing is kept', async () => {
    const house = await open({ Payments: 20, Search: 9 })
    const id = await house.plan()
    const { release } = await dryRun(house.context(), id, 1)
    expect(release.cast).toBeGreaterThan(5)
    expect(release.cast).toBeLessThanOrEqual(29)
    expect(release.groups.map(group => group.id)).toContain('payments')
    expect((await dryRun(house.context(), id, 1)).release.items).toEqual(release.items)
    expect(await house.db.selectFrom('wave_responses').selectAll().execute()).toEqual([])
    expect((await house.wave(id)).state).toBe('planned')
  })

  test('is seen by administrators alone until it opens; then the invited are told alike', async () => {
    const house = await open({ Payments: 12, Search: 9 })
    const id = await house.plan({ teamIds: [house.teamIds.Payments!] })
    const [invited, other] = ['payments-0@x.test', 'search-0@x.test'].map(email =>
      house.actorFor(house.people.find(person => person.email === email)!),
    )
    const seenBy = async (actor = house.context().actor) => (await listSurveys(house.context(actor), null)).waves
    expect(await seenBy(invited)).toEqual([])
    expect(await seenBy()).toMatchObject([{ id, state: 'planned', mayManage: true }])
    await manageWave(house.context(), id, { act: 'open', isConfirmed: true, closesAt: '', why: '' }, 'UTC')
    expect(await seenBy(invited)).toMatchObject([{ id, isInvited: true, mayManage: false, responseRate: null }])
    expect(await seenBy(other)).toMatchObject([{ id, isInvited: false }])

    const before = await openSurveysFor(house.context(invited))
    expect(before).toMatchObject([{ id, state: 'collecting' }])
    expect(await openSurveysFor(house.context(other))).toEqual([])
    await house.collect(await house.wave(id), house.people.find(person => person.personId === invited!.personId)!)
    expect(await openSurveysFor(house.context(invited))).toEqual(before)
  })

  test('lists waves page by page', async () => {
    const house = await open()
    for (let n = 0; n < 22; n++) await house.plan({ title: `Wave ${n}` })
    const first = await listSurveys(house.context(), null)
    expect(first.waves).toHaveLength(20)
    const rest = await listSurveys(house.context(), first.older)
    expect(rest).toMatchObject({ older: null })
    expect(new Set([...first.waves, ...rest.waves].map(wave => wave.id)).size).toBe(22)
  })

  test('lists many waves in as many queries as one', async () => {
    const house = await open()
    const counted = async () => {
      let queries = 0
      const db = house.db.withPlugin({
        transformQuery({ node }) {
          queries++
          return node
        },
        transformResult: async ({ result }) => result,
      })
      const actor = house.actorFor(house.people[0]!, 'administrator')
      await listSurveys({ db: db as typeof house.db, clock: house.clock, actor }, null)
      return queries
    }
    await house.plan()
    const few = await counted()
    for (let n = 0; n < 12; n++) await house.plan({ title: `Wave ${n}` })
    expect(await counted()).toBe(few)
  })

  test('reminds administrators of plans that nobody has opened, since none opens by itself', async () => {
    const house = await open()
    const at = (days: number) => new Date(house.clock.at + days * DAY).toISOString()
    const soon = await house.plan({ title: 'Soon', collectingFrom: at(3), answeringFrom: at(6) })
    await house.plan({ title: 'Later', collectingFrom: at(30), answeringFrom: at(33), closesAt: at(40) })
    expect((await plansToOpen(house.context())).map(plan => plan.id)).toEqual([soon])
    expect(await plansToOpen(house.context(house.actorFor(house.people[0]!)))).toEqual([])
  })

  test('writes to everybody once in the morning, whoever else is running, the same to all', async () => {
    const house = await open()
    smtp.mails.length = 0
    const wave = await house.open()
    await Promise.all([post(house), post(house)])
    await post(house)
    expect(smtp.mails.flatMap(mail => mail.to).sort()).toEqual(house.people.map(person => person.email).sort())
    expect(new Set(smtp.mails.map(mail => mail.text)).size).toBe(1)
    const text = smtp.mails[0]?.text.replaceAll('\r', '')
    expect(text).toContain(`https://candor.example.org/surveys/${wave.id}\n`)
    expect(text).toContain(`https://candor.example.org/respond/${wave.id}\n`)
    expect(text).toContain(wave.charter!.fingerprint)
    const jobs = (await house.db.selectFrom('jobs').select('id').execute()).map(job => job.id)
    expect(jobs.sort()).toEqual([
      `survey-mails:${wave.id}:invitation:organisation`,
      `survey-mails:${wave.id}:invitation:organisation:1`,
    ])
  })

  test('reminds twice at most, those who have answered too', async () => {
    const house = await open()
    smtp.mails.length = 0
    const wave = await house.open()
    const ballot = await house.collect(wave, house.people[0]!)
    const counts: number[] = []
    for (let hour = 0; hour < 10 * 24; hour += 12) {
      await post(house)
      if (hour === 60) await house.cast(wave, ballot)
      counts.push(smtp.mails.length)
      house.clock.pass(12 * HOUR)
    }
    expect(counts.at(-1)).toBe(3 * house.people.length)
    expect(smtp.mails.filter(mail => mail.to[0] === house.people[0]!.email)).toHaveLength(3)
  })

  test('writes when it is morning where somebody is', async () => {
    const house = await open()
    smtp.mails.length = 0
    const [inAuckland] = house.people
    await house.db
      .updateTable('people')
      .set({ time_zone: 'Pacific/Auckland' })
      .where('id', '=', inAuckland!.personId)
      .execute()
    await house.open()
    await post(house)
    expect(smtp.mails).toHaveLength(house.people.length - 1)
    // Nine in the evening in London is ten in the morning there.
    house.clock.pass(12 * HOUR)
    await post(house)
    expect(smtp.mails.at(-1)?.to).toEqual([inAuckland!.email])
    expect(smtp.mails).toHaveLength(house.people.length)
  })

  test('waits without an address of its own, and tries again when no mail goes out', async () => {
    const house = await open()
    smtp.mails.length = 0
    await house.open()
    await post(house, { origin: null })
    await post(house, { smtpUrl: 'smtp://127.0.0.1:1' })
    expect(smtp.mails).toHaveLength(0)
    house.clock.pass(HOUR)
    await post(house)
    expect(smtp.mails).toHaveLength(house.people.length)
  })

  test('never writes twice, though a process ended amid its mails', async () => {
    const house = await open()
    smtp.mails.length = 0
    await house.open()
    const sent: string[] = []
    const dying: Mailer = {
      folder: null,
      send({ to }) {
        sent.push(to)
        return new Promise(() => {})
      },
    }
    void post(house, { mailer: dying })
    await expect.poll(() => sent).toHaveLength(1)
    house.clock.pass(HOUR)
    await post(house)
    expect(smtp.mails).toHaveLength(0)
    house.clock.pass(2 * DAY)
    await post(house)
    expect(smtp.mails.map(mail => mail.text.includes('can be answered until'))).toEqual(house.people.map(() => true))
  })

  test('goes on by itself: the next wave is planned once, when one has closed', async () => {
    const house = await open()
    const wave = await house.open({ repeatMonths: 3, title: 'Spring' })
    expect(await planNextWaves(house.context())).toEqual([])
    house.toAnswering(wave)
    await house.close(wave)
    const [id = '', ...more] = await planNextWaves(house.context())
    expect(more).toEqual([])
    expect(await planNextWaves(house.context())).toEqual([])
    const next = await house.wave(id)
    expect(next).toMatchObject({ state: 'planned', previousId: wave.id, title: 'Spring (June 2026)', plan: wave.plan })
    expect(next.collectingFrom).toBe('2026-06-08T09:00:00.000Z')
  })
})
