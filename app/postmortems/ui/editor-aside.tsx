/** Beside the editor: how far it is, what is missing, the next step, and who finds it. */
import { Form, Link, useSubmit } from '@remix-run/react'
import { SeenBefore } from '#app/incidents/ui/seen-before.tsx'
import { Fields, TextArea, TextField, type useRefusal } from '#app/ui/form.tsx'
import type { EditView } from '../edit-view.server.ts'
import type { CheckedItem } from '../review-checklist.ts'

type Settling = Map<string, () => Promise<void>>

export function EditorAside({
  page,
  checklist,
  settling,
}: {
  page: EditView
  checklist: CheckedItem[]
  settling: Settling
}) {
  const missing = checklist.filter(item => !item.isDone).length
  return (
    <aside className="beside editor-aside" id="about-this-draft" aria-label="About this draft">
      <section>
        <h2>State</h2>
        <p>
          {page.status === 'draft' ? 'Draft' : page.status === 'in review' ? 'In review' : 'Published'}
          {page.status === 'published' ? '' : '; seen by its authors, named readers and editors.'}
        </p>
        {page.hoursLeft === null ? null : (
          <p className={page.hoursLeft < 12 ? 'clock is-short' : 'clock'}>
            {page.hoursLeft >= 0
              ? `${page.hoursLeft} of 48 hours left since resolution.`
              : `The 48 hours since resolution are over. A short account today is worth more than a long one next week.`}
          </p>
        )}
        <Steps page={page} settling={settling} />
        <p>
          <Link to={`/library/${page.slug}`}>Read it as others do</Link>
        </p>
      </section>
      <SeenBefore seen={page.seenBefore} title="Seen before" />
      <section aria-labelledby="checklist">
        <h2 id="checklist">Before the review</h2>
        <p className="small muted" role="status">
          {missing === 0 ? 'Everything is there.' : `${missing} of ${checklist.length} still missing.`}
        </p>
        <ul className="checklist">
          {checklist.map(item => (
            <li key={item.section} className={item.isDone ? 'is-done' : undefined}>
              <span aria-hidden="true">{item.isDone ? '✓' : '○'}</span>
              <span className="visually-hidden">{item.isDone ? 'Done: ' : 'Missing: '}</span>
              <a href={`#${item.section}`}>{item.text}</a>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  )
}

function Steps({ page, settling }: { page: EditView; settling: Settling }) {
  const submit = useSubmit()
  if (page.status === 'published') return null
  return (
    <Form
      method="post"
      className="steps"
      onSubmit={event => {
        // What was typed a moment ago goes first.
        event.preventDefault()
        const { submitter } = event.nativeEvent as SubmitEvent
        void Promise.all([...settling.values()].map(settle => settle())).then(() =>
          submit(submitter as HTMLButtonElement | null, { method: 'post' }),
        )
      }}
    >
      {page.status === 'draft' ? (
        <button className="btn primary" name="step" value="send to review">
          Send to review
        </button>
      ) : null}
      {page.mayPublish ? (
        <button className={page.status === 'draft' ? 'btn' : 'btn primary'} name="step" value="publish">
          Publish
        </button>
      ) : page.status === 'in review' ? (
        <p className="small muted">An editor publishes it.</p>
      ) : null}
      {page.status === 'in review' ? (
        <button className="btn quiet" name="step" value="take back">
          Back to draft
        </button>
      ) : null}
    </Form>
  )
}

/** For a form that the last refusal was not about. */
const NOT_REFUSED = { errors: [], values: {} }

export function Visibility({ page, refusal }: { page: EditView; refusal: ReturnType<typeof useRefusal> }) {
  const isAboutReaders = refusal?.errors.some(error => error.path === 'readers') ?? false
  return (
    <section id="who" className="edit-section">
      <h2>Who finds it</h2>
      {page.isRestricted || page.status !== 'published' ? (
        <Form method="post">
          <Fields state={isAboutReaders ? refusal : NOT_REFUSED}>
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
        <Form method="post">
          <Fields state={isAboutReaders || !refusal ? NOT_REFUSED : refusal}>
            <TextField
              name="reason"
              label="Restrict, because"
              help="For legal or security reasons: only authors, named readers and administrators see it then."
            />
            <button className="btn danger" name="intent" value="restrict">
              Restrict
            </button>
          </Fields>
        </Form>
      )}
    </section>
  )
}
