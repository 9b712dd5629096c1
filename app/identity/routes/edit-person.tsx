import { type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { getPerson } from '#app/identity/get-person.server.ts'
import { personChoices, personInForm } from '#app/identity/person-form.server.ts'
import { inputOf } from '#app/identity/resources.server.ts'
import { savePerson } from '#app/identity/save-person.server.ts'
import { PersonForm } from '#app/identity/ui/person-form.tsx'

export const loader = pageLoader('administer', async ({ db, clock, actor, params: { id = '' } }) => {
  const person = inputOf(await getPerson({ db, clock, actor }, { id }))
  return { id, person, choices: await personChoices({ db, clock, actor }, person.timeZone) }
})

export const action = pageAction('administer', async ({ db, clock, actor, params: { id = '' }, form }) => {
  await savePerson({ db, clock, actor }, { id, ...personInForm(form) })
  return redirect(`/people/${encodeURIComponent(id)}?saved=person`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Edit ${data?.person.name ?? ''} · Candor` }]

export default function EditPerson() {
  const { id, person, choices } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <h1>
        Edit <bdi>{person.name}</bdi>
      </h1>
      <p className="lead">What you change here is written down in the audit trail.</p>
      <PersonForm person={person} choices={choices} verb="Save" back={`/people/${id}`} />
    </main>
  )
}
