/** Who held which role, and how it passed on. */
import { expect, it } from 'vitest'
import { answerHandoff } from '#app/incidents/answer-handoff.server.ts'
import { changeIncident } from '#app/incidents/change-incident.server.ts'
import { endRole } from '#app/incidents/end-role.server.ts'
import { HANDOFF_PARTS, type TypedParts } from '#app/incidents/handoff.ts'
import { handoffMarkdown } from '#app/incidents/handoff-markdown.ts'
import { incidentRecord } from '#app/incidents/incident-record.server.ts'
import { offerHandoff } from '#app/incidents/offer-handoff.server.ts'
import { postUpdate } from '#app/incidents/post-update.server.ts'
import { recordIncident } from '#app/incidents/record-incident.server.ts'
import { takeRole } from '#app/incidents/take-role.server.ts'
import { timelineOf } from '#app/incidents/timeline.ts'
import { handoffsFor, updatesDueFrom } from '#app/incidents/waiting.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { actorOf, addPerson, clock, NOW } from './room.ts'

const LATER = '2026-03-04T13:00:00.000Z'
const later = { now: () => Date.parse(LATER) }
const EARLIER = '2026-03-04T11:00:00.000Z'

function as(personId: string) {
  return { ...actorOf('member'), personId }
}

function parts(change: Partial<TypedParts> = {}): TypedParts {
  const all = Object.fromEntries(HANDOFF_PARTS.map(part => [part, { text: `About ${part}`, isNothing: false }]))
  return { ...(all as TypedParts), ...change }
}

onBothDatabases('roles and handoffs', database => {
  async function house(): Promise<{ db: Db; key: string; take: typeof take; context: (who: string) => typeof base }> {
    const db = await database.fresh()
    for (const name of ['ada', 'bo', 'cy']) await addPerson(db, name, name.toUpperCase())
    const { key } = await recordIncident({ db, clock, actor: as('ada') }, { title: 'Slow', startedAt: EARLIER })
    const base = { db, clock, actor: as('ada') }
    const take = (personId: string, role: string, from: string | null = null, until: string | null = null) =>
      takeRole(base, { key, role, personId, from, until })
    return { db, key, take, context: who => ({ db, clock: later, actor: as(who) }) }
  }
  type House = Awaited<ReturnType<typeof house>>
  const rolesOf = async ({ db, key }: Pick<House, 'db' | 'key'>) =>
    (await incidentRecord(db, key))!.roles.map(({ role, person, from, until, takenOver }) => [
      role,
      person.id,
      from,
      until,
      takenOver,
    ])

  it('are taken from now on, or for a time that was', async () => {
    const { db, key, take } = await house()
    await take('ada', 'incident commander')
    await take('bo', 'scribe', EARLIER, NOW)
    await take('cy', 'scribe', NOW)
    expect(await rolesOf({ db, key })).toEqual([
      ['scribe', 'bo', EARLIER, NOW, false],
      ['incident commander', 'ada', NOW, null, false],
      ['scribe', 'cy', NOW, null, false],
    ])
    expect((await incidentRecord(db, key))!.facts.commanderId).toBe('ada')
  })

  it('are held by one person at a time, except that many may be responders', async () => {
    const { take } = await house()
    await take('ada', 'incident commander')
    await expect(take('bo', 'incident commander')).rejects.toMatchObject({ status: 409, errors: [{ path: 'role' }] })
    await take('ada', 'responder')
    await take('bo', 'responder')
    await expect(take('bo', 'responder')).rejects.toMatchObject({ status: 409 })
  })

  it.each([
    ['a role that does not exist', { role: 'hero' }, 'role'],
    ['nobody', { personId: 'nobody' }, 'personId'],
    ['a beginning that is to come', { from: LATER }, 'from'],
    ['an end before the beginning', { from: NOW, until: EARLIER }, 'until'],
  ])('are refused for %s, beside the field', async (_, change, path) => {
    const { db, key } = await house()
    const turn = { key, role: 'scribe', personId: 'ada', from: null, until: null, ...change }
    await expect(takeRole({ db, clock, actor: as('ada') }, turn)).rejects.toMatchObject({ errors: [{ path }] })
  })

  it('end without being passed on, once and not before they began', async () => {
    const { db, key, take, context } = await house()
    const assignmentId = await take('ada', 'technical lead')
    await expect(endRole(context('bo'), { key, assignmentId, at: EARLIER })).rejects.toMatchObject({
      errors: [{ path: 'at' }],
    })
    await endRole(context('bo'), { key, assignmentId })
    expect(await rolesOf({ db, key })).toEqual([['technical lead', 'ada', NOW, LATER, false]])
    await expect(endRole(context('bo'), { key, assignmentId })).rejects.toMatchObject({ status: 409 })
    await expect(endRole(context('bo'), { key, assignmentId: 'other' })).rejects.toMatchObject({ status: 404 })
  })

  it('pass on when the receiver accepts; both turns and the handoff are on the record', async () => {
    const { db, key, take, context } = await house()
    const assignmentId = await take('ada', 'incident commander')
    const offer = { key, assignmentId, receiverId: 'bo', parts: parts({ risks: { text: '', isNothing: true } }) }
    const id = await offerHandoff({ ...context('ada'), clock }, offer)
    expect(await rolesOf({ db, key })).toEqual([['incident commander', 'ada', NOW, null, false]])
    await expect(endRole(context('ada'), { key, assignmentId })).rejects.toMatchObject({ status: 409 })

    await answerHandoff(context('bo'), { key, id, answer: 'accepted' })
    expect(await rolesOf({ db, key })).toEqual([
      ['incident commander', 'ada', NOW, LATER, false],
      ['incident commander', 'bo', LATER, null, true],
    ])
    const record = (await incidentRecord(db, key))!
    expect(record.facts.commanderId).toBe('bo')
    expect(record.handoffs).toMatchObject([
      {
        id,
        giver: { id: 'ada' },
        receiver: { id: 'bo' },
        offeredAt: NOW,
        answer: 'accepted',
        answeredAt: LATER,
        parts: { state: 'About state', risks: null },
      },
    ])
    expect(timelineOf(record).map(({ at, kind }) => [at, kind])).toEqual([
      [EARLIER, 'moment'],
      [NOW, 'handoff'],
      [NOW, 'role'],
      [LATER, 'handoff'],
    ])
    expect(handoffMarkdown(record.handoffs[0]!, record.facts, 'at noon')).toContain('**Risks**\nNothing to report.\n')
    await expect(answerHandoff(context('bo'), { key, id, answer: 'accepted' })).rejects.toMatchObject({ status: 409 })
  })

  it('stay where they are when the receiver declines, saying why, or the giver withdraws', async () => {
    const { db, key, take, context } = await house()
    const assignmentId = await take('ada', 'scribe')
    const first = await offerHandoff(context('ada'), { key, assignmentId, receiverId: 'bo', parts: parts() })
    await expect(
      offerHandoff(context('ada'), { key, assignmentId, receiverId: 'cy', parts: parts() }),
    ).rejects.toMatchObject({ status: 409 })
    await expect(answerHandoff(context('bo'), { key, id: first, answer: 'declined' })).rejects.toMatchObject({
      errors: [{ path: 'reason' }],
    })
    await answerHandoff(context('bo'), { key, id: first, answer: 'declined', reason: 'On a train.' })
    const second = await offerHandoff(context('ada'), { key, assignmentId, receiverId: 'cy', parts: parts() })
    await answerHandoff(context('ada'), { key, id: second, answer: 'withdrawn' })
    expect(await rolesOf({ db, key })).toEqual([['scribe', 'ada', NOW, null, false]])
    const { handoffs } = (await incidentRecord(db, key))!
    expect(handoffs.map(({ answer, reason }) => [answer, reason])).toEqual([
      ['declined', 'On a train.'],
      ['withdrawn', ''],
    ])
  })

  it('wait for the one to whom they are offered, and an update for the communications lead, until it is over', async () => {
    const { db, key, take, context } = await house()
    await changeIncident(context('ada'), { key, change: { severity: 'SEV-1' } })
    const assignmentId = await take('ada', 'communications lead', NOW)
    const id = await offerHandoff(context('ada'), { key, assignmentId, receiverId: 'bo', parts: parts() })
    expect(await handoffsFor(db, as('bo'))).toMatchObject([{ id, key, giver: 'ADA', role: 'communications lead' }])
    expect(await handoffsFor(db, as('ada'))).toEqual([])
    expect(await updatesDueFrom(context('ada'))).toMatchObject([
      { key, dueAt: '2026-03-04T12:15:00.000Z', isLate: true },
    ])
    await postUpdate(context('bo'), { key, text: 'We look.' })
    expect(await updatesDueFrom(context('ada'))).toMatchObject([
      { key, dueAt: '2026-03-04T13:15:00.000Z', isLate: false },
    ])
    expect(await updatesDueFrom(context('bo'))).toEqual([])
    await changeIncident(context('ada'), { key, change: { isOver: true } })
    expect(await updatesDueFrom(context('ada'))).toEqual([])
  })

  it('are offered by those who hold them and answered by those to whom they are offered', async () => {
    const { key, take, context } = await house()
    const assignmentId = await take('ada', 'scribe')
    const offer = { key, assignmentId, receiverId: 'bo', parts: parts() }
    await expect(offerHandoff(context('cy'), offer)).rejects.toMatchObject({ status: 404 })
    const id = await offerHandoff(context('ada'), offer)
    for (const [who, answer] of [
      ['cy', 'accepted'],
      ['ada', 'accepted'],
      ['bo', 'withdrawn'],
    ] as const)
      await expect(answerHandoff(context(who), { key, id, answer })).rejects.toMatchObject({ status: 404 })
  })

  it('are not handed over with a part missing, nor to nobody, to oneself or to one who left', async () => {
    const { db, key, take, context } = await house()
    await db.updateTable('people').set({ left_on: '2026-01-01' }).where('id', '=', 'cy').execute()
    const assignmentId = await take('ada', 'scribe')
    const typed = parts({
      state: { text: ' ', isNothing: false },
      hypotheses: { text: 'A disk.', isNothing: true },
    })
    for (const receiverId of ['', 'ada', 'cy'])
      await expect(offerHandoff(context('ada'), { key, assignmentId, receiverId, parts: typed })).rejects.toMatchObject(
        {
          errors: [{ path: 'receiverId' }, { path: 'state' }, { path: 'hypotheses' }],
        },
      )
  })

  it('that an incident only named end and pass on like others', async () => {
    const { db, context } = await house()
    await db.updateTable('people').set({ email: 'bo@example.org' }).where('id', '=', 'bo').execute()
    const editor = { ...context('ada'), actor: { ...actorOf('editor'), personId: 'ada' } }
    const { key } = await recordIncident(editor, { title: 'Named', incidentCommander: 'bo@example.org' })
    const turn = (await incidentRecord(db, key))!.roles[0]!
    const id = await offerHandoff(context('bo'), { key, assignmentId: turn.id, receiverId: 'ada', parts: parts() })
    await answerHandoff(context('ada'), { key, id, answer: 'accepted' })
    expect(await rolesOf({ db, key })).toEqual([
      ['incident commander', 'bo', null, LATER, false],
      ['incident commander', 'ada', LATER, null, true],
    ])
  })
})
