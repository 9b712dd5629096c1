/** What those who came to a forum are asked after it, from its closing to the published answers. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { askAfterwards, feedbackJobs } from '#app/forums/ask-afterwards.server.ts'
import { keepRecord } from '#app/forums/close-forum.server.ts'
import { createForum } from '#app/forums/create-forum.server.ts'
import { feedbackDates, tooFew } from '#app/forums/feedback.ts'
import { viewFeedback } from '#app/forums/view-feedback.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { createJobs } from '#app/platform/jobs.server.ts'
import { createLog } from '#app/platform/log.server.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { invitedText, openWaveView } from '#app/surveys/inviting/open-wave-view.server.ts'
import { readSurveyFigures, readSurveyWaves } from '#app/surveys/results/survey-figures.server.ts'
import { waveJobs } from '#app/surveys/wave-jobs.server.ts'
import { inTransaction } from '#db/index.server.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { DAY, openSurveyHouse, type Respondent, type SurveyHouse } from '#test/support/survey-client.ts'
import { harvestOf } from './planned.ts'

async function openHouse(database: TestDatabase): Promise<SurveyHouse> {
  const db = await database.fresh()
  const house = await openSurveyHouse(db, { Payments: 16 })
  await prepareDatabase({ db, clock: house.clock })
  return house
}

/** A forum that these people came to, closed now. */
async function heldBy({ db, clock }: SurveyHouse, came: readonly Respondent[]): Promise<string> {
  const actor = terminalActor()
  const forum = { title: 'Review forum', startsAt: new Date(clock.at).toISOString(), timeZone: 'Europe/Berlin' }
  const id = await createForum({ db, clock, actor }, forum)
  const attended = came.map(({ personId }) => ({ personId, how: 'present' as const }))
  await inTransaction(db, tx => keepRecord(tx, { forumId: id, harvest: harvestOf([], { attended }), now: clock.at }))
  return id
}

/** An instance of the server with what it does by itself. */
function instance({ db, clock, dataDir }: SurveyHouse) {
  const site = { db, clock, dataDir, origin: null }
  return createJobs({ db, clock, log: createLog('silent') }, [...feedbackJobs(site), ...waveJobs(site)])
}

onBothDatabases('after a forum', database => {
  it('ten who came are asked once, however many instances there are, and the answers are published by themselves', async () => {
    const house = await openHouse(database)
    const { db, clock, people } = house
    const came = people.slice(0, 10)
    const id = await heldBy(house, came)
    expect(await viewFeedback(house, id), 'not decided yet').toBeNull()
    const jobs = instance(house)
    await Promise.all([jobs.tick(), instance(house).tick()])
    await askAfterwards({ ...house, origin: null }, id)
    const waves = await db.selectFrom('waves').select(['id', 'title', 'state', 'invited']).execute()
    expect(waves).toEqual([
      { id: 'after-review-forum-2-march-2026', title: 'After Review forum, 2 March 2026', state: 'open', invited: 10 },
    ])
    const wave = await house.wave(waves[0]!.id)
    expect(await viewFeedback(house, id)).toEqual({
      whyNot: null,
      wave: {
        id: wave.id,
        state: 'planned',
        answeringFrom: '2026-03-05T08:00:00.000Z',
        closesAt: '2026-03-12T16:00:00.000Z',
      },
    })
    expect(wave.charter).toMatchObject({ invited: 10, languages: ['en', 'de'], grouping: null, stewards: [] })

    clock.at = Date.parse(wave.collectingFrom)
    const ballots = await Promise.all(came.slice(0, 6).map(person => house.collect(wave, person)))
    await expect(house.collect(wave, people[12]!), 'who did not come has no ballot').rejects.toThrow()
    house.toAnswering(wave)
    for (const ballot of ballots)
      await house.cast(wave, ballot, { answers: { 'forum-was-useful': 5, 'felt-able-to-speak': 2 } })
    clock.at = Date.parse(wave.closesAt)
    await jobs.tick()
    await jobs.tick()
    expect((await viewFeedback(house, id))?.wave?.state).toBe('published')
    const { release } = await house.wave(wave.id)
    expect(release).toMatchObject({
      cast: 6,
      items: [
        { id: 'forum-was-useful', n: 6 },
        { id: 'felt-able-to-speak', n: 6 },
      ],
    })
    expect(
      await readSurveyFigures(db, new Date(clock.at + DAY).toISOString()),
      'and are no survey of the whole',
    ).toEqual({})
    const tomorrow = new Date(clock.at + DAY).toISOString()
    expect(
      await readSurveyWaves(db, { closedBefore: tomorrow, publishedBy: tomorrow }),
      'nor that of a report',
    ).toEqual([])
  })

  it('nine are not, and everybody reads why', async () => {
    const house = await openHouse(database)
    const id = await heldBy(house, house.people.slice(0, 9))
    await instance(house).tick()
    expect(await viewFeedback(house, id)).toEqual({
      whyNot: '9 people attended; fewer than 10 are not asked, since among so few nobody stays anonymous.',
      wave: null,
    })
  })

  it('almost the same people are not asked again within four weeks, but the very same are', async () => {
    const house = await openHouse(database)
    const first = house.people.slice(0, 12)
    await heldBy(house, first)
    const jobs = instance(house)
    await jobs.tick()
    house.clock.pass(28 * DAY)
    const id = await heldBy(house, house.people.slice(1, 13))
    const same = await heldBy(house, first)
    await jobs.tick()
    expect((await viewFeedback(house, id))?.whyNot).toMatch(/less than four weeks before/)
    expect((await viewFeedback(house, same))?.wave?.state).toBe('planned')
    expect(await house.db.selectFrom('waves').select('id').execute(), 'nothing stays of what was refused').toHaveLength(
      2,
    )
    house.clock.pass(28 * DAY + 11 * DAY)
    const later = await heldBy(house, house.people.slice(1, 13))
    await jobs.tick()
    expect((await viewFeedback(house, later))?.wave, 'four weeks after the closing they are').toBeTruthy()
  })

  it('nobody learns who came: neither from the list, nor by trying lists against the charter', async () => {
    const house = await openHouse(database)
    const came = house.people.slice(0, 10)
    const id = await heldBy(house, came)
    await instance(house).tick()
    const wave = await house.wave((await viewFeedback(house, id))!.wave!.id)
    for (const actor of [house.actorFor(came[0]!), house.actorFor(house.people[15]!, 'administrator')]) {
      expect((await openWaveView(house.context(actor), wave)).invited).toBeNull()
      await expect(invitedText(house.context(actor), wave.id)).rejects.toThrow('not')
    }
    const guess = came
      .map(person => `${person.email}\n`)
      .sort()
      .join('')
    expect(wave.charter?.invitedSha256).not.toBe(createHash('sha256').update(guess).digest('hex'))
    expect(JSON.stringify(wave.charter)).not.toContain('@x.test')
  })

  it('one that was closed days ago is left alone', async () => {
    const house = await openHouse(database)
    const id = await heldBy(house, house.people)
    house.clock.pass(4 * DAY)
    await instance(house).tick()
    expect(await viewFeedback(house, id)).toBeNull()
  })
})

describe('The days of the questions after a forum', () => {
  it('are working days, on the clocks of the forum, also when those change', () => {
    expect(feedbackDates('2026-03-27', 'Europe/Berlin', new Map()), 'a Friday before the clocks go forward').toEqual({
      collectingFrom: '2026-03-30T06:00:00.000Z',
      answeringFrom: '2026-04-01T07:00:00.000Z',
      closesAt: '2026-04-08T15:00:00.000Z',
    })
    expect(feedbackDates('2026-10-22', 'Europe/Berlin', new Map()), 'across the night on which they go back').toEqual({
      collectingFrom: '2026-10-23T06:00:00.000Z',
      answeringFrom: '2026-10-27T08:00:00.000Z',
      closesAt: '2026-11-03T16:00:00.000Z',
    })
  })

  it('do not come for too few', () => {
    expect([0, 1, 14, 15].map(attended => tooFew(attended, 15)?.split(';')[0] ?? null)).toEqual([
      'Nobody attended',
      'One person attended',
      '14 people attended',
      null,
    ])
  })
})
