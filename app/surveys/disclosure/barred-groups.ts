/** Groups whose change between two waves would tell of those who came and went. Pure. */
import type { GroupNode } from '../wave.ts'

/** Who was invited, and as a member of which group. */
export interface InvitedMember {
  personId: string
  groupId: string | null
}

/**
 * Groups of the later wave of which no change may be shown, and with 'strict between waves' no later cell either: those
 * to which some, but fewer than k, came since the earlier wave, or from which some, but fewer than k, went. (Three who
 * came for three who went differ by six, but the three who went know their own answers.) A group that the earlier wave
 * did not have is not among them: there is nothing to compare it with. Nor is the whole, which is compared in any case.
 */
export function barredGroups(
  now: { groups: readonly GroupNode[]; invited: readonly InvitedMember[] },
  before: { groups: readonly GroupNode[]; invited: readonly InvitedMember[] },
  k: number,
): Set<string> {
  const [later, earlier] = [membersOf(now), membersOf(before)]
  const barred = new Set<string>()
  for (const { id, parent } of now.groups) {
    const [members, then] = [later.get(id), earlier.get(id)]
    if (parent === null || !members || !then) continue
    const common = [...members].filter(person => then.has(person)).length
    const isTelling = (differing: number) => differing > 0 && differing < k
    if (isTelling(members.size - common) || isTelling(then.size - common)) barred.add(id)
  }
  return barred
}

/** Members by group, those of its parts included. */
function membersOf({ groups, invited }: { groups: readonly GroupNode[]; invited: readonly InvitedMember[] }) {
  const parentOf = new Map(groups.map(group => [group.id, group.parent]))
  const members = new Map<string, Set<string>>(groups.map(group => [group.id, new Set()]))
  for (const { personId, groupId } of invited)
    for (let id = groupId; id !== null; id = parentOf.get(id) ?? null) members.get(id)?.add(personId)
  return members
}
