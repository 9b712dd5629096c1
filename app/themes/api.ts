/** The operations of the API on themes. */
import { z } from 'zod'
import { listOf, type Operation, pageQuery } from '#app/http/operation.ts'
import { themeDefinition, themeName, themeSynonyms } from './theme.ts'

export const themeResource = z.object({
  slug: z.string(),
  name: z.string(),
  definition: z.string().describe('One sentence'),
  parent: z.string().nullable().describe('The slug of the theme above it'),
  synonyms: z.array(z.string()).describe('Lower-case words and phrases that suggest this theme'),
  url: z.string().describe('Its page, below the address of this Candor'),
})

export type ThemeResource = z.infer<typeof themeResource>

const parent = z.string().max(100).nullable().describe('The slug of a top-level theme; null for none')

export const listThemesOperation = {
  id: 'listThemes',
  method: 'get',
  path: '/themes',
  summary: 'The controlled list of themes, by name',
  permission: 'read',
  query: pageQuery,
  response: listOf(themeResource),
} as const satisfies Operation

export const createThemeOperation = {
  id: 'createTheme',
  method: 'post',
  path: '/themes',
  summary: 'Add a theme',
  permission: 'edit the library',
  body: z.strictObject({
    name: themeName,
    definition: themeDefinition,
    synonyms: themeSynonyms.optional(),
    parent: parent.optional(),
  }),
  status: 201,
  response: themeResource,
} as const satisfies Operation

export const getThemeOperation = {
  id: 'getTheme',
  method: 'get',
  path: '/themes/{slug}',
  summary: 'One theme; a former slug answers with the theme that it leads to',
  permission: 'read',
  response: themeResource,
} as const satisfies Operation

export const changeThemeOperation = {
  id: 'changeTheme',
  method: 'patch',
  path: '/themes/{slug}',
  summary: 'Change what is given and leave the rest; another name brings another slug, and the former one leads on',
  permission: 'edit the library',
  body: z.strictObject({
    name: themeName.optional(),
    definition: themeDefinition.optional(),
    synonyms: themeSynonyms.optional(),
    parent: parent.optional(),
  }),
  response: themeResource,
} as const satisfies Operation
