import type { Actor } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { announce } from '#app/platform/events.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import { insertMerge } from './merge-queries.server.ts'
import { foldSynonym, type Theme } from './theme.ts'
import type { MovedRows, ThemesMergeForeseen } from './theme-events.ts'
import { type StoredTheme, storedThemes, updateTheme } from './theme-queries.server.ts'

/** What this room itself moves in a merge. */
export interface MovedThemes {
  /** Themes that were below the one that goes. */
  children: string[]
  /** Words that the one that stays has learnt. */
  synonyms: string[]
}

export interface Foreseen {
  from: Theme
  into: Theme
  subThemes: Theme[]
  /** Words that the one that stays would learn. */
  synonyms: string[]
  moves: ThemesMergeForeseen['moves']
}

interface Pair {
  /** Slugs: the theme that goes, and the one that stays. */
  slug: string
  into: string
}

/**
 * What a merge would move. Changes nothing.
 * @throws AppError as {@link mergeTheme} would.
 */
export async function foreseeMerge({ db }: { db: Db }, pair: Pair): Promise<Foreseen> {
  return inTransaction(db, async tx => {
    const stored = await storedThemes(tx)
    const { from, into } = demandPair(stored, pair)
    const moves: ThemesMergeForeseen['moves'] = []
    await announce(tx, 'themes.merge-foreseen', { from: from.id, into: into.id, moves })
    return {
      from,
      into,
      subThemes: stored.filter(theme => theme.parentId === from.id && theme.mergedIntoId === null),
      synonyms: learnt(from, into),
      moves,
    }
  })
}

/**
 * Merges one theme into another. Its row stays, so that its address leads on; whoever carries it carries the other
 * from now on; the other learns its name and synonyms. All of it is written down, so that it can be undone.
 * @throws AppError not-found, or invalid when the two cannot be merged.
 */
export async function mergeTheme(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  pair: Pair,
): Promise<{ mergeId: string; into: Theme }> {
  return inTransaction(db, async tx => {
    await lockFor(tx, 'themes')
    const stored = await storedThemes(tx)
    const { from, into } = demandPair(stored, pair)
    const now = isoNow(clock)
    const children = stored.filter(theme => theme.parentId === from.id).map(theme => theme.id)
    const synonyms = learnt(from, into)
    await moveChildren(tx, children, into.id, now)
    await updateTheme(tx, into.id, { synonyms: JSON.stringify([...into.synonyms, ...synonyms]), updated_at: now })
    await updateTheme(tx, from.id, { merged_into_id: into.id, updated_at: now })
    const moved: MovedRows = { themes: { children, synonyms } satisfies MovedThemes }
    await announce(tx, 'themes.merged', { from: from.id, into: into.id, moved })
    const mergeId = newId()
    await insertMerge(tx, {
      id: mergeId,
      from_id: from.id,
      into_id: into.id,
      moved: JSON.stringify(moved),
      at: now,
      undone_at: null,
    })
    await recordAudit(
      tx,
      { actor, clock },
      { act: 'theme.merged', subject: from.name, before: { theme: from.slug }, after: { theme: into.slug, synonyms } },
    )
    return { mergeId, into: { ...into, synonyms: [...into.synonyms, ...synonyms] } }
  })
}

export async function moveChildren(tx: Tx, ids: string[], parentId: string, now: string): Promise<void> {
  for (const id of ids) await updateTheme(tx, id, { parent_id: parentId, updated_at: now })
}

function demandPair(stored: StoredTheme[], pair: Pair): { from: StoredTheme; into: StoredTheme } {
  const live = stored.filter(theme => theme.mergedIntoId === null)
  const from = live.find(theme => theme.slug === pair.slug)
  if (!from) throw notFound('This theme')
  const into = live.find(theme => theme.slug === pair.into)
  if (!into) throw invalidField('into', 'Choose the theme that stays.')
  if (from === into) throw invalidField('into', 'A theme cannot be merged into itself. Choose another one.')
  const hasSubThemes = live.some(theme => theme.parentId === from.id)
  if (hasSubThemes && into.parentId !== null)
    throw invalidField(
      'into',
      `${from.name} has sub-themes, so it can be merged into a top-level theme only, and ${into.name} is not one.`,
    )
  return { from, into }
}

/** The name and synonyms of the one that goes, unless the one that stays has them. */
function learnt(from: Theme, into: Theme): string[] {
  const known = new Set([foldSynonym(into.name), ...into.synonyms])
  return [...new Set([foldSynonym(from.name), ...from.synonyms])].filter(word => !known.has(word))
}
