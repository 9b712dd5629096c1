/** Groups of a wave: everybody belongs to exactly one that can be chosen, and none is so small that it points at people. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type GroupedPerson,
  type GroupedTeam,
  groupsOfPeople,
  groupTree,
  WHOLE,
} from '#app/surveys/planning/group-tree.ts'
import { LEAST_GROUP } from '#app/surveys/wave.ts'

function team(slug: string, parent: string | null = null): GroupedTeam {
  return { id: `team ${slug}`, slug, name: slug, parentId: parent && `team ${parent}` }
}

/** So many people of each team. */
function people(sizes: Record<string, number>): GroupedPerson[] {
  return Object.entries(sizes).flatMap(([slug, size]) =>
    Array.from({ length: size }, (_, at) => ({ personId: `${slug} ${at}`, teamId: slug ? `team ${slug}` : null })),
  )
}

function sizesOf(teams: GroupedTeam[], invited: GroupedPerson[]): Record<string, number> {
  const sizes: Record<string, number> = {}
  for (const group of groupsOfPeople(teams, invited).values()) sizes[group] = (sizes[group] ?? 0) + 1
  return sizes
}

describe('Groups of a wave', () => {
  test('are the teams, where each has enough invited', () => {
    const teams = [team('one'), team('two')]
    const invited = people({ one: 8, two: 20 })
    expect(groupTree(teams, invited)).toEqual([
      { id: WHOLE, label: 'Everybody', parent: null, isChoice: false },
      { id: 'one', label: 'one', parent: WHOLE, isChoice: true },
      { id: 'two', label: 'two', parent: WHOLE, isChoice: true },
    ])
    expect(sizesOf(teams, invited)).toEqual({ one: 8, two: 20 })
  })

  test('put small teams, and people without a team, together as other', () => {
    const teams = [team('one'), team('two'), team('three')]
    expect(sizesOf(teams, people({ one: 12, two: 4, three: 3, '': 1 }))).toEqual({ one: 12, 'all--other': 8 })
  })

  test('let the smallest neighbour join an other that is too small itself', () => {
    const teams = [team('one'), team('two'), team('three')]
    expect(sizesOf(teams, people({ one: 12, two: 9, three: 3 }))).toEqual({ one: 12, 'all--other': 12 })
  })

  test('keep people of a department without a team in its other, and small teams within it', () => {
    const teams = [team('dept'), team('one', 'dept'), team('two', 'dept'), team('else')]
    expect(sizesOf(teams, people({ dept: 6, one: 10, two: 2, else: 9 }))).toEqual({
      'dept--other': 8,
      one: 10,
      else: 9,
    })
  })

  test('leave out a level that says the same as the one above', () => {
    const teams = [team('company'), team('one', 'company'), team('two', 'company')]
    expect(groupTree(teams, people({ one: 9, two: 9 })).map(group => [group.id, group.parent])).toEqual([
      [WHOLE, null],
      ['one', WHOLE],
      ['two', WHOLE],
    ])
  })

  test('keep the parts of a team beside which there are only few others', () => {
    const teams = [team('top'), team('one', 'top'), team('two', 'top'), team('few')]
    expect(sizesOf(teams, people({ top: 8, one: 12, two: 9, few: 6 }))).toEqual({ one: 12, two: 9, 'all--other': 14 })
  })

  test('are only everybody when there are too few people, or none', () => {
    expect(groupTree([team('one')], people({ one: 3 }))).toEqual([
      { id: WHOLE, label: 'Everybody', parent: null, isChoice: true },
    ])
    expect(groupTree([], [])).toHaveLength(1)
  })

  const organisation = fc
    .array(fc.record({ parent: fc.nat(12), size: fc.nat(14), isTop: fc.boolean() }), { maxLength: 12 })
    .chain(list => fc.tuple(fc.constant(list), fc.nat(5)))
    .map(([list, without]) => ({
      // A parent may come later in the list: then there are cycles, which other code refuses and this one survives.
      teams: list.map(({ parent, isTop }, at) =>
        team(`t${at}`, isTop || list.length === 0 ? null : `t${parent % list.length}`),
      ),
      invited: people({ ...Object.fromEntries(list.map(({ size }, at) => [`t${at}`, size])), '': without }),
    }))

  test('hold every invited person exactly once, in any organisation', () => {
    fc.assert(
      fc.property(organisation, ({ teams, invited }) => {
        const choices = groupTree(teams, invited).filter(group => group.isChoice)
        const groups = groupsOfPeople(teams, invited)
        expect([...groups.keys()].sort()).toEqual(invited.map(person => person.personId).sort())
        expect(new Set(groups.values()).size).toBe(invited.length === 0 ? 0 : choices.length)
        for (const group of groups.values()) expect(choices.map(choice => choice.id)).toContain(group)
      }),
    )
  })

  test('never offer a choice of fewer than eight, unless fewer are invited in all', () => {
    fc.assert(
      fc.property(organisation, ({ teams, invited }) => {
        for (const size of Object.values(sizesOf(teams, invited)))
          expect(size).toBeGreaterThanOrEqual(Math.min(LEAST_GROUP, invited.length))
      }),
    )
  })

  test('are a tree: one whole, every parent before its parts, at least two parts to each', () => {
    fc.assert(
      fc.property(organisation, ({ teams, invited }) => {
        const groups = groupTree(teams, invited)
        expect(new Set(groups.map(group => group.id)).size).toBe(groups.length)
        groups.forEach((group, at) => {
          expect(group.parent === null).toBe(at === 0)
          if (group.parent !== null) expect(groups.slice(0, at).map(one => one.id)).toContain(group.parent)
          const parts = groups.filter(one => one.parent === group.id)
          expect(parts.length).not.toBe(1)
          expect(group.isChoice).toBe(parts.length === 0)
        })
      }),
    )
  })
})
