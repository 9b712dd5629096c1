import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#app/identity/actor.ts'
import { answerHandoff } from '#app/incidents/answer-handoff.server.ts'
import { offerHandoff } from '#app/incidents/offer-handoff.server.ts'
import { postUpdate } from '#app/incidents/post-update.server.ts'
import { recordIncident } from '#app/incidents/record-incident.server.ts'
import { takeRole } from '#app/incidents/take-role.server.ts'
import type { AppError } from '#app/platform/errors.ts'
import { changeStatus } from '#app/postmortems/change-status.server.ts'
import { changeVisibility } from '#app/postmortems/change-visibility.server.ts'
import { recordToEdit } from '#app/postmortems/edit-postmortem.server.ts'
import { type EditorSection, sectionValue } from '#app/postmortems/editor-sections.ts'
import type { SectionValue } from '#app/postmortems/merge-section.ts'
import { nameReaders } from '#app/postmortems/name-readers.server.ts'
import { postmortemHistory } from '#app/postmortems/postmortem-history.server.ts'
import { hoursToPublish, reviewChecklist } from '#app/postmortems/review-checklist.ts'
import { saveRecords } from '#app/postmortems/save-records.server.ts'
import { saveSection } from '#app/postmortems/save-section.server.ts'
import { recordWithRows } from '#app/postmortems/section-of.server.ts'
import { startFromIncident, startPostmortem } from '#app/postmortems/start-postmortem.server.ts'
import { mergeTheme } from '#app/themes/merge-theme.server.ts'
import { saveTheme } from '#app/themes/save-theme.server.ts'
import { undoMerge } from '#app/themes/undo-merge.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { clock, NOW, prepared, recordOf, refusalOf, save, someone } from './house.ts'

const ONE_MINUTE = 60_000
const text = (words: string): SectionValue => ({ fields: { text: words }, rows: [] })

onBothDatabases('writing a postmortem', database => {
  let db: Db
  let ada: Actor
  let ben: Actor
  let editor: Actor
  beforeAll(async () => {
    db = await prepared(database)
    editor = await someone(db, 'editor')
    ada = await someone(db, 'member', 'ada@example.org')
    ben = await someone(db, 'member', 'ben@example.org')
  })
  const now = { at: Date.parse(NOW) }
  const moving = { now: () => now.at }
  const as = (actor: Actor) => ({ db, clock: moving, actor })
  const shown = async (id: string, section: EditorSection) => {
    const { record, ids } = await recordWithRows({ db, actor: editor }, id)
    return sectionValue(record, ids, section)
  }
  const write = (actor: Actor, id: string, section: EditorSection, base: SectionValue, mine: SectionValue) =>
    saveSection(as(actor), id, section, { base, mine })
  const begun = async () => (await startPostmortem(as(ada), 'Checkout stalled')).id
  const twoAuthors = async () => {
    const id = await begun()
    const facts = await shown(id, 'facts')
    await write(ada, id, 'facts', facts, {
      ...facts,
      fields: { ...facts.fields, authors: 'ada@example.org\nben@example.org' },
    })
    return id
  }

  it('begins with all that the incident’s record knows, and opens the draft the second time', async () => {
    const moments = {
      startedAt: '2026-11-30T09:00:00.000Z',
      detectedAt: '2026-11-30T09:25:00.000Z',
      mitigatedAt: '2026-11-30T10:00:00.000Z',
      resolvedAt: '2026-11-30T11:00:00.000Z',
    }
    const incident = await recordIncident(as(ada), {
      title: 'Checkout stalled for members',
      severity: 'SEV-2',
      detectedBy: 'employee',
      customerImpact: true,
      impactNote: '300 members could not pay.',
      ...moments,
    })
    const { key } = incident
    await postUpdate(as(ada), { key, text: 'Orders are **queued**, none is lost.' })
    const turn = await takeRole(as(ada), {
      key,
      role: 'incident commander',
      personId: ada.personId,
      from: null,
      until: null,
    })
    const part = (words: string) => ({ text: words, isNothing: words === '' })
    const handoff = await offerHandoff(as(ada), {
      key,
      assignmentId: turn,
      receiverId: ben.personId,
      parts: {
        state: part('Retries are off.'),
        hypotheses: part(''),
        rollbacks: part('4.12 was rolled back.'),
        nextSteps: part('Watch the queue.'),
        risks: part(''),
      },
    })
    now.at += ONE_MINUTE
    await answerHandoff(as(ben), { key, id: handoff, answer: 'accepted' })

    const first = await startFromIncident(as(ada), key)
    const again = await startFromIncident(as(ada), key)
    expect(again).toEqual({ id: first.id, slug: first.slug, isNew: false })
    const { record } = await recordToEdit(as(ada), first.slug)
    expect(record).toMatchObject({
      title: 'Checkout stalled for members',
      status: 'draft',
      incidentKey: key,
      severity: 'SEV-2',
      ...moments,
      authors: ['ada@example.org'],
    })
    expect(record.sections.impact).toBe('300 members could not pay.\n\nHow long: 1 h.')
    const lines = record.timeline.map(entry => [entry.marker, entry.text])
    expect(lines.slice(0, 4)).toEqual([
      ['started', 'The incident started.'],
      ['detected', 'It was detected by an employee.'],
      ['mitigated', 'Its effects were mitigated.'],
      ['resolved', 'It was resolved.'],
    ])
    expect(lines).toContainEqual([null, 'Orders are **queued**, none is lost.'])
    expect(lines).toContainEqual([null, 'Incident commander handed over from ada to ben.'])
    expect(record.sections.body).toMatch(/## Roles\n\n- Incident commander: ada/)
    expect(record.sections.body).toContain('- Rollbacks attempted: 4.12 was rolled back.')
    expect(record.sections.body).toContain('- Risks: nothing to report')

    const refusal = (await refusalOf(() => startFromIncident(as(ben), key))) as AppError
    expect(refusal.status).toBe(409)
    await nameReaders(as(ada), first.slug, [ben.email])
    expect((await startFromIncident(as(ben), key)).id).toBe(first.id)
    await changeVisibility(as(editor), first.slug, { change: 'archive', reason: '' })
    expect((await startFromIncident(as(ben), key)).isNew).toBe(true)
    expect((await refusalOf(() => startFromIncident(as(ben), 'INC-0000'))).message).toMatch(/does not exist/)
  })

  it('makes one draft of two that click at once', async () => {
    const { key } = await recordIncident(as(ada), { title: 'Clicked twice' })
    const both = await Promise.all([startFromIncident(as(ada), key), startFromIncident(as(ada), key)])
    expect(new Set(both.map(one => one.id)).size).toBe(1)
    expect(both.filter(one => one.isNew)).toHaveLength(1)
  })

  it('needs a title where there is no incident', async () => {
    await expect(startPostmortem(as(ada), '  ')).rejects.toThrow(/title/)
    const { slug } = await startPostmortem(as(ada), 'No incident behind it')
    expect((await recordToEdit(as(ada), slug)).record).toMatchObject({ status: 'draft', authors: [ada.email] })
  })

  it('counts the versions of a section, and keeps one sitting as one revision', async () => {
    const id = await begun()
    let base = text('')
    for (const words of ['O', 'One', 'One line']) {
      now.at += ONE_MINUTE
      const saved = await write(ada, id, 'summary', base, text(words))
      if (saved.kind === 'conflict') throw new Error('alone')
      base = saved.base
      expect(saved.base).toEqual(text(words))
      expect(saved.merged).toBeNull()
    }
    const same = await write(ada, id, 'summary', base, base)
    expect(same).toMatchObject({ kind: 'saved', version: 4 })
    const { slug } = await recordToEdit(
      as(ada),
      (await db.selectFrom('postmortems').select('slug').where('id', '=', id).executeTakeFirstOrThrow()).slug,
    )
    const history = () => postmortemHistory({ db, actor: ada }, slug, { from: 0, to: 0 })
    expect((await history()).revisions.map(revision => revision.number)).toEqual([2, 1])
    now.at += 16 * ONE_MINUTE
    await write(ada, id, 'summary', base, text('One line\nTwo'))
    await write(editor, id, 'impact', text(''), text('Nobody'))
    expect((await history()).revisions.map(revision => revision.number)).toEqual([4, 3, 2, 1])
  })

  it('puts together what two wrote in different lines', async () => {
    const id = await twoAuthors()
    await write(ada, id, 'summary', text(''), text('First\nSecond\nThird'))
    const base = text('First\nSecond\nThird')
    await write(ben, id, 'summary', base, text('First, by Ben\nSecond\nThird'))
    const saved = await write(ada, id, 'summary', base, text('First\nSecond\nThird\nFourth, by Ada'))
    const both = text('First, by Ben\nSecond\nThird\nFourth, by Ada')
    expect(saved).toMatchObject({ kind: 'saved', merged: both, base: both })
    expect(await shown(id, 'summary')).toEqual(both)
  })

  it('writes nothing where two contradict each other, and shows the other version', async () => {
    const id = await twoAuthors()
    await write(ben, id, 'summary', text(''), text('One'))
    await write(ben, id, 'summary', text('One'), text('One, as Ben has it'))
    const refused = await write(ada, id, 'summary', text('One'), text('One, as Ada has it'))
    expect(refused).toEqual({ kind: 'conflict', theirs: text('One, as Ben has it'), savedBy: 'ben' })
    expect(await shown(id, 'summary')).toEqual(text('One, as Ben has it'))
    const chosen = await write(ada, id, 'summary', text('One, as Ben has it'), text('One, as Ada has it'))
    expect(chosen).toMatchObject({ kind: 'saved', merged: null })
  })

  it('loses nothing where two save one section again and again at once', async () => {
    const id = await twoAuthors()
    const writer = async (actor: Actor, mark: string) => {
      let base = text('')
      let mine = ''
      for (let n = 0; n < 8; n++) {
        mine = mine === '' ? `${mark}0` : `${mine}\n${mark}${n}`
        const sent = text(mine)
        const saved = await write(actor, id, 'lessons', base, sent)
        if (saved.kind === 'conflict') throw new Error('Nobody changed a line of somebody else’s')
        base = saved.base
        mine = (saved.merged ?? sent).fields.text ?? ''
      }
    }
    await Promise.all([writer(ada, 'a'), writer(ben, 'b')])
    const lines = (await shown(id, 'lessons')).fields.text?.split('\n') ?? []
    expect(lines.toSorted()).toEqual([...'01234567'].flatMap(n => [`a${n}`, `b${n}`]).toSorted())
  })

  it('merges rows by their ids and keeps the ids whatever the words', async () => {
    const id = await twoAuthors()
    const row = (name: string, words: string) => ({ id: `timeline-row-${name}`, time: '', marker: '', text: words })
    const start = { fields: {}, rows: [row('a', 'A'), row('b', 'B')] }
    const first = await write(ada, id, 'timeline', { fields: {}, rows: [] }, start)
    expect(first).toMatchObject({ base: start })
    await write(ben, id, 'timeline', start, { fields: {}, rows: [row('a', 'A'), row('c', 'C'), row('b', 'B')] })
    await write(ada, id, 'timeline', start, { fields: {}, rows: [row('b', 'B, mended'), row('a', 'A')] })
    expect((await shown(id, 'timeline')).rows).toEqual([row('b', 'B, mended'), row('a', 'A'), row('c', 'C')])
    const { record } = await recordWithRows(as(ada), id)
    expect(record.timeline[0]).toEqual({ at: null, atText: null, marker: null, text: 'B, mended' })
  })

  it('takes no row’s id from another postmortem', async () => {
    const [one, other] = [await begun(), await begun()]
    const rows = [{ id: '0198f2aa-own-row', text: 'A factor', themes: '', whys: '' }]
    for (const id of [one, other]) await write(ada, id, 'factors', { fields: {}, rows: [] }, { fields: {}, rows })
    expect((await shown(one, 'factors')).rows[0]?.id).toBe('0198f2aa-own-row')
    expect((await shown(other, 'factors')).rows[0]?.id).not.toBe('0198f2aa-own-row')
    expect((await shown(other, 'factors')).rows[0]?.text).toBe('A factor')
  })

  it('gives a factor its theme back when a merge is undone, although the factor was edited since', async () => {
    const theme = (name: string) =>
      saveTheme(as(editor), { slug: null, name, definition: `About ${name}, and more.`, synonyms: [], parent: null })
    const [from, into] = [await theme('Narrow'), await theme('Wide')]
    const id = await begun()
    const factor = { id: 'factor-of-a-merge', text: 'A limit', themes: from.slug, whys: '' }
    await write(ada, id, 'factors', { fields: {}, rows: [] }, { fields: {}, rows: [factor] })
    await mergeTheme(as(editor), { slug: from.slug, into: into.slug })
    const merged = { fields: {}, rows: [{ ...factor, themes: into.slug }] }
    await write(ada, id, 'factors', merged, {
      fields: {},
      rows: [{ ...factor, themes: into.slug, text: 'A low limit' }],
    })
    const { id: merge } = await db
      .selectFrom('theme_merges')
      .select('id')
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    await undoMerge(as(editor), { mergeId: merge })
    expect((await shown(id, 'factors')).rows).toEqual([{ ...factor, text: 'A low limit' }])
  })

  it('keeps a factor’s id by its text where the writer knows no ids', async () => {
    const factors = ['One', 'Two'].map(words => ({ text: words, themes: [], whys: [] }))
    const { id } = await save(db, editor, { title: 'By text', factors })
    const before = (await shown(id, 'factors')).rows.map(row => row.id)
    await db.transaction().execute(async tx => {
      const record = recordOf({ title: 'By text', factors: [...factors].reverse() })
      await saveRecords(tx, { clock, actor: editor }, [{ id, record, note: 'Turned round' }])
    })
    expect((await shown(id, 'factors')).rows.map(row => row.id)).toEqual(before.reverse())
  })

  it('makes no theme and no service of half a word', async () => {
    const id = await begun()
    const refusal = (await refusalOf(() =>
      write(ada, id, 'themes', { fields: { themes: '' }, rows: [] }, { fields: { themes: 'capac' }, rows: [] }),
    )) as AppError
    expect(refusal.errors).toEqual([
      { path: 'themes', message: '“capac” is no theme. Editors add themes to the list.' },
    ])
    const facts = await shown(id, 'facts')
    const typed = { ...facts, fields: { ...facts.fields, services: 'chec' } }
    expect((await refusalOf(() => write(ada, id, 'facts', facts, typed))).message).toMatch(/No service is called/)
    expect(await db.selectFrom('themes').select('id').where('slug', '=', 'capac').execute()).toEqual([])
  })

  it('is for those alone who may edit', async () => {
    const id = await begun()
    expect((await refusalOf(() => write(ben, id, 'summary', text(''), text('Mine')))).message).toMatch(/not exist/)
    expect((await refusalOf(() => write(ada, 'no\0id', 'summary', text(''), text('x')))).message).toMatch(/not exist/)
  })

  it('goes from draft to review to publication, by an editor', async () => {
    const { slug } = await startPostmortem(as(ada), 'Step by step')
    await changeStatus(as(ada), slug, 'send to review')
    expect((await refusalOf(() => changeStatus(as(ada), slug, 'publish'))).message).toMatch(/An editor publishes/)
    await changeStatus(as(ada), slug, 'take back')
    await changeStatus(as(ada), slug, 'send to review')
    await changeStatus(as(editor), slug, 'publish')
    const published = await recordToEdit(as(editor), slug)
    expect(published.record.status).toBe('published')
    expect(published.record.publishedAt).toBe(new Date(now.at).toISOString())
    await changeStatus(as(editor), slug, 'publish')
    expect((await recordToEdit(as(editor), slug)).revision).toBe(published.revision)
    expect((await refusalOf(() => changeStatus(as(editor), slug, 'take back'))).message).toMatch(/published meanwhile/)
    await expect(changeStatus(as(ada), slug, 'send to review')).rejects.toThrow(/does not exist/)
  })
})

describe('the checklist of a review', () => {
  const missing = (record: Parameters<typeof recordOf>[0]) =>
    reviewChecklist(recordOf(record)).flatMap(item => (item.isDone ? [] : item.section))

  it('names what is missing, section by section', () => {
    expect(missing({ title: 'Empty' })).toEqual(['impact', 'timeline', 'factors', 'prevention', 'detection', 'actions'])
    const factor = (words: string) => ({ text: words, themes: [], whys: [] })
    const action = {
      title: 'Do it',
      kind: null,
      owner: 'a@example.org',
      createdOn: null,
      dueOn: null,
      state: 'open' as const,
      closedOn: null,
      reason: null,
      externalId: null,
    }
    const half = {
      title: 'Half',
      sections: { impact: 'x', prevention: ' ' },
      timeline: [{ at: null, atText: null, marker: null, text: 'x' }],
      factors: [factor('One'), factor(' ')],
      actions: [action],
    }
    expect(missing(half)).toEqual(['factors', 'prevention', 'detection', 'actions'])
    const whole = {
      ...half,
      sections: { impact: 'x', prevention: 'x', detection: 'x' },
      factors: [factor('One'), factor('Two')],
      actions: [action, { ...action, dueOn: '2026-12-24' }],
    }
    expect(missing(whole)).toEqual([])
  })

  it('counts the hours that are left of the 48', () => {
    const resolved = '2026-12-01T10:00:00.000Z'
    expect(hoursToPublish(resolved, Date.parse('2026-12-01T10:00:00.000Z'))).toBe(48)
    expect(hoursToPublish(resolved, Date.parse('2026-12-03T09:30:00.000Z'))).toBe(0)
    expect(hoursToPublish(resolved, Date.parse('2026-12-03T10:30:00.000Z'))).toBe(-1)
    expect(hoursToPublish(null, 0)).toBeNull()
  })
})
