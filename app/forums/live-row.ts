/** From the stored row of a live forum to the state that is shown, and back. Pure. */

import type { Change, LiveState, MoreTime, Named } from './live-board.ts'
import { currentPhase, currentStep, type LiveClock } from './live-clock.ts'
import type { LiveForumRow, LiveRow } from './live-queries.server.ts'

/** What a state needs beyond its row. */
export interface Surroundings {
  forum: LiveForumRow
  /** Milliseconds since 1970. */
  now: number
  people: ReadonlyMap<string, { name: string }>
  /** How many are present. */
  present: number
}

/** @param row undefined before the forum has begun. */
export function stateOf(row: LiveRow | undefined, { forum, now, people, present }: Surroundings): LiveState {
  const shared = { forum: forum.id, state: forum.state as LiveState['state'], serverTime: iso(now) }
  if (!row)
    return {
      ...shared,
      revision: 0,
      clockRevision: 0,
      epoch: 0,
      item: null,
      phase: null,
      running: false,
      endsAt: null,
      remainingMs: null,
      bufferMs: forum.buffer_minutes * 60_000,
      autoAdvance: false,
      facilitator: named(forum.facilitator_id, people),
      offeredTo: null,
      moreTime: moreTime([], present),
      steps: [],
      step: 0,
      phaseOfStep: 0,
    }
  const clock = readClock(row)
  return {
    ...shared,
    revision: row.revision,
    clockRevision: row.clock_revision,
    epoch: row.epoch,
    item: currentStep(clock).item,
    phase: currentPhase(clock).phase,
    running: clock.endsAt !== null,
    endsAt: clock.endsAt === null ? null : iso(clock.endsAt),
    remainingMs: clock.remainingMs,
    bufferMs: clock.bufferMs,
    autoAdvance: clock.movesOn ?? false,
    facilitator: named(row.facilitator_id, people),
    offeredTo: named(row.offered_to_id, people),
    moreTime: moreTime(readTimeVotes(row), present),
    steps: clock.steps,
    step: clock.step,
    phaseOfStep: clock.phase,
  }
}

/** The part of a state that a change of the clock carries. */
export function clockPart(state: LiveState): NonNullable<Change['clock']> {
  const { forum: _, revision: __, clockRevision: ___, serverTime: ____, ...clock } = state
  return clock
}

export function readClock({ clock }: Pick<LiveRow, 'clock'>): LiveClock {
  return JSON.parse(clock) as LiveClock
}

export function readTimeVotes(row: Pick<LiveRow, 'time_votes'>): string[] {
  return JSON.parse(row.time_votes) as string[]
}

/** The columns that say where a clock is. */
export function clockColumns(clock: LiveClock) {
  return {
    clock: JSON.stringify(clock),
    item_id: currentStep(clock).item,
    phase: currentPhase(clock).phase,
    ends_at: clock.endsAt === null ? null : iso(clock.endsAt),
    remaining_ms: clock.remainingMs,
  }
}

/** More than half of those present. */
export function moreTime(votes: readonly string[], present: number): MoreTime {
  return { asking: votes.length, needed: Math.floor(Math.max(present, 1) / 2) + 1 }
}

/** The step's name in what is kept about presence. */
export function stepName({ item_id, phase }: Pick<LiveRow, 'item_id' | 'phase'>): string {
  return item_id ?? phase
}

function named(id: string | null, people: ReadonlyMap<string, { name: string }>): Named | null {
  return id === null ? null : { id, name: people.get(id)?.name ?? 'Somebody who has left' }
}

function iso(moment: number): string {
  return new Date(moment).toISOString()
}
