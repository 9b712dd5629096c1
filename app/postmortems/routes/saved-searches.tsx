import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import { savedSearches } from '#app/postmortems/saved-searches.server.ts'
import { removeSavedSearch, saveSearch } from '#app/search/saved-searches.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import { Fields } from '#app/ui/form.tsx'

/** An address that every browser and proxy carries. */
const LONGEST = 4_000

export const loader = pageLoader('read', async ({ db, actor }) => ({ saved: await savedSearches(db, actor) }))

export const action = pageAction('read', async ({ db, clock, actor, form }) => {
  if (textOf(form, 'intent') === 'save') {
    // Only what the library's address knows is kept, so that a saved search can never lead elsewhere.
    const given = new URLSearchParams(textOf(form, 'query'))
    const query = new URLSearchParams()
    for (const key of ['q', 'theme', 'severity', 'service', 'from', 'to', 'sort']) {
      const value = given.get(key)
      if (value) query.set(key, value)
    }
    if (query.toString().length > LONGEST)
      throw invalidField('query', 'This search is too long to be saved. Fewer words find as much.')
    const name =
      textOf(form, 'name') || [...query].map(([key, value]) => (key === 'q' ? value : `${key}:${value}`)).join(' ')
    await saveSearch({ db, clock, actor }, { name: name.slice(0, 120), query: query.toString() })
    return redirect(`/library?${query}`)
  }
  await removeSavedSearch({ db, actor }, textOf(form, 'id'))
  return redirect('/saved-searches')
})

export const meta: MetaFunction = () => [{ title: 'Saved searches · Candor' }]

export default function SavedSearches() {
  const { saved } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <h1>Saved searches</h1>
      <p className="lead">Searches you come back to. Only you see them.</p>
      <Fields>{null}</Fields>
      {saved.length === 0 ? (
        <Empty title="None yet">
          <p>
            Search the <Link to="/library">library</Link>, then choose ‘Save this search’ above the results.
          </p>
        </Empty>
      ) : (
        <table className="stacks">
          <thead>
            <tr>
              <th>Search</th>
              <th>
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {saved.map(one => (
              <tr key={one.id}>
                <td>
                  <Link to={one.to}>
                    <bdi>{one.name}</bdi>
                  </Link>
                </td>
                <td className="n">
                  <Form method="post">
                    <input type="hidden" name="id" value={one.id} />
                    <button className="btn small" aria-label={`Remove ${one.name}`}>
                      Remove
                    </button>
                  </Form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </main>
  )
}
