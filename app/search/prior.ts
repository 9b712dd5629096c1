/**
 * What speaks for a document before anything is asked: that it is recent and that it is rich. (All that is indexed is
 * published.) A score is raised by a twentieth at most, so a clearly better match is never overtaken.
 */

import type { IndexView } from './index-view.ts'
import { HAS_VALUES } from './query-language.ts'

const RECENT = 0.03
const RICH = 0.02
/** After so long a document has lost about two thirds of what being recent gave it. */
const FADES_MS = 3 * 365 * 86_400_000

const known = new WeakMap<IndexView, Float64Array>()

/** By document number, the factor of its score: from 1 to 1.05. Recent is meant beside the newest document. */
export function priorsOf(view: IndexView): Float64Array {
  const before = known.get(view)
  if (before) return before
  const { times, has } = view.columns
  let newest = Number.NEGATIVE_INFINITY
  for (const document of view.documents) if (document) newest = Math.max(newest, times[document.number]!)
  const priors = new Float64Array(view.documents.length)
  for (const document of view.documents) {
    if (!document) continue
    const recency = document.date === '' ? 0 : Math.exp((times[document.number]! - newest) / FADES_MS)
    priors[document.number] = 1 + RECENT * recency + (RICH * bitsIn(has[document.number]!)) / HAS_VALUES.length
  }
  known.set(view, priors)
  return priors
}

function bitsIn(set: number): number {
  let count = 0
  for (let rest = set; rest !== 0; rest &= rest - 1) count++
  return count
}
