/** Families as the rooms above show them: members with their repeats, what was judged, what waits for a senior review. */
import type { Clock } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { type Family, type FamilyMember, familyMembers } from './families.server.ts'
import {
  familiesWithMembers,
  familyChanges,
  type Move,
  membersSince,
  refusedFor,
  reviewsOf,
} from './family-queries.server.ts'
import { REPEAT_DAYS, type Repeat, repeatsAmong } from './family-repeats.ts'

export interface MemberView extends FamilyMember {
  repeat: Repeat<FamilyMember> | null
  review: { at: string; by: string; note: string } | null
}

export interface FamilyChangeView {
  id: string
  kind: string
  at: string
  by: string
  moved: Move[]
  isUndone: boolean
}

/** The members of a family, the earliest first, and what editors judged, the latest first. */
export async function readFamily(
  db: Db,
  family: Family,
): Promise<{ members: MemberView[]; changes: FamilyChangeView[] }> {
  const members = (await familyMembers(db, [family.id])).get(family.id) ?? []
  const repeats = repeatsAmong(members)
  const [reviews, changes] = await Promise.all([
    reviewsOf(
      db,
      members.map(member => member.id),
    ),
    familyChanges(db, family.id),
  ])
  return {
    members: members.map(member => {
      const review = reviews.get(member.id)
      return {
        ...member,
        repeat: repeats.get(member.id) ?? null,
        review: review ? { at: review.at, by: review.actor_name, note: review.note } : null,
      }
    }),
    changes: changes.map(({ id, kind, at, actor_name, moved, undone_at }) => ({
      id,
      kind,
      at,
      by: actor_name,
      moved: JSON.parse(moved) as Move[],
      isUndone: undone_at !== null,
    })),
  }
}

/** Every family that has members. */
export const listFamilies = familiesWithMembers

/** Incidents that an editor judged not to be the same failure as this one. */
export const refusedCandidates = refusedFor

export interface RepeatToReview {
  key: string
  title: string
  startedAt: string | null
  family: { slug: string; name: string }
  /** 2 for the second time. */
  time: number
  days: number
}

/** Repeats of the last 183 days that nobody senior has looked at, the latest first. Three queries. */
export async function repeatsToReview({ db, clock }: { db: Db; clock: Clock }): Promise<RepeatToReview[]> {
  const from = new Date(clock.now() - REPEAT_DAYS * 86_400_000).toISOString()
  const recent = await membersSince(db, from)
  const families = new Map(recent.map(({ familyId, slug, name }) => [familyId, { slug, name }]))
  const members = await familyMembers(db, [...families.keys()])
  const reviewed = await reviewsOf(
    db,
    recent.map(one => one.id),
  )
  return recent
    .filter(({ id }) => !reviewed.has(id))
    .flatMap(({ id, familyId }) => {
      const own = members.get(familyId) ?? []
      const repeat = repeatsAmong(own).get(id)
      const at = own.findIndex(member => member.id === id)
      const member = own[at]
      if (!repeat || !member) return []
      const { key, title, startedAt } = member
      return { key, title, startedAt, family: families.get(familyId)!, time: at + 1, days: repeat.days }
    })
    .sort((one, other) => ((one.startedAt ?? '') < (other.startedAt ?? '') ? 1 : -1))
}
