import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { findWave } from '#app/surveys/get-wave.server.ts'
import { planChoices, planFields, planInForm } from '#app/surveys/planning/plan-form.server.ts'
import { savePlan } from '#app/surveys/planning/save-plan.server.ts'
import { PlanForm } from '#app/surveys/ui/plan-form.tsx'

export const loader = pageLoader('administer', async ({ db, clock, actor, params }) => {
  const wave = await findWave(db, params.wave ?? '', clock)
  if (!wave) throw notFound('This wave')
  if (wave.kept !== 'planned') throw redirect(`/surveys/${wave.id}/manage`)
  const [choices, fields] = await Promise.all([
    planChoices({ db, clock, actor }),
    planFields({ db, clock, actor }, wave, false),
  ])
  return { id: wave.id, title: wave.title, choices, fields }
})

export const action = pageAction('administer', async ({ db, clock, actor, params, form }) => {
  const id = await savePlan({ db, clock, actor }, params.wave ?? '', await planInForm(db, form))
  return redirect(`/surveys/${id}/manage?saved=plan`)
})

export const meta: MetaFunction = () => [{ title: 'Change a plan · Candor' }]

export default function PlanWave() {
  const { id, title, choices, fields } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/surveys">Surveys</Link> · <Link to={`/surveys/${id}/manage`}>{title}</Link>
      </p>
      <h1>Change the plan</h1>
      <p className="lead">Until it opens. Then everything here is frozen, for you as well.</p>
      <PlanForm choices={choices} fields={fields} verb="Save the plan" back={`/surveys/${id}/manage`} />
    </main>
  )
}
