/** When an incident is its family coming back: pure, by the definition of the metrics page. */
export const REPEAT_DAYS = 183

const DAY_MS = 86_400_000

interface Member {
  id: string
  startedAt: string | null
  resolvedAt: string | null
}

export interface Repeat<M> {
  /** The member that was resolved last before this one began. */
  of: M
  /** Whole days between that and this one's beginning. */
  days: number
}

/** For each member that began within 183 days of another one's resolution, which one and how soon. */
export function repeatsAmong<M extends Member>(members: readonly M[]): Map<string, Repeat<M>> {
  const repeats = new Map<string, Repeat<M>>()
  for (const member of members) {
    if (member.startedAt === null) continue
    const start = Date.parse(member.startedAt)
    let last: M | null = null
    for (const other of members) {
      if (other.id === member.id || other.resolvedAt === null || Date.parse(other.resolvedAt) > start) continue
      if (last === null || other.resolvedAt > last.resolvedAt!) last = other
    }
    if (last === null) continue
    const gap = start - Date.parse(last.resolvedAt!)
    if (gap <= REPEAT_DAYS * DAY_MS) repeats.set(member.id, { of: last, days: Math.floor(gap / DAY_MS) })
  }
  return repeats
}
