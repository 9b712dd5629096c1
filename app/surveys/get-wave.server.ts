/** Waves as the rest of the house reads them. */
import { type Clock, systemClock } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import type { Release } from './disclosure/release.ts'
import type { Questionnaire } from './questionnaires/questionnaire.ts'
import { type Charter, type KeptState, stateAt, type WaveDates, type WavePlan, type WaveState } from './wave.ts'
import { type WaveRow, waveRow, waveRows } from './wave-queries.server.ts'

export interface Wave extends WaveDates {
  id: string
  title: string
  /** As people see it now. */
  state: WaveState
  /** As it is kept. */
  kept: KeptState
  plan: WavePlan
  extendedAt: string | null
  /** From opening on. */
  questionnaire: Questionnaire | null
  charter: Charter | null
  /** SPKI DER in base64url. */
  publicKey: string | null
  invited: number | null
  /** What may be said of collected ballots while the wave is open: rounded down to fives, of yesterday. */
  collectedShown: number
  collectedShownOn: string | null
  /** From closing on. */
  collected: number | null
  castCount: number | null
  release: Release | null
  openedAt: string | null
  closedAt: string | null
  publishedAt: string | null
  /** When the comments were published; null while the stewards are at work. */
  commentsAt: string | null
  abandonedAt: string | null
  abandonedWhy: string | null
  previousId: string | null
  createdAt: string
  updatedAt: string
}

/** @param clock where it is not the system's, it counts instead of the database's. @returns null when there is none. */
export async function findWave(db: Db, id: string, clock: Clock = systemClock): Promise<Wave | null> {
  const row = await waveRow(db, id, clock)
  return row && waveFrom(row)
}

/** The last to close first; `after` the last one of the page before. */
export async function listWaves(
  db: Db,
  {
    clock = systemClock,
    limit = 200,
    after,
  }: { clock?: Clock; limit?: number; after?: Pick<Wave, 'closesAt' | 'id'> } = {},
): Promise<Wave[]> {
  return (await waveRows(db, clock, { limit, after })).map(waveFrom)
}

export function waveFrom(row: WaveRow): Wave {
  const kept = row.state as KeptState
  const dates = { collectingFrom: row.collecting_from, answeringFrom: row.answering_from, closesAt: row.closes_at }
  return {
    id: row.id,
    title: row.title,
    state: stateAt({ ...dates, state: kept }, row.now),
    kept,
    plan: JSON.parse(row.plan),
    ...dates,
    extendedAt: row.extended_at,
    questionnaire: parsed(row.questionnaire),
    charter: parsed(row.charter),
    publicKey: row.public_key,
    invited: row.invited,
    collectedShown: row.collected_shown,
    collectedShownOn: row.collected_shown_on,
    collected: row.collected,
    castCount: row.cast_count,
    release: parsed(row.release),
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    publishedAt: row.published_at,
    commentsAt: row.comments_at,
    abandonedAt: row.abandoned_at,
    abandonedWhy: row.abandoned_why,
    previousId: row.previous_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function parsed<T>(json: string | null): T | null {
  return json === null ? null : (JSON.parse(json) as T)
}
