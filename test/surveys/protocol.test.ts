/** Collecting, casting and closing, as the contract says. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { collectedBy } from '#app/surveys/inviting/collect-ballot.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { keyFileOf } from '#test/support/files.ts'
import { openSurveyHouse } from '#test/support/survey-client.ts'

onBothDatabases('a wave from opening to closing', database => {
  it('takes what was collected and cast, and keeps the release and nothing else', async () => {
    const house = await openSurveyHouse(await database.fresh(), { Payments: 12, Search: 8 })
    const wave = await house.open()
    expect(wave.state).toBe('collecting')
    expect(wave.invited).toBe(20)
    const file = keyFileOf(house.dataDir, wave.id) as string
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const ballots = await Promise.all(house.people.slice(0, 15).map(person => house.collect(wave, person)))
    expect(await collectedBy(house.db, wave.id, house.people[0]!.personId)).toBe('collected')
    expect(await collectedBy(house.db, wave.id, house.people[19]!.personId)).toBe('not-collected')
    house.toAnswering(wave)
    const casts = await Promise.all(
      ballots.slice(0, 12).map((ballot, n) =>
        house.cast(wave, ballot, {
          answers: { safe: 1 + (n % 5), helped: 'no' },
          group: n % 2 ? 'payments' : null,
          comments: n < 6 ? [{ item: 'more', text: `Comment ${n}` }] : [],
        }),
      ),
    )
    expect(casts.every(cast => cast.isNew)).toBe(true)
    const closed = await house.close(wave)
    expect(closed).toMatchObject({ state: 'closed', invited: 20, collected: 15, castCount: 12 })
    expect(closed.release).toMatchObject({ cast: 12, comments: [] })
    expect(existsSync(file)).toBe(false)
    expect(readdirSync(join(house.dataDir, 'wave-keys'))).toEqual([])
    expect(await house.db.selectFrom('wave_responses').selectAll().execute()).toEqual([])
    const entries = await house.db.selectFrom('wave_bulletin').select('receipt').execute()
    expect(entries.map(entry => entry.receipt).sort()).toEqual(casts.map(cast => cast.receipt).sort())
    expect(await collectedBy(house.db, wave.id, house.people[0]!.personId)).toBe('collected')
    expect(await collectedBy(house.db, wave.id, house.people[19]!.personId)).toBe('not-collected')
  })
})
