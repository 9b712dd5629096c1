/** Keeps postmortems, factors and suggestions in step when an editor merges themes, takes a merge back or renames one. */
import type { Events } from '#app/platform/events.ts'
import type { ThemesMerged, ThemesMergeForeseen, ThemesMergeUndone } from '#app/themes/theme-events.ts'
import type { Tx } from '#db/index.server.ts'
import { indexPostmortems } from './index-postmortems.server.ts'
import { countMoves, everyCarrierOf } from './theme-counts-queries.server.ts'
import {
  addSuggestions,
  addTags,
  holdersOf,
  postmortemsOfFactors,
  removeSuggestions,
  removeTags,
  type SuggestionRow,
  suggestionsOf,
  TAG_TABLES,
  type TagTable,
} from './theme-tags-queries.server.ts'

/** Something that was moved, and whether the merge put the other theme there or found it there. */
type Note<T> = T & { added: boolean }

/** This room's part of what a merge moved. */
interface MovedTags {
  postmortem_themes: Note<{ id: string }>[]
  factor_themes: Note<{ id: string }>[]
  suggestions: Note<SuggestionRow>[]
}

const ROOM = 'postmortems'
const TABLES = Object.keys(TAG_TABLES) as TagTable[]

/** Subscribes this room to the themes room: for the composition root. Doing it twice changes nothing. */
export function followThemes(events: Pick<Events, 'subscribe'>): void {
  events.subscribe('themes.merged', followMerge)
  events.subscribe('themes.merge-undone', followUndo)
  events.subscribe('themes.merge-foreseen', foresee)
  events.subscribe('themes.renamed', followName)
}

async function followName(tx: Tx, { themeId }: { themeId: string }): Promise<void> {
  await reindex(tx, await everyCarrierOf(tx, themeId))
}

async function followMerge(tx: Tx, { from, into, moved }: ThemesMerged): Promise<void> {
  const carriers = await everyCarrierOf(tx, from)
  const had = new Set((await suggestionsOf(tx, into)).map(one => one.postmortemId))
  const suggestions = (await suggestionsOf(tx, from)).map(one => ({ ...one, added: !had.has(one.postmortemId) }))
  await addSuggestions(tx, into, suggestions.filter(isAdded))
  await removeSuggestions(
    tx,
    from,
    suggestions.map(one => one.postmortemId),
  )
  moved[ROOM] = {
    postmortem_themes: await moveTags(tx, 'postmortem_themes', from, into),
    factor_themes: await moveTags(tx, 'factor_themes', from, into),
    suggestions,
  } satisfies MovedTags
  await reindex(tx, carriers)
}

async function moveTags(tx: Tx, table: TagTable, from: string, into: string): Promise<Note<{ id: string }>[]> {
  const had = new Set(await holdersOf(tx, table, into))
  const notes = (await holdersOf(tx, table, from)).map(id => ({ id, added: !had.has(id) }))
  await addTags(
    tx,
    table,
    into,
    notes.filter(isAdded).map(note => note.id),
  )
  await removeTags(
    tx,
    table,
    from,
    notes.map(note => note.id),
  )
  return notes
}

async function followUndo(tx: Tx, { from, into, moved, later }: ThemesMergeUndone): Promise<void> {
  const own = moved[ROOM] as MovedTags | undefined
  if (!own) return
  const others = later.flatMap(one => (one[ROOM] as MovedTags | undefined) ?? [])
  for (const table of TABLES) {
    const notes = own[table]
    await addTags(
      tx,
      table,
      from,
      notes.map(note => note.id),
    )
    const gone = withoutHeirs(
      notes,
      others.map(other => other[table]),
      note => note.id,
    )
    await removeTags(
      tx,
      table,
      into,
      gone.map(note => note.id),
    )
  }
  await addSuggestions(tx, from, own.suggestions)
  const gone = withoutHeirs(
    own.suggestions,
    others.map(other => other.suggestions),
    note => note.postmortemId,
  )
  await removeSuggestions(
    tx,
    into,
    gone.map(note => note.postmortemId),
  )
  const factors = own.factor_themes.map(note => note.id)
  await reindex(tx, [...own.postmortem_themes.map(note => note.id), ...(await postmortemsOfFactors(tx, factors))])
}

/**
 * What this merge added and nobody else needs. Where a later merge moved something to the same place and found it
 * taken because of this one, the place is now its own: its note is changed and the row stays.
 */
function withoutHeirs<T extends { added: boolean }>(notes: T[], later: T[][], keyOf: (note: T) => string): T[] {
  const heirs = new Map<string, T>()
  for (const list of [...later].reverse()) for (const note of list) heirs.set(keyOf(note), note)
  return notes.filter(isAdded).filter(note => {
    const heir = heirs.get(keyOf(note))
    if (heir) heir.added = true
    return !heir
  })
}

function isAdded(note: { added: boolean }): boolean {
  return note.added
}

async function foresee(tx: Tx, { from, moves }: ThemesMergeForeseen): Promise<void> {
  const { postmortems, factors } = await countMoves(tx, from)
  moves.push({ count: postmortems, one: 'published postmortem', many: 'published postmortems' })
  moves.push({ count: factors, one: 'contributing factor', many: 'contributing factors' })
}

const SLICE = 200

/** Search shows themes as facets. In slices, with a breath between them: other requests go on reading. */
async function reindex(tx: Tx, ids: readonly string[]): Promise<void> {
  const all = [...new Set(ids)]
  for (let at = 0; at < all.length; at += SLICE) {
    await indexPostmortems(tx, all.slice(at, at + SLICE))
    await new Promise(resolve => setImmediate(resolve))
  }
}
