import type { Actor } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { announce } from '#app/platform/events.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { findMerge, mergesInto, updateMerge } from './merge-queries.server.ts'
import { type MovedThemes, moveChildren } from './merge-theme.server.ts'
import { holderOf, sayClash, type Theme } from './theme.ts'
import type { MovedRows } from './theme-events.ts'
import { type StoredTheme, storedThemes, updateTheme } from './theme-queries.server.ts'

/**
 * Takes a merge back: the theme lives again, and exactly what moved moves back. What was tagged with the other theme
 * before, or since, keeps it.
 * @throws AppError conflict when the theme that stayed has itself been merged away, or a word is taken by now.
 */
export async function undoMerge(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { mergeId }: { mergeId: string },
): Promise<Theme> {
  return inTransaction(db, async tx => {
    await lockFor(tx, 'themes')
    const merge = /^[\w-]{1,64}$/.test(mergeId) ? await findMerge(tx, mergeId) : undefined
    if (!merge) throw notFound('This merge')
    const byId = new Map((await storedThemes(tx)).map(theme => [theme.id, theme]))
    const from = byId.get(merge.fromId)!
    const into = byId.get(merge.intoId)!
    if (into.mergedIntoId !== null)
      throw new AppError('conflict', `${into.name} has itself been merged into another theme. Undo that merge first.`)
    const moved = JSON.parse(merge.moved) as MovedRows
    const { children, synonyms } = moved.themes as MovedThemes
    const left = into.synonyms.filter(word => !synonyms.includes(word))
    demandItsWords(
      from,
      [...byId.values()].filter(theme => theme.mergedIntoId === null),
      { ...into, synonyms: left },
    )

    const now = isoNow(clock)
    await updateTheme(tx, into.id, { synonyms: JSON.stringify(left), updated_at: now })
    await updateTheme(tx, from.id, { merged_into_id: null, parent_id: topLevelParent(from, byId), updated_at: now })
    const stillThere = children.filter(id => byId.get(id)?.parentId === into.id)
    await moveChildren(tx, stillThere, from.id, now)

    const later = (await mergesInto(tx, into.id)).filter(
      other => other.at > merge.at || (other.at === merge.at && other.id > merge.id),
    )
    const notes = later.map(other => JSON.parse(other.moved) as MovedRows)
    await announce(tx, 'themes.merge-undone', { from: from.id, into: into.id, moved, later: notes })
    for (const [index, other] of later.entries()) {
      const note = JSON.stringify(notes[index])
      if (note !== other.moved) await updateMerge(tx, other.id, { moved: note })
    }
    await updateMerge(tx, merge.id, { undone_at: now })
    await recordAudit(
      tx,
      { actor, clock },
      { act: 'theme.merge-undone', subject: from.name, before: { theme: into.slug }, after: { theme: from.slug } },
    )
    const { mergedIntoId: _, ...theme } = from
    return theme
  })
}

/** Its name and synonyms may have gone to others in the meantime: then an editor has to decide first. */
function demandItsWords(from: StoredTheme, live: StoredTheme[], into: StoredTheme): void {
  const others = live.map(theme => (theme.id === into.id ? into : theme))
  for (const word of [from.name, ...from.synonyms]) {
    const holder = holderOf(word, others)
    if (holder)
      throw new AppError('conflict', `${sayClash(word, holder)} Take the word away there, then undo the merge.`)
  }
}

/** Its parent may have been merged, or got a parent of its own, in the meantime: themes have two levels only. */
function topLevelParent(theme: StoredTheme, byId: ReadonlyMap<string, StoredTheme>): string | null {
  let parent = theme.parentId === null ? undefined : byId.get(theme.parentId)
  for (let steps = 0; parent && steps < 100; steps++) {
    if (parent.mergedIntoId !== null) parent = byId.get(parent.mergedIntoId)
    else if (parent.parentId !== null) parent = byId.get(parent.parentId)
    else return parent.id === theme.id ? null : parent.id
  }
  return null
}
