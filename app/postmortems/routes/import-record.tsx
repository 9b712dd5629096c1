import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { correctRecord, recordOfImport } from '#app/postmortems/import-job.server.ts'
import { PREVIEW_PAGE } from '#app/postmortems/page-sizes.ts'
import { fieldsOf, recordFrom } from '#app/postmortems/record-form.server.ts'
import { RecordFieldset } from '#app/postmortems/ui/record-fields.tsx'
import { listThemes } from '#app/themes/themes.server.ts'
import { Fields } from '#app/ui/form.tsx'

export const loader = pageLoader('import postmortems and incidents', async ({ db, actor, params }) => {
  const id = params.id ?? ''
  const position = Number(params.position)
  const { record, source, notes } = await recordOfImport({ db, actor }, id, Number.isInteger(position) ? position : -1)
  return { back: backTo(id, position), fields: fieldsOf(record), source, notes, themes: await listThemes(db) }
})

export const action = pageAction('import postmortems and incidents', async ({ db, actor, params, form }) => {
  const id = params.id ?? ''
  const position = Number(params.position)
  const { record } = await recordOfImport({ db, actor }, id, Number.isInteger(position) ? position : -1)
  await correctRecord({ db, actor }, id, position, recordFrom(form, record))
  return redirect(backTo(id, position))
})

function backTo(id: string, position: number): string {
  const page = Math.floor(position / PREVIEW_PAGE) + 1
  return page > 1 ? `/library/import/${id}?page=${page}` : `/library/import/${id}`
}

export const meta: MetaFunction = () => [{ title: 'Correct a record · Candor' }]

export default function ImportRecord() {
  const { back, fields, source, notes, themes } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <p className="eyebrow">
        <bdi>{source}</bdi>
      </p>
      <h1>Correct what was understood</h1>
      <p className="lead">The file itself stays as it is; only what goes into the library changes.</p>
      {notes.length ? (
        <ul className="notice">
          {notes.map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      <Form method="post">
        <Fields>
          <RecordFieldset fields={fields} themeNames={themes} />
          <p className="actions">
            <button className="btn primary">Keep the correction</button>
            <Link className="btn quiet" to={back}>
              Cancel
            </Link>
          </p>
        </Fields>
      </Form>
    </main>
  )
}
