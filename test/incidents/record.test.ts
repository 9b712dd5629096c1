/** What is on the record of an incident: facts, updates, severity changes. Roles and handoffs have their own file. */
import { expect, it } from 'vitest'
import { changeIncident } from '#app/incidents/change-incident.server.ts'
import { incidentRecord } from '#app/incidents/incident-record.server.ts'
import { incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { postUpdate, takeInUpdates } from '#app/incidents/post-update.server.ts'
import { recordIncident } from '#app/incidents/record-incident.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { actorOf, addPerson, clock, importRows, NOW } from './room.ts'

const member = { ...actorOf('member'), personId: 'ada@example.org' }

onBothDatabases('the record of an incident', database => {
  async function house(): Promise<Db> {
    const db = await database.fresh()
    await addPerson(db, 'ada@example.org', 'Ada')
    return db
  }

  it('keeps the summary, from a form and from an import', async () => {
    const db = await house()
    const made = await recordIncident(
      { db, clock, actor: member },
      { title: 'Search is down', summary: 'Nobody finds a thing.\n\nSince noon.' },
    )
    expect((await incidentRecord(db, made.key))?.facts.summary).toBe('Nobody finds a thing.\n\nSince noon.')
    await importRows(db, [{ key: made.key, title: 'Search is down', started_at: '', summary: 'From a file.' }])
    await importRows(db, [{ key: made.key, title: 'Search was down', started_at: '' }])
    expect((await incidentRecord(db, made.key))?.facts).toMatchObject({
      title: 'Search was down',
      summary: 'From a file.',
    })
  })

  it('keeps every change of severity with its time, its reason and who made it', async () => {
    const db = await house()
    const context = { db, clock, actor: member }
    const { key } = await recordIncident(context, { title: 'Slow', severity: 'SEV-3' })
    const later = { now: () => clock.now() + 60_000 }
    const change = { severity: 'SEV-1', severityReason: ' Nobody can pay. ' }
    await changeIncident({ ...context, clock: later }, { key, change })
    await changeIncident({ ...context, clock: later }, { key, change: { title: 'Slower', severity: 'SEV-1' } })
    await importRows(db, [{ key, title: 'Slower', started_at: '', severity: '' }])
    expect((await incidentRecord(db, key))?.severityHistory).toEqual([
      { at: NOW, from: 'SEV-1', to: null, reason: '', personId: null, actorName: '' },
      {
        at: '2026-03-04T12:01:00.000Z',
        from: 'SEV-3',
        to: 'SEV-1',
        reason: 'Nobody can pay.',
        personId: 'ada@example.org',
        actorName: 'Ada',
      },
    ])
  })

  it('has updates in the order of their own times, and one told twice only once, as it was told last', async () => {
    const db = await house()
    const { key } = await recordIncident({ db, clock, actor: member }, { title: 'Slow' })
    const { id } = (await incidentsByKeys(db, [key])).get(key)!
    await postUpdate({ db, clock, actor: member }, { key, text: '  We look.  ' })
    const told = (at: string, text: string, externalId: string) =>
      db
        .transaction()
        .execute(tx => takeInUpdates(tx, { clock }, id, [{ at, text, externalId, authorName: 'Status page' }]))
    expect(await told('2026-03-04T13:00:00.000Z', 'Fixed.', 'u2')).toBe(1)
    expect(await told('2026-03-04T11:00:00.000Z', 'Investigatin.', 'u1')).toBe(1)
    expect(await told('2026-03-04T11:30:00.000Z', 'Investigating.', 'u1')).toBe(0)
    const updates = (await incidentRecord(db, key))!.updates.map(({ at, text, authorName }) => [at, text, authorName])
    expect(updates).toEqual([
      ['2026-03-04T11:30:00.000Z', 'Investigating.', 'Status page'],
      [NOW, 'We look.', 'Ada'],
      ['2026-03-04T13:00:00.000Z', 'Fixed.', 'Status page'],
    ])
  })

  it('refuses an empty update beside its field, and one about an incident that is not there', async () => {
    const db = await house()
    const { key } = await recordIncident({ db, clock, actor: member }, { title: 'Slow' })
    await expect(postUpdate({ db, clock, actor: member }, { key, text: ' \n' })).rejects.toMatchObject({
      status: 400,
      errors: [{ path: 'text' }],
    })
    await expect(postUpdate({ db, clock, actor: member }, { key: 'INC-99', text: 'Hm' })).rejects.toMatchObject({
      status: 404,
    })
    expect(await incidentRecord(db, 'INC-99')).toBeNull()
  })
})
