import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { AppError } from '#app/platform/errors.ts'
import { changeVisibility, VISIBILITY_CHANGES } from '#app/postmortems/change-visibility.server.ts'
import { editPostmortem, recordToEdit } from '#app/postmortems/edit-postmortem.server.ts'
import { namedReaders, nameReaders } from '#app/postmortems/name-readers.server.ts'
import { visibleRow } from '#app/postmortems/read-postmortem.server.ts'
import { fieldsOf, recordFrom } from '#app/postmortems/record-form.server.ts'
import { RecordFieldset } from '#app/postmortems/ui/record-fields.tsx'
import { listThemes } from '#app/themes/themes.server.ts'
import { Fields, TextArea, TextField, useRefusal } from '#app/ui/form.tsx'

export const loader = pageLoader('read', async ({ db, actor, params }) => {
  const slug = params.slug ?? ''
  const { record, revision } = await recordToEdit({ db, actor }, slug)
  const row = await visibleRow({ db, actor }, slug)
  return {
    slug,
    title: record.title,
    revision,
    fields: fieldsOf(record),
    themes: (await listThemes(db)).map(({ slug, name }) => ({ slug, name })),
    isArchived: row.archived_at !== null,
    isRestricted: row.is_restricted === 1,
    isPublished: row.status === 'published',
    readers: (await namedReaders(db, row.id)).join('\n'),
  }
})

export const action = pageAction('read', async ({ db, clock, actor, params, form }) => {
  const slug = params.slug ?? ''
  const intent = textOf(form, 'intent')
  const change = VISIBILITY_CHANGES.find(one => one === intent)
  if (change) {
    await changeVisibility({ db, clock, actor }, slug, { change, reason: textOf(form, 'reason') })
    // Whoever archives or restricts may not see it any more.
    return redirect(change === 'archive' || change === 'restrict' ? '/library' : `/library/${slug}`)
  }
  if (intent === 'readers') {
    await nameReaders({ db, clock, actor }, slug, textOf(form, 'readers').split('\n'))
    return redirect(`/library/${slug}/edit#who`)
  }
  const { record } = await recordToEdit({ db, actor }, slug)
  const expected = Number(textOf(form, 'expected'))
  if (!Number.isInteger(expected)) throw new AppError('invalid', 'The form is incomplete. Please load the page again.')
  await editPostmortem({ db, clock, actor }, slug, {
    record: recordFrom(form, record),
    expected,
    note: textOf(form, 'note'),
  })
  return redirect(`/library/${slug}`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Edit ${data?.title ?? ''} · Candor` }]

/** For a form that the last refusal was not about. */
const NOT_REFUSED = { errors: [], values: {} }

export default function EditPostmortem() {
  const page = useLoaderData<typeof loader>()
  const refusal = useRefusal()
  const isAboutReaders = refusal?.errors.some(error => error.path === 'readers') ?? false
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to={`/library/${page.slug}`}>{page.title}</Link>
      </p>
      <h1>Edit the postmortem</h1>
      <p className="lead">Every save is a revision: nothing that stood here before is lost.</p>
      <Form method="post" className="wide-form">
        <Fields state={isAboutReaders ? NOT_REFUSED : refusal}>
          <input type="hidden" name="expected" value={page.revision} />
          <RecordFieldset fields={page.fields} themeNames={page.themes} />
          <TextField name="note" label="What changed" required={false} help="One line for the history." />
          <p className="actions">
            <button className="btn primary" name="intent" value="save">
              Save
            </button>
            <Link className="btn quiet" to={`/library/${page.slug}`}>
              Cancel
            </Link>
          </p>
        </Fields>
      </Form>
      <Visibility page={page} refusal={isAboutReaders ? refusal : NOT_REFUSED} />
    </main>
  )
}

function Visibility({
  page,
  refusal,
}: {
  page: { isArchived: boolean; isRestricted: boolean; isPublished: boolean; readers: string }
  refusal: ReturnType<typeof useRefusal>
}) {
  return (
    <section id="who">
      <h2>Who finds it</h2>
      {page.isRestricted || !page.isPublished ? (
        <Form method="post">
          <Fields state={refusal}>
            <TextArea
              name="readers"
              label="Who else may read it"
              rows={3}
              required={false}
              defaultValue={page.readers}
              help={
                page.isRestricted
                  ? 'E-mail addresses, one a line, beside its authors and administrators.'
                  : 'E-mail addresses, one a line: people who read the draft with you, beside authors and editors.'
              }
            />
            <p>
              <button className="btn" name="intent" value="readers">
                Name these readers
              </button>
            </p>
          </Fields>
        </Form>
      ) : null}
      {page.isArchived ? (
        <Form method="post">
          <p>It is archived. Restoring brings it back to search, themes and lists.</p>
          <button className="btn" name="intent" value="restore">
            Restore
          </button>
        </Form>
      ) : (
        <Form method="post">
          <p>Archiving takes it out of search, themes and lists. Nothing is deleted, and it can be restored here.</p>
          <button className="btn danger" name="intent" value="archive">
            Archive
          </button>
        </Form>
      )}
      {page.isRestricted ? (
        <Form method="post">
          <p>It is restricted to authors, named readers and administrators.</p>
          <button className="btn" name="intent" value="open">
            Open it to all members
          </button>
        </Form>
      ) : (
        <Form method="post" className="row">
          <TextField
            name="reason"
            label="Restrict, because"
            help="For legal or security reasons: only authors, named readers and administrators see it then."
          />
          <button className="btn danger" name="intent" value="restrict">
            Restrict
          </button>
        </Form>
      )}
    </section>
  )
}
