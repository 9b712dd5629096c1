import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { readThemeForm } from '#app/themes/read-theme-form.server.ts'
import { saveTheme } from '#app/themes/save-theme.server.ts'
import { findTheme, listThemes } from '#app/themes/themes.server.ts'
import { ThemeForm } from '#app/themes/ui/theme-form.tsx'

export const loader = pageLoader('edit the library', async ({ db, params }) => {
  const found = await findTheme(db, params.slug ?? '')
  if ('redirectTo' in found) throw redirect(`/themes/${found.redirectTo}/edit`)
  const { theme } = found
  const themes = await listThemes(db)
  const hasSubThemes = themes.some(one => one.parentId === theme.id)
  const parents = hasSubThemes ? [] : themes.filter(one => one.parentId === null && one.id !== theme.id)
  return {
    slug: theme.slug,
    name: theme.name,
    theme: {
      name: theme.name,
      definition: theme.definition,
      synonyms: theme.synonyms,
      parent: themes.find(one => one.id === theme.parentId)?.slug ?? null,
    },
    parents: parents.map(({ slug, name }) => ({ slug, name })),
  }
})

export const action = pageAction('edit the library', async ({ db, clock, actor, params, form }) => {
  const theme = await saveTheme({ db, clock, actor }, { slug: params.slug ?? '', ...readThemeForm(form) })
  return redirect(`/themes/${theme.slug}`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Change ${data?.name ?? 'a theme'} · Candor` }]

export default function EditTheme() {
  const { slug, name, theme, parents } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to={`/themes/${slug}`}>{name}</Link>
      </p>
      <h1>Change the theme</h1>
      <p className="lead">Whatever carries it keeps it. A clearer definition makes tagging the same for everyone.</p>
      <ThemeForm key={slug} theme={theme} parents={parents} submit="Save" back={`/themes/${slug}`} />
    </main>
  )
}
