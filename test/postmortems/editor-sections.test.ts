import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applySection,
  EDITOR_SECTIONS,
  inOrderOfTime,
  type ListIds,
  sectionValue,
  shownTime,
  whysAsLines,
  whysFromLines,
} from '#app/postmortems/editor-sections.ts'
import type { PostmortemRecord } from '#app/postmortems/record.ts'
import { anyRecord } from './any-record.ts'
import { recordOf } from './house.ts'

const idsOf = (record: PostmortemRecord): ListIds => ({
  timeline: record.timeline.map((_, at) => `entry-${at}`),
  factors: record.factors.map((_, at) => `factor-${at}`),
  actions: record.actions.map((_, at) => `action-${at}`),
})
const TODAY = '2026-12-01'

describe('a section of the editor', () => {
  it('gives back the record that it shows, to the letter, when nothing was typed', () => {
    fc.assert(
      fc.property(anyRecord, fc.constantFrom(...EDITOR_SECTIONS), (any, section) => {
        const tidy = (words: string | null) => words?.trim() || null
        const record: PostmortemRecord = {
          ...any,
          title: any.title.trim() || 'x',
          incidentKey: tidy(any.incidentKey),
          sourceUrl: tidy(any.sourceUrl),
          themes: [...new Set(any.themes.map(theme => theme.trim()).filter(theme => theme && !theme.includes('\n')))],
          timeline: any.timeline
            .filter(entry => entry.text.trim() !== '')
            .map(entry => ({ ...entry, atText: entry.at === null ? tidy(entry.atText) : null })),
          factors: any.factors
            .filter(factor => factor.text.trim() !== '')
            .map(factor => ({ ...factor, themes: [], whys: whysFromLines(whysAsLines(factor.whys)) })),
          actions: any.actions
            .filter(action => action.title.trim() !== '')
            .map(action => ({ ...action, owner: tidy(action.owner) })),
        }
        const ids = idsOf(record)
        const read = applySection(record, ids, section, sectionValue(record, ids, section), TODAY)
        expect(read.errors).toEqual([])
        expect(read.record).toEqual(record)
        expect(read.ids).toEqual(ids)
      }),
      { numRuns: 300 },
    )
  })

  it('keeps branches of a five-whys chain, and moves up what stood below an empty answer', () => {
    const whys = [
      {
        text: 'a',
        whys: [
          { text: 'b\nc', whys: [] },
          { text: '0 "d"', whys: [{ text: 'e', whys: [] }] },
        ],
      },
      { text: 'f', whys: [] },
    ]
    expect(whysFromLines(whysAsLines(whys))).toEqual(whys)
    expect(whysFromLines('0 "a"\n1 " "\n2 "b"\n7 "c"\n0 "d"')).toEqual([
      { text: 'a', whys: [{ text: 'b', whys: [{ text: 'c', whys: [] }] }] },
      { text: 'd', whys: [] },
    ])
  })

  it('leaves out rows in which nothing was written, and takes a time that is not certain as it was written', () => {
    const record = recordOf({ title: 'Rows' })
    const value = {
      fields: {},
      rows: [
        { id: 'one', time: '2026-08-14 15:45 +02:00', marker: 'detected', text: 'Seen' },
        { id: 'two', time: ' ', marker: '', text: '' },
        { id: 'three', time: 'about noon', marker: 'never', text: 'Heard' },
      ],
    }
    const read = applySection(record, idsOf(record), 'timeline', value, TODAY)
    expect(read.record.timeline).toEqual([
      { at: '2026-08-14T13:45:00.000Z', atText: null, marker: 'detected', text: 'Seen' },
      { at: null, atText: 'about noon', marker: null, text: 'Heard' },
    ])
    expect(read.ids.timeline).toEqual(['one', 'three'])
  })

  it('keeps of an action item what the form does not show', () => {
    const action = {
      title: 'Alert on pool use',
      kind: 'detect',
      owner: 'a@example.org',
      createdOn: '2026-08-15',
      dueOn: '2026-09-01',
      state: 'in progress',
      closedOn: null,
      reason: null,
      externalId: 'JIRA-1',
    } as const
    const record = recordOf({ title: 'Actions', actions: [{ ...action }] })
    const ids = idsOf(record)
    const rows = [
      { id: 'action-0', title: 'Page when the pool is at 80 %', owner: 'b@example.org', due: '', kind: 'prevent' },
      { id: 'new', title: ' Another ', owner: '', due: '2026-12-24', kind: '' },
    ]
    const read = applySection(record, ids, 'actions', { fields: {}, rows }, TODAY)
    expect(read.record.actions).toEqual([
      { ...action, title: rows[0]?.title, owner: 'b@example.org', dueOn: null, kind: 'prevent' },
      {
        title: 'Another',
        kind: null,
        owner: null,
        createdOn: TODAY,
        dueOn: '2026-12-24',
        state: 'open',
        closedOn: null,
        reason: null,
        externalId: null,
      },
    ])
  })

  it('names the field that cannot be used', () => {
    const record = recordOf({ title: 'Facts' })
    const facts = { title: ' ', startedAt: '2026-08-14 13:45', severity: 'SEV-9', sourceUrl: 'javascript:alert(1)' }
    const read = applySection(record, idsOf(record), 'facts', { fields: facts, rows: [] }, TODAY)
    expect(read.errors.map(error => error.path).sort()).toEqual(['severity', 'sourceUrl', 'startedAt', 'title'])
    const rows = [{ id: 'x', title: '', owner: 'somebody', due: '31.12.2026', kind: '' }]
    expect(applySection(record, idsOf(record), 'actions', { fields: {}, rows }, TODAY).errors).toEqual([
      { path: 'rows.0.due', message: 'Write the day as 2026-08-14.' },
      { path: 'rows.0.title', message: expect.stringContaining('what will be true') },
    ])
  })

  it('puts rows in the order of their times, and leaves those without one where they belong', () => {
    const row = (id: string, time: string) => ({ id, time })
    const rows = [
      row('late', '2026-08-14 15:00 UTC'),
      row('after late', 'a little later'),
      row('early', '2026-08-14 16:00 +02:00'),
      row('after early', ''),
    ]
    expect(inOrderOfTime(rows).map(one => one.id)).toEqual(['early', 'after early', 'late', 'after late'])
  })

  it('shows times with seconds only where there are some', () => {
    expect(shownTime('2026-08-14T13:45:00.000Z')).toBe('2026-08-14 13:45 UTC')
    expect(shownTime('2026-08-14T13:45:07.000Z')).toBe('2026-08-14 13:45:07 UTC')
    expect(shownTime('2026-08-14T13:45:07.120Z')).toBe('2026-08-14 13:45:07.120 UTC')
  })
})
