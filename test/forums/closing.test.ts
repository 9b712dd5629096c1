import { describe, expect, it } from 'vitest'
import { addItem } from '#app/forums/change-agenda.server.ts'
import { keepRecord } from '#app/forums/close-forum.server.ts'
import { createForum } from '#app/forums/create-forum.server.ts'
import { forgetPresence } from '#app/forums/forum-jobs.server.ts'
import type { Harvest } from '#app/forums/harvest.ts'
import { attendersIn } from '#app/forums/harvest-live.server.ts'
import { patternsAcrossForums } from '#app/forums/patterns.server.ts'
import { isOnTime } from '#app/forums/record.ts'
import { recordMarkdown } from '#app/forums/record-markdown.ts'
import { confirmProposal, dropProposal } from '#app/forums/settle-proposal.server.ts'
import { viewForum } from '#app/forums/view-forum.server.ts'
import { viewRecord } from '#app/forums/view-record.server.ts'
import { presentIncident } from '#app/incidents/present-incident.server.ts'
import { presentPostmortem } from '#app/postmortems/present-postmortem.server.ts'
import { readFigures } from '#app/reports/figures.server.ts'
import { mergeTheme } from '#app/themes/merge-theme.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { as, discussed, FORUM, fieldsOf, harvestOf, movableClock, organisation } from './planned.ts'

const CLOSED = '2026-12-15T14:58:00.000Z'

/** A forum about INC-1, INC-2 and INC-5, closed: the second was skipped. */
async function held(database: TestDatabase) {
  const clock = movableClock()
  const db = await organisation(database, clock)
  const actor = await as(db, 'ada', 'facilitator')
  const context = { db, clock, actor }
  const id = await createForum(context, FORUM)
  const items: string[] = []
  for (const subject of ['INC-1', 'INC-2', 'INC-5']) items.push(await addItem(context, { forumId: id, subject }))
  const themes = await listThemes(db)
  const [change, other] = [
    themes.find(theme => theme.slug === 'change')!,
    themes.find(theme => theme.slug !== 'change' && theme.parentId === null)!,
  ]
  const [cem, dua] = [await as(db, 'cem'), await as(db, 'dua')]
  const harvest = harvestOf(
    [
      discussed(items[0]!, {
        notes: [{ phase: 'discussion', text: '# The limit was copied,\n1. never measured' }],
        factors: ['A default that nobody had chosen'],
        themes: [{ themeId: change.id, votes: 3 }],
        proposals: [{ text: 'Calls give up after two seconds', kind: 'prevent', ownerId: cem.personId }],
      }),
      discussed(items[1]!, { wasDiscussed: false, spentSeconds: 0 }),
      discussed(items[2]!, {
        spentSeconds: 17 * 60,
        themes: [
          { themeId: change.id, votes: 1 },
          { themeId: other.id, votes: 2 },
        ],
        proposals: [{ text: 'Mail that waits is a graph', kind: null, ownerId: null }],
      }),
    ],
    {
      patterns: ['Both began with a copied value'],
      parkingLot: ['Who owns the libraries?'],
      proposals: [{ text: 'A page on copied values', kind: 'process', ownerId: null }],
      attended: [
        { personId: cem.personId, how: 'present' },
        { personId: dua.personId, how: 'checked-in' },
      ],
    },
  )
  await close(db, id, harvest)
  clock.set('2026-12-16T09:00:00Z')
  return { ...context, clock, id, items, cem, dua, change, other }
}

function close(db: Db, forumId: string, harvest: Harvest): Promise<void> {
  return inTransaction(db, tx => keepRecord(tx, { forumId, harvest, now: Date.parse(CLOSED) }))
}

onBothDatabases('a closed forum', database => {
  it('leaves a record: what was said of each item, how long it took, how many came', async () => {
    const { id, ...context } = await held(database)
    const view = await viewForum(context, id)
    expect(view).toMatchObject({ state: 'closed', closedAt: CLOSED })
    const record = (await viewRecord(context, view))!
    expect(record).toMatchObject({ attended: 2, waiting: 3, spentSeconds: 31 * 60, plannedSeconds: 30 * 60 })
    expect(record.confirmBy, 'five working days later').toBe('2026-12-22')
    expect(record.items.map(item => [item.title, item.wasDiscussed, item.spentSeconds])).toEqual([
      ['Checkout stalled', true, 840],
      ['Search was empty', false, null],
      ['Mail was late', true, 1020],
    ])
    expect(record.items[2]!.themes.map(theme => theme.votes)).toEqual([2, 1])
  })

  it('is told in Markdown in which nothing that people wrote becomes markup', async () => {
    const { id, ...context } = await held(database)
    const view = await viewForum(context, id)
    const markdown = recordMarkdown(view, (await viewRecord(context, view))!, '15 Dec 2026, 15:00 CET')
    expect(markdown).toContain('15 Dec 2026, 15:00 CET. 2 people attended. Facilitated by Ada.')
    expect(markdown).toContain('- \\# The limit was copied, 1. never measured\n')
    expect(markdown).toContain('## INC-2: Search was empty\n\nSkipped.\n')
    expect(markdown).toContain('- Calls give up after two seconds (proposed, Cem named as owner)')
    expect(markdown).not.toMatch(/quizzaciously|stays among/)
  })

  it('has its proposals confirmed with owner and date, by a facilitator or whom the forum named', async () => {
    const { id, cem, dua, ...context } = await held(database)
    const record = async () => (await viewRecord(context, await viewForum(context, id)))!
    const [first, second, whole] = [
      ...(await record()).items.flatMap(item => item.followUps),
      ...(await record()).followUps,
    ]
    const given = {
      title: 'Calls give up after two seconds',
      owner: 'cem@x.test',
      dueOn: '2027-01-20',
      kind: 'prevent',
      incident: '',
    }
    const confirm = (actor: typeof cem, which: string, more = {}) =>
      confirmProposal({ ...context, actor }, { forumId: id, id: which, given: { ...given, ...more } })
    await expect(confirm(dua, first!.id)).rejects.toMatchObject({ status: 404 })
    expect(Object.keys(await fieldsOf(confirm(cem, first!.id, { owner: '', dueOn: '' })))).toEqual(['owner', 'dueOn'])
    const actionId = await confirm(cem, first!.id)
    await expect(confirm(cem, first!.id)).rejects.toMatchObject({ status: 409 })
    const drop = (reason: string) => dropProposal(context, { forumId: id, id: second!.id, reason })
    expect(await fieldsOf(drop(' '))).toHaveProperty('reason')
    await drop('The service goes away')
    expect(await fieldsOf(confirm(context.actor, whole!.id)), 'of which incident?').toHaveProperty('incident')
    await confirm(context.actor, whole!.id, { title: 'A page on copied values', incident: 'INC-1' })
    const after = await record()
    expect(after.waiting).toBe(0)
    expect(after.items[0]!.followUps[0]).toMatchObject({
      state: 'confirmed',
      action: { id: actionId, state: 'open', dueOn: '2027-01-20', owner: 'Cem' },
    })
    expect(after.items[2]!.followUps[0]).toMatchObject({ state: 'dropped', reason: 'The service goes away' })
  })

  it('shows on the pages of its incidents and postmortems, with what came of it', async () => {
    const { db, clock, id, cem } = await held(database)
    const seen = { db, clock, actor: cem }
    const mention = { forumId: id, isOver: true, outcome: 'one proposal to be confirmed' }
    expect((await presentIncident(seen, 'INC-1')).forums).toMatchObject([mention])
    expect((await presentIncident(seen, 'INC-2')).forums, 'it was skipped').toEqual([])
    const { slug } = await db
      .selectFrom('postmortems')
      .select('slug')
      .where('status', '=', 'published')
      .executeTakeFirstOrThrow()
    expect((await presentPostmortem(seen, slug)).forums).toMatchObject([mention])
  })

  it('shows patterns by how many teams met them, and keeps them when themes are merged', async () => {
    const { db, clock, id, cem, change, other, ...context } = await held(database)
    const seen = { db, clock, actor: cem }
    const [top, next] = (await patternsAcrossForums(seen)).patterns
    expect(top).toMatchObject({ slug: change.slug, teams: ['Payments'], items: 2, forums: 1, votes: 4 })
    expect(next).toMatchObject({ slug: other.slug, items: 1, investments: [] })
    await mergeTheme(
      { db, clock, actor: { ...context.actor, role: 'administrator' } },
      { slug: change.slug, into: other.slug },
    )
    const { patterns } = await patternsAcrossForums(seen)
    expect(patterns.map(one => [one.slug, one.items, one.votes])).toEqual([[other.slug, 2, 5]])
  })

  it('counts in the figures of its period', async () => {
    const { db, clock, actor } = await held(database)
    const asked = (from: string, to: string) => readFigures({ db, clock, actor }, { from, to })
    const { figures } = await asked('2026-10-01', '2027-01-01')
    expect(figures['forums.held']).toEqual({ value: 1 })
    expect(figures['forums.itemsReviewed']).toEqual({ value: 2 })
    expect(figures['forums.reach']).toEqual({ value: 0.5, count: 2, n: 4 })
    expect(figures['forums.onTime'], '14 minutes were, 17 were not').toMatchObject({ value: 0.5, count: 1, n: 2 })
    expect((await asked('2026-07-01', '2026-10-01')).figures['forums.held']).toEqual({ value: 0 })
  })

  it('forgets after 30 days who was present for how long, and keeps who attended', async () => {
    const { db, clock, id, cem } = await held(database)
    await db
      .insertInto('forum_presence')
      .values({ forum_id: id, person_id: cem.personId, step: 'x', sitting: 's', present_ms: 5, last_seen_at: CLOSED })
      .execute()
    const rows = async () => (await db.selectFrom('forum_presence').selectAll().execute()).length
    clock.set('2027-01-14T14:00:00Z')
    await forgetPresence({ db, clock })
    expect(await rows()).toBe(1)
    clock.set('2027-01-14T15:00:00Z')
    await forgetPresence({ db, clock })
    expect(await rows()).toBe(0)
    expect((await db.selectFrom('forum_attendance').selectAll().execute()).length).toBe(2)
  })
})

describe('after the hour', () => {
  it('an item is on time up to a minute more than planned', () => {
    const onTime = (spentSeconds: number) => isOnTime({ plannedSeconds: 900, spentSeconds })
    expect([840, 900, 960, 961].map(onTime)).toEqual([true, true, true, false])
  })

  it('who was there for half of any item that was discussed has attended', () => {
    const items = [discussed('a', { spentSeconds: 600 }), discussed('b', { spentSeconds: 600, wasDiscussed: false })]
    const presence = [
      { personId: 'half', step: 'a', presentMs: 300_000 },
      { personId: 'less', step: 'a', presentMs: 299_999 },
      { personId: 'skipped', step: 'b', presentMs: 600_000 },
      { personId: 'opening', step: 'opening', presentMs: 600_000 },
    ]
    expect(attendersIn(items, presence)).toEqual(['half'])
  })
})
