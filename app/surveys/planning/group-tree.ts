/**
 * The one grouping of a wave: teams of the invited as a tree of groups, of which each person belongs to exactly one
 * that can be chosen on the form. Pure.
 */
import { type GroupNode, LEAST_GROUP } from '../wave.ts'

/** The group of everybody. */
export const WHOLE = 'all'

export interface GroupedTeam {
  id: string
  slug: string
  name: string
  parentId: string | null
}

export interface GroupedPerson {
  personId: string
  teamId: string | null
}

interface Branch {
  id: string
  label: string
  people: GroupedPerson[]
  /** None for a group that can be chosen. */
  parts: Branch[]
}

/**
 * The groups, each before its parts, the whole first. A group under LEAST_GROUP joins the 'other' of its parent, as do
 * people who belong to a team with parts without belonging to a part; where that 'other' is itself too small, the
 * smallest of its neighbours joins it, or what is 'other' in its only one. Groups with the same people as the one above are left out.
 */
export function groupTree(teams: readonly GroupedTeam[], people: readonly GroupedPerson[]): GroupNode[] {
  const nodes: GroupNode[] = []
  const add = ({ id, label, parts }: Branch, parent: string | null): void => {
    nodes.push({ id, label, parent, isChoice: parts.length === 0 })
    for (const part of parts) add(part, id)
  }
  add(wholeOf(teams, people), null)
  return nodes
}

/** The group that each person would choose, by person: one of the choices of groupTree for the same people. */
export function groupsOfPeople(teams: readonly GroupedTeam[], people: readonly GroupedPerson[]): Map<string, string> {
  const groups = new Map<string, string>()
  const visit = (branch: Branch): void => {
    if (branch.parts.length > 0) branch.parts.forEach(visit)
    else for (const { personId } of branch.people) groups.set(personId, branch.id)
  }
  visit(wholeOf(teams, people))
  return groups
}

function wholeOf(teams: readonly GroupedTeam[], people: readonly GroupedPerson[]): Branch {
  const known = new Set(teams.map(team => team.id))
  const below = new Map<string | null, GroupedTeam[]>()
  for (const team of [...teams].sort((one, other) => compare(one.name, other.name) || compare(one.slug, other.slug))) {
    const parent = team.parentId !== null && known.has(team.parentId) ? team.parentId : null
    below.set(parent, [...(below.get(parent) ?? []), team])
  }
  const byTeam = new Map<string, GroupedPerson[]>()
  const placed = new Set<string>()
  for (const person of people)
    if (person.teamId !== null) byTeam.set(person.teamId, [...(byTeam.get(person.teamId) ?? []), person])

  const branchOf = (team: GroupedTeam): Branch => {
    placed.add(team.id)
    const branch = grown(
      { id: team.slug === WHOLE ? `${WHOLE}--team` : team.slug, label: team.name },
      byTeam.get(team.id) ?? [],
      (below.get(team.id) ?? []).map(branchOf),
    )
    // One part with all of its people says the same more exactly.
    return branch.parts.length === 1 ? (branch.parts[0] as Branch) : branch
  }
  const tops = (below.get(null) ?? []).map(branchOf)
  const elsewhere = people.filter(person => person.teamId === null || !placed.has(person.teamId))
  const whole = grown({ id: WHOLE, label: 'Everybody' }, elsewhere, tops)
  return whole.parts.length === 1 ? { ...whole, parts: (whole.parts[0] as Branch).parts } : whole
}

function grown(
  { id, label }: Pick<Branch, 'id' | 'label'>,
  direct: readonly GroupedPerson[],
  below: readonly Branch[],
): Branch {
  const people = [...direct, ...below.flatMap(part => part.people)]
  let parts = below.filter(part => part.people.length >= LEAST_GROUP)
  const other = [...direct, ...below.filter(part => !parts.includes(part)).flatMap(part => part.people)]
  while (other.length > 0 && other.length < LEAST_GROUP && parts.length > 0) {
    const smallest = parts.reduce((least, part) => (part.people.length < least.people.length ? part : least))
    parts = parts.filter(part => part !== smallest)
    if (parts.length > 0 || smallest.parts.length === 0) other.push(...smallest.people)
    else {
      const rest = smallest.parts.find(part => part.id === `${smallest.id}--other`)
      parts = smallest.parts.filter(part => part !== rest)
      other.push(...(rest?.people ?? []))
    }
  }
  if (parts.length === 0) return { id, label, people, parts }
  const rest = {
    id: `${id}--other`,
    label: id === WHOLE ? 'Other teams' : `Other in ${label}`,
    people: other,
    parts: [],
  }
  return { id, label, people, parts: other.length > 0 ? [...parts, rest] : parts }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
