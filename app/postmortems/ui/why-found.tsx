import type { HitReasons } from '../explain-hits.server.ts'

const FROM = { query: 'typed', synonym: 'means the same', feedback: 'learnt from the best' }

/** Why a hit stands where it stands, as a plain table. */
export function WhyFound({ why }: { why: HitReasons }) {
  return (
    <details className="why-found" open>
      <summary>
        Place {why.place}, score {why.score.toFixed(2)}
        {why.isNamed ? ', named by the query' : ''}
        {why.prior === 1 ? '' : `, times ${why.prior.toFixed(2)} for being recent and complete`}
      </summary>
      <div className="scroll">
        <table className="compact">
          <thead>
            <tr>
              <th>Term</th>
              <th>From</th>
              <th>Where</th>
              <th className="n">Documents</th>
              <th className="n">Adds</th>
            </tr>
          </thead>
          <tbody>
            {why.terms.map(term => (
              <tr key={`${term.from} ${term.term}`}>
                <td>
                  <code>{term.term}</code>
                </td>
                <td>{FROM[term.from]}</td>
                <td>{term.fields.map(({ field, times }) => `${field} ${times}×`).join(', ')}</td>
                <td className="n">{term.documents}</td>
                <td className="n">{term.score.toFixed(3)}</td>
              </tr>
            ))}
            {why.rest > 0 ? (
              <tr>
                <td colSpan={4}>All others</td>
                <td className="n">{why.rest.toFixed(3)}</td>
              </tr>
            ) : null}
          </tbody>
        </table>
      </div>
    </details>
  )
}
