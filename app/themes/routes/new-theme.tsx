import { type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { readThemeForm } from '#app/themes/read-theme-form.server.ts'
import { saveTheme } from '#app/themes/save-theme.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import { ThemeForm } from '#app/themes/ui/theme-form.tsx'

export const loader = pageLoader('edit the library', async ({ db }) => ({
  parents: (await listThemes(db)).filter(theme => theme.parentId === null).map(({ slug, name }) => ({ slug, name })),
}))

export const action = pageAction('edit the library', async ({ db, clock, actor, form }) => {
  const theme = await saveTheme({ db, clock, actor }, { slug: null, ...readThemeForm(form) })
  return redirect(`/themes/${theme.slug}`)
})

export const meta: MetaFunction = () => [{ title: 'Add a theme · Candor' }]

export default function NewTheme() {
  const { parents } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <h1>Add a theme</h1>
      <p className="lead">A theme earns its place when it joins incidents that look different on the surface.</p>
      <ThemeForm parents={parents} submit="Add the theme" back="/themes" />
    </main>
  )
}
