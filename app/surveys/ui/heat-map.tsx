/** Groups beside each other. What may not be shown is hidden, and looks it. */
import type { ResultsView } from '../results/results-view.server.ts'

type Heat = NonNullable<ResultsView['heat']>

/** Below, members of a group answer hardly more alike than anybody (Bliese 2000 has such values as no agreement). */
const HARDLY_DIFFER = 0.05

export function HeatMap({ heat, agreement, k }: { heat: Heat; agreement: ResultsView['agreement']; k: number }) {
  return (
    <section aria-labelledby="groups">
      <h2 id="groups">By group</h2>
      <p className="muted small measure">
        Favourable answers, with how many answered in each group. Questions by their numbers above. ‘hidden’ stands
        where figures, or what could be worked out from them, would tell of fewer than {k} people, or of everybody in a
        group at once.
      </p>
      <section className="scroll" tabIndex={0} aria-label="Favourable answers by group and question">
        <table className="heat">
          <thead>
            <tr>
              <th scope="col">Group</th>
              <th scope="col" className="n">
                Answered
              </th>
              {heat.questions.map(question => (
                <th scope="col" key={question.id} className="n">
                  <span aria-hidden="true">{question.number}</span>
                  <span className="visually-hidden">
                    {question.number}. {question.text}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {heat.groups.map(group => (
              <tr key={group.id}>
                <th scope="row" className={`depth-${Math.min(group.depth, 4)}`}>
                  <bdi>{group.label}</bdi>
                </th>
                <td className={group.n === null ? 'n is-hidden' : 'n'}>{group.n ?? 'hidden'}</td>
                {group.cells.map((cell, at) => (
                  <td key={heat.questions[at]?.id} className={cell ? `n heat-${heatOf(cell.share)}` : 'n is-hidden'}>
                    {cell ? cell.words : 'hidden'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Agreement agreement={agreement} />
    </section>
  )
}

/** Five shades, each 20 % wide. */
function heatOf(share: number | null): number {
  return Math.min(4, Math.floor((share ?? 0) * 5))
}

function Agreement({ agreement }: { agreement: ResultsView['agreement'] }) {
  if (!agreement)
    return (
      <p className="muted small measure">
        Too few groups are large enough to say whether people within one agree more than people of different ones. A
        share of few answers moves by chance: at least so many are needed to protect people, not to be exact.
      </p>
    )
  const hardly = agreement.icc1 < HARDLY_DIFFER
  return (
    <p className="muted small measure">
      {hardly
        ? 'Groups hardly differ: people within one agree no more than people of different ones, so read little into single cells. '
        : 'People within a group agree more than people of different ones. '}
      F {agreement.f.toFixed(2)}, ICC(1) {agreement.icc1.toFixed(2)}, ICC(2) {agreement.icc2.toFixed(2)}, of the large
      groups that are shown.
    </p>
  )
}
