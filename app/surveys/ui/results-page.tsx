/** The results of a wave: what everybody may know, the response rate first. */
import { Link } from '@remix-run/react'
import { Empty } from '#app/ui/empty.tsx'
import { When } from '#app/ui/time.tsx'
import { percent, percents } from '../results/results.ts'
import type { ResultsView } from '../results/results-view.server.ts'
import { HeatMap } from './heat-map.tsx'
import { ChoiceBars, QuestionBars } from './question-bars.tsx'
import { Commitments, ResultComments } from './result-words.tsx'
import { Trend } from './trend.tsx'

export function ResultsPage({ view }: { view: ResultsView }) {
  return (
    <main id="content" className="results">
      <p className="eyebrow">
        {view.survey} · closed <When at={view.closedAt} />
      </p>
      <h1>{view.title}</h1>
      <p className="lead">What this organisation answered, and what it will do about it.</p>
      {view.isPublished ? null : (
        <p className="notice">Administrators only, until it is published. Figures do not change any more.</p>
      )}
      {view.isSteward ? (
        <p className="notice">
          You are a steward of this wave.{' '}
          <Link to={`/surveys/${view.id}/comments`}>Take names out of the comments</Link> before they are published.
        </p>
      ) : null}
      <ResponseRate view={view} />
      {view.own ? (
        <p className="muted small">
          {view.own === 'collected' ? 'A ballot was collected in your name.' : 'No ballot was collected in your name.'}{' '}
          If that is not how you remember it, tell everybody: <a href="/anonymity">what it would mean</a>.
        </p>
      ) : null}
      {view.trust === 'shown' ? <Figures view={view} /> : <NoFigures view={view} />}
      <Commitments view={view} />
      <ResultComments view={view} />
      <HowToRead view={view} />
      <p className="actions no-print">
        <a className="btn" href={`/surveys/${view.id}/release.csv`}>
          Figures as CSV
        </a>{' '}
        <a className="btn" href={`/surveys/${view.id}/bulletin`}>
          Was I counted?
        </a>{' '}
        {view.mayAdminister ? (
          <Link className="btn" to={`/surveys/${view.id}/manage`}>
            Manage
          </Link>
        ) : null}
      </p>
    </main>
  )
}

function ResponseRate({ view }: { view: ResultsView }) {
  const { invited, cast, collected, index, questions, before } = view
  const silent = invited - cast
  const first = questions.find(question => question.isHeadline && !question.isReversed)
  const { bounds, interval } = first ?? {}
  return (
    <section aria-labelledby="response-rate">
      <h2 id="response-rate" className="visually-hidden">
        Response rate
      </h2>
      <dl className="figs">
        <div className="fig">
          <dt>Response rate</dt>
          <dd className="value">{cast > invited ? '–' : percent(invited === 0 ? 0 : cast / invited)}</dd>
          <dd>
            {cast} of {invited} invited answered; {collected} collected a ballot
          </dd>
        </div>
        {index ? (
          <div className="fig">
            <dt>Index</dt>
            <dd className="value">
              {index.value.toFixed(2)}
              <small> of {index.points}</small>
            </dd>
            <dd>
              mean of the questions’ means
              {index.before === null || !before ? '' : `; ${index.before.toFixed(2)} in ${before.title}`}
            </dd>
          </div>
        ) : null}
      </dl>
      {first && bounds && interval && silent > 0 ? (
        <p className="measure">
          {silent} {silent === 1 ? 'person' : 'people'} said nothing, and nobody knows what they think. Take ‘
          <bdi>{first.text}</bdi>’: of all {invited}, <b>{percent(bounds[0])}</b> agree if every silent person
          disagrees, and <b>{percent(bounds[1])}</b> if all of them agree. If silence were random, it would be{' '}
          <b>{percents(interval)}</b>.
        </p>
      ) : null}
    </section>
  )
}

function NoFigures({ view }: { view: ResultsView }) {
  if (view.trust === 'too many')
    return (
      <Empty title="No figures are shown">
        <p>
          There are {view.cast} answers and {view.invited} people were invited. Something is wrong with the ballots, so
          nothing is shown. <a href={`/surveys/${view.id}/bulletin`}>The bulletin</a> lets everybody check.
        </p>
      </Empty>
    )
  return (
    <Empty title={view.cast === 0 ? 'Nobody answered' : 'Too few answered'}>
      <p>
        Figures need at least {view.k} answers, so that none of them is anybody’s own.
        {view.cast > 0 ? ' What was sent has been destroyed, and nobody has read it.' : ''}
      </p>
    </Empty>
  )
}

function Figures({ view }: { view: ResultsView }) {
  const { questions, choices, hidden, target, before, heat } = view
  return (
    <>
      <section aria-labelledby="questions">
        <h2 id="questions">Questions</h2>
        {questions.length > 0 ? (
          <p className="muted small">
            {target === null ? 'The least agreed first.' : `The furthest from the target of ${percent(target)} first.`}{' '}
            {before ? `Changes are since ${before.title}.` : 'There is no earlier wave to compare with.'}
          </p>
        ) : null}
        <QuestionBars questions={questions} target={target} />
        <ChoiceBars choices={choices} k={view.k} />
        {hidden.length > 0 ? (
          <p className="muted">
            {hidden.length === 1 ? 'One question is' : `${hidden.length} questions are`} hidden, since too few answered,
            or others could be worked out from it:{' '}
            {hidden.map(({ number, text }, at) => (
              <span key={number}>
                {at > 0 ? '; ' : ''}
                {number}. <bdi>{text}</bdi>
              </span>
            ))}
          </p>
        ) : null}
      </section>
      {heat ? <HeatMap heat={heat} agreement={view.agreement} k={view.k} /> : null}
      <Trend trend={view.trend} target={target} />
    </>
  )
}

function HowToRead({ view }: { view: ResultsView }) {
  return (
    <details className="measure how-to-read">
      <summary>How to read this</summary>
      <ul>
        <li>Favourable is an answer on the good side of the scale’s middle; reversed statements are turned first.</li>
        <li>
          Figures need {view.k} answers, also where they could be worked out by subtracting. What would tell of fewer is
          hidden, and says so with that one word. Nobody can lift it, administrators included.
        </li>
        <li>
          Below 20 answers there is no mean, and a count of none or one reads ‘at most 1’, so that nobody learns that
          one person, or everybody, said something.
        </li>
        <li>
          A change is called one only where chance alone would hardly make it: its 95 % interval leaves out ‘none’.
          Mostly the same people answered both times, which makes this cautious. Groups get no such words: among many
          cells, some would seem to change by chance.
        </li>
        <li>
          The line across a bar’s end says where the share of all invited lies if silence were random (95 %). If those
          who keep silent are the unhappy ones, it is lower.
        </li>
        {view.alpha === null ? null : (
          <li>
            Cronbach’s alpha {view.alpha.toFixed(2)}: how far the questions go together.
            {view.alpha < 0 ? ' It is negative: a reversed item was probably not turned.' : ''}
          </li>
        )}
        <li>
          Compare your own waves with each other, not with other organisations.{' '}
          <Link to="/anonymity">How it stays anonymous</Link>
        </li>
      </ul>
    </details>
  )
}
