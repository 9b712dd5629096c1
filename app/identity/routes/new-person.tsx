import { type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { personChoices, personInForm } from '#app/identity/person-form.server.ts'
import { savePerson } from '#app/identity/save-person.server.ts'
import { PersonForm } from '#app/identity/ui/person-form.tsx'

export const loader = pageLoader('administer', async ({ db, clock, actor }) => ({
  choices: await personChoices({ db, clock, actor }, null),
}))

export const action = pageAction('administer', async ({ db, clock, actor, form }) => {
  const id = await savePerson({ db, clock, actor }, { id: null, ...personInForm(form) })
  return redirect(`/people/${id}`)
})

export const meta: MetaFunction = () => [{ title: 'Add a person · Candor' }]

export default function NewPerson() {
  const { choices } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <h1>Add a person</h1>
      <p className="lead">Nobody is written to yet: you can send an invitation from their page.</p>
      <PersonForm person={null} choices={choices} verb="Add" back="/people" />
    </main>
  )
}
