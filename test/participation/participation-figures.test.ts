import { describe, expect, it } from 'vitest'
import { periodNamed } from '#app/measure/period.ts'
import { type CensusPerson, eligibleOn } from '#app/participation/eligible.ts'
import { leadCredits, type Turn } from '#app/participation/lead-credits.ts'
import { participationFigures } from '#app/participation/participation-figures.ts'

const period = periodNamed('2026-Q3', 'UTC')!

function person(id: string, rest: Partial<CensusPerson> = {}): CensusPerson {
  return { id, isEngineer: true, startedOn: '2020-01-01', leftOn: null, leaves: [], ...rest }
}

const turn = (rest: Partial<Turn>): Turn => ({
  incidentId: 'i',
  personId: 'p',
  began: '2026-08-01T10:00:00.000Z',
  from: '2026-08-01T10:00:00.000Z',
  until: '2026-08-01T11:00:00.000Z',
  isEndUnknown: false,
  isTakenOver: false,
  ...rest,
})
const asOf = '2026-10-05T00:00:00.000Z'
const credited = (...turns: Turn[]) => leadCredits(turns, asOf).map(credit => credit.personId)

describe('participation', () => {
  it('comes out as in the worked example: 31 and 22 of 52, half-load 5, effective leaders 13.2, top three 38 %', () => {
    const people = [
      ...Array.from({ length: 52 }, (_, i) => person(`p${i}`)),
      ...Array.from({ length: 6 }, (_, i) => person(`new${i}`, { startedOn: '2026-08-01' })),
      ...Array.from({ length: 2 }, (_, i) =>
        person(`away${i}`, { leaves: [{ startsOn: '2026-09-10', endsOn: '2026-12-01' }] }),
      ),
      person('gone', { leftOn: '2026-05-01' }),
      person('manager', { isEngineer: false }),
    ]
    const loads = [7, 5, 4, 3, 3, 2, 2, 2, ...Array.from({ length: 14 }, () => 1)]
    const began = '2026-03-01T00:00:00.000Z'
    const credits = loads.flatMap((load, i) => Array.from({ length: load }, () => ({ personId: `p${i}`, began })))
    for (let i = 22; i < 31; i++) credits.push({ personId: `p${i}`, began: '2025-09-30T23:59:59.999Z' })
    for (const personId of ['gone', 'manager', 'new1', 'away1']) credits.push({ personId, began })
    const figures = participationFigures({ period, people, credits, target: 0.65 })
    expect(figures['participation.ledEver']).toEqual({ value: 31 / 52, count: 31, n: 52, target: 0.65 })
    expect(figures['participation.ledLast12Months']).toEqual({ value: 22 / 52, count: 22, n: 52 })
    expect(figures['participation.halfLoad']).toEqual({ value: 5 })
    expect(figures['participation.effectiveLeaders']!.value).toBeCloseTo(13.2, 1)
    expect(figures['participation.topThreeShare']).toEqual({ value: 16 / 42, count: 16, n: 42 })
    expect(figures['participation.firstTimeLeads']).toEqual({ value: 0 })
  })

  it('says beside the shares how many engineers have no start date', () => {
    const people = [person('a'), person('b', { startedOn: null })]
    expect(participationFigures({ period, people, credits: [], target: 0.65 })['participation.ledEver']).toEqual({
      value: 0,
      count: 0,
      n: 1,
      target: 0.65,
      unknown: 1,
    })
  })
})

describe('eligible', () => {
  const day = '2026-10-01'
  it.each([
    ['who started 90 days before', { startedOn: '2026-07-03' }, true],
    ['who started 89 days before', { startedOn: '2026-07-04' }, false],
    ['who left the day before', { leftOn: '2026-09-30' }, false],
    ['who leaves the day after', { leftOn: '2026-10-02' }, true],
    ['on a leave of 30 days', { leaves: [{ startsOn: '2026-09-02', endsOn: '2026-10-01' }] }, false],
    ['on a leave of 29 days', { leaves: [{ startsOn: '2026-09-03', endsOn: '2026-10-01' }] }, true],
    ['back from a long leave', { leaves: [{ startsOn: '2026-01-03', endsOn: '2026-09-30' }] }, true],
    ['on a leave without an end', { leaves: [{ startsOn: '2026-09-30', endsOn: null }] }, false],
  ])('someone %s', (_, rest, expected) => {
    expect(eligibleOn([person('p', rest)], day).size === 1).toBe(expected)
  })
})

describe('lead credit', () => {
  const until = (minutes: number) => `2026-08-01T10:${String(minutes).padStart(2, '0')}:00.000Z`

  it('is given for ten minutes in sum, once for a person and an incident', () => {
    expect(credited(turn({ until: until(9) }))).toEqual([])
    expect(credited(turn({ until: until(10) }))).toEqual(['p'])
    expect(credited(turn({ until: until(6) }), turn({ from: until(10), until: until(14) }))).toEqual(['p'])
    expect(credited(turn({}), turn({ from: until(30) }))).toEqual(['p'])
  })

  it('is given for taking over, however short', () => {
    expect(credited(turn({ until: until(1), isTakenOver: true }))).toEqual(['p'])
  })

  it('counts a turn that lasts until the moment of looking, and guesses no end', () => {
    expect(credited(turn({ until: null }))).toEqual(['p'])
    expect(leadCredits([turn({ until: null })], until(9))).toEqual([])
    expect(credited(turn({ until: null, isEndUnknown: true }))).toEqual([])
  })
})
