import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useNavigation } from '@remix-run/react'
import { columnsOf, importAnything, importableBy } from '#app/home/import-anything.server.ts'
import { FILE_KINDS, type FileKind, KIND_WORDS } from '#app/home/import-words.ts'
import { ImportKinds } from '#app/home/ui/import-kinds.tsx'
import { textOf } from '#app/http/read-form.server.ts'
import { type ActionArgs, pageAction, pageLoader } from '#app/http/route.server.ts'
import { uploadedText } from '#app/http/uploaded-text.server.ts'
import { can } from '#app/identity/actor.ts'
import { useAnswer } from '#app/identity/ui/forms.ts'
import { invalidField } from '#app/platform/errors.ts'
import { FileReport } from '#app/ui/file-report.tsx'
import { Fields, FileField, SelectField } from '#app/ui/form.tsx'

const UPLOAD_LIMIT = 20 * 1024 * 1024

type Report = Awaited<ReturnType<typeof importAnything>>

interface Answer {
  ok: true
  step: 'preview' | 'done'
  kind: FileKind
  report: Report
  fileName: string
  /** The file itself, carried to the confirmation and back: nothing is kept on the server meanwhile. */
  text: string
}

export const loader = pageLoader('import postmortems and incidents', async ({ actor, url }) => {
  const mayImport = importableBy(actor)
  const kinds = FILE_KINDS.filter(kind => mayImport.includes(kind))
  const asked = url.searchParams.get('kind')
  return {
    chosen: kinds.find(kind => kind === asked) ?? null,
    kinds: kinds.map(value => ({ value, columns: value === 'statuspage' ? null : columnsOf(value) })),
    mayImportPeople: can(actor, 'administer'),
  }
})

export const action = pageAction(
  'import postmortems and incidents',
  async args => {
    const kind = chosenKind(args)
    if (textOf(args.form, 'intent') === 'import') {
      const fileName = textOf(args.form, 'fileName')
      const report = await bringIn(args, kind, { fileName, text: textOf(args.form, 'text') })
      return data<Answer>({ ok: true, step: 'done', kind, report, fileName, text: '' })
    }
    const { fileName, text, notes } = await uploadedText(args.form, 'file')
    const report = await bringIn(args, kind, { fileName, text, dryRun: true })
    report.notes.unshift(...notes)
    return data<Answer>({ ok: true, step: 'preview', kind, report, fileName, text })
  },
  { limit: UPLOAD_LIMIT },
)

function chosenKind({ actor, form }: ActionArgs): FileKind {
  const mayImport = importableBy(actor)
  const kind = FILE_KINDS.find(one => one === textOf(form, 'kind') && mayImport.includes(one))
  if (!kind) throw invalidField('kind', 'Choose what the file holds.')
  return kind
}

function bringIn(
  { db, clock, actor }: ActionArgs,
  kind: FileKind,
  { fileName, text, dryRun = false }: { fileName: string; text: string; dryRun?: boolean },
): Promise<Report> {
  return importAnything({ db, clock, actor }, kind, [{ name: fileName, bytes: Buffer.from(text) }], { dryRun })
}

export const meta: MetaFunction = () => [{ title: 'Import · Candor' }]

export default function Import() {
  const { kinds, chosen, mayImportPeople } = useLoaderData<typeof loader>()
  const answer = useAnswer<Answer>()
  const busy = useNavigation().state !== 'idle'
  return (
    <main id="content" className="narrow">
      <h1>Import from files</h1>
      <p className="lead">
        What other systems know of your incidents. You see what a file would change before it does.
      </p>
      {answer ? <Outcome answer={answer} busy={busy} /> : null}
      {answer ? <h2>Another file</h2> : null}
      <Form method="post" encType="multipart/form-data">
        <Fields>
          <SelectField
            name="kind"
            label="What it holds"
            required
            defaultValue={answer?.kind ?? chosen}
            options={[
              { value: '', label: 'Choose …' },
              ...kinds.map(({ value }) => ({ value, label: KIND_WORDS[value].label })),
            ]}
          />
          <FileField
            name="file"
            label="File"
            accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,text/csv,text/tab-separated-values,application/json"
            required
            help="CSV with a header row, or JSON Lines; of a status page, JSON. At most 20 MB."
          />
          <button className="btn" disabled={busy}>
            {busy ? 'Reading …' : 'Read the file'}
          </button>
        </Fields>
      </Form>
      {answer ? null : <ImportKinds kinds={kinds} mayImportPeople={mayImportPeople} />}
    </main>
  )
}

function Outcome({ answer, busy }: { answer: Answer; busy: boolean }) {
  const { step, kind, report, fileName, text } = answer
  const coming = report.created + report.updated
  const { place, label } = KIND_WORDS[kind]
  return (
    <>
      <FileReport report={report} isDone={step === 'done'} fileName={`${label}, ${fileName}`} />
      {step === 'done' ? (
        <p className="actions">
          <Link className="btn primary" to={place.to}>
            {place.label}
          </Link>
        </p>
      ) : null}
      {step === 'preview' && coming > 0 ? (
        <Form method="post" encType="multipart/form-data">
          <input type="hidden" name="intent" value="import" />
          <input type="hidden" name="kind" value={kind} />
          <input type="hidden" name="fileName" value={fileName} />
          <input type="hidden" name="text" value={text} />
          <p className="actions">
            <button className="btn primary" disabled={busy}>
              {busy ? 'Importing …' : `Import ${coming === 1 ? 'one row' : `${coming.toLocaleString('en-GB')} rows`}`}
            </button>
            <Link className="btn" to={`/import?kind=${kind}`} reloadDocument>
              Do not import
            </Link>
          </p>
        </Form>
      ) : null}
    </>
  )
}
