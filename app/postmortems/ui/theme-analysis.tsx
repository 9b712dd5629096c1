import { Link } from '@remix-run/react'
import type { Change } from '#app/measure/change.ts'
import { Sev } from '#app/ui/severity.tsx'
import { When } from '#app/ui/time.tsx'
import type { SideBySide as Beside } from '../analyse-themes.server.ts'

interface Rising {
  slug: string
  name: string
  now: number
  before: number
  change: Change
  teams: number
  services: number
  finished: number
  unfinished: number
}

/** Each theme: how often now and before, whether that is a change, how widespread, what is done about it. */
export function RisingTable({
  themes,
  total,
  n,
  quarter,
  since,
}: {
  themes: Rising[]
  total: number
  n: { now: number; before: number }
  quarter: string
  since: string
}) {
  return (
    <section aria-labelledby="rising">
      <h2 id="rising">Theme by theme</h2>
      <table className="stacks rising">
        <caption>
          Published postmortems that carry each theme: of {n.now} in {quarter}, of {n.before} from {since} to the
          quarter before it. A change is called one only where chance hardly explains it (95 % interval, in points); of{' '}
          {total} themes, about {Math.max(1, Math.round(total / 20))} would seem changed by chance alone.
          {total > themes.length ? ` The ${themes.length} most telling of ${total} themes.` : ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">Theme</th>
            <th scope="col" className="n">
              Now
            </th>
            <th scope="col" className="n">
              Before
            </th>
            <th scope="col">Change</th>
            <th scope="col" className="n">
              Teams
            </th>
            <th scope="col" className="n">
              Services
            </th>
            <th scope="col">Actions</th>
          </tr>
        </thead>
        <tbody>
          {themes.map(theme => (
            <tr key={theme.slug}>
              <th scope="row">
                <Link to={`/themes/${theme.slug}`}>
                  <bdi>{theme.name}</bdi>
                </Link>
              </th>
              <td className="n" data-label={quarter}>
                {theme.now}
              </td>
              <td className="n" data-label="Before">
                {theme.before}
              </td>
              <td data-label="Change">
                <ChangeWords change={theme.change} />
              </td>
              <td className="n" data-label="Teams">
                {theme.teams}
              </td>
              <td className="n" data-label="Services">
                {theme.services}
              </td>
              <td data-label="Actions">
                {theme.finished + theme.unfinished === 0
                  ? 'none'
                  : `${theme.finished} done, ${theme.unfinished} unfinished`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ChangeWords({ change }: { change: Change }) {
  const { value, low, high, word } = change
  if (value === null || low === null || high === null) return <span className="muted">nothing to compare with</span>
  return (
    <span className={word === 'no clear change' ? 'muted' : 'changed'}>
      {word}{' '}
      <small>
        {points(value)} ({points(low)} to {points(high)})
      </small>
    </span>
  )
}

function points(share: number): string {
  const rounded = Math.round(share * 100)
  return rounded > 0 ? `+${rounded}` : rounded < 0 ? `−${-rounded}` : '0'
}

/** Incidents that look different and have one condition in common, beside each other. */
export function SideBySide({
  together,
  quarter,
}: {
  together: { slug: string; name: string; postmortems: Beside[] }
  quarter: string
}) {
  const { slug, name, postmortems } = together
  return (
    <section aria-labelledby="together">
      <h2 id="together">
        {postmortems.length === 1 ? 'One incident' : `${numberWord(postmortems.length)} incidents, one problem?`}
      </h2>
      <p>
        The latest that carry <Link to={`/themes/${slug}`}>{name}</Link>, up to {quarter}. Read across: what would have
        helped in all of them?
      </p>
      <ol className="side-by-side">
        {postmortems.map(one => (
          <li key={one.slug}>
            <h3>
              <Link to={`/library/${one.slug}`}>
                <bdi>{one.title}</bdi>
              </Link>
            </h3>
            <p className="small muted">
              {one.severity ? <Sev code={one.severity} /> : null} <When at={one.at} />
            </p>
            <dl>
              <dt>Services</dt>
              <dd>{one.services.join(', ') || 'not named'}</dd>
              <dt>Teams</dt>
              <dd>{one.teams.join(', ') || 'not known'}</dd>
              <dt>What made it possible</dt>
              <dd>
                {one.factors.length ? (
                  one.factors.map(factor => <bdi key={factor}>{plain(factor)}</bdi>)
                ) : (
                  <span className="muted">No factor carries the theme by itself.</span>
                )}
              </dd>
              <dt>Actions</dt>
              <dd>
                {one.finished + one.unfinished === 0 ? 'none' : `${one.finished} done, ${one.unfinished} unfinished`}
              </dd>
            </dl>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Markdown's commonest marks say nothing here. */
function plain(text: string): string {
  return text.replace(/[*_`]/g, '')
}

interface Crossing {
  services: { slug: string; name: string }[]
  rows: { slug: string; name: string; counts: number[] }[]
}

/** Themes over services. */
export function CrossingTable({ crossing, since, quarter }: { crossing: Crossing; since: string; quarter: string }) {
  if (crossing.services.length === 0) return null
  return (
    <section aria-labelledby="crossing">
      <h2 id="crossing">Themes over services</h2>
      <section className="scroll" tabIndex={0} aria-label="Themes over services, a table that scrolls sideways">
        <table className="crossing">
          <caption>
            Postmortems from {since} to {quarter} that carry a theme and concern a service; the most frequent of both.
          </caption>
          <thead>
            <tr>
              <th scope="col">Theme</th>
              {crossing.services.map(service => (
                <th scope="col" className="n" key={service.slug}>
                  <bdi>{service.name}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {crossing.rows.map(row => (
              <tr key={row.slug}>
                <th scope="row">
                  <Link to={`/themes/analysis?quarter=${encodeURIComponent(quarter)}&theme=${row.slug}#together`}>
                    <bdi>{row.name}</bdi>
                  </Link>
                </th>
                {row.counts.map((count, index) => (
                  <td key={crossing.services[index]!.slug} className={`n c${Math.min(count, 4)}`}>
                    {count || <span className="muted">·</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function numberWord(n: number): string {
  return ['No', 'One', 'Two', 'Three', 'Four', 'Five'][n] ?? String(n)
}
