/**
 * What rooms tell the rooms above them. A room announces inside its transaction, and knows nobody who listens; the
 * composition root subscribes the listeners. A listener that throws undoes the whole transaction.
 */
import type { Tx } from '#db/index.server.ts'

/** Event names and what comes with them. Rooms add theirs: `declare module '#app/platform/events.ts' { interface EventMap { … } }` */
// biome-ignore lint/suspicious/noEmptyInterface: rooms fill it by merging
export interface EventMap {}

export type Listener<E extends keyof EventMap> = (tx: Tx, payload: EventMap[E]) => Promise<void>

export interface Events {
  /** Adding the same listener again changes nothing. */
  subscribe<E extends keyof EventMap>(event: E, listener: Listener<E>): void
  /** Runs the listeners one after another, in the order in which they came, inside the caller's transaction. */
  announce<E extends keyof EventMap>(tx: Tx, event: E, payload: EventMap[E]): Promise<void>
}

/** A registry of its own: the house has one, tests may make another. */
export function createEvents(): Events {
  const listeners = new Map<string, Set<(tx: Tx, payload: never) => Promise<void>>>()
  return {
    subscribe(event, listener) {
      const known = listeners.get(event) ?? new Set()
      listeners.set(event, known.add(listener))
    },
    async announce(tx, event, payload) {
      for (const listener of listeners.get(event) ?? []) await listener(tx, payload as never)
    },
  }
}

/** The registry of this process. */
export const { subscribe, announce }: Events = createEvents()
