import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { questionnaireIn } from '#app/surveys/public-wave.ts'
import { getOwnQuestionnaire } from '#app/surveys/questionnaires/edit-questionnaire.server.ts'
import { nameOfLanguage, wordsIn } from '#app/surveys/respond/words.ts'
import { RespondQuestions } from '#app/surveys/ui/respond-questions.tsx'
import { LEAST_K } from '#app/surveys/wave.ts'
import '#app/surveys/ui/plan.css'
import '#app/surveys/ui/respond.css'

export const loader = pageLoader('administer', async ({ db, actor, params, url }) => {
  const { newest } = await getOwnQuestionnaire({ db, actor }, params.id ?? '')
  const { id, languages } = newest.definition
  const asked = url.searchParams.get('language') ?? ''
  const language = languages.includes(asked) ? asked : (languages[0] ?? 'en')
  return {
    id,
    language,
    languages: languages.map(code => ({ code, name: nameOfLanguage(code) })),
    questionnaire: questionnaireIn({ questionnaire: newest.definition, charter: null }, language),
    words: wordsIn(language),
  }
})

export const meta: MetaFunction = () => [{ title: 'Preview · Candor' }]

export default function PreviewQuestionnaire() {
  const { id, language, languages, questionnaire, words } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/surveys/questionnaires">Questionnaires</Link> ·{' '}
        <Link to={`/surveys/questionnaires/${id}`}>Back to the questionnaire</Link>
      </p>
      <h1 lang={language}>{questionnaire?.title || 'Without a title'}</h1>
      <p className="lead">As respondents will see it. Nothing can be answered here.</p>
      {languages.length > 1 ? (
        <ul className="tabs" aria-label="Languages">
          {languages.map(({ code, name }) => (
            <li key={code}>
              <Link to={`?language=${code}`} lang={code} aria-current={code === language ? 'page' : undefined}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="respond preview-questions" lang={language}>
        {questionnaire?.introduction ? <p className="lead">{questionnaire.introduction}</p> : null}
        <RespondQuestions wave={{ questionnaire, charter: { k: LEAST_K } }} words={words} />
      </div>
    </main>
  )
}
