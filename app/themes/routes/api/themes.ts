import { handle, offsetCursor, serve } from '#app/http/api.server.ts'
import { createThemeOperation, listThemesOperation } from '#app/themes/api.ts'
import { saveTheme } from '#app/themes/save-theme.server.ts'
import { resourceOfTheme } from '#app/themes/theme-resource.ts'
import { listThemes } from '#app/themes/themes.server.ts'

const api = serve(
  handle(listThemesOperation, async ({ db, query: { cursor, limit } }) => {
    const themes = await listThemes(db)
    const offset = offsetCursor.read(cursor)
    const items = themes.slice(offset, offset + limit)
    const end = offset + items.length
    return {
      items: items.map(theme => resourceOfTheme(theme, themes)),
      total: themes.length,
      nextCursor: items.length > 0 && end < themes.length ? offsetCursor.write(end) : null,
    }
  }),
  handle(createThemeOperation, async ({ db, clock, actor, body: { synonyms = [], parent = null, ...body } }) => {
    const theme = await saveTheme({ db, clock, actor }, { slug: null, ...body, synonyms, parent })
    return resourceOfTheme(theme, await listThemes(db))
  }),
)

export const loader = api.loader
export const action = api.action
