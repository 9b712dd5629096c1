/** Gathers from the live board's rows what was said, how long it took and who was there. */
import type { Db } from '#db/index.server.ts'
import { captureRows } from './capture-queries.server.ts'
import { type Harvest, type HarvestedItem, type HarvestedProposal, PHASES } from './harvest.ts'
import type { LiveClock } from './live-clock.ts'
import { presenceOf } from './live-queries.server.ts'

/** Fixed number of queries. */
export async function harvestLive(db: Db, forumId: string, clock: LiveClock): Promise<Harvest> {
  const [said, presence] = await Promise.all([captureRows(db, forumId), presenceOf(db, forumId)])
  const proposalsOf = (itemId: string | null): HarvestedProposal[] =>
    said.proposals
      .filter(one => one.item_id === itemId)
      .map(({ text, kind, suggested_owner_id }) => ({ text, kind, ownerId: suggested_owner_id }))
  const notesOf = (itemId: string | null) => said.notes.filter(one => one.item_id === itemId && one.text.trim() !== '')
  const items = clock.steps.flatMap(({ item, phases, state }): HarvestedItem[] => {
    if (item === null) return []
    const spentMs = phases.reduce((sum, phase) => sum + phase.usedMs, 0)
    return [
      {
        itemId: item,
        wasDiscussed: state === 'done' || (state === 'now' && spentMs > 0),
        spentSeconds: Math.round(spentMs / 1000),
        notes: notesOf(item)
          .filter(note => note.kind === 'note')
          .map(({ phase, text }) => ({ phase: PHASES.find(one => one === phase) ?? 'discussion', text })),
        factors: notesOf(item)
          .filter(note => note.kind === 'factor')
          .map(note => note.text),
        themes: said.votes.filter(vote => vote.itemId === item).map(({ themeId, votes }) => ({ themeId, votes })),
        proposals: proposalsOf(item),
      },
    ]
  })
  return {
    items,
    patterns: notesOf(null)
      .filter(note => note.kind === 'note' || note.kind === 'factor')
      .map(note => note.text),
    proposals: proposalsOf(null),
    parkingLot: said.parked.map(one => one.text),
    attended: attendersIn(items, presence).map(personId => ({ personId, how: 'present' as const })),
  }
}

/** Who was there for at least half of any item that was discussed. */
export function attendersIn(
  items: readonly Pick<HarvestedItem, 'itemId' | 'wasDiscussed' | 'spentSeconds'>[],
  presence: readonly { personId: string; step: string; presentMs: number }[],
): string[] {
  const lengths = new Map(items.filter(item => item.wasDiscussed).map(item => [item.itemId, item.spentSeconds * 1000]))
  const attended = presence.filter(({ step, presentMs }) => {
    const length = lengths.get(step)
    return length !== undefined && presentMs > 0 && presentMs * 2 >= length
  })
  return [...new Set(attended.map(one => one.personId))].sort()
}
