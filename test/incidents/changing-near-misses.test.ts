/** Near misses put right after they were reported, and sources that are told to go. */
import { expect, it } from 'vitest'
import { changeNearMiss, nearMissToChange } from '#app/incidents/change-near-miss.server.ts'
import { getSource, listSources } from '#app/incidents/hooks/list-sources.server.ts'
import { removeSource } from '#app/incidents/hooks/remove-source.server.ts'
import { listIncidents } from '#app/incidents/incidents.server.ts'
import { findNearMisses } from '#app/incidents/near-misses.server.ts'
import { reportNearMiss } from '#app/incidents/report-near-miss.server.ts'
import { saveService } from '#app/incidents/save-service.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { administrator, pagerDutyEvent, SECRET, sourceOf } from './hook-room.ts'
import { actorOf, addPerson, clock } from './room.ts'

const PAGE = { offset: 0, limit: 10 }
const told = { title: 'Nearly drained', whatHappened: 'Two terminals looked alike.', whatStoppedIt: '', service: '' }
const better = { ...told, title: 'The wrong cluster was nearly drained', whatHappened: 'Sam was tired.' }

const found = async (db: Db, text: string) =>
  (await findNearMisses(db, text, PAGE)).items.map(one => [one.title, one.reportedBy, one.service])

onBothDatabases('a near miss', database => {
  async function house(isNamed: boolean) {
    const db = await database.fresh()
    await addPerson(db, 'ada@example.org', 'Ada')
    await saveService({ db, clock, actor: administrator }, { slug: null, name: 'kube-main', teamId: null })
    const ada = { ...actorOf('member'), personId: 'ada@example.org' }
    await reportNearMiss({ db, clock, actor: ada }, { ...told, isNamed })
    const { id } = await db.selectFrom('near_misses').select('id').executeTakeFirstOrThrow()
    const change = (actor = ada, given: object = {}) =>
      changeNearMiss({ db, clock, actor }, id, { ...better, isNamed: true, ...given })
    const audited = () => db.selectFrom('audit_entries').selectAll().where('act', '=', 'near-miss.changed').execute()
    return { db, ada, id, change, audited }
  }

  it('is put right by whoever reported it with their name, and found by its new words only', async () => {
    const { db, ada, id, change, audited } = await house(true)
    expect(await nearMissToChange({ db, actor: ada }, id)).toMatchObject({ title: told.title, isOwn: true })
    await change(ada, { service: 'kube-main' })
    expect(await found(db, 'cluster kube')).toEqual([[better.title, 'Ada', 'kube-main']])
    expect(await found(db, 'terminals')).toEqual([])
    expect(await nearMissToChange({ db, actor: ada }, id)).toMatchObject({ service: 'kube-main' })
    expect(await audited()).toEqual([])
    await expect(change(ada, { title: ' ' })).rejects.toMatchObject({ errors: [{ path: 'title' }] })
    await expect(change(ada, { service: 'none' })).rejects.toMatchObject({ errors: [{ path: 'service' }] })
  })

  it('loses its name for good where they take it off, and is not theirs to change any more', async () => {
    const { db, ada, id, change, audited } = await house(true)
    await change(ada, { isNamed: false })
    expect(await found(db, '')).toEqual([[better.title, null, null]])
    await expect(change()).rejects.toMatchObject({ status: 404 })
    await expect(nearMissToChange({ db, actor: ada }, id)).rejects.toMatchObject({ status: 404 })
    expect(await audited()).toEqual([])
  })

  it('is for nobody else to change but editors, who leave the name as it is and a line in the audit trail', async () => {
    const { db, id, change, audited } = await house(true)
    const stranger = { ...actorOf('facilitator'), personId: 'ben@example.org' }
    await expect(change(stranger)).rejects.toMatchObject({ status: 404 })
    await expect(nearMissToChange({ db, actor: stranger }, id)).rejects.toMatchObject({ status: 404 })
    await expect(nearMissToChange({ db, actor: actorOf('editor') }, '\0')).rejects.toMatchObject({ status: 404 })
    await change(actorOf('editor'), { isNamed: false, whatHappened: 'The prompts were alike.' })
    expect(await found(db, '')).toEqual([[better.title, 'Ada', null]])
    expect(await audited()).toMatchObject([{ subject: better.title, before: null, after: null }])
  })

  it('without a name stays so: editors put its words right, and nobody can put a name there', async () => {
    const { db, change } = await house(false)
    await expect(change()).rejects.toMatchObject({ status: 404 })
    await change(actorOf('editor'), { isNamed: true })
    expect(await found(db, '')).toEqual([[better.title, null, null]])
  })
})

onBothDatabases('a source that is removed', database => {
  it('is gone with its secrets and deliveries, hears no more, and what it told of stays', async () => {
    const db = await database.fresh()
    const { deliver, slug } = await sourceOf(db, 'pagerduty', 'Old pager')
    const other = await sourceOf(db, 'pagerduty', 'New pager')
    await deliver(pagerDutyEvent('triggered', 5))
    await other.deliver(pagerDutyEvent('triggered', 6, { id: 'QOTHER' }))
    for (const role of ['member', 'facilitator', 'editor'] as const)
      await expect(removeSource({ db, clock, actor: actorOf(role) }, { slug })).rejects.toMatchObject({ status: 404 })

    await removeSource({ db, clock, actor: administrator }, { slug })
    expect((await listSources({ db, actor: administrator })).map(one => one.name)).toEqual(['New pager'])
    await expect(getSource({ db, actor: administrator }, slug, PAGE)).rejects.toMatchObject({ status: 404 })
    expect(await deliver(pagerDutyEvent('resolved', 9))).toEqual({ kind: 'unknown' })
    expect((await listIncidents(db, {}, PAGE)).items).toHaveLength(2)
    for (const table of ['hook_secrets', 'hook_deliveries', 'hook_incidents'] as const)
      expect(await db.selectFrom(table).select('id').execute(), table).toHaveLength(1)
    const entry = await db.selectFrom('audit_entries').selectAll().where('act', '=', 'source.removed').execute()
    expect(entry).toMatchObject([{ subject: 'Old pager' }])
    expect(JSON.stringify(entry)).not.toContain(SECRET)
    await expect(removeSource({ db, clock, actor: administrator }, { slug })).rejects.toMatchObject({ status: 404 })
  })
})
