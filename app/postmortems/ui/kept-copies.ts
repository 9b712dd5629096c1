/** What was typed and not yet saved, kept in this browser for this person. */
import type { SectionValue } from '../merge-section.ts'

export interface KeptCopy {
  base: SectionValue
  mine: SectionValue
  /** ISO 8601 UTC. */
  at: string
}

interface Kept {
  /** What earlier visits left, the oldest first. */
  offers: KeptCopy[]
  /** What is being typed now. */
  live: KeptCopy | null
}

export interface KeptCopies {
  /** What earlier visits left unsaved; from now on a new copy is kept beside it. */
  offers(): KeptCopy[]
  keep(copy: KeptCopy): void
  /** All that was typed in this visit is saved. */
  forget(): void
  /** An offer was taken or declined. */
  dismiss(at: string): void
}

const MOST_OFFERS = 5

/** @param key names person, postmortem and section. A browser that keeps nothing (full, forbidden) is no error. */
export function keptCopies(key: string): KeptCopies {
  const read = (): Kept => {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null
      return kept && Array.isArray(kept.offers) ? kept : { offers: [], live: null }
    } catch {
      return { offers: [], live: null }
    }
  }
  const write = (kept: Kept): void => {
    try {
      if (kept.offers.length === 0 && kept.live === null) localStorage.removeItem(key)
      else localStorage.setItem(key, JSON.stringify(kept))
    } catch {
      // The state beside the section says what is saved; this copy is only the second line.
    }
  }
  return {
    offers() {
      const { offers, live } = read()
      const all = (live ? [...offers, live] : offers).slice(-MOST_OFFERS)
      write({ offers: all, live: null })
      return all
    },
    keep: live => write({ ...read(), live }),
    forget: () => write({ ...read(), live: null }),
    dismiss(at) {
      const kept = read()
      write({ ...kept, offers: kept.offers.filter(offer => offer.at !== at) })
    },
  }
}
