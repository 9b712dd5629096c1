/**
 * What a lower room's page shows of a higher one. The lower room declares a slot and asks for what fills it; the
 * composition root fills it from the higher room. An empty slot shows nothing.
 */

/** Slots and what fills them. Rooms add theirs: `declare module '#app/platform/slots.ts' { interface SlotMap { … } }` */
// biome-ignore lint/suspicious/noEmptyInterface: rooms fill it by merging
export interface SlotMap {}

const filled = new Map<string, unknown>()

/** Filling a slot again replaces what was in it. */
export function fillSlot<S extends keyof SlotMap>(slot: S, content: SlotMap[S]): void {
  filled.set(slot, content)
}

/** What fills a slot; null while nothing does. */
export function slotContent<S extends keyof SlotMap>(slot: S): SlotMap[S] | null {
  return (filled.get(slot) as SlotMap[S] | undefined) ?? null
}
