import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import { addReader, listReaders, removeReader } from '#app/reports/report-readers.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import { Fields, TextField } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'
import '#app/identity/ui/people.css'

export const loader = pageLoader('publish reports', async ({ db, clock, actor, mailer, origin }) => ({
  readers: await listReaders({ db, clock, actor }),
  isMailed: origin !== null,
  mailFolder: mailer.folder,
}))

export const action = pageAction('publish reports', async ({ db, clock, actor, form }) => {
  switch (textOf(form, 'intent')) {
    case 'add':
      await addReader({ db, clock, actor }, { email: textOf(form, 'email') })
      break
    case 'remove':
      await removeReader({ db, clock, actor }, { id: textOf(form, 'person') })
      break
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
  return redirect('/admin/report-readers')
})

export const meta: MetaFunction = () => [{ title: 'Readers of reports · Candor' }]

export default function ReportReaders() {
  const { readers, isMailed, mailFolder } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/admin">Administration</Link>
      </p>
      <h1>Readers of reports</h1>
      <p className="lead">
        They get every culture health report by mail when it is published: the story and the headline figures. Anybody
        else who wants it says so on their own page.
      </p>
      {isMailed ? null : (
        <div className="notice warn">
          <p>
            Candor does not know its own address (<code>ORIGIN</code>), so no report is mailed.
          </p>
        </div>
      )}
      {isMailed && mailFolder ? (
        <div className="notice warn">
          <p>
            No mail server is set up (<code>SMTP_URL</code>): mails are kept as files in <code>{mailFolder}</code>.
          </p>
        </div>
      ) : null}
      {readers.length > 0 ? (
        <ul className="rows">
          {readers.map(reader => (
            <li key={reader.id}>
              <span>
                <bdi>{reader.name}</bdi>
                <br />
                <span className="muted small">
                  <bdi>{reader.email}</bdi>,{' '}
                  {reader.hasLeft ? (
                    'has left and gets none'
                  ) : (
                    <>
                      since <When at={reader.since} />
                    </>
                  )}
                </span>
              </span>
              <Form method="post">
                <input type="hidden" name="intent" value="remove" />
                <button className="btn small" name="person" value={reader.id}>
                  Remove<span className="visually-hidden"> {reader.name}</span>
                </button>
              </Form>
            </li>
          ))}
        </ul>
      ) : (
        <Empty title="Nobody is on the list">
          <p>A report that nobody reads moves nothing. Begin with those who decide what time and money go into.</p>
        </Empty>
      )}
      <h2>Add a reader</h2>
      <Form method="post">
        <input type="hidden" name="intent" value="add" />
        <Fields key={readers.length}>
          <TextField
            name="email"
            label="E-mail"
            type="email"
            required
            autoComplete="off"
            help="Of somebody in People."
          />
          <button className="btn primary">Add</button>
        </Fields>
      </Form>
    </main>
  )
}
