import { Form, Link } from '@remix-run/react'
import type { AttachmentView } from '#app/postmortems/list-attachments.server.ts'
import type { useRefusal } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'

/** Files beside a postmortem, each with what it shows and how a text refers to it. */
export function AttachmentList({
  slug,
  files,
  mayEdit,
  refusal,
}: {
  slug: string
  files: AttachmentView[]
  mayEdit: boolean
  refusal: ReturnType<typeof useRefusal>
}) {
  return (
    <ul className="files">
      {files.map(file => (
        <li key={file.id} id={`file-${file.id}`}>
          {file.isImage ? (
            <img src={`/library/${slug}/attachments/${file.id}`} alt={file.alternative} loading="lazy" />
          ) : null}
          <div>
            <p>
              <a href={`/library/${slug}/attachments/${file.id}`}>
                <bdi>{file.name}</bdi>
              </a>
              <br />
              <span className="small muted">
                {file.what}, added by <bdi>{file.addedBy}</bdi> <When at={file.addedAt} />
              </span>
            </p>
            {mayEdit ? (
              <>
                {file.isImage ? <WordsForm file={file} refusal={refusal} /> : null}
                <p className="small">
                  In a text: <code>{`![${file.isImage ? '' : file.name}](attachment:${file.id})`}</code>
                </p>
                <p className="small">
                  <Link to={`/library/${slug}/attachments/${file.id}/remove`} aria-label={`Remove ${file.name}`}>
                    Remove
                  </Link>
                </p>
              </>
            ) : file.alternative ? (
              <p>{file.alternative}</p>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  )
}

function WordsForm({ file, refusal }: { file: AttachmentView; refusal: ReturnType<typeof useRefusal> }) {
  const name = `alternative-${file.id}`
  const error = refusal?.errors.find(one => one.path === name || one.path === 'alternative')?.message
  const isRefused = refusal?.values.id?.[0] === file.id
  return (
    <Form method="post" encType="multipart/form-data" className="row" preventScrollReset>
      <input type="hidden" name="id" value={file.id} />
      <div className={isRefused ? 'field is-wrong' : 'field'}>
        <label htmlFor={`field-${name}`}>What it shows</label>
        <input
          type="text"
          id={`field-${name}`}
          name={name}
          defaultValue={(isRefused ? refusal?.values[name]?.[0] : undefined) ?? file.alternative}
          aria-invalid={isRefused ? true : undefined}
          aria-describedby={`help-${name}`}
        />
        <div id={`help-${name}`}>
          {isRefused ? <p className="wrong">{error}</p> : null}
          {file.alternative ? null : <p className="help">Nobody has said yet what one should notice in it.</p>}
        </div>
      </div>
      <p>
        <button className="btn small" aria-label={`Save what ${file.name} shows`}>
          Save
        </button>
      </p>
    </Form>
  )
}

/** What was here and is gone: its name, who took it away, and when. */
export function RemovedAttachments({ removed }: { removed: AttachmentView[] }) {
  if (removed.length === 0) return null
  return (
    <section aria-labelledby="removed-files">
      <h2 id="removed-files">Removed files</h2>
      <ul>
        {removed.map(file => (
          <li key={file.id}>
            <bdi>{file.name}</bdi> ({file.what}), added by <bdi>{file.addedBy}</bdi> <When at={file.addedAt} />, removed
            by <bdi>{file.removed?.by}</bdi> {file.removed ? <When at={file.removed.at} show="minute" /> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
