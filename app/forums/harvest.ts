/** What was said in a forum, as the live board hands it over when it closes. */

export const PHASES = ['context', 'discussion', 'capture'] as const
export type Phase = (typeof PHASES)[number]

export interface HarvestedProposal {
  text: string
  /** prevent, detect, mitigate or process; null where nobody said. */
  kind: string | null
  /** Whom somebody named as owner; they have not agreed yet. */
  ownerId: string | null
}

export interface HarvestedItem {
  itemId: string
  /** False for what was skipped. */
  wasDiscussed: boolean
  /** How long it took, overtime included and pauses left out. */
  spentSeconds: number
  notes: { phase: Phase; text: string }[]
  factors: string[]
  themes: { themeId: string; votes: number }[]
  proposals: HarvestedProposal[]
}

export interface Harvest {
  items: HarvestedItem[]
  /** Said of the whole forum, not of one item. */
  patterns: string[]
  proposals: HarvestedProposal[]
  parkingLot: string[]
  /** Present for at least half of any item, or checked in. */
  attended: { personId: string; how: 'present' | 'checked-in' }[]
}

export const EMPTY_HARVEST: Harvest = { items: [], patterns: [], proposals: [], parkingLot: [], attended: [] }
