import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor, Role } from '#app/identity/actor.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { buildReport, periodOfReport } from '#app/reports/build-report.server.ts'
import { keepMonths } from '#app/reports/keep-months.server.ts'
import { listReports } from '#app/reports/list-reports.server.ts'
import { correctReport, publishReport } from '#app/reports/publish-report.server.ts'
import { saveCommentary, saveStory } from '#app/reports/save-words.server.ts'
import { startDraft } from '#app/reports/start-draft.server.ts'
import { readEdition, viewReport } from '#app/reports/view-report.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { administrator, clock, counting, importCsv } from './house.ts'

const QUARTER = '2026-Q3'
const as = (role: Role): Actor => ({ ...administrator, role })
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    error => error.refusal ?? String(error),
  )

const INCIDENTS = [
  'key,title,severity,started_at,detected_at,acknowledged_at,mitigated_at,resolved_at,detected_by,customer_impact,family,incident_commander',
  'INC-1,Orders stood still,SEV-1,2026-07-03T09:00:00Z,2026-07-03T09:05:00Z,2026-07-03T09:07:00Z,2026-07-03T10:00:00Z,2026-07-03T11:00:00Z,monitoring,yes,Stuck queue,ada@example.org',
  'INC-2,Orders stood still again,SEV-2,2026-08-03T09:00:00Z,2026-08-03T09:15:00Z,2026-08-03T09:17:00Z,2026-08-03T09:50:00Z,2026-08-03T11:00:00Z,customer,yes,Stuck queue,grace@example.org',
  'INC-3,What nobody may read of,SEV-2,2026-05-04T09:00:00Z,2026-05-04T09:09:00Z,,2026-05-04T09:50:00Z,2026-05-04T11:00:00Z,employee,yes,Hushed family,ada@example.org',
  'INC-4,What nobody may read of again,SEV-2,2026-08-14T09:00:00Z,2026-08-14T09:09:00Z,,2026-08-14T09:50:00Z,2026-08-14T11:00:00Z,employee,yes,Hushed family,ada@example.org',
].join('\n')

const POSTMORTEMS = [
  'incident,title,status,published_at,themes,body',
  'INC-1,Orders and the queue,published,2026-07-04T09:00:00Z,Retries and timeouts,What happened.',
  'INC-4,A hushed title,published,2026-08-15T09:00:00Z,Hushed theme,What happened.',
].join('\n')

async function filled(db: Db): Promise<Db> {
  await prepareDatabase({ db, clock })
  await importCsv(
    db,
    'people',
    'name,email,is_engineer,start_date\nAda,ada@example.org,yes,2020-01-01\nGrace,grace@example.org,yes,2020-01-01\nAlan,alan@example.org,yes,2020-01-01\n',
  )
  await importCsv(db, 'incidents', INCIDENTS)
  await importCsv(db, 'postmortems', POSTMORTEMS)
  await importCsv(
    db,
    'action-items',
    'incident,title,kind,created_on,due_on,state,closed_on\nINC-1,Bound the retries,prevent,2026-07-05,2026-08-01,done,2026-07-20\nINC-2,Alert on the queue,detect,2026-08-05,2026-09-01,open,\n',
  )
  await importCsv(
    db,
    'deployments',
    'deployed_at,service,count\n2026-07-15T09:00:00Z,orders,400\n2026-05-15T09:00:00Z,orders,300\n',
  )
  return db
}

onBothDatabases('a report', database => {
  let db: Db
  beforeAll(async () => {
    db = await filled(await database.fresh())
  })
  const of = (role: Role) => ({ db, clock, actor: as(role) })

  describe('before it is published', () => {
    it('is begun by those who may write, once for a period that has begun', async () => {
      for (const role of ['member', 'facilitator'] as const)
        expect(await refusal(startDraft(of(role), QUARTER))).toBe('not-found')
      await startDraft(of('editor'), QUARTER)
      expect(await refusal(startDraft(of('administrator'), QUARTER))).toBe('conflict')
      for (const key of ['2027-Q1', '2026-Q5', 'latest', '2026-Q3\u0000'])
        expect([key, await refusal(startDraft(of('editor'), key))]).toEqual([key, 'not-found'])
    })

    it('is shown to those who may write and hidden from everybody else, in lists too', async () => {
      const draft = await viewReport(of('editor'), QUARTER)
      expect(draft).toMatchObject({ state: 'draft', title: 'Third quarter 2026', mayComment: true, mayPublish: false })
      expect(draft.content?.figures['incidents.count']).toEqual({ value: 3 })
      for (const role of ['member', 'facilitator'] as const) {
        expect(await refusal(viewReport(of(role), QUARTER))).toBe('not-found')
        expect(await refusal(readEdition(of(role), QUARTER))).toBe('not-found')
        expect(await listReports(of(role), { offset: 0, limit: 10 })).toEqual({ items: [], total: 0 })
      }
      const { items } = await listReports(of('editor'), { offset: 0, limit: 10 })
      expect(items).toMatchObject([{ period: QUARTER, state: 'draft', editions: 0, publishedAt: null }])
      expect(await viewReport(of('editor'), '2026-Q2')).toMatchObject({ state: 'none', content: null })
    })

    it('keeps what was written first when two write at once, and says so to the other', async () => {
      expect(
        await saveCommentary(of('editor'), QUARTER, 'noticing', { text: 'One alert for each service.', version: 0 }),
      ).toBe(1)
      expect(
        await refusal(saveCommentary(of('administrator'), QUARTER, 'noticing', { text: 'Mine', version: 0 })),
      ).toBe('conflict')
      expect(await saveCommentary(of('administrator'), QUARTER, 'noticing', { text: 'Both.\r\n', version: 1 })).toBe(2)
      expect(await saveStory(of('editor'), QUARTER, { text: 'A calm quarter.', version: 0 })).toBe(1)
      expect(await refusal(saveStory(of('editor'), QUARTER, { text: 'Another', version: 0 }))).toBe('conflict')
      const { words, versions } = await viewReport(of('editor'), QUARTER)
      expect(words).toEqual({ story: 'A calm quarter.', commentary: { noticing: 'Both.' } })
      expect(versions).toEqual({ story: 1, commentary: { noticing: 2 } })
    })

    it('takes no words from those who may not write, for no chapter, and none that cannot be kept', async () => {
      const written = { text: 'Words', version: 0 }
      expect(await refusal(saveStory(of('member'), QUARTER, written))).toBe('not-found')
      expect(await refusal(saveCommentary(of('facilitator'), QUARTER, 'cost', written))).toBe('not-found')
      expect(await refusal(saveCommentary(of('editor'), '2026-Q2', 'cost', written))).toBe('not-found')
      await expect((async () => saveCommentary(of('editor'), QUARTER, 'gossip', written))()).rejects.toThrow()
      await expect((async () => saveStory(of('editor'), QUARTER, { text: 'a\u0000', version: 1 }))()).rejects.toThrow()
    })

    it('is published by administrators alone, and only when its period is over', async () => {
      for (const role of ['member', 'facilitator', 'editor'] as const)
        expect(await refusal(publishReport(of(role), QUARTER))).toBe('not-found')
      await startDraft(of('editor'), '2026-Q4')
      expect(await refusal(publishReport(of('administrator'), '2026-Q4'))).toBe('conflict')
      expect(await refusal(publishReport(of('administrator'), '2026-Q1'))).toBe('not-found')
    })
  })

  describe('once published', () => {
    beforeAll(async () => {
      await db.updateTable('postmortems').set({ is_restricted: 1 }).where('title', '=', 'A hushed title').execute()
      const both = [publishReport(of('administrator'), QUARTER), publishReport(of('administrator'), QUARTER)]
      const outcomes = await Promise.all(both.map(refusal))
      expect(outcomes.sort()).toEqual(['conflict', 'done'])
    })

    it('is read by every member, with what people wrote', async () => {
      const view = await viewReport(of('member'), QUARTER)
      expect(view).toMatchObject({
        state: 'published',
        mayComment: false,
        hasDraft: false,
        edition: { number: 1, differences: [] },
      })
      expect(view.words).toEqual({ story: 'A calm quarter.', commentary: { noticing: 'Both.' } })
      expect(view.content?.chapters.map(chapter => chapter.id)).toHaveLength(9)
    })

    it('says nothing of what not everybody may read, while it is counted', async () => {
      const { content } = await readEdition(of('member'), QUARTER)
      expect(content.figures['incidents.repeatShare']).toMatchObject({ count: 2, n: 3 })
      const json = JSON.stringify(content)
      expect(json).toContain('Stuck queue')
      expect(json).not.toMatch(/hushed/i)
      expect(json).not.toMatch(/\b(Ada|Grace|Alan)\b|example\.org|INC-\d/)
    })

    it('moves no more, whatever is imported, changed or deleted', async () => {
      const editions = () => db.selectFrom('report_editions').selectAll().execute()
      const before = await editions()
      await importCsv(
        db,
        'incidents',
        `${INCIDENTS.split('\n')[0]}\nINC-9,Late,SEV-1,2026-07-09T09:00:00Z,2026-07-09T09:05:00Z,,,2026-07-09T11:00:00Z,customer,yes,,`,
      )
      expect(await refusal(saveStory(of('editor'), QUARTER, { text: 'Rewritten', version: 1 }))).toBe('conflict')
      expect(await editions()).toEqual(before)
    })

    it('is one value for all readers, which none of them can change', async () => {
      const { content, words } = await readEdition(of('member'), QUARTER)
      expect(Object.isFrozen(content.chapters[0]?.exhibits[0])).toBe(true)
      expect(() => Object.assign(words.commentary, { noticing: 'Mine.' })).toThrow(TypeError)
      expect((await readEdition(of('administrator'), QUARTER)).content).toBe(content)
    })

    it('is corrected by another edition, which looks from the same moment and says what differs', async () => {
      for (const role of ['member', 'editor'] as const)
        expect(await refusal(correctReport(of(role), QUARTER, { reason: 'Why' }))).toBe('not-found')
      expect(await refusal(correctReport(of('administrator'), QUARTER, { reason: ' ' }))).toBe('invalid')
      const later = { now: () => clock.now() + 40 * 86_400_000 }
      await correctReport({ ...of('administrator'), clock: later }, QUARTER, { reason: 'An incident was missing.' })
      expect(await refusal(correctReport(of('administrator'), QUARTER, { reason: 'Again' }))).toBe('conflict')
      const draft = await viewReport({ ...of('editor'), clock: later }, QUARTER, { draft: true })
      expect(draft).toMatchObject({
        state: 'draft',
        correcting: 'An incident was missing.',
        words: { story: 'A calm quarter.' },
      })
      expect(await viewReport(of('member'), QUARTER)).toMatchObject({
        state: 'published',
        hasDraft: false,
        edition: { number: 1 },
      })
      await saveCommentary({ ...of('editor'), clock: later }, QUARTER, 'cost', { text: 'It was more.', version: 0 })
      const first = await readEdition(of('member'), QUARTER)
      const second = await publishReport({ ...of('administrator'), clock: later }, QUARTER)
      expect(second).toMatchObject({ number: 2, reason: 'An incident was missing.' })
      expect(second.content.asOf).toBe(first.content.asOf)
      expect(second.differences).toContain('incidents.count was 3, now 4.')
      expect(second.differences).toContain('The commentary on “What did it cost?” was added.')
      expect(second.differences).not.toContain('The story was rewritten.')
      expect(await readEdition(of('member'), QUARTER)).toEqual(second)
      expect(await readEdition(of('member'), QUARTER, 1)).toEqual(first)
      expect(await refusal(viewReport(of('member'), QUARTER, { edition: 3 }))).toBe('not-found')
      const { editions } = await viewReport(of('member'), QUARTER)
      expect(editions.map(edition => edition.number)).toEqual([2, 1])
    })
  })

  it('takes as many queries for a year as for a month', async () => {
    const counts = await Promise.all(
      ['2026-08', '2026'].map(async key => {
        const counted = counting(db)
        await buildReport({ db: counted.db, clock }, await periodOfReport(db, key))
        return counted.queries()
      }),
    )
    expect(counts[0]).toBe(counts[1])
    expect(counts[0]).toBeLessThan(40)
  })
})

onBothDatabases('a survey in a report', database => {
  it('is its release without anything hidden there', async () => {
    const db = await filled(await database.fresh())
    const hidden = { hidden: true, n: 987_654, favourable: 987_653, neutral: 987_652, unfavourable: 987_651 }
    const shown = { hidden: false, n: 40, favourable: 30, neutral: 6, unfavourable: 4 }
    const whole = { kind: 'scale', mean: null, distribution: null, bounds: [0.6, 0.8], interval: [0.7, 0.8] }
    const question = (id: string, headline: boolean) => ({
      id,
      kind: 'scale',
      text: { en: id },
      options: [],
      reversed: false,
      headline,
    })
    const items = [question('shown-one', true), question('kept-back', true)]
    await db
      .insertInto('waves')
      .values({
        id: 'spring',
        title: 'Spring',
        state: 'published',
        plan: '{}',
        asks_attenders: 0,
        collecting_from: '2026-08-01T00:00:00.000Z',
        answering_from: '2026-08-03T00:00:00.000Z',
        closes_at: '2026-08-15T00:00:00.000Z',
        published_at: '2026-08-16T00:00:00.000Z',
        collected_shown: 0,
        questionnaire: JSON.stringify({ id: 'culture', target: 0.8, sections: [{ title: null, items }] }),
        release: JSON.stringify({
          wave: 'spring',
          invited: 50,
          collected: 45,
          cast: 40,
          k: 5,
          items: [
            { id: 'shown-one', ...whole, ...shown },
            { id: 'kept-back', ...whole, ...hidden, favourable: null },
          ],
          groups: [
            { id: 'all', label: 'All', parent: null, hidden: false, n: 40, items: [{ id: 'shown-one', ...shown }] },
            {
              id: 'a',
              label: 'Team A',
              parent: 'all',
              hidden: false,
              n: 20,
              items: [{ id: 'shown-one', ...shown, n: 20, favourable: 15, neutral: 3, unfavourable: 2 }],
            },
            { id: 'b', label: 'Team B', parent: 'all', hidden: false, n: 20, items: [{ id: 'shown-one', ...hidden }] },
            { id: 'c', label: 'Team C', parent: 'all', hidden: true },
          ],
          comments: [{ item: 'why', texts: ['A comment of somebody'] }],
        }),
        created_at: '2026-08-01T00:00:00.000Z',
        updated_at: '2026-08-16T00:00:00.000Z',
      })
      .execute()
    const content = await buildReport({ db, clock }, await periodOfReport(db, QUARTER))
    expect(content.releases).toEqual([{ wave: 'spring', title: 'Spring', publishedAt: '2026-08-16T00:00:00.000Z' }])
    expect(content.figures['survey.shown-one']).toMatchObject({ count: 30, n: 40 })
    const json = JSON.stringify(content)
    expect(json).not.toMatch(/98765\d|kept-back|Team [ABC]|A comment/)
  })
})

onBothDatabases('months that are over', database => {
  const clock = { now: () => Date.parse('2026-10-10T00:00:00.000Z') }

  it('keep what they said of people when those leave, and follow what is recorded late', async () => {
    const db = await filled(await database.fresh())
    await db.updateTable('incidents').set({ created_at: '2026-05-01T00:00:00.000Z' }).execute()
    expect(await keepMonths({ db, clock })).toBe(5)
    expect(await keepMonths({ db, clock })).toBe(0)
    const quarter = await periodOfReport(db, QUARTER)
    const before = await buildReport({ db, clock }, quarter)
    expect(before.figures['participation.ledEver']).toMatchObject({ count: 2, n: 3 })
    await db.updateTable('people').set({ left_on: '2026-06-01' }).where('name', '=', 'Grace').execute()
    await importCsv(
      db,
      'incidents',
      `${INCIDENTS.split('\n')[0]}\nINC-9,Late,SEV-1,2026-07-09T09:00:00Z,2026-07-09T09:05:00Z,,,2026-07-09T11:00:00Z,customer,yes,,`,
    )
    const after = await buildReport({ db, clock }, quarter)
    const ledIn = (content: typeof before) =>
      content.chapters.flatMap(chapter => chapter.exhibits).find(exhibit => exhibit.id === 'led-ever')
    expect(after.figures['participation.ledEver']).toEqual(before.figures['participation.ledEver'])
    const last = (content: typeof before) => {
      const exhibit = ledIn(content)
      return exhibit?.kind === 'run' ? exhibit.points.slice(-4) : null
    }
    expect(last(after)).toEqual(last(before))
    expect(after.figures['incidents.count']).toEqual({ value: 4 })
  })

  it('break a line where the definition by which they were counted is another', async () => {
    const db = await filled(await database.fresh())
    await db.updateTable('incidents').set({ created_at: '2026-05-01T00:00:00.000Z' }).execute()
    await keepMonths({ db, clock })
    await db
      .updateTable('report_months')
      .set({ definitions: '{"participation.ledEver": 2}' })
      .where('month', '=', '2026-08')
      .execute()
    const content = await buildReport({ db, clock }, await periodOfReport(db, QUARTER))
    const led = content.chapters.flatMap(chapter => chapter.exhibits).find(exhibit => exhibit.id === 'led-ever')
    expect(led?.kind === 'run' && led.breaks.map(one => led.points[one.at]?.label)).toEqual(['Aug 2026', 'Sep 2026'])
  })
})
