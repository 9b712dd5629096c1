import { z } from 'zod'
import type { Actor } from '#app/identity/actor.ts'
import { check, invalid } from '#app/identity/fields.ts'
import { difference, recordAudit } from '#app/identity/record-audit.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, type FieldError, notFound } from '#app/platform/errors.ts'
import { announce } from '#app/platform/events.ts'
import { newId } from '#app/platform/ids.server.ts'
import { firstFree, slugify } from '#app/platform/slug.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import { holderOf, RESERVED_SLUGS, sayClash, type Theme, themeDefinition, themeName, themeSynonyms } from './theme.ts'
import './theme-events.ts'
import {
  deleteRedirect,
  insertRedirect,
  insertThemes,
  redirects,
  type StoredTheme,
  storedThemes,
  updateTheme,
} from './theme-queries.server.ts'

/** What an editor decides about a theme. `parent` is a slug. */
export const themeInputSchema = z.object({
  name: themeName,
  definition: themeDefinition,
  synonyms: themeSynonyms,
  parent: z.string().nullable(),
})
export type ThemeInput = z.input<typeof themeInputSchema>

/**
 * Adds a theme (`slug` null) or changes one. A theme that gets another name gets another slug, and the former one
 * leads on to it.
 * @throws AppError invalid naming the fields; a word that belongs to another theme names that theme.
 */
export async function saveTheme(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { slug, ...input }: { slug: string | null } & ThemeInput,
): Promise<Theme> {
  const wanted = check(themeInputSchema, input)
  return inTransaction(db, async tx => {
    await lockFor(tx, 'themes')
    const stored = await storedThemes(tx)
    const live = stored.filter(theme => theme.mergedIntoId === null)
    const before = slug === null ? null : live.find(theme => theme.slug === slug)
    if (before === undefined) throw notFound('This theme')
    const others = live.filter(theme => theme !== before)
    const parent = wanted.parent === null ? null : (live.find(theme => theme.slug === wanted.parent) ?? undefined)
    const errors = [...clashes(wanted, others), ...parentErrors(before, parent, others)]
    if (errors.length) throw invalid(errors)

    const after = {
      name: wanted.name,
      definition: wanted.definition,
      synonyms: wanted.synonyms,
      parentId: parent?.id ?? null,
    }
    const now = isoNow(clock)
    if (!before)
      return addTheme(
        tx,
        { clock, actor },
        { id: newId(), slug: await freeSlug(tx, stored, null, after.name), ...after },
        now,
      )
    const newSlug = before.name === after.name ? before.slug : await freeSlug(tx, stored, before, after.name)
    const theme: Theme = { id: before.id, slug: newSlug, ...after }
    const changed = difference<object>(auditForm(before, live), auditForm(theme, live))
    if (!changed) return theme
    await updateTheme(tx, theme.id, {
      slug: theme.slug,
      name: theme.name,
      definition: theme.definition,
      synonyms: JSON.stringify(theme.synonyms),
      parent_id: theme.parentId,
      updated_at: now,
    })
    if (newSlug !== before.slug) {
      await deleteRedirect(tx, newSlug)
      await insertRedirect(tx, before.slug, theme.id)
    }
    await recordAudit(tx, { actor, clock }, { act: 'theme.changed', subject: before.name, ...changed })
    if (theme.name !== before.name) await announce(tx, 'themes.renamed', { themeId: theme.id })
    return theme
  })
}

async function addTheme(tx: Tx, by: { clock: Clock; actor: Actor }, theme: Theme, now: string): Promise<Theme> {
  await insertThemes(tx, [
    {
      id: theme.id,
      slug: theme.slug,
      name: theme.name,
      definition: theme.definition,
      synonyms: JSON.stringify(theme.synonyms),
      parent_id: theme.parentId,
      created_at: now,
      updated_at: now,
      merged_into_id: null,
    },
  ])
  const after = auditForm(theme, await storedThemes(tx))
  await recordAudit(tx, by, { act: 'theme.created', subject: theme.name, before: null, after })
  return theme
}

/** A slug from the name: its own former one, or one that nothing leads from yet. */
async function freeSlug(tx: Tx, stored: StoredTheme[], own: StoredTheme | null, name: string): Promise<string> {
  const taken = new Set(RESERVED_SLUGS)
  for (const theme of stored) if (theme.id !== own?.id) taken.add(theme.slug)
  for (const [slug, themeId] of await redirects(tx)) if (themeId !== own?.id) taken.add(slug)
  return firstFree(slugify(name), taken)
}

function clashes(wanted: z.output<typeof themeInputSchema>, others: Theme[]): FieldError[] {
  const errors: FieldError[] = []
  const holder = holderOf(wanted.name, others)
  if (holder) errors.push({ path: 'name', message: sayClash(wanted.name, holder) })
  const held = wanted.synonyms.flatMap(synonym => {
    const other = holderOf(synonym, others)
    return other ? sayClash(synonym, other) : []
  })
  if (held.length) errors.push({ path: 'synonyms', message: held.join(' ') })
  return errors
}

/** Two levels, no circles: a parent has no parent, and a theme with sub-themes gets none. */
function parentErrors(before: Theme | null, parent: Theme | null | undefined, others: Theme[]): FieldError[] {
  const wrong = (message: string) => [{ path: 'parent', message }]
  if (parent === null) return []
  if (parent === undefined) return wrong('This theme is not in the list any more. Please choose another parent.')
  if (parent === before) return wrong('A theme cannot be its own parent.')
  if (before && others.some(theme => theme.parentId === before.id))
    return wrong(`${before.name} has sub-themes, and themes have two levels only: it stays on top.`)
  if (parent.parentId !== null) return wrong(`${parent.name} has a parent itself, and themes have two levels only.`)
  return []
}

function auditForm(theme: Theme, all: readonly Theme[]) {
  return {
    slug: theme.slug,
    name: theme.name,
    definition: theme.definition,
    synonyms: theme.synonyms,
    parent: all.find(one => one.id === theme.parentId)?.slug ?? null,
  }
}

/** Why this theme may not be changed under a slug that it no longer has. */
export function movedOn(slug: string, redirectTo: string): AppError {
  return new AppError('conflict', `The theme “${slug}” is “${redirectTo}” now. Please change that one.`)
}
