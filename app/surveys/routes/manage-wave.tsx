import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { wallTime } from '#app/platform/wall-time.ts'
import { findWave } from '#app/surveys/get-wave.server.ts'
import { manageWave } from '#app/surveys/manage-wave.server.ts'
import { previewWave } from '#app/surveys/planning/preview-wave.server.ts'
import { itemsOf, textIn } from '#app/surveys/questionnaires/questionnaire.ts'
import { AbandonForm, CloseForm, ExtendForm, OpenForm, PublishForm } from '#app/surveys/ui/manage-forms.tsx'
import { stateClass, stateInWords } from '#app/surveys/ui/wave-words.ts'
import { When } from '#app/ui/time.tsx'
import '#app/identity/ui/people.css'
import '#app/surveys/ui/plan.css'

export const loader = pageLoader('administer', async ({ db, clock, actor, params, mailer, origin }) => {
  const wave = await findWave(db, params.wave ?? '', clock)
  if (!wave) throw notFound('This wave')
  const { timeZone } = await readSettings(db)
  const preview = wave.kept === 'planned' ? await previewWave({ db, clock, actor }, wave) : null
  const questionnaire = wave.questionnaire ?? preview?.questionnaire ?? null
  return {
    id: wave.id,
    title: wave.title,
    state: wave.state,
    kept: wave.kept,
    collectingFrom: wave.collectingFrom,
    answeringFrom: wave.answeringFrom,
    closesAt: wave.closesAt,
    isExtended: wave.extendedAt !== null,
    closesOnTheWall: wallTime(timeZone, Date.parse(wave.closesAt)),
    timeZone,
    questionnaire: questionnaire ? textIn(questionnaire.title, 'en') : null,
    questions: questionnaire ? itemsOf(questionnaire).length : 0,
    invited: wave.invited ?? preview?.invited.length ?? 0,
    withoutAccount: preview?.withoutAccount ?? [],
    k: wave.plan.k,
    stewards: (wave.charter ?? preview?.charter)?.stewards ?? [],
    repeatMonths: wave.plan.repeatMonths,
    collectedShown: wave.collectedShown,
    collected: wave.collected,
    cast: wave.castCount,
    abandonedWhy: wave.abandonedWhy,
    mailFolder: mailer.folder,
    mailsWait: origin === null,
  }
})

export const action = pageAction('administer', async ({ db, clock, actor, params, form, dataDir, origin }) => {
  const { timeZone } = await readSettings(db)
  const act = textOf(form, 'act')
  const given = {
    act,
    isConfirmed: form.has(`confirm-${act}`),
    closesAt: textOf(form, 'closesAt'),
    why: textOf(form, 'why'),
  }
  const wave = await manageWave({ db, clock, actor, dataDir, origin }, params.wave ?? '', given, timeZone)
  return redirect(`/surveys/${wave.id}/manage?saved=${act}`)
})

export const meta: MetaFunction = () => [{ title: 'Manage a wave · Candor' }]

const SAID: Record<string, string> = {
  planned: 'The wave is planned. Nobody is told until it opens.',
  plan: 'The plan is saved.',
  open: 'The wave is open: its charter is frozen.',
  extend: 'The closing is put off.',
  close: 'The wave is closed and counted.',
  publish: 'The results are published.',
  abandon: 'The wave is abandoned.',
}

export default function ManageWave() {
  const wave = useLoaderData<typeof loader>()
  const [query] = useSearchParams()
  const said = SAID[query.get('saved') ?? '']
  const isOpen = wave.kept === 'open' && wave.state !== 'closing'
  return (
    <main id="content" className="narrow manage">
      <p className="eyebrow">
        <Link to="/surveys">Surveys</Link>
      </p>
      <h1>
        <bdi>{wave.title}</bdi>
      </h1>
      <p className="lead">
        <span className={stateClass(wave.state)}>
          {stateInWords({ state: wave.state, isOpened: wave.kept !== 'planned' })}
        </span>
      </p>
      {said ? (
        <p className="notice said" role="status">
          {said}
        </p>
      ) : null}
      <Facts />
      <WithoutAccount people={wave.withoutAccount} />
      <p className="actions">
        {wave.kept === 'planned' ? (
          <Link className="btn" to={`/surveys/${wave.id}/plan`}>
            Change the plan
          </Link>
        ) : null}
        {wave.questionnaire ? (
          <>
            <Link className="btn" to={`/surveys/${wave.id}/preview`}>
              As respondents will see it
            </Link>
            {wave.kept === 'planned' ? (
              <Link className="btn" to={`/surveys/${wave.id}/dry-run`}>
                Dry run
              </Link>
            ) : null}
          </>
        ) : null}
        {wave.kept === 'planned' ? null : (
          <Link className="btn" to={`/surveys/${wave.id}`}>
            Its page
          </Link>
        )}
        <Link className="btn quiet" to={`/surveys/new?like=${wave.id}`}>
          Plan another like it
        </Link>
      </p>
      {wave.kept === 'planned' ? <OpenForm wave={wave.id} /> : null}
      {isOpen && !wave.isExtended ? <ExtendForm closesAt={wave.closesOnTheWall} timeZone={wave.timeZone} /> : null}
      {isOpen ? <CloseForm /> : null}
      {wave.kept === 'closed' ? <PublishForm hasStewards={wave.stewards.length > 0} /> : null}
      {wave.kept === 'planned' || isOpen ? <AbandonForm isOpen={isOpen} /> : null}
    </main>
  )
}

function Facts() {
  const wave = useLoaderData<typeof loader>()
  return (
    <dl className="facts-list">
      <dt>Questionnaire</dt>
      <dd>
        {wave.questionnaire ? (
          `${wave.questionnaire}, ${wave.questions} ${wave.questions === 1 ? 'question' : 'questions'}`
        ) : (
          <span className="wrong">It is not there any more. Choose another one in the plan.</span>
        )}
      </dd>
      <dt>Collecting</dt>
      <dd>
        from <When at={wave.collectingFrom} show="minute" zone={wave.timeZone} />
      </dd>
      <dt>Answering</dt>
      <dd>
        from <When at={wave.answeringFrom} show="minute" zone={wave.timeZone} /> until{' '}
        <When at={wave.closesAt} show="minute" zone={wave.timeZone} />
        {wave.isExtended ? ', put off once' : ''} <span className="muted">({wave.timeZone})</span>
      </dd>
      <dt>Invited</dt>
      <dd>
        <span className="num">{wave.invited}</span> people
      </dd>
      {wave.kept === 'open' ? (
        <>
          <dt>Collected</dt>
          <dd>
            <span className="num">
              {wave.collectedShown}+ of {wave.invited}
            </span>
            <span className="muted">, rounded down to fives, counted once a day</span>
          </dd>
        </>
      ) : null}
      {wave.cast === null ? null : (
        <>
          <dt>Counted</dt>
          <dd>
            <span className="num">{wave.cast}</span> answers of <span className="num">{wave.collected}</span> collected
            ballots
          </dd>
        </>
      )}
      <dt>Shown from</dt>
      <dd>
        <span className="num">{wave.k}</span> answers on
      </dd>
      <dt>Stewards</dt>
      <dd>{wave.stewards.length ? wave.stewards.join(', ') : 'none'}</dd>
      <dt>Mails</dt>
      <dd>
        {wave.mailsWait
          ? 'An invitation and two reminders to everybody invited. They wait until ORIGIN is set, unless Candor runs for this machine only.'
          : wave.mailFolder
            ? 'An invitation and two reminders to everybody invited, as files in the mail folder.'
            : 'An invitation and two reminders, the same to everybody invited.'}
      </dd>
      <dt>Next wave</dt>
      <dd>
        {wave.repeatMonths
          ? `planned by itself, ${wave.repeatMonths} months after this one`
          : 'is not planned by itself'}
      </dd>
      {wave.abandonedWhy ? (
        <>
          <dt>Abandoned</dt>
          <dd>{wave.abandonedWhy}</dd>
        </>
      ) : null}
    </dl>
  )
}

function WithoutAccount({ people }: { people: { id: string; name: string }[] }) {
  if (people.length === 0) return null
  return (
    <details className="notice warn">
      <summary>
        {people.length === 1
          ? 'One invited person has no account and cannot collect a ballot.'
          : `${people.length} invited people have no account and cannot collect a ballot.`}
      </summary>
      <p>They count among the invited. Send them an invitation to Candor from their pages before the wave opens.</p>
      <ul>
        {people.map(({ id, name }) => (
          <li key={id}>
            <Link to={`/people/${id}`}>
              <bdi>{name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </details>
  )
}
