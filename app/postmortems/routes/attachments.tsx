import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData, useNavigation } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { Saved } from '#app/identity/ui/saved.tsx'
import { addAttachments, describeImage } from '#app/postmortems/add-attachments.server.ts'
import { attachmentStore } from '#app/postmortems/attachment-store.server.ts'
import { listAttachments } from '#app/postmortems/list-attachments.server.ts'
import { useDroppedFiles } from '#app/postmortems/ui/attachment-drop.ts'
import { AttachmentList, RemovedAttachments } from '#app/postmortems/ui/attachment-list.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { Fields, FileField, TextField, useRefusal } from '#app/ui/form.tsx'
import '#app/postmortems/ui/discussion.css'

/** Several files of the largest size; each is limited by itself. */
const UPLOAD_LIMIT = 40 * 1024 * 1024

export const loader = pageLoader('read', ({ db, actor, params }) => listAttachments({ db, actor }, params.slug ?? ''))

export const action = pageAction(
  'read',
  async ({ db, clock, actor, site, params, form }) => {
    const slug = params.slug ?? ''
    const id = textOf(form, 'id')
    if (id) {
      await describeImage({ db, actor }, slug, { id, alternative: textOf(form, `alternative-${id}`) })
      return redirect(`/library/${slug}/attachments?saved=words#file-${id}`)
    }
    const uploads = form
      .getAll('files')
      .filter((value): value is File => typeof value !== 'string' && value.name !== '')
    const files = await Promise.all(
      uploads.map(async file => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    )
    const store = attachmentStore(site.dataDir)
    await addAttachments({ db, clock, actor, store }, slug, { files, alternative: textOf(form, 'alternative') })
    return redirect(`/library/${slug}/attachments?saved=files`)
  },
  { limit: UPLOAD_LIMIT },
)

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Files of ${data?.title ?? ''} · Candor` }]

const NOT_REFUSED = { errors: [], values: {} }

export default function Attachments() {
  const { slug, title, mayEdit, files, removed } = useLoaderData<typeof loader>()
  const refusal = useRefusal()
  const isBusy = useNavigation().state !== 'idle'
  const isAboutOne = refusal?.values.id !== undefined
  const form = useDroppedFiles('field-files')
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to={`/library/${slug}`}>{title}</Link>
      </p>
      <h1>Files</h1>
      <p className="lead">Graphs, logs and documents that belong to the text. Who may read it may open them.</p>
      <Saved words={{ files: 'Added.', words: 'Saved.', removed: 'Removed. That it was here stays below.' }} />
      {files.length ? (
        <AttachmentList slug={slug} files={files} mayEdit={mayEdit} refusal={isAboutOne ? refusal : null} />
      ) : (
        <Empty title="There are no files yet">
          <p>
            The graph that everybody looked at says more than a paragraph about it. Add it while it can still be drawn.
          </p>
        </Empty>
      )}
      {mayEdit ? (
        <>
          <h2>Add files</h2>
          <Form method="post" encType="multipart/form-data" ref={form} className="drop" key={files.length}>
            <Fields state={isAboutOne ? NOT_REFUSED : refusal}>
              <FileField
                name="files"
                label="Files"
                multiple
                accept="image/png,image/jpeg,image/webp,image/svg+xml,application/pdf,text/plain,.log,.txt,.md,.csv,.json"
                help="PNG, JPEG, WebP, SVG, PDF, text and logs, at most 10 MB each. They can be dropped or pasted here, too."
              />
              <TextField
                name="alternative"
                label="What the picture shows"
                required={false}
                help="For those who cannot see it: what one should notice. With several pictures you are asked for each."
              />
              <p className="actions">
                <button className="btn primary" disabled={isBusy}>
                  {isBusy ? 'Sending …' : 'Add'}
                </button>
              </p>
            </Fields>
          </Form>
        </>
      ) : null}
      <RemovedAttachments removed={removed} />
    </main>
  )
}
