/** Each question as a diverging bar, with the same in words beside it. */
import type { Change } from '#app/measure/change.ts'
import { type ChoiceResult, percent, percents, type QuestionResult } from '../results/results.ts'

/** Where the favourable part of a bar begins: half of the picture for each side, a hundredth of a bar for 1 %. */
const MIDDLE = 100
const HEIGHT = 24

export function QuestionBars({ questions, target }: { questions: QuestionResult[]; target: number | null }) {
  if (questions.length === 0) return null
  return (
    <>
      <p className="bar-legend" aria-hidden="true">
        <span className="key-unfavourable">unfavourable</span> <span className="key-neutral">neutral</span>{' '}
        <span className="key-favourable">favourable</span>
        {target === null ? null : <span className="key-target">target {percent(target)}</span>}
        <span className="key-interval">if silence were random</span>
      </p>
      <ol className="bars">
        {questions.map(question => (
          <li key={question.id} className={question.isHeadline ? 'is-headline' : undefined}>
            <h3>
              <span className="num muted">{question.number}.</span> <bdi>{question.text}</bdi>
              {question.isReversed ? <small className="muted"> (turned: agreeing is unfavourable)</small> : null}
            </h3>
            <Bar question={question} target={target} />
            <p className="bar-words">
              <b>{shareWords(question)}</b> <InWords question={question} />
              {question.change ? <ChangeWords change={question.change} /> : null}
            </p>
          </li>
        ))}
      </ol>
    </>
  )
}

/** The least that each class may be; what an imprecise count leaves open is left white. */
function Bar({ question, target }: { question: QuestionResult; target: number | null }) {
  const { n, favourable, neutral, unfavourable, interval } = question
  const width = (count: number) => (100 * count) / n
  const neutralAt = MIDDLE - width(neutral.least)
  return (
    <svg className="diverging" viewBox={`0 0 200 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="frame" x="0" y="4" width="200" height="16" />
      <rect
        className="unfavourable"
        x={neutralAt - width(unfavourable.least)}
        y="4"
        width={width(unfavourable.least)}
        height="16"
      />
      <rect className="neutral" x={neutralAt} y="4" width={width(neutral.least)} height="16" />
      <rect className="favourable" x={MIDDLE} y="4" width={width(favourable.least)} height="16" />
      <line className="zero" x1={MIDDLE} x2={MIDDLE} y1="0" y2={HEIGHT} />
      {target === null ? null : (
        <line className="target" x1={MIDDLE + 100 * target} x2={MIDDLE + 100 * target} y1="0" y2={HEIGHT} />
      )}
      {interval ? (
        <line className="interval" x1={MIDDLE + 100 * interval[0]} x2={MIDDLE + 100 * interval[1]} y1="12" y2="12" />
      ) : null}
    </svg>
  )
}

function shareWords({ favourable, n }: QuestionResult): string {
  if (favourable.least === favourable.most) return `${percent(favourable.least / n)} favourable`
  return `${favourable.words} of ${n} favourable`
}

function InWords({ question }: { question: QuestionResult }) {
  const { n, favourable, neutral, unfavourable, bounds, interval, mean, points } = question
  const isPrecise = favourable.least === favourable.most
  return (
    <>
      {isPrecise ? `(${favourable.words} of ${n}), ` : ''}
      {neutral.words} neutral, {unfavourable.words} unfavourable
      {mean === null ? '' : `; mean ${mean.toFixed(2)} of ${points}`}
      {bounds ? `. Of all invited ${percents(bounds)}` : ''}
      {interval && bounds ? `; if silence were random ${percents(interval)}` : ''}
      {'. '}
    </>
  )
}

export function ChangeWords({ change }: { change: Change }) {
  const { value, low, high, word } = change
  if (value === null || low === null || high === null) return null
  const sign = word === 'clearly up' ? '▲' : word === 'clearly down' ? '▼' : ''
  const className = word === 'no clear change' ? 'muted' : word === 'clearly up' ? 'is-up' : 'is-down'
  return (
    <span className={`change ${className}`}>
      {sign} {word}: {points(value)} points ({points(low)} to {points(high)})
    </span>
  )
}

function points(share: number): string {
  const rounded = (100 * share).toFixed(1)
  if (share === 0) return '0.0'
  return share > 0 ? `+${rounded}` : rounded.replace('-', '−')
}

export function ChoiceBars({ choices, k }: { choices: ChoiceResult[]; k: number }) {
  return choices.map(choice => (
    <section key={choice.id} className="choice-result">
      <h3>
        <span className="num muted">{choice.number}.</span> <bdi>{choice.text}</bdi>
      </h3>
      {choice.options === null ? (
        <p className="muted">
          {choice.n} answered. The answers are hidden: shown, they would tell of fewer than {k} people.
        </p>
      ) : (
        <table className="choice-bars">
          <thead className="visually-hidden">
            <tr>
              <th scope="col">Answer</th>
              <th scope="col">People</th>
              <th scope="col">Share</th>
            </tr>
          </thead>
          <tbody>
            {choice.options.map(({ label, count }) => (
              <tr key={label}>
                <th scope="row">
                  <bdi>{label}</bdi>
                </th>
                <td className="n">
                  {count} <span className="muted">({percent(count / choice.n)})</span>
                </td>
                <td aria-hidden="true">
                  <svg viewBox="0 0 100 12" preserveAspectRatio="none" className="plain-bar" aria-hidden="true">
                    <rect x="0" y="0" width={(100 * count) / choice.n} height="12" />
                  </svg>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="muted small">
        {choice.n} answered{choice.isSeveral ? '; several answers could be chosen' : ''}.
        {choice.options !== null && choice.hasHidden ? ' Some answers are hidden.' : ''}
      </p>
    </section>
  ))
}
