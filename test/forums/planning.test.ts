import { expect, it } from 'vitest'
import { addItem, changeItem, moveItem, orderItems, removeItem } from '#app/forums/change-agenda.server.ts'
import { changeForum } from '#app/forums/change-forum.server.ts'
import { createForum } from '#app/forums/create-forum.server.ts'
import { listForums, listSeries } from '#app/forums/list-forums.server.ts'
import { noteRead } from '#app/forums/note-presence.server.ts'
import { planForums } from '#app/forums/plan-forums.server.ts'
import { proposeItems } from '#app/forums/propose-items.server.ts'
import { changeForumOf, createForumOf } from '#app/forums/resources.server.ts'
import { endSeries, restoreDay, saveSeries, skipDay } from '#app/forums/save-series.server.ts'
import { suggestIncident } from '#app/forums/suggest-incident.server.ts'
import { NOT_YET, viewForum } from '#app/forums/view-forum.server.ts'
import { viewSeries } from '#app/forums/view-series.server.ts'
import { readPostmortem } from '#app/postmortems/read-postmortem.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { as, counting, FORUM, fieldsOf, movableClock, organisation, SERIES } from './planned.ts'

onBothDatabases('a series of forums', database => {
  it('becomes forums on its days, facilitated in turn by whoever is here', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const actor = await as(db, 'ada', 'facilitator')
    const id = await saveSeries({ db, clock, actor }, { id: null, given: SERIES })
    await planForums({ db, clock })
    await planForums({ db, clock })
    const { items } = await listForums({ db, actor }, 'to come', { offset: 0, limit: 10 })
    expect(items.map(one => [one.startsAt, one.facilitator?.name])).toEqual([
      ['2026-12-15T14:00:00.000Z', 'Ada'],
      ['2027-01-19T14:00:00.000Z', 'Ben'],
    ])
    clock.set('2027-05-01T10:00:00Z')
    await planForums({ db, clock })
    const later = await viewSeries({ db, clock, actor }, id)
    expect(later.days.slice(0, 3).map(day => [day.startsAt, day.forum?.facilitator ?? null])).toEqual([
      ['2027-05-18T13:00:00.000Z', 'Cem'],
      ['2027-06-15T13:00:00.000Z', 'Ada'],
      ['2027-07-20T13:00:00.000Z', null],
    ])
  })

  it('leaves a holiday out for a reason, calls its forum off, and takes it back in', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
    const id = await saveSeries(context, { id: null, given: SERIES })
    expect(await fieldsOf(skipDay(context, { id, day: '2026-12-15', reason: ' ' }))).toHaveProperty('reason')
    await skipDay(context, { id, day: '2026-12-15', reason: 'The office is closed' })
    const [first] = (await viewSeries(context, id)).days
    expect(first).toMatchObject({ day: '2026-12-15', skipped: 'The office is closed', forum: { state: 'cancelled' } })
    expect(await viewForum(context, first!.forum!.id)).toMatchObject({ cancelledReason: 'The office is closed' })
    await restoreDay(context, { id, day: '2026-12-15' })
    expect((await viewSeries(context, id)).days[0]).toMatchObject({ skipped: null, forum: { state: 'scheduled' } })
    const { sequence } = await db
      .selectFrom('forums')
      .selectAll()
      .where('id', '=', first!.forum!.id)
      .executeTakeFirstOrThrow()
    expect(sequence, 'calendars heard of both').toBe(2)
  })

  it('moves its forums when it moves, but not one that was moved by itself', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
    const id = await saveSeries(context, { id: null, given: SERIES })
    const before = (await viewSeries(context, id)).days
    await changeForum(context, { id: before[0]!.forum!.id, change: { startsAt: '2026-12-16T14:00:00Z' } })
    await saveSeries(context, { id, given: { ...SERIES, startsAtWall: '16:30' } })
    const after = (await viewSeries(context, id)).days
    expect(after.slice(0, 2).map(day => day.forum?.startsAt)).toEqual([
      '2026-12-16T14:00:00.000Z',
      '2027-01-19T15:30:00.000Z',
    ])
    await saveSeries(context, { id, given: { ...SERIES, weekday: '4' } })
    expect(await viewForum(context, before[1]!.forum!.id)).toMatchObject({ state: 'cancelled' })
    await endSeries(context, { id })
    expect((await listForums(context, 'to come', { offset: 0, limit: 10 })).items).toEqual([])
    expect(await listSeries(context)).toEqual([])
  })

  it('that would seldom take place says so, and is believed when one insists', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
    const given = { ...SERIES, nth: '5', rota: 'ada@x.test nobody@x.test' }
    const fields = await fieldsOf(saveSeries(context, { id: null, given }))
    expect(fields.nth).toContain('29 Dec 2026, 30 Mar 2027')
    expect(fields.rota).toBe('Nobody here has the address nobody@x.test.')
    await saveSeries(context, { id: null, given: { ...given, rota: '', evenSo: true } })
    const { items } = await listForums(context, 'to come', { offset: 0, limit: 10 })
    expect(items.map(one => one.startsAt.slice(0, 10))).toEqual(['2026-12-29', '2027-03-30'])
  })

  it('is for facilitators to plan: nobody else can tell that the way is there', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    for (const role of ['member', 'editor'] as const) {
      const context = { db, clock, actor: await as(db, 'cem', role) }
      for (const work of [
        () => saveSeries(context, { id: null, given: SERIES }),
        () => createForum(context, FORUM),
        () => addItem(context, { forumId: 'x', subject: 'INC-1' }),
      ])
        await expect((async () => work())()).rejects.toMatchObject({ status: 404 })
    }
  })
})

onBothDatabases('the agenda of a forum', database => {
  it('takes incidents and postmortems, in slots of 15 minutes, and counts against the hour', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
    const id = await createForum(context, FORUM)
    const one = await addItem(context, { forumId: id, subject: 'inc-1' })
    const two = await addItem(context, { forumId: id, subject: 'https://candor.example.org/incidents/INC-5' })
    const three = await addItem(context, { forumId: id, subject: 'INC-2' })
    expect(await fieldsOf(addItem(context, { forumId: id, subject: 'INC-1' }))).toHaveProperty('subject')
    expect(await fieldsOf(addItem(context, { forumId: id, subject: 'INC-99' }))).toHaveProperty('subject')
    const view = await viewForum(context, id)
    expect(view.sum).toEqual({ planned: 55, total: 60, left: 0, slotsLeft: 0 })
    expect(view.items.map(item => [item.title, item.offset, item.presenter?.name])).toEqual([
      ['Checkout stalled', 5, 'Ada'],
      ['Mail was late', 20, 'Cem'],
      ['Search was empty', 35, 'Ben'],
    ])
    const phases = { context: 5, discussion: 8, capture: 2, presenter: 'dua@x.test' }
    await changeItem(context, { forumId: id, itemId: one, change: phases })
    const odd = { ...phases, context: 6, presenter: 'nobody@x.test' }
    expect(Object.keys(await fieldsOf(changeItem(context, { forumId: id, itemId: one, change: odd }))).sort()).toEqual([
      'discussion',
      'presenter',
    ])
    await moveItem(context, { forumId: id, itemId: three, by: -1 })
    await moveItem(context, { forumId: id, itemId: one, by: -1 })
    const order = async () => (await viewForum(context, id)).items.map(item => item.id)
    expect(await order()).toEqual([one, three, two])
    await orderItems(context, { forumId: id, itemIds: [two, one, three] })
    expect(await order()).toEqual([two, one, three])
    await expect(orderItems(context, { forumId: id, itemIds: [two, one] })).rejects.toMatchObject({ status: 409 })
    await removeItem(context, { forumId: id, itemId: two })
    expect(await order()).toEqual([one, three])
  })

  it('says who is away and what is not published, and is ready only with an item and a facilitator', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
    const id = await createForum(context, { ...FORUM, facilitator: null })
    const refusal = await fieldsOf(changeForum(context, { id, change: { state: 'ready' } }))
    expect(Object.keys(refusal).sort()).toEqual(['facilitator', 'state'])
    await addItem(context, { forumId: id, subject: 'INC-2' })
    await addItem(context, { forumId: id, subject: 'INC-5' })
    expect((await viewForum(context, id)).items.map(item => item.conflicts)).toEqual([
      ['Ben is away on that day', 'Its postmortem is not published yet'],
      ['It has no postmortem yet'],
    ])
    await changeForum(context, { id, change: { state: 'ready', facilitator: 'ada@x.test' } })
    expect(await viewForum(context, id)).toMatchObject({ state: 'ready', conflicts: [] })
    await changeForum(context, { id, change: { facilitator: 'ben@x.test' } })
    expect((await viewForum(context, id)).conflicts).toEqual(['Ben, who facilitates, is away on that day'])
    expect(await fieldsOf(changeForum(context, { id, change: { state: 'cancelled' } }))).toHaveProperty('reason')
    await changeForum(context, { id, change: { state: 'cancelled', reason: 'Half of us are ill' } })
    await expect(changeForum(context, { id, change: { title: 'x' } })).rejects.toMatchObject({ status: 409 })
  })

  it('never shows a draft to whom it is not for; whoever leads the forum may read it', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const ada = await as(db, 'ada', 'facilitator')
    const context = { db, clock, actor: ada }
    await db.updateTable('postmortems').set({ incident_id: null }).where('status', '=', 'draft').execute()
    const { slug, id: draft } = await db
      .selectFrom('postmortems')
      .selectAll()
      .where('status', '=', 'draft')
      .executeTakeFirstOrThrow()
    const id = await createForum(context, FORUM)
    expect(await fieldsOf(addItem(context, { forumId: id, subject: slug })), 'not hers yet').toHaveProperty('subject')
    const editor = { db, clock, actor: await as(db, 'dua', 'administrator') }
    await addItem(editor, { forumId: id, subject: slug })
    const asMember = await viewForum({ db, actor: await as(db, 'cem') }, id)
    expect(asMember.items[0]).toMatchObject({ title: NOT_YET, postmortem: null })
    expect(JSON.stringify(asMember)).not.toContain('stays among')
    const otherFacilitator = await viewForum({ db, actor: await as(db, 'cem', 'facilitator') }, id)
    expect(JSON.stringify(otherFacilitator)).not.toContain('stays among')
    expect((await viewForum(context, id)).items[0]).toMatchObject({ postmortem: { slug, status: 'draft' } })
    expect((await readPostmortem({ db, actor: ada }, slug)).id).toBe(draft)
    await expect(readPostmortem({ db, actor: await as(db, 'cem') }, slug)).rejects.toMatchObject({ status: 404 })
    await changeForum(context, { id, change: { state: 'cancelled', reason: 'Another time' } })
    await expect(readPostmortem({ db, actor: ada }, slug), 'no longer on her agenda').rejects.toMatchObject({
      status: 404,
    })
  })

  it('is proposed from what came back, what was serious, and what somebody asked for, with the reasons', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
    const member = { db, clock, actor: await as(db, 'dua') }
    await suggestIncident(member, { incident: 'INC-4', why: 'Labels are wrong in three more places' })
    expect(await fieldsOf(suggestIncident(member, { incident: 'INC-99', why: '' }))).toHaveProperty('why')
    const proposals = await proposeItems(context)
    expect(proposals.map(({ key, reasons }) => [key, reasons])).toEqual([
      ['INC-1', ['pool came back 89 days after the last time', 'A recent SEV-1 that no forum has discussed']],
      ['INC-4', ['Dua asks for it: Labels are wrong in three more places']],
      ['INC-5', ['A recent SEV-2 that no forum has discussed']],
    ])
    const id = await createForum(context, FORUM)
    await addItem(context, { forumId: id, subject: 'INC-1' })
    expect(
      (await proposeItems(context)).map(({ key }) => key),
      'it is planned now',
    ).toEqual(['INC-4', 'INC-5'])
  })

  it('counts who has read, and never says who', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
    const id = await createForum(context, FORUM)
    const cem = { db, actor: await as(db, 'cem') }
    await noteRead(cem, id)
    await noteRead(cem, id)
    expect(await viewForum(context, id)).toMatchObject({ reads: 1, iHaveRead: false })
    expect(await viewForum(cem, id)).toMatchObject({ reads: 1, iHaveRead: true })
  })

  it('comes and goes through the API as a list of keys, in its order', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
    const made = await createForumOf(context, { ...FORUM, items: ['INC-1', 'INC-2'] })
    expect(made.items.map(item => item.incident)).toEqual(['INC-1', 'INC-2'])
    const change = { items: ['INC-5', 'INC-1'], state: 'ready' as const, minutes: 45 }
    const changed = await changeForumOf(context, { id: made.id, change })
    expect(changed).toMatchObject({ state: 'ready', minutes: 45, itemCount: 2 })
    expect(changed.items.map(item => [item.incident, item.id === made.items[0]!.id])).toEqual([
      ['INC-5', false],
      ['INC-1', true],
    ])
    const bad = { items: ['INC-1', 'INC-99'] }
    expect(await fieldsOf(changeForumOf(context, { id: made.id, change: bad }))).toHaveProperty('items.1')
  })
})

onBothDatabases('lists of forums', database => {
  it('take as many queries for many forums as for few', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
    const queriesFor = async () => {
      const counted = counting(db)
      await listForums({ ...context, db: counted.db }, 'to come', { offset: 0, limit: 50 })
      await listSeries({ ...context, db: counted.db })
      return counted.queries()
    }
    const add = async () => {
      await addItem(context, { forumId: await createForum(context, FORUM), subject: 'INC-1' })
      await saveSeries(context, { id: null, given: SERIES })
    }
    await add()
    const one = await queriesFor()
    for (let i = 0; i < 6; i++) await add()
    expect(await queriesFor()).toBe(one)
    expect(one).toBeLessThanOrEqual(7)
  })
})
