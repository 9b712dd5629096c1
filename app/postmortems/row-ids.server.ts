/** Rows of a timeline, factors and action items keep their ids while their words change. */
import { newId, sha256 } from '#app/platform/ids.server.ts'
import type { TimelineEntry } from './record.ts'

/** For each row in order; an id that is new was made by the form. */
export interface RowIds {
  timeline?: string[]
  factors?: string[]
  actions?: string[]
}

/** What an id made by a browser may look like. */
const USABLE = /^[0-9a-z-]{8,60}$/

/**
 * An id for each row: the form's own, else that of a former row with the same text, else a new one. None twice.
 * @param elsewhere ids that rows of other postmortems have.
 */
export function rowIdsFor({
  texts,
  wanted = [],
  former,
  elsewhere,
}: {
  texts: string[]
  wanted?: string[]
  former: { id: string; text: string }[]
  elsewhere: ReadonlySet<string>
}): string[] {
  const used = new Set<string>()
  const take = (id: string): string => {
    used.add(id)
    return id
  }
  const asked = texts.map((_, at) => {
    const id = wanted[at]
    const isUsable = id !== undefined && USABLE.test(id) && !used.has(id) && !elsewhere.has(id)
    return isUsable ? take(id) : null
  })
  return texts.map((text, at) => {
    const id = asked[at]
    if (id) return id
    return take(former.find(one => one.text === text && !used.has(one.id))?.id ?? newId())
  })
}

type StoredEntry = TimelineEntry & { id?: string }

/** Timeline entries as they are stored. @param before the stored list that this one replaces. */
export function entriesWithIds(
  entries: TimelineEntry[],
  wanted: string[] | undefined,
  before: string | undefined,
): StoredEntry[] {
  const former = timelineRows(before ?? '[]').map(({ id, entry }) => ({ id, text: textOf(entry) }))
  const ids = rowIdsFor({ texts: entries.map(textOf), wanted, former, elsewhere: new Set() })
  return entries.map((entry, at) => ({ id: ids[at] as string, ...entry }))
}

/** The entries of a stored timeline with their ids; what was stored before entries had ids gets one from its words. */
export function timelineRows(stored: string): { id: string; entry: TimelineEntry }[] {
  const seen = new Map<string, number>()
  return (JSON.parse(stored) as StoredEntry[]).map(({ id, ...entry }) => {
    const words = textOf(entry)
    const times = seen.get(words) ?? 0
    seen.set(words, times + 1)
    return { id: id ?? sha256(`${times} ${words}`).slice(0, 24), entry }
  })
}

function textOf({ at, atText, marker, text }: TimelineEntry): string {
  return JSON.stringify([at, atText, marker, text])
}
