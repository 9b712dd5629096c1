import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { startQuestionnaire } from '#app/surveys/questionnaires/edit-questionnaire.server.ts'
import { listQuestionnaires } from '#app/surveys/questionnaires/list-questionnaires.server.ts'
import { Fields, SelectField, TextField } from '#app/ui/form.tsx'

export const loader = pageLoader('administer', async ({ db, actor, url }) => {
  const { own, instruments } = await listQuestionnaires({ db, actor })
  return {
    from: url.searchParams.get('from') ?? '',
    choices: [...instruments, ...own].map(one => ({ value: one.id, label: one.title })),
  }
})

export const action = pageAction('administer', async ({ db, clock, actor, form }) => {
  const given = { title: textOf(form, 'title'), from: textOf(form, 'from') }
  return redirect(`/surveys/questionnaires/${await startQuestionnaire({ db, clock, actor }, given)}`)
})

export const meta: MetaFunction = () => [{ title: 'Write a questionnaire · Candor' }]

export default function NewQuestionnaire() {
  const { from, choices } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/surveys">Surveys</Link> · <Link to="/surveys/questionnaires">Questionnaires</Link>
      </p>
      <h1>Write a questionnaire</h1>
      <p className="lead">It begins as a draft. Nothing asks it until you publish it and plan a wave with it.</p>
      <Form method="post">
        <Fields>
          <TextField name="title" label="Title" required autoComplete="off" />
          <SelectField
            name="from"
            label="Begin with"
            options={[{ value: '', label: 'An empty page' }, ...choices]}
            defaultValue={from}
            help="A copy: the original stays as it is."
          />
          <p className="actions">
            <button className="btn primary">Begin</button>
          </p>
        </Fields>
      </Form>
    </main>
  )
}
