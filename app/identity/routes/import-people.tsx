import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useNavigation } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { uploadedText } from '#app/http/uploaded-text.server.ts'
import type { ImportReport } from '#app/identity/people-import-plan.server.ts'
import { importPeopleText } from '#app/identity/read-people-file.server.ts'
import { useAnswer } from '#app/identity/ui/forms.ts'
import { FileReport } from '#app/ui/file-report.tsx'
import { Fields, FileField } from '#app/ui/form.tsx'

const UPLOAD_LIMIT = 20 * 1024 * 1024

interface Answer {
  ok: true
  step: 'preview' | 'done'
  report: ImportReport
  fileName: string
  /** The file itself, carried to the confirmation and back: nothing is kept on the server meanwhile. */
  text: string
}

export const loader = pageLoader('administer', async () => null)

export const action = pageAction(
  'administer',
  async ({ db, clock, actor, form }) => {
    const context = { db, clock, actor }
    if (textOf(form, 'intent') === 'import') {
      const report = await importPeopleText(context, textOf(form, 'text'))
      return data<Answer>({ ok: true, step: 'done', report, fileName: textOf(form, 'fileName'), text: '' })
    }
    const { fileName, text, notes } = await uploadedText(form, 'file')
    const report = await importPeopleText(context, text, { dryRun: true })
    report.notes.unshift(...notes)
    return data<Answer>({ ok: true, step: 'preview', report, fileName, text })
  },
  { limit: UPLOAD_LIMIT },
)

export const meta: MetaFunction = () => [{ title: 'Import people · Candor' }]

export default function ImportPeople() {
  const answer = useAnswer<Answer>()
  const busy = useNavigation().state !== 'idle'
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/people">People</Link>
      </p>
      <h1>Import people</h1>
      <p className="lead">A CSV from your directory. You see what it would change before anything is.</p>
      {answer ? <FileReport report={answer.report} isDone={answer.step === 'done'} fileName={answer.fileName} /> : null}
      {answer?.step === 'preview' && answer.report.created + answer.report.updated > 0 ? (
        <Form method="post" encType="multipart/form-data">
          <input type="hidden" name="intent" value="import" />
          <input type="hidden" name="fileName" value={answer.fileName} />
          <input type="hidden" name="text" value={answer.text} />
          <p className="actions">
            <button className="btn primary" disabled={busy}>
              {busy ? 'Importing …' : `Import ${answer.report.created + answer.report.updated} people`}
            </button>
            <Link className="btn" to="/people/import" reloadDocument>
              Do not import
            </Link>
          </p>
        </Form>
      ) : null}
      {answer?.step === 'done' ? (
        <p className="actions">
          <Link className="btn primary" to="/people">
            Look at the people
          </Link>
        </p>
      ) : null}
      {answer ? <h2>Another file</h2> : null}
      <Form method="post" encType="multipart/form-data">
        <Fields>
          <FileField
            name="file"
            label="CSV file"
            accept=".csv,.txt,.tsv,text/csv,text/tab-separated-values"
            required
            help="With a header row, at most 20 MB. Commas, semicolons or tabs."
          />
          <button className="btn" disabled={busy}>
            Read the file
          </button>
        </Fields>
      </Form>
      {answer ? null : <Columns />}
    </main>
  )
}

function Columns() {
  return (
    <>
      <h2>The columns</h2>
      <p>
        <code>name</code> and <code>email</code> must be there. These may be: <code>team</code>,{' '}
        <code>manager_email</code>, <code>start_date</code>, <code>is_engineer</code> (yes or no),{' '}
        <code>leave_from</code>, <code>leave_to</code>, <code>left_on</code>. Days are written as 2026-03-01.
      </p>
      <p>
        People are known by their e-mail: the same file again changes nothing. Unknown teams are added. Nobody is taken
        as gone for not being in the file.
      </p>
    </>
  )
}
