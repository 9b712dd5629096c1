import { describe, expect, it } from 'vitest'
import { barredGroups } from '#app/surveys/disclosure/barred-groups.ts'
import type { GroupNode } from '#app/surveys/wave.ts'

const groups: GroupNode[] = [
  { id: 'all', label: 'Everybody', parent: null, isChoice: false },
  { id: 'top', label: 'Top', parent: 'all', isChoice: false },
  { id: 'a', label: 'A', parent: 'top', isChoice: true },
  { id: 'b', label: 'B', parent: 'top', isChoice: true },
  { id: 'c', label: 'C', parent: 'all', isChoice: true },
]
const members = (group: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => ({ personId: `${group} ${from + at}`, groupId: group }))
const wave = (...invited: { personId: string; groupId: string }[][]) => ({ groups, invited: invited.flat() })
const barred = (now: ReturnType<typeof wave>, before: ReturnType<typeof wave>) =>
  [...barredGroups(now, before, 5)].sort()

describe('groups whose change would tell of those who came or went', () => {
  const before = wave(members('a', 0, 10), members('b', 0, 10), members('c', 0, 10))

  it('are none where the same people were invited, or at least k others', () => {
    expect(barred(before, before)).toEqual([])
    expect(barred(wave(members('a', 0, 15), members('b', 0, 10), members('c', 5, 15)), before)).toEqual([])
  })

  it('are those to which fewer than k came, and what they are part of, but never the whole', () => {
    expect(barred(wave(members('a', 0, 11), members('b', 0, 10), members('c', 0, 10)), before)).toEqual(['a', 'top'])
  })

  it('are those from which fewer than k went, also where as many came instead', () => {
    expect(barred(wave(members('a', 0, 10), members('b', 3, 13), members('c', 0, 10)), before)).toEqual(['b', 'top'])
  })

  it('are not new groups, nor those above people who only changed places within them', () => {
    const moved = [...members('a', 0, 9), { personId: 'a 9', groupId: 'b' }]
    expect(barred(wave(moved, members('b', 0, 10), members('c', 0, 10)), before)).toEqual(['a', 'b'])
    const without = { groups: groups.filter(group => group.id !== 'c'), invited: before.invited.slice(0, 20) }
    expect(barred(before, without)).toEqual([])
  })
})
