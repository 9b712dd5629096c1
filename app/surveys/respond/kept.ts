/**
 * What this browser keeps of a wave, under one key in IndexedDB, so that each change is whole: a ballot, a draft, a
 * response on its way, the receipts. Where storage is refused, and on shared machines, the memory of the page.
 */
import { createStore, del, entries, update } from 'idb-keyval'
import type { WaveResponse } from '../wave.ts'
import type { Ballot, UnsignedBallot } from './ballot.ts'
import type { Receipts } from './cast.ts'
import type { Draft } from './draft.ts'

export interface Kept {
  /** Sent to be signed; the signature has not come yet. */
  unsigned?: UnsignedBallot
  ballot?: Ballot
  draft?: Draft
  /** With its nonces, until the receipts are back. */
  sending?: WaveResponse
  /** Of what was cast from here; more than one only where people share a browser. */
  receipts?: readonly Receipts[]
}

export interface Keeper {
  /** False where everything is gone with this page. */
  isLasting: boolean
  read(): Promise<Kept>
  /** Whether leaving the page now would lose something that was not cast. */
  isAtRisk(): boolean
  /** Changes what is kept, in one step. @returns what is kept now. */
  change(by: (kept: Kept) => Kept): Promise<Kept>
}

const database = () => createStore('candor-ballots', 'waves')

/** Keeps in the memory of this page only. */
export function keepInMemory(): Keeper {
  let kept: Kept = {}
  return {
    isLasting: false,
    isAtRisk: () => isUncast(kept),
    read: async () => kept,
    async change(by) {
      kept = by(kept)
      return kept
    },
  }
}

/** Keeps in IndexedDB, or in memory where the browser refuses: tried out rather than asked, since browsers lie. */
export async function keeperOf(wave: string): Promise<Keeper> {
  try {
    const store = database()
    const change = async (by: (kept: Kept) => Kept): Promise<Kept> => {
      let now: Kept = {}
      await update<Kept>(
        wave,
        kept => {
          now = by(kept ?? {})
          return now
        },
        store,
      )
      return now
    }
    await change(kept => kept)
    return orInMemory(change)
  } catch {
    return keepInMemory()
  }
}

/** A disk that has become full must not stop anybody from casting: from then on the memory counts. */
function orInMemory(keep: Keeper['change']): Keeper {
  let last: Kept = {}
  let isRefused = false
  const change: Keeper['change'] = async by => {
    if (!isRefused)
      try {
        last = await keep(by)
        return last
      } catch {
        isRefused = true
      }
    last = by(last)
    return last
  }
  return {
    isLasting: true,
    isAtRisk: () => isRefused && isUncast(last),
    read: () => change(kept => kept),
    change,
  }
}

function isUncast({ ballot, draft, sending }: Kept): boolean {
  return ballot !== undefined || draft !== undefined || sending !== undefined
}

/** What this browser keeps that was not cast: ballots, and whether there are answers. */
export async function uncastHere(): Promise<{ ballots: Ballot[]; hasAnswers: boolean }> {
  const all = await everything()
  return {
    ballots: all.flatMap(([, kept]) => kept.ballot ?? []),
    hasAnswers: all.some(([, kept]) => kept.draft !== undefined || kept.sending !== undefined),
  }
}

/** Deletes all that this browser keeps of any wave, but for receipts, which tell nothing and are needed after closing. */
export async function forgetUncast(): Promise<void> {
  const store = database()
  for (const [wave, { receipts }] of await everything())
    await (receipts ? update<Kept>(wave, () => ({ receipts }), store) : del(wave, store))
}

async function everything(): Promise<[string, Kept][]> {
  try {
    return await entries<string, Kept>(database())
  } catch {
    // Where nothing can be kept, nothing is.
    return []
  }
}
