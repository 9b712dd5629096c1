/** Participation as counts of people: never a name, never an order of merit. */
import { When } from '#app/ui/time.tsx'
import type { MonthFigures } from '../month-figures.ts'
import type { Month } from '../overview.server.ts'

/** A share of people as a percentage with one decimal, or a dash where there is nobody. */
export function percent(count: number, n: number): string {
  return n === 0 ? '–' : `${((100 * count) / n).toFixed(1)} %`
}

export function LeadFigures({ figures, target }: { figures: MonthFigures; target: number }) {
  const { eligible, ledEver, ledLast12Months, firstTimeLeads, halfLoad, effectiveLeaders, topThreeShare } = figures
  return (
    <dl className="figs">
      <div className="fig">
        <dt>Engineers who have led</dt>
        <dd className="value">
          {ledEver}
          <small> of {eligible}</small>
        </dd>
        <dd>
          {percent(ledEver, eligible)} · target {Math.round(target * 100)} %
        </dd>
        {figures.unknownStart > 0 ? <dd>{figures.unknownStart} more have no start date, and are not counted</dd> : null}
      </div>
      <div className="fig">
        <dt>In the last 12 months</dt>
        <dd className="value">
          {ledLast12Months}
          <small> of {eligible}</small>
        </dd>
        <dd>{percent(ledLast12Months, eligible)}</dd>
      </div>
      <div className="fig">
        <dt>Led for the first time</dt>
        <dd className="value">{firstTimeLeads}</dd>
        <dd>in this quarter</dd>
      </div>
      <div className="fig">
        <dt>Half of the load rests on</dt>
        <dd className="value">
          {halfLoad || '–'}
          {halfLoad ? <small> {halfLoad === 1 ? 'person' : 'people'}</small> : null}
        </dd>
        {effectiveLeaders === null || topThreeShare === null ? (
          <dd>nobody led in the last 12 months</dd>
        ) : (
          <dd>
            as even as {effectiveLeaders.toFixed(1)} people sharing alike; the three busiest carried{' '}
            {Math.round(topThreeShare * 100)} %
          </dd>
        )}
      </div>
    </dl>
  )
}

export function TeamTable({ figures, names }: { figures: MonthFigures; names: Record<string, string> }) {
  const { shown, others } = figures.teams
  if (shown.length === 0)
    return <p>No team has five engineers who count, so nothing is shown by team: it would point at single people.</p>
  const rows = shown
    .map(team => ({ ...team, name: names[team.teamId ?? ''] ?? 'A former team' }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
  return (
    <>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Team</th>
              <th scope="col" className="n">
                Engineers
              </th>
              <th scope="col" className="n">
                Led ever
              </th>
              <th scope="col" className="n">
                Last 12 months
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(team => (
              <tr key={team.teamId}>
                <th scope="row">
                  <bdi>{team.name}</bdi>
                </th>
                <td className="n">{team.eligible}</td>
                <td className="n">{team.ledEver}</td>
                <td className="n">{team.ledLast12Months}</td>
              </tr>
            ))}
            {others ? (
              <tr>
                <th scope="row">
                  {others.teams} {others.teams === 1 ? 'other' : 'others together'}
                </th>
                <td className="n">{others.eligible}</td>
                <td className="n">{others.ledEver}</td>
                <td className="n">{others.ledLast12Months}</td>
              </tr>
            ) : null}
          </tbody>
        </table>
      </div>
      <p className="muted small">
        In the order of their names. A team with fewer than five engineers who count is only in the sum of the others,
        and so is one from which a small team could be worked out.
      </p>
    </>
  )
}

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })

export function monthName(key: string): string {
  return MONTH.format(new Date(`${key}-01T00:00:00Z`))
}

export function MonthTable({ months }: { months: Month[] }) {
  return (
    <div className="scroll">
      <table className="stacks">
        <thead>
          <tr>
            <th scope="col">At the end of</th>
            <th scope="col" className="n">
              Engineers
            </th>
            <th scope="col" className="n">
              Led ever
            </th>
            <th scope="col" className="n">
              Last 12 months
            </th>
            <th scope="col" className="n">
              First time
            </th>
            <th scope="col" className="n">
              Half of the load
            </th>
            <th scope="col">Kept</th>
          </tr>
        </thead>
        <tbody>
          {[...months].reverse().map(({ key, figures, frozenAt }) => (
            <tr key={key}>
              <th scope="row">{monthName(key)}</th>
              <td className="n" data-label="Engineers">
                {figures.eligible}
              </td>
              <td className="n" data-label="Led ever">
                {figures.ledEver} ({percent(figures.ledEver, figures.eligible)})
              </td>
              <td className="n" data-label="Last 12 months">
                {figures.ledLast12Months} ({percent(figures.ledLast12Months, figures.eligible)})
              </td>
              <td className="n" data-label="First time">
                {figures.firstTimeLeads}
              </td>
              <td className="n" data-label="Half of the load">
                {figures.halfLoad || '–'}
              </td>
              <td data-label="Kept">{frozenAt ? <When at={frozenAt} /> : 'not kept'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
