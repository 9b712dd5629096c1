/** The controlled list as a reader sees it: grouped by parent, each with its count and its course. */
import { readSettings } from '#app/identity/settings.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { listThemes, type Theme } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { countsByTheme, type ThemeCount } from './theme-counts-queries.server.ts'
import { quartersUntil } from './theme-quarters.ts'

export const QUARTERS_IN_SMALL_PICTURE = 8

export interface ThemeLine {
  slug: string
  name: string
  definition: string
  total: number
  byQuarter: number[]
}

export interface ThemeGroup extends ThemeLine {
  subThemes: ThemeLine[]
}

export interface ThemeOverview {
  groups: ThemeGroup[]
  /** All themes there are, and those that match what was asked for. */
  total: number
  shown: number
  /** The quarters of the small pictures, by their labels. */
  quarters: string[]
  /** The greatest figure of any shown quarter: the scale that all pictures share. */
  max: number
}

/** @param filter words that a theme's name, definition or synonyms contain, all of them; empty shows all. */
export async function themeOverview({ db, clock }: { db: Db; clock: Clock }, filter: string): Promise<ThemeOverview> {
  const { timeZone } = await readSettings(db)
  const quarters = quartersUntil(clock.now(), timeZone, QUARTERS_IN_SMALL_PICTURE)
  const [themes, counts] = await Promise.all([listThemes(db), countsByTheme(db, quarters)])
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const matches = new Set(themes.filter(theme => mentionsAll(theme, words)).map(theme => theme.id))
  const line = (theme: Theme) => lineOf(theme, counts.get(theme.id), quarters.length)
  const groups = themes
    .filter(theme => theme.parentId === null)
    .map(theme => {
      const below = themes.filter(one => one.parentId === theme.id && matches.has(one.id))
      return { id: theme.id, group: { ...line(theme), subThemes: below.map(line) } }
    })
    .filter(({ id, group }) => matches.has(id) || group.subThemes.length > 0)
    .map(({ group }) => group)
  const lines = groups.flatMap(group => [group, ...group.subThemes])
  return {
    groups,
    total: themes.length,
    shown: matches.size,
    quarters: quarters.map(quarter => quarter.label),
    max: Math.max(0, ...lines.flatMap(one => one.byQuarter)),
  }
}

function mentionsAll({ name, definition, synonyms }: Theme, words: string[]): boolean {
  const text = [name, definition, ...synonyms].join('\n').toLowerCase()
  return words.every(word => text.includes(word))
}

function lineOf({ slug, name, definition }: Theme, count: ThemeCount | undefined, quarters: number): ThemeLine {
  return { slug, name, definition, total: count?.total ?? 0, byQuarter: count?.byQuarter ?? Array(quarters).fill(0) }
}
