import { expect, it } from 'vitest'
import { importAnything } from '#app/home/import-anything.server.ts'
import type { Actor } from '#app/identity/actor.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { answerShadowTurn } from '#app/participation/answer-shadow-turn.server.ts'
import { freezeMonths, monthsToKeep } from '#app/participation/freeze-months.server.ts'
import { offerShadowTurn } from '#app/participation/offer-shadow-turn.server.ts'
import { participationOverview } from '#app/participation/overview.server.ts'
import { ownCredits } from '#app/participation/own-credits.server.ts'
import { participationJobs } from '#app/participation/participation-jobs.server.ts'
import { stepBack, volunteer } from '#app/participation/volunteer.server.ts'
import { createJobs } from '#app/platform/jobs.server.ts'
import { createLog } from '#app/platform/log.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'

const at = (iso: string) => ({ now: () => Date.parse(iso) })
const NOW = at('2026-10-20T12:00:00.000Z')

const PEOPLE = `name,email,team,start_date,is_engineer
Ada,ada@x.test,Payments,2020-01-01,yes
Ben,ben@x.test,Payments,2020-01-01,yes
Cem,cem@x.test,Payments,2020-01-01,yes
Dua,dua@x.test,Payments,2020-01-01,yes
Eve,eve@x.test,Payments,2020-01-01,yes
Fay,fay@x.test,Search,2020-01-01,yes
Gil,gil@x.test,Search,2020-01-01,yes
Hal,hal@x.test,Data,2020-01-01,yes
Ida,ida@x.test,Data,2020-01-01,yes
Jon,jon@x.test,Data,2020-01-01,yes
Kim,kim@x.test,Payments,2020-01-01,no
`
const INCIDENTS = `key,title,severity,started_at,resolved_at,incident_commander
INC-1,Checkout was slow,SEV-2,2026-08-03T10:00:00Z,2026-08-03T12:00:00Z,ada@x.test
INC-2,Search was empty,SEV-3,2025-03-03T10:00:00Z,2025-03-03T12:00:00Z,fay@x.test
`

async function organisation(db: Db, clock = NOW): Promise<void> {
  for (const [kind, text] of [
    ['people', PEOPLE],
    ['incidents', INCIDENTS],
  ] as const) {
    const files = [{ name: `${kind}.csv`, bytes: Buffer.from(text) }]
    const report = await importAnything({ db, clock, actor: terminalActor() }, kind, files)
    expect(report.errors).toEqual([])
  }
}

async function actorFor(db: Db, email: string): Promise<Actor> {
  const { id, name } = await db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  return { accountId: 'a', personId: id, name, email, role: 'member', timeZone: 'UTC', via: 'session' }
}

onBothDatabases('the participation page', database => {
  it('counts who has led, in all and in twelve months, and shows a person only their own credits', async () => {
    const db = await database.fresh()
    await organisation(db)
    const ada = await actorFor(db, 'ada@x.test')
    const page = await participationOverview({ db, clock: NOW, actor: ada }, { quarter: '2026-Q3' })
    expect(page.figures).toMatchObject({ eligible: 10, ledEver: 2, ledLast12Months: 1, firstTimeLeads: 1 })
    expect(await ownCredits({ db, clock: NOW, actor: ada })).toMatchObject({ ledEver: 1, ledLast12Months: 1 })
    const fay = await actorFor(db, 'fay@x.test')
    expect(await ownCredits({ db, clock: NOW, actor: fay })).toMatchObject({ ledEver: 1, ledLast12Months: 0 })
    expect(JSON.stringify(page)).not.toMatch(/Fay|Ben|@x\.test/)
  })

  it('shows the team of five, and the small ones only together', async () => {
    const db = await database.fresh()
    await organisation(db)
    const actor = await actorFor(db, 'ben@x.test')
    const { figures, teamNames } = await participationOverview({ db, clock: NOW, actor }, { quarter: null })
    expect(figures.teams.shown.map(team => teamNames[team.teamId ?? ''])).toEqual(['Payments'])
    expect(figures.teams.others).toEqual({ teams: 2, eligible: 5, ledEver: 1, ledLast12Months: 0 })
  })

  it('does not know quarters that have not begun, nor what is no quarter', async () => {
    const db = await database.fresh()
    await organisation(db)
    const actor = await actorFor(db, 'ben@x.test')
    for (const quarter of ['2027-Q1', '2026-07', 'x', '2026-Q5'])
      await expect(participationOverview({ db, clock: NOW, actor }, { quarter })).rejects.toThrow(/quarter/)
  })

  it('keeps a month as it was: what is imported or changed later does not move it', async () => {
    const db = await database.fresh()
    await organisation(db, at('2026-07-15T12:00:00.000Z'))
    const actor = await actorFor(db, 'ben@x.test')
    expect(await freezeMonths({ db, clock: NOW }), 'July to September').toBe(3)
    expect(await freezeMonths({ db, clock: NOW }), 'and nothing again').toBe(0)
    const late = INCIDENTS.replace('INC-1', 'INC-9').replace('ada@x.test', 'ben@x.test')
    const files = [{ name: 'late.csv', bytes: Buffer.from(late) }]
    await importAnything({ db, clock: NOW, actor: terminalActor() }, 'incidents', files)
    await db.updateTable('people').set({ left_on: '2026-07-01' }).where('email', '=', 'ada@x.test').execute()
    const { months, figures } = await participationOverview({ db, clock: NOW, actor }, { quarter: null })
    const september = months.find(month => month.key === '2026-09')
    expect(september).toMatchObject({ figures: { eligible: 10, ledEver: 2 } })
    expect(september?.frozenAt).not.toBeNull()
    expect(months.find(month => month.key === '2026-06')).toMatchObject({ frozenAt: null })
    expect(figures).toMatchObject({ eligible: 9, ledEver: 2 })
  })

  it('keeps months by itself, once a day', async () => {
    const db = await database.fresh()
    await organisation(db, at('2026-07-15T12:00:00.000Z'))
    const time = { now: NOW.now() }
    const clock = { now: () => time.now }
    const jobs = createJobs({ db, clock, log: createLog('silent') }, participationJobs({ db, clock }))
    const kept = async () => (await db.selectFrom('participation_months').select('month').execute()).length
    await jobs.tick()
    expect(await kept()).toBe(3)
    time.now = Date.parse('2026-11-20T12:00:00.000Z')
    await jobs.tick()
    expect(await kept()).toBe(4)
  })

  it('pairs a volunteer with somebody who leads, and only these two see and answer the turn', async () => {
    const db = await database.fresh()
    await organisation(db)
    const [ben, ada, eve] = await Promise.all(['ben@x.test', 'ada@x.test', 'eve@x.test'].map(one => actorFor(db, one)))
    const as = (actor = ben as Actor) => ({ db, clock: NOW, actor })
    const seenBy = (actor?: Actor) => participationOverview(as(actor), { quarter: null })
    await expect(offerShadowTurn(as(ada), { volunteerId: ben!.personId })).rejects.toThrow(/does not exist/)
    await volunteer(as(ben), { note: 'from March on' })
    expect((await seenBy(ada)).volunteers).toMatchObject([{ name: 'Ben', note: 'from March on', isMe: false }])
    await offerShadowTurn(as(ada), { volunteerId: ben!.personId })
    await expect(offerShadowTurn(as(ada), { volunteerId: ben!.personId })).rejects.toThrow(
      'Ben has your offer already.',
    )
    const [offer] = (await seenBy(ben)).turns
    expect(offer).toMatchObject({ state: 'offered', withWhom: 'Ada', side: 'volunteer', acts: ['accept', 'decline'] })
    expect((await seenBy(eve)).turns).toEqual([])
    await expect(answerShadowTurn(as(eve), { id: offer!.id, act: 'accept' })).rejects.toThrow(/does not exist/)
    await expect(answerShadowTurn(as(ada), { id: offer!.id, act: 'accept' })).rejects.toThrow(/moved on/)
    await answerShadowTurn(as(ben), { id: offer!.id, act: 'accept' })
    expect((await seenBy(ada)).turns).toMatchObject([{ state: 'agreed', side: 'lead', withWhom: 'Ben' }])
    await answerShadowTurn(as(ada), { id: offer!.id, act: 'finish' })
    expect((await seenBy(ben)).turns).toEqual([])
    await stepBack(as(ben))
    expect((await seenBy(ada)).volunteers).toEqual([])
  })

  it('refuses a note that is too long, beside its field', async () => {
    const db = await database.fresh()
    await organisation(db)
    const actor = await actorFor(db, 'ben@x.test')
    const refusal = volunteer({ db, clock: NOW, actor }, { note: 'x'.repeat(201) })
    await expect(refusal).rejects.toMatchObject({ status: 400, errors: [{ path: 'note' }] })
  })

  it('names nobody who has left among those who would like to lead', async () => {
    const db = await database.fresh()
    await organisation(db)
    await volunteer({ db, clock: NOW, actor: await actorFor(db, 'ben@x.test') }, { note: '' })
    await db.updateTable('people').set({ left_on: '2026-10-01' }).where('email', '=', 'ben@x.test').execute()
    const actor = await actorFor(db, 'ada@x.test')
    expect((await participationOverview({ db, clock: NOW, actor }, { quarter: null })).volunteers).toEqual([])
  })
})

it('a month is kept once it is over for five days, the first one being that in which Candor held an incident', () => {
  const keys = (first: string, now: string) => monthsToKeep(first, now, 'Europe/Berlin').map(month => month.key)
  expect(keys('2026-07-31T22:30:00.000Z', '2026-09-05T21:59:00.000Z'), 'in Berlin it was August already').toEqual([])
  expect(keys('2026-07-31T22:30:00.000Z', '2026-09-05T22:00:00.000Z')).toEqual(['2026-08'])
  expect(keys('2025-12-01T00:00:00.000Z', '2026-02-28T00:00:00.000Z')).toEqual(['2025-12', '2026-01'])
})
