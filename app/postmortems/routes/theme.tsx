import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { POSTMORTEMS_PER_PAGE } from '#app/postmortems/page-sizes.ts'
import { themePage } from '#app/postmortems/theme-page.server.ts'
import { ThemeAside } from '#app/postmortems/ui/theme-aside.tsx'
import { ThemeActions, ThemePostmortems } from '#app/postmortems/ui/theme-lists.tsx'
import { findTheme } from '#app/themes/themes.server.ts'
import { undoMerge } from '#app/themes/undo-merge.server.ts'
import { BarChart } from '#app/ui/chart.tsx'
import { pageOf } from '#app/ui/pages.tsx'
import '#app/postmortems/ui/theme-pages.css'

export const loader = pageLoader('read', async ({ db, clock, actor, params, url }) => {
  const found = await findTheme(db, params.slug ?? '')
  if ('redirectTo' in found) throw redirect(`/themes/${found.redirectTo}`)
  const page = pageOf(url)
  return { ...(await themePage({ db, clock }, found.theme, page)), page, mayEdit: can(actor, 'edit the library') }
})

/** 'Undo the merge': everything else about a theme has a page of its own. */
export const action = pageAction('edit the library', async ({ db, clock, actor, form }) => {
  const theme = await undoMerge({ db, clock, actor }, { mergeId: textOf(form, 'merge') })
  return redirect(`/themes/${theme.slug}`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.theme.name ?? 'Theme'} · Themes · Candor` },
]

export default function ThemePage() {
  const { mayEdit, page, ...view } = useLoaderData<typeof loader>()
  const { theme, parent, total } = view
  return (
    <main id="content" className="theme-page">
      <div>
        <header>
          <p className="eyebrow">
            <Link to="/themes">Themes</Link>
            {parent ? (
              <>
                {' · '}
                <Link to={`/themes/${parent.slug}`}>{parent.name}</Link>
              </>
            ) : null}
          </p>
          <h1>
            <bdi>{theme.name}</bdi>
          </h1>
          <p className="definition">
            <bdi>{theme.definition}</bdi>
          </p>
          {mayEdit ? (
            <p className="actions no-print">
              <Link className="btn small" to={`/themes/${theme.slug}/edit`}>
                Rename or change
              </Link>
              <Link className="btn small" to={`/themes/${theme.slug}/merge`}>
                Merge into another
              </Link>
            </p>
          ) : null}
        </header>
        {total > 0 ? (
          <section>
            <h2>How often it comes up</h2>
            <BarChart
              figures={view.figures}
              caption={captionOf(view)}
              columns={['Quarter', 'Postmortems']}
              unit={['postmortem', 'postmortems']}
            />
          </section>
        ) : null}
        <ThemePostmortems
          theme={theme}
          postmortems={view.postmortems}
          total={total}
          page={page}
          pageSize={POSTMORTEMS_PER_PAGE}
        />
        <ThemeActions {...view.actions} />
      </div>
      <ThemeAside {...view} merges={mayEdit ? view.merges : []} />
    </main>
  )
}

function captionOf({
  total,
  since,
  outside,
  undated,
}: {
  total: number
  since: string
  outside: number
  undated: number
}): string {
  const apart = [
    outside ? `${outside} published before ${since}` : '',
    undated ? `${undated} without a date` : '',
  ].filter(Boolean)
  const n = `n = ${total}${apart.length ? `, of which ${apart.join(' and ')} ${outside + undated === 1 ? 'is' : 'are'} not shown` : ''}`
  return `Published postmortems that carry this theme, by quarter of publication; ${n}.`
}
