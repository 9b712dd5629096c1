import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { findWave } from '#app/surveys/get-wave.server.ts'
import { previewWave } from '#app/surveys/planning/preview-wave.server.ts'
import { publicWave } from '#app/surveys/public-wave.ts'
import { textIn } from '#app/surveys/questionnaires/questionnaire.ts'
import { nameOfLanguage, wordsIn } from '#app/surveys/respond/words.ts'
import { CharterFacts } from '#app/surveys/ui/charter-facts.tsx'
import { RespondQuestions } from '#app/surveys/ui/respond-questions.tsx'
import '#app/surveys/ui/respond.css'

export const loader = pageLoader('administer', async ({ db, clock, actor, params, url }) => {
  const wave = await findWave(db, params.wave ?? '', clock)
  if (!wave) throw notFound('This wave')
  const preview = wave.charter && wave.questionnaire ? null : await previewWave({ db, clock, actor }, wave)
  const charter = wave.charter ?? preview?.charter
  const questionnaire = wave.questionnaire ?? preview?.questionnaire
  if (!charter || !questionnaire) throw notFound('This questionnaire')
  const shown = publicWave({ ...wave, charter, questionnaire }, url.searchParams.get('language'))
  return {
    title: wave.title,
    wave: shown,
    charter,
    questionnaire: textIn(questionnaire.title, shown.language),
    languages: shown.languages.map(code => ({ code, name: nameOfLanguage(code) })),
    words: wordsIn(shown.language),
  }
})

export const meta: MetaFunction = () => [{ title: 'As respondents will see it · Candor' }]

export default function PreviewWave() {
  const { title, wave, charter, questionnaire, languages, words } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/surveys">Surveys</Link> · <Link to={`/surveys/${wave.id}/manage`}>{title}</Link>
      </p>
      <h1>As respondents will see it</h1>
      <p className="lead">The charter first, then the questions. Nothing can be answered here.</p>
      {languages.length > 1 ? (
        <ul className="tabs" aria-label="Languages">
          {languages.map(({ code, name }) => (
            <li key={code}>
              <Link to={`?language=${code}`} lang={code} aria-current={code === wave.language ? 'page' : undefined}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      <CharterFacts charter={charter} questionnaire={questionnaire} />
      <div className="respond preview-questions" lang={wave.language}>
        <h2>{questionnaire}</h2>
        {wave.questionnaire?.introduction ? <p className="lead">{wave.questionnaire.introduction}</p> : null}
        <RespondQuestions wave={wave} words={words} />
      </div>
    </main>
  )
}
