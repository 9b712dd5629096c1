import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { AppError } from '#app/platform/errors.ts'
import { foreseeMerge, mergeTheme } from '#app/themes/merge-theme.server.ts'
import { findTheme, listThemes } from '#app/themes/themes.server.ts'
import { ForeseenMerge } from '#app/themes/ui/foreseen-merge.tsx'
import { Fields, SelectField, useRefusal } from '#app/ui/form.tsx'

export const loader = pageLoader('edit the library', async ({ db, params, url }) => {
  const found = await findTheme(db, params.slug ?? '')
  if ('redirectTo' in found) throw redirect(`/themes/${found.redirectTo}/merge`)
  const { slug, name } = found.theme
  const into = url.searchParams.get('into') ?? ''
  const others = (await listThemes(db)).filter(theme => theme.slug !== slug)
  const page = { slug, name, into, others: others.map(theme => ({ slug: theme.slug, name: theme.name })) }
  if (!into) return { ...page, foreseen: null, problem: null }
  try {
    return { ...page, foreseen: await foreseeMerge({ db }, { slug, into }), problem: null }
  } catch (error) {
    if (error instanceof AppError && error.status === 400)
      return {
        ...page,
        foreseen: null,
        problem: { message: error.message, errors: error.errors, values: { into: [into] } },
      }
    throw error
  }
})

export const action = pageAction('edit the library', async ({ db, clock, actor, params, form }) => {
  const { into } = await mergeTheme({ db, clock, actor }, { slug: params.slug ?? '', into: textOf(form, 'into') })
  return redirect(`/themes/${into.slug}`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Merge ${data?.name ?? 'a theme'} · Candor` }]

export default function MergeTheme() {
  const { slug, name, into, others, foreseen, problem } = useLoaderData<typeof loader>()
  const refusal = useRefusal()
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to={`/themes/${slug}`}>{name}</Link>
      </p>
      <h1>Merge “{name}” into another theme</h1>
      <p className="lead">For two themes that mean the same. Its address will lead on, and the merge can be undone.</p>
      <Form method="get">
        <Fields state={problem ?? refusal}>
          <SelectField
            name="into"
            label="The theme that stays"
            defaultValue={into}
            options={[
              { value: '', label: 'Choose one' },
              ...others.map(other => ({ value: other.slug, label: other.name })),
            ]}
          />
        </Fields>
        <p className="actions">
          <button type="submit" className={foreseen ? 'btn' : 'btn primary'}>
            Show what would move
          </button>
          {foreseen ? null : (
            <Link className="btn quiet" to={`/themes/${slug}`}>
              Cancel
            </Link>
          )}
        </p>
      </Form>
      {foreseen ? <ForeseenMerge foreseen={foreseen} /> : null}
    </main>
  )
}
