/** Keeps the themes of discussed items in step when an editor merges themes or takes a merge back. */
import type { Events } from '#app/platform/events.ts'
import type { ThemesMerged, ThemesMergeUndone } from '#app/themes/theme-events.ts'
import type { Tx } from '#db/index.server.ts'
import { insertItemThemes, itemsCarrying, removeItemTheme } from './record-queries.server.ts'

/** An item's tag that was moved, and whether the merge put the other theme there or found it there. */
interface MovedTag {
  itemId: string
  votes: number
  added: boolean
}

const ROOM = 'forums'

/** For the composition root. Doing it twice changes nothing. */
export function followThemesInForums(events: Pick<Events, 'subscribe'>): void {
  events.subscribe('themes.merged', followMerge)
  events.subscribe('themes.merge-undone', followUndo)
}

async function followMerge(tx: Tx, { from, into, moved }: ThemesMerged): Promise<void> {
  const had = new Set((await itemsCarrying(tx, into)).map(row => row.item_id))
  const tags = (await itemsCarrying(tx, from)).map(
    ({ item_id, votes }): MovedTag => ({ itemId: item_id, votes, added: !had.has(item_id) }),
  )
  const rows = tags.map(({ itemId, votes }) => ({ item_id: itemId, theme_id: into, votes }))
  await insertItemThemes(tx, rows)
  await removeItemTheme(
    tx,
    from,
    tags.map(tag => tag.itemId),
  )
  moved[ROOM] = tags
}

async function followUndo(tx: Tx, { from, into, moved, later }: ThemesMergeUndone): Promise<void> {
  const tags = (moved[ROOM] as MovedTag[] | undefined) ?? []
  await insertItemThemes(
    tx,
    tags.map(({ itemId, votes }) => ({ item_id: itemId, theme_id: from, votes })),
  )
  const heirs = later.flatMap(one => (one[ROOM] as MovedTag[] | undefined) ?? [])
  const gone = tags.filter(({ added, itemId }) => {
    const heir = heirs.find(one => one.itemId === itemId)
    if (added && heir) heir.added = true
    return added && !heir
  })
  await removeItemTheme(
    tx,
    into,
    gone.map(tag => tag.itemId),
  )
}
