import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData, useNavigation } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { recentImports } from '#app/postmortems/import-job.server.ts'
import { prepareImport } from '#app/postmortems/prepare-import.server.ts'
import { addShelf, countShelf, removeShelf } from '#app/postmortems/public-shelf.server.ts'
import { Fields, FileField } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'

const UPLOAD_LIMIT = 20 * 1024 * 1024

export const loader = pageLoader('import postmortems and incidents', async ({ db, actor }) => ({
  recent: await recentImports({ db, actor }),
  onShelf: await countShelf(db),
}))

export const action = pageAction(
  'import postmortems and incidents',
  async ({ db, clock, actor, form }) => {
    const intent = form.get('intent')
    if (intent === 'add-shelf') await addShelf({ db, clock, actor })
    if (intent === 'remove-shelf') await removeShelf({ db, clock, actor })
    if (intent) return redirect(intent === 'add-shelf' ? '/library?sort=newest' : '/library/import')
    const uploads = form.getAll('files').filter((value): value is File => typeof value !== 'string' && value.size > 0)
    const files = await Promise.all(
      uploads.map(async file => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    )
    return redirect(`/library/import/${await prepareImport({ db, clock, actor }, files)}`)
  },
  { limit: UPLOAD_LIMIT },
)

export const meta: MetaFunction = () => [{ title: 'Import · Library · Candor' }]

export default function Import() {
  const { recent, onShelf } = useLoaderData<typeof loader>()
  const busy = useNavigation().state !== 'idle'
  return (
    <main id="content" className="narrow">
      <h1>Bring in postmortems</h1>
      <p className="lead">Whatever form they have. You see what was understood, correct it, and only then let it in.</p>
      <Form method="post" encType="multipart/form-data">
        <Fields>
          <FileField
            name="files"
            label="Files"
            multiple
            required
            help="Markdown (with YAML or TOML front matter, or none), JSON Lines, CSV, or a zip of them. At most 20 MB together."
          />
          <p className="actions">
            <button className="btn primary" disabled={busy}>
              {busy ? 'Reading …' : 'Read the files'}
            </button>
          </p>
        </Fields>
      </Form>
      <h2>The public shelf</h2>
      <p>
        Candor comes with well-known public incidents, retold in our own words and marked as public. They make search
        useful from the first day. {onShelf ? `${onShelf} are in the library now.` : 'None is in the library now.'}
      </p>
      <Form method="post" className="actions">
        <button className="btn" name="intent" value="add-shelf">
          {onShelf ? 'Add those that are missing' : 'Add the public incidents'}
        </button>
        {onShelf ? (
          <button className="btn" name="intent" value="remove-shelf">
            Take them off
          </button>
        ) : null}
      </Form>
      {recent.length ? (
        <>
          <h2>Your latest imports</h2>
          <ul>
            {recent.map(one => (
              <li key={one.id}>
                <Link to={`/library/import/${one.id}`}>
                  <When at={one.created_at} show="minute" />
                </Link>
                , {one.total} records, {one.state === 'preview' ? 'waiting for you' : one.state}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </main>
  )
}
