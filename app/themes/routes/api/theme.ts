import { handle, serve } from '#app/http/api.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { changeThemeOperation, getThemeOperation } from '#app/themes/api.ts'
import { movedOn, saveTheme } from '#app/themes/save-theme.server.ts'
import { resourceOfTheme } from '#app/themes/theme-resource.ts'
import { findTheme, listThemes, themesBySlug } from '#app/themes/themes.server.ts'

const api = serve(
  handle(getThemeOperation, async ({ db, params: { slug = '' } }) => {
    const theme = (await themesBySlug(db, [slug])).get(slug)
    if (!theme) throw notFound('This theme')
    return resourceOfTheme(theme, await listThemes(db))
  }),
  handle(changeThemeOperation, async ({ db, clock, actor, params: { slug = '' }, body }) => {
    const found = await findTheme(db, slug)
    if ('redirectTo' in found) throw movedOn(slug, found.redirectTo)
    const { name, definition, synonyms, parent } = resourceOfTheme(found.theme, await listThemes(db))
    const theme = await saveTheme({ db, clock, actor }, { slug, name, definition, synonyms, parent, ...body })
    return resourceOfTheme(theme, await listThemes(db))
  }),
)

export const loader = api.loader
export const action = api.action
