/** The shape of `content/themes.yaml`: the list that a fresh database starts with. */
import { z } from 'zod'
import { foldSynonym, RESERVED_SLUGS, THEME_LIMITS, themeDefinition, themeName } from './theme.ts'

export const listedThemeSchema = z.strictObject({
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'A slug is made of a–z, 0–9 and single hyphens.')
    .max(80)
    .refine(slug => !RESERVED_SLUGS.includes(slug), 'This slug is the address of another page.'),
  name: themeName,
  definition: themeDefinition.refine(text => /[.!?]$/.test(text), 'A definition ends with a full stop.'),
  parent: z.string().optional(),
  synonyms: z.array(z.string().min(2).max(THEME_LIMITS.synonym)).max(THEME_LIMITS.synonyms).default([]),
})

export type ListedTheme = z.infer<typeof listedThemeSchema>

/** The whole list: parents that exist and are top-level, no slug, name or synonym twice. */
export const controlledListSchema = z
  .array(listedThemeSchema)
  .min(1)
  .superRefine((list, context) => {
    const complain = (index: number, field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [index, field], message })
    const bySlug = new Map<string, ListedTheme>()
    const words = new Map<string, number>()
    const claim = (word: string, index: number, field: string) => {
      const owner = words.get(foldSynonym(word))
      if (owner !== undefined && owner !== index)
        complain(index, field, `“${word}” belongs to ${list[owner]?.name} already.`)
      else words.set(foldSynonym(word), index)
    }
    list.forEach((theme, index) => {
      if (bySlug.has(theme.slug)) complain(index, 'slug', `The slug ${theme.slug} is there twice.`)
      bySlug.set(theme.slug, theme)
      claim(theme.name, index, 'name')
    })
    list.forEach((theme, index) => {
      for (const synonym of theme.synonyms) {
        if (synonym !== foldSynonym(synonym))
          complain(index, 'synonyms', `“${synonym}” is not in lower case, on one line.`)
        claim(synonym, index, 'synonyms')
      }
      if (new Set(theme.synonyms).size < theme.synonyms.length) complain(index, 'synonyms', 'A synonym is there twice.')
      if (theme.parent === undefined) return
      const parent = bySlug.get(theme.parent)
      if (!parent) complain(index, 'parent', `There is no theme ${theme.parent}.`)
      else if (theme.parent === theme.slug) complain(index, 'parent', 'A theme cannot be its own parent.')
      else if (parent.parent !== undefined)
        complain(index, 'parent', `${parent.name} has a parent itself; themes have two levels.`)
    })
  })
