import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEAST_OF_A_TEAM, publishable, type TeamCount } from '#app/participation/team-counts.ts'

const team = (teamId: string | null, eligible: number, ledEver = 0): TeamCount => ({
  teamId,
  eligible,
  ledEver,
  ledLast12Months: 0,
})
const names = (teams: readonly TeamCount[]) => teams.map(one => one.teamId)

describe('participation by team', () => {
  it('shows every team when none is small', () => {
    expect(publishable([team('a', 5), team('b', 12)])).toMatchObject({ others: null })
  })

  it('hides a team of four, and the smallest other team, from which the four would follow', () => {
    const { shown, others } = publishable([team('a', 4, 3), team('b', 9), team('c', 6, 2)])
    expect(names(shown)).toEqual(['b'])
    expect(others).toEqual({ teams: 2, eligible: 10, ledEver: 5, ledLast12Months: 0 })
  })

  it('lets two small teams hide behind each other when they are five together', () => {
    const { shown, others } = publishable([team('a', 4), team('b', 9), team('c', 2)])
    expect(names(shown)).toEqual(['b'])
    expect(others?.teams).toBe(2)
  })

  it('counts people without a team among the others, however many they are', () => {
    const { shown, others } = publishable([team(null, 7), team('a', 3), team('b', 8)])
    expect(names(shown)).toEqual(['b'])
    expect(others?.eligible).toBe(10)
  })

  it('shows no team at all where every team is small', () => {
    expect(publishable([team('a', 2), team('b', 1)])).toMatchObject({ shown: [], others: { teams: 2, eligible: 3 } })
  })

  it('never lets anybody learn a team of fewer than five by subtracting what is shown', () => {
    const anyTeam = fc.integer({ min: 0, max: 15 }).chain(eligible =>
      fc.record({
        eligible: fc.constant(eligible),
        ledEver: fc.integer({ min: 0, max: eligible }),
        ledLast12Months: fc.integer({ min: 0, max: eligible }),
      }),
    )
    fc.assert(
      fc.property(fc.array(anyTeam, { maxLength: 12 }), counts => {
        const teams = counts.map((count, index): TeamCount => ({ teamId: `${index}`, ...count }))
        const { shown, others } = publishable(teams)
        for (const one of shown) expect(one.eligible).toBeGreaterThanOrEqual(LEAST_OF_A_TEAM)
        if (others && shown.length > 0) {
          expect(others.teams).toBeGreaterThanOrEqual(2)
          expect(others.eligible).toBeGreaterThanOrEqual(LEAST_OF_A_TEAM)
        }
        const sum = (list: readonly { ledEver: number }[]) => list.reduce((total, one) => total + one.ledEver, 0)
        expect(sum([...shown, ...(others ? [others] : [])])).toBe(sum(teams))
      }),
    )
  })
})
