import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { useAnswer } from '#app/identity/ui/forms.ts'
import { addressOfSource } from '#app/incidents/hooks/address-of-source.ts'
import { listSources } from '#app/incidents/hooks/list-sources.server.ts'
import { addSource } from '#app/incidents/hooks/save-source.server.ts'
import { KINDS, SOURCE_KINDS } from '#app/incidents/hooks/source-kinds.ts'
import { ShownOnce } from '#app/incidents/ui/shown-once.tsx'
import { SourceTable } from '#app/incidents/ui/source-table.tsx'
import '#app/incidents/ui/sources.css'
import { Fields, SelectField, TextField } from '#app/ui/form.tsx'

export const loader = pageLoader('administer', async ({ db, actor }) => ({
  sources: await listSources({ db, actor }),
}))

export const action = pageAction('administer', async ({ db, clock, actor, origin, url, form }) => {
  const name = textOf(form, 'name').trim()
  const kind = textOf(form, 'kind')
  const { slug, secret } = await addSource({ db, clock, actor }, { name, kind, secret: textOf(form, 'secret') })
  return data({ ok: true, name, slug, secret, address: addressOfSource(origin ?? url.origin, { slug, kind }, secret) })
})

export const meta: MetaFunction = () => [{ title: 'Sources · Candor' }]

export default function Sources() {
  const { sources } = useLoaderData<typeof loader>()
  const made = useAnswer<{ name: string; slug: string; secret: string | null; address: string }>()
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/admin">Administration</Link>
      </p>
      <h1>Sources</h1>
      <p className="lead">
        Other programs that tell Candor of incidents and deployments. Each has an address of its own, and a secret by
        which it is known.
      </p>
      {made ? <ShownOnce {...made} /> : null}
      <SourceTable sources={sources} />
      <h2>Add a source</h2>
      <Form method="post">
        <Fields key={made?.slug}>
          <TextField
            name="name"
            label="Name"
            required
            autoComplete="off"
            help="As people here say it. The address is made from it, and stays."
          />
          <SelectField
            name="kind"
            label="Kind"
            options={SOURCE_KINDS.map(kind => ({ value: kind, label: KINDS[kind].label }))}
          />
          <TextField
            name="secret"
            label="Secret"
            type="password"
            autoComplete="off"
            required={false}
            help="PagerDuty and incident.io show one: paste it. For the others leave it empty, and Candor makes one."
          />
          <button className="btn primary">Add the source</button>
        </Fields>
      </Form>
    </main>
  )
}
