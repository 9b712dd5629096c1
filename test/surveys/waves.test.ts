/** What opens and what does not; the life of a wave after its closing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { createJobs } from '#app/platform/jobs.server.ts'
import { createLog } from '#app/platform/log.server.ts'
import { abandonRestoredWaves, abandonWave } from '#app/surveys/abandon-wave.server.ts'
import { castResponse } from '#app/surveys/casting/cast-response.server.ts'
import { closeWave } from '#app/surveys/closing/close-wave.server.ts'
import { extendWave } from '#app/surveys/extend-wave.server.ts'
import { collectedBy } from '#app/surveys/inviting/collect-ballot.server.ts'
import { openWave } from '#app/surveys/planning/open-wave.server.ts'
import { publicWave } from '#app/surveys/public-wave.ts'
import { publishWave } from '#app/surveys/results/publish-wave.server.ts'
import { waveJobs } from '#app/surveys/wave-jobs.server.ts'
import { openDatabase } from '#db/index.server.ts'
import { refusalOf } from '#test/identity/house.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { keyFileOf } from '#test/support/files.ts'
import { aQuestionnaire, bodyOf, DAY, openSurveyHouse, type SurveyHouse } from '#test/support/survey-client.ts'

onBothDatabases('a wave', database => {
  it('opens with ten invited and not with nine, and says so beside the teams', async () => {
    const nine = await openSurveyHouse(await database.fresh(), { Payments: 9 })
    const { refusal, fields } = await refusalOf(nine.open())
    expect([refusal, Object.keys(fields)]).toEqual(['invalid', ['teams']])
    expect(existsSync(join(nine.dataDir, 'wave-keys')), 'and leaves no key').toBe(false)
    const ten = await openSurveyHouse(await database.fresh(), { Payments: 10 })
    const wave = await ten.open()
    expect(wave).toMatchObject({ state: 'collecting', invited: 10 })
    expect((await refusalOf(openWave(ten.context(), wave.id))).refusal).toBe('conflict')
    expect((await refusalOf(openWave(ten.context(ten.actorFor(ten.people[0]!)), wave.id))).refusal).toBe('not-found')
  })

  it('does not open once its closing has passed, with a steward who left, or with comments that nobody looks at', async () => {
    const house = await openSurveyHouse(await database.fresh())
    const late = await house.plan()
    const left = await house.plan({ stewardIds: [house.people[3]!.personId] })
    const nobody = await house.plan({ stewardIds: [] })
    await house.db
      .updateTable('people')
      .set({ left_on: '2026-01-01' })
      .where('id', '=', house.people[3]!.personId)
      .execute()
    expect(Object.keys((await refusalOf(openWave(house.context(), left))).fields)).toEqual(['stewards'])
    expect(Object.keys((await refusalOf(openWave(house.context(), nobody))).fields)).toEqual(['stewards'])
    house.clock.pass(2 * 3_600_000)
    expect(Object.keys((await refusalOf(openWave(house.context(), late))).fields)).toEqual(['answeringFrom'])
    house.clock.pass(9 * DAY)
    expect(Object.keys((await refusalOf(openWave(house.context(), late))).fields)).toEqual(['closesAt'])
  })

  it('does not open within four weeks of one with the same questions and almost the same people', async () => {
    const house = await openSurveyHouse(await database.fresh(), { Payments: 12, Search: 12 })
    const [payments, search] = [house.teamIds.Payments!, house.teamIds.Search!]
    await house.open({ teamIds: [payments] })
    const oneMore = { teamIds: [payments], personIds: [house.people.at(-1)!.personId] }
    expect(Object.keys((await refusalOf(house.open(oneMore))).fields)).toEqual(['collectingFrom'])
    const otherWords = aQuestionnaire({ id: 'renamed' })
    expect(
      Object.keys((await refusalOf(house.open({ ...oneMore, asks: otherWords }))).fields),
      'the words count',
    ).toEqual(['collectingFrom'])
    expect((await house.open({ teamIds: [payments] })).state, 'the same people').toBe('collecting')
    expect((await house.open({ teamIds: [search] })).state, 'entirely others').toBe('collecting')
    house.clock.pass((9 + 28) * DAY)
    const later = await house.open(oneMore)
    expect(later.state, 'four weeks later').toBe('collecting')
    house.clock.pass(40 * DAY)
    const next = await house.open({ teamIds: [payments], title: 'Next' })
    expect(next.state).toBe('collecting')
    house.clock.at = Date.parse(later.answeringFrom)
    const long = new Date(Date.parse(next.collectingFrom) - 27 * DAY).toISOString()
    expect((await refusalOf(extendWave(house.context(), later.id, long))).fields, 'nor is one extended so far').toEqual(
      {
        closesAt: expect.stringContaining('four weeks'),
      },
    )
  })

  it('freezes its charter, and tells it to anybody in their language', async () => {
    const house = await openSurveyHouse(await database.fresh(), { Payments: 12, Search: 9, Tiny: 3 })
    const wave = await house.open({ languages: ['en', 'de'] })
    const seen = publicWave(wave, 'de')
    expect(seen.questionnaire?.items[0]).toMatchObject({ id: 'safe', kind: 'scale', text: 'Zu safe', showIf: null })
    expect(seen.questionnaire?.group?.options.map(option => option.label)).toEqual(['Payments', 'Other teams'])
    expect(seen.charter).toMatchObject({ invited: 24, k: 5, fingerprint: seen.fingerprint, stewards: ['Payments 0'] })
    expect(publicWave(wave, 'fr').language).toBe('en')
    expect(JSON.stringify(seen), 'nobody but the steward is named').not.toMatch(/Search \d|@x\.test/)
    await house.db
      .updateTable('people')
      .set({ left_on: '2026-01-01' })
      .where('id', '=', house.people[3]!.personId)
      .execute()
    expect((await house.wave(wave.id)).invited, 'leavers stay in N').toBe(24)
  })

  it.each([0, 1, 4, 5])('with %i responses closes with what may be shown of them', async cast => {
    const house = await openSurveyHouse(await database.fresh())
    const wave = await house.open()
    const ballots = await Promise.all(house.people.slice(0, cast).map(person => house.collect(wave, person)))
    house.toAnswering(wave)
    for (const [n, ballot] of ballots.entries())
      await house.cast(wave, ballot, { answers: { safe: n + 1 }, comments: [{ item: 'more', text: `Comment ${n}` }] })
    const { release } = await house.close(wave)
    expect(release).toMatchObject({ invited: 12, collected: cast, cast })
    expect(release?.items.find(item => item.id === 'safe')?.n ?? null).toBe(cast < 5 ? null : 5)
    house.clock.pass(6 * DAY)
    const published = await publishWave(house.context(), wave.id)
    expect(published.state).toBe('published')
    const texts = published.release?.comments.flatMap(comment => comment.texts) ?? []
    expect(texts.sort()).toEqual(cast < 5 ? [] : [0, 1, 2, 3, 4].map(n => `Comment ${n}`))
    const kept = await house.db.selectFrom('wave_comments').select('id').execute()
    expect(kept, 'what was not publishable is erased').toHaveLength(texts.length)
  })

  it('has no answer in the database once it is closed, in any column', async () => {
    const house = await openSurveyHouse(await database.fresh())
    const wave = await house.open()
    const ballot = await house.collect(wave, house.people[0]!)
    house.toAnswering(wave)
    await house.cast(wave, ballot, { comments: [{ item: 'more', text: 'A telling sentence' }] })
    const sealed = await house.db.selectFrom('wave_responses').selectAll().executeTakeFirstOrThrow()
    expect(JSON.stringify(sealed)).not.toContain(ballot.serial)
    expect(sealed.sealed.length, 'of one size').toBe(65 + 4 + 2048 + 16)
    await house.cast(wave, await house.collect(wave, house.people[1]!), { answers: {} })
    const sizes = await house.db.selectFrom('wave_responses').select('sealed').execute()
    expect(new Set(sizes.map(row => row.sealed.length)).size).toBe(1)
    await house.close(wave)
    expect(await house.db.selectFrom('wave_responses').selectAll().execute()).toEqual([])
  })

  it('is answered and closed only where its key is, and only at the address it was opened at', async () => {
    const house = await openSurveyHouse(await database.fresh())
    const wave = await house.open()
    const ballot = await house.collect(wave, house.people[0]!)
    house.toAnswering(wave)
    const elsewhere = { ...house.context(), origin: 'https://copy.example.org' }
    await expect(castResponse(elsewhere, wave.id, bodyOf(ballot))).rejects.toMatchObject({ status: 410 })
    const copied = { ...house.context(), dataDir: join(house.dataDir, 'copy') }
    await expect(castResponse(copied, wave.id, bodyOf(ballot))).rejects.toMatchObject({ status: 410 })
    await expect(closeWave(copied, wave.id)).rejects.toMatchObject({ refusal: 'gone' })
    await house.cast(wave, ballot)
    expect(await house.close(wave)).toMatchObject({ state: 'closed', castCount: 1 })
  })

  it('that somebody changed in the database counts only what can be proven, and says so in the audit trail', async () => {
    const house = await openSurveyHouse(await database.fresh())
    const wave = await house.open()
    const ballots = await Promise.all(house.people.slice(0, 3).map(person => house.collect(wave, person)))
    house.toAnswering(wave)
    for (const ballot of ballots) await house.cast(wave, ballot)
    const [one, other] = await house.db.selectFrom('wave_responses').selectAll().orderBy('tag').execute()
    await house.db.updateTable('wave_responses').set({ sealed: other!.sealed }).where('tag', '=', one!.tag).execute()
    expect(await house.close(wave)).toMatchObject({ castCount: 2 })
    const acts = await house.db.selectFrom('audit_entries').select('act').where('act', 'like', 'wave.%').execute()
    expect(acts.map(row => row.act)).toContain('wave.responses-damaged')
  })

  it('that is abandoned keeps its charter and the reason, and nothing that was cast', async () => {
    const house = await openSurveyHouse(await database.fresh())
    const wave = await house.open()
    const ballot = await house.collect(wave, house.people[0]!)
    house.toAnswering(wave)
    await house.cast(wave, ballot)
    expect((await refusalOf(abandonWave(house.context(), wave.id, ' '))).fields).toHaveProperty('why')
    const abandoned = await abandonWave(house.context(), wave.id, 'We asked the wrong people.')
    expect(abandoned).toMatchObject({ state: 'abandoned', abandonedWhy: 'We asked the wrong people.' })
    expect(abandoned.charter).not.toBeNull()
    expect(await house.db.selectFrom('wave_responses').selectAll().execute()).toEqual([])
    expect(await house.db.selectFrom('wave_ballots').selectAll().execute()).toEqual([])
    expect(readdirSync(join(house.dataDir, 'wave-keys'))).toEqual([])
    await expect(house.cast(wave, ballot)).rejects.toMatchObject({ status: 410 })
    expect((await refusalOf(closeWave(house.context(), wave.id))).refusal).toBe('conflict')
    const closed = await house.open({ title: 'Another' })
    await house.close(closed)
    expect((await refusalOf(abandonWave(house.context(), closed.id, 'Too late'))).refusal).toBe('conflict')
  })

  it('that was open in a backup is abandoned when the backup is put in place', async () => {
    const house = await openSurveyHouse(await database.fresh())
    const wave = await house.open()
    const closed = await house.open({ title: 'Closed before' })
    await house.close(closed)
    expect(await abandonRestoredWaves(house.context())).toEqual(['Spring'])
    expect((await house.wave(wave.id)).state).toBe('abandoned')
    expect((await house.wave(closed.id)).state).toBe('closed')
  })

  it('closes at its time by itself, goes on with an interrupted closing, and forgets who collected after thirty days', async () => {
    const house = await openSurveyHouse(await database.fresh())
    const wave = await house.open()
    for (const person of house.people.slice(0, 7)) await house.collect(wave, person)
    const jobs = createJobs({ ...house, log: createLog('silent') }, waveJobs({ ...house, origin: null }))
    await jobs.tick()
    expect(await house.wave(wave.id)).toMatchObject({ state: 'collecting', collectedShown: 5 })
    await house.collect(wave, house.people[7]!)
    await house.collect(wave, house.people[8]!)
    await house.collect(wave, house.people[9]!)
    await jobs.tick()
    expect((await house.wave(wave.id)).collectedShown, 'once a day').toBe(5)
    house.clock.pass(DAY)
    await jobs.tick()
    expect((await house.wave(wave.id)).collectedShown).toBe(10)
    house.clock.at = Date.parse(wave.closesAt)
    const [one, two] = [jobs, createJobs({ ...house, log: createLog('silent') }, waveJobs({ ...house, origin: null }))]
    await Promise.all([one.tick(), two.tick()])
    expect(await house.wave(wave.id)).toMatchObject({ state: 'closed', collected: 10 })
    const other = await house.open({ title: 'Interrupted', ...laterDates(house) })
    const stop = () => {
      throw new Error('interrupted')
    }
    await expect(closeWave(house.context(), other.id, stop)).rejects.toThrow('interrupted')
    house.clock.pass(60_000)
    await jobs.tick()
    expect((await house.wave(other.id)).state).toBe('closed')
    house.clock.pass(31 * DAY)
    await jobs.tick()
    expect(await house.db.selectFrom('wave_ballots').select('person_id').execute()).toEqual([])
    expect((await house.wave(wave.id)).collected, 'a number stays').toBe(10)
    expect(await collectedBy(house.db, wave.id, house.people[0]!.personId)).toBe('not-collected')
  })
})

function laterDates(house: SurveyHouse) {
  const at = (days: number) => new Date(house.clock.at + days * DAY).toISOString()
  return { collectingFrom: at(0), answeringFrom: at(2), closesAt: at(5) }
}

onBothDatabases('settings of the database', database => {
  it('that write down who changed what when keep a wave from opening, where there are such', async () => {
    const url = await database.url()
    const first = openDatabase(url)
    const { migrate } = await import('#db/index.server.ts')
    await migrate(first)
    const isPostgres = url.startsWith('postgres')
    if (isPostgres) {
      const name = new URL(url).pathname.slice(1)
      await sql`alter database ${sql.id(name)} set log_statement = 'mod'`.execute(first)
      await sql`alter database ${sql.id(name)} set log_min_duration_statement = 0`.execute(first)
    }
    await first.destroy()
    const db = openDatabase(url)
    try {
      const house = await openSurveyHouse(db)
      const opening = house.open()
      if (!isPostgres) return void expect((await opening).state).toBe('collecting')
      const { fields, refusal } = await refusalOf(opening)
      expect([refusal, Object.keys(fields)]).toEqual(['invalid', ['database']])
      expect(fields.database).toMatch(/log_/)
    } finally {
      await db.destroy()
    }
  })
})

describe('the key file', () => {
  onBothDatabases('of a wave', database => {
    it('is its own where two databases beside one folder have waves of the same name', async () => {
      const house = await openSurveyHouse(await database.fresh())
      const other = await openSurveyHouse(await database.fresh())
      other.dataDir = house.dataDir
      const wave = await house.open()
      const namesake = await other.open()
      expect(namesake.id).toBe(wave.id)
      await other.close(namesake)
      const ballot = await house.collect(wave, house.people[0]!)
      house.toAnswering(wave)
      expect((await house.cast(wave, ballot)).isNew).toBe(true)
    })

    it('is the only place where its keys stand', async () => {
      const house = await openSurveyHouse(await database.fresh())
      const wave = await house.open()
      const file = keyFileOf(house.dataDir, wave.id) as string
      const secrets = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
      const row = await house.db.selectFrom('waves').selectAll().executeTakeFirstOrThrow()
      for (const name of ['signing', 'opening', 'marking']) expect(JSON.stringify(row)).not.toContain(secrets[name])
      expect(wave.publicKey).not.toBeNull()
    })
  })
})
