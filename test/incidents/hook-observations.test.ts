import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf, mergeObservations, type Observation } from '#app/incidents/hooks/observation.ts'

const at = (minute: number) => `2026-03-04T12:${String(minute).padStart(2, '0')}:00.000Z`
const moment = fc.integer({ min: 0, max: 9 }).map(at)
const said = <T>(value: fc.Arbitrary<T>) => fc.record({ value, at: moment })

const observation: fc.Arbitrary<Observation> = fc.record(
  {
    said: fc.record(
      {
        title: said(fc.constantFrom('one', 'other', 'third')),
        severity: said(fc.constantFrom('P1', 'P2', null)),
        services: said(fc.subarray(['api', 'web', 'search'])),
        customerImpact: said(fc.constantFrom(true, null)),
        resolvedAt: said(fc.option(moment, { nil: null })),
      },
      { requiredKeys: [] },
    ),
    first: fc.record({ detectedAt: moment, acknowledgedAt: moment }, { requiredKeys: [] }),
    alerts: fc
      .dictionary(fc.constantFrom('a', 'b', 'c'), fc.option(moment, { nil: null }))
      .map(ends => Object.fromEntries(Object.entries(ends).map(([name, until]) => [name, { from: at(0), until }]))),
    quietAt: fc.option(moment, { nil: null }),
    told: fc.dictionary(fc.constantFrom('u', 'v'), moment),
  },
  { requiredKeys: ['said', 'first'] },
)

const merge = (list: Observation[]) => list.reduce(mergeObservations, { said: {}, first: {} })

describe('What a source has said', () => {
  it('comes to the same in whatever order it arrives', () => {
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 6 }), fc.infiniteStream(fc.nat()), (list, random) => {
        const shuffled = list.map(one => ({ one, by: random.next().value! })).sort((a, b) => a.by - b.by)
        const merged = merge(shuffled.map(({ one }) => one))
        expect(factsOf(merged)).toEqual(factsOf(merge(list)))
        expect(merged.told).toEqual(merge(list).told)
      }),
      { numRuns: 500 },
    )
  })

  it('comes to the same when parts of it arrive twice', () => {
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 5 }), list => {
        expect(factsOf(merge([...list, ...list]))).toEqual(factsOf(merge(list)))
      }),
    )
  })

  it('counts by its own time: a late beginning does not undo the end', () => {
    const triggered: Observation = {
      said: { resolvedAt: { value: null, at: at(1) } },
      first: { detectedAt: at(1) },
    }
    const resolved: Observation = { said: { resolvedAt: { value: at(7), at: at(7) } }, first: {} }
    expect(factsOf(merge([resolved, triggered]))).toEqual({ detectedAt: at(1), resolvedAt: at(7) })
    const reopened: Observation = { said: { resolvedAt: { value: null, at: at(8) } }, first: {} }
    expect(factsOf(merge([reopened, resolved, triggered])).resolvedAt).toBeNull()
  })

  it('keeps the first time of what happens once', () => {
    const acknowledged = (minute: number): Observation => ({ said: {}, first: { acknowledgedAt: at(minute) } })
    expect(factsOf(merge([acknowledged(5), acknowledged(3), acknowledged(9)]))).toEqual({ acknowledgedAt: at(3) })
  })

  it('of a group of alerts ends with the last of them', () => {
    const group = (alerts: Record<string, [number, number | null]>, quiet: number | null = null): Observation => ({
      said: {},
      first: {},
      alerts: Object.fromEntries(
        Object.entries(alerts).map(([name, [from, until]]) => [
          name,
          { from: at(from), until: until === null ? null : at(until) },
        ]),
      ),
      quietAt: quiet === null ? null : at(quiet),
    })
    const firing = group({ a: [1, null], b: [2, null] })
    const partly = group({ a: [1, 5], b: [2, null] })
    expect(factsOf(merge([partly, firing]))).toEqual({ detectedAt: at(1), resolvedAt: null })
    expect(factsOf(merge([group({ b: [2, 8] }), partly, firing])).resolvedAt).toBe(at(8))
    // The end of the group ends also what no delivery named again, but not what began later.
    expect(factsOf(merge([group({ b: [2, 8] }, 8), firing])).resolvedAt).toBe(at(8))
    expect(factsOf(merge([group({ b: [2, 8] }, 8), firing, group({ c: [9, null] })])).resolvedAt).toBeNull()
  })
})
