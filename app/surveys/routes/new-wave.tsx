import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { findWave } from '#app/surveys/get-wave.server.ts'
import { planChoices, planFields, planInForm } from '#app/surveys/planning/plan-form.server.ts'
import { savePlan } from '#app/surveys/planning/save-plan.server.ts'
import { PlanForm } from '#app/surveys/ui/plan-form.tsx'

export const loader = pageLoader('administer', async ({ db, clock, actor, url }) => {
  const like = url.searchParams.get('like')
  const model = like === null ? null : await findWave(db, like, clock)
  if (like !== null && !model) throw notFound('This wave')
  const [choices, fields] = await Promise.all([
    planChoices({ db, clock, actor }),
    planFields({ db, clock, actor }, model, true),
  ])
  return { choices, fields }
})

export const action = pageAction('administer', async ({ db, clock, actor, form }) => {
  const id = await savePlan({ db, clock, actor }, null, await planInForm(db, form))
  return redirect(`/surveys/${id}/manage?saved=planned`)
})

export const meta: MetaFunction = () => [{ title: 'Plan a wave · Candor' }]

export default function NewWave() {
  const { choices, fields } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/surveys">Surveys</Link>
      </p>
      <h1>Plan a wave</h1>
      <p className="lead">Nobody is told yet. You can change all of it until it opens, and none of it after.</p>
      <PlanForm choices={choices} fields={fields} verb="Plan" back="/surveys" />
    </main>
  )
}
