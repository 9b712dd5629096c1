/** A release as the API answers it: the contract's shape, and what it may add. Pure. */
import type { Coarse } from '../disclosure/question-cells.ts'
import type { Release, ReleaseItem } from '../disclosure/release.ts'

const CLASSES = ['favourable', 'neutral', 'unfavourable'] as const

/** Of the release as it is kept, nothing more; a class that is not shown as a number is so much at most, or at least. */
export function releaseResource(release: Release) {
  const { wave, invited, collected, cast, k, groups, index, alpha, agreement, comments, redacted } = release
  const items = release.items.map(itemResource)
  return { wave, invited, collected, cast, k, items, groups, index, alpha, agreement, comments, redacted }
}

export type ReleaseResource = ReturnType<typeof releaseResource>

function itemResource(item: ReleaseItem) {
  const { id, kind, hidden, n, mean, distribution, bounds, interval } = item
  const classes = Object.fromEntries(CLASSES.map(name => [name, numberOf(item[name])]))
  return {
    id,
    kind,
    hidden,
    n,
    favourable: classes.favourable ?? null,
    neutral: classes.neutral ?? null,
    unfavourable: classes.unfavourable ?? null,
    ...limits(item, 'atMost'),
    ...limits(item, 'atLeast'),
    mean,
    distribution,
    bounds,
    interval,
  }
}

function numberOf(count: Coarse | null): number | null {
  return typeof count === 'number' ? count : null
}

function limits(item: ReleaseItem, side: 'atMost' | 'atLeast') {
  const found: Partial<Record<(typeof CLASSES)[number], number>> = {}
  for (const name of CLASSES) {
    const count = item[name]
    const limit = count !== null && typeof count === 'object' ? (count as { [side: string]: number })[side] : undefined
    if (limit !== undefined) found[name] = limit
  }
  return Object.keys(found).length > 0 ? { [side]: found } : {}
}
