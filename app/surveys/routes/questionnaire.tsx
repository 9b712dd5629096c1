import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useLocation, useSearchParams } from '@remix-run/react'
import { useEffect } from 'react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { AppError, invalidField } from '#app/platform/errors.ts'
import {
  beginVersion,
  discardDraft,
  getOwnQuestionnaire,
  newItemId,
  publishQuestionnaire,
  saveDraft,
} from '#app/surveys/questionnaires/edit-questionnaire.server.ts'
import { itemsOf, type Questionnaire, textIn } from '#app/surveys/questionnaires/questionnaire.ts'
import { afterStep, draftInForm } from '#app/surveys/questionnaires/questionnaire-draft.ts'
import { nameOfLanguage } from '#app/surveys/respond/words.ts'
import { QuestionnaireEditor } from '#app/surveys/ui/questionnaire-editor.tsx'

export const loader = pageLoader('administer', async ({ db, actor, params }) => {
  const { newest, versions } = await getOwnQuestionnaire({ db, actor }, params.id ?? '')
  return {
    draft: newest.definition,
    state: newest.state,
    base: newest.updatedAt,
    title: textIn(newest.definition.title, 'en'),
    questions: itemsOf(newest.definition).length,
    names: newest.definition.languages.map(code => ({ code, name: nameOfLanguage(code) })),
    earlier: versions.slice(1).map(version => version.definition.version),
  }
})

export const action = pageAction('administer', async ({ db, clock, actor, params, form }) => {
  const context = { db, clock, actor }
  const id = params.id ?? ''
  const step = textOf(form, 'do')
  const { newest } = await getOwnQuestionnaire(context, id)
  const here = `/surveys/questionnaires/${newest.definition.id}`
  if (step === 'new-version') {
    await beginVersion(context, id)
    return redirect(here)
  }
  if (step === '' || !form.has('base')) throw invalidField('do', 'Candor did not understand what to do.')
  const written = draftInForm(form, newest.definition)
  const pressed = step === 'add-language' ? `add-language ${textOf(form, 'language').trim().toLowerCase()}` : step
  const { draft, focus } = afterStep(written, pressed, newItemId)
  try {
    const isFinal = step === 'publish' || step === 'discard'
    if (step !== 'discard') await saveDraft(context, draft, textOf(form, 'base'))
    if (isFinal && !form.has('confirm')) throw invalidField('confirm', 'Tick the box: this cannot be undone.')
    if (step === 'publish') await publishQuestionnaire(context, id)
    if (step === 'discard') await discardDraft(context, id)
  } catch (error) {
    // What was typed is shown again, whether or not it could be kept.
    if (error instanceof AppError && error.status !== 404)
      return data({ message: error.message, errors: error.errors, draft }, { status: error.status })
    throw error
  }
  if (step === 'discard') return redirect('/surveys/questionnaires')
  return redirect(focus ? `${here}#${focus}` : `${here}?saved=${step === 'publish' ? 'published' : 'draft'}`)
})

export const meta: MetaFunction = () => [{ title: 'Questionnaire · Candor' }]

type Answered = { message: string; errors: { path: string; message: string }[]; draft?: Questionnaire }

export default function OwnQuestionnaire() {
  const { draft, state, base, title, questions, names, earlier } = useLoaderData<typeof loader>()
  const refusal = (useActionData() as Answered | undefined) ?? null
  const shown = refusal?.draft ?? draft
  useFocusOnAddress()
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/surveys">Surveys</Link> · <Link to="/surveys/questionnaires">Questionnaires</Link>
      </p>
      <h1>
        <bdi>{title}</bdi>
      </h1>
      <p className="lead">
        {state === 'draft'
          ? `Version ${draft.version}, a draft. Each button saves what you have written.`
          : `Version ${draft.version}, published: it never changes.`}
      </p>
      <Said />
      {state === 'draft' ? (
        <QuestionnaireEditor draft={shown} base={base} languages={named(shown, names)} refusal={refusal} />
      ) : (
        <>
          <p>
            {questions} {questions === 1 ? 'question' : 'questions'} in {names.map(one => one.name).join(', ')}.
            {earlier.length ? ` Earlier versions: ${earlier.join(', ')}.` : ''}
          </p>
          <Form method="post" className="actions">
            <Link className="btn" to={`/surveys/questionnaires/${draft.id}/preview`}>
              Preview
            </Link>
            <Link className="btn" to="/surveys/new">
              Plan a wave
            </Link>
            <button className="btn" name="do" value="new-version">
              Begin version {draft.version + 1}
            </button>
          </Form>
        </>
      )}
    </main>
  )
}

function Said() {
  const [query] = useSearchParams()
  const said = { draft: 'The draft is saved.', published: 'Published. Waves can ask it now.' }[query.get('saved') ?? '']
  return said ? (
    <p className="notice" role="status">
      {said}
    </p>
  ) : null
}

/** The languages of a draft that could not be kept may be others than those that the server named. */
function named(draft: Questionnaire, names: { code: string; name: string }[]) {
  return draft.languages.map(code => names.find(one => one.code === code) ?? { code, name: code })
}

/** A question that was added or moved is where one goes on. */
function useFocusOnAddress(): void {
  const { hash, key } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same question may be moved twice
  useEffect(() => {
    const question = hash ? document.getElementById(hash.slice(1)) : null
    question?.querySelector('textarea')?.focus()
  }, [hash, key])
}
