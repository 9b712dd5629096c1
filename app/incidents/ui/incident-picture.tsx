import type { Picture } from '../picture.ts'

const WIDTH = 960
const HEIGHT = 72

const STEP_WORDS: Record<Picture['step'], string> = { day: 'Day', month: 'Month', quarter: 'Quarter', year: 'Year' }

/** How many incidents began when: bars from zero, the serious ones filled; the same as a table behind it. */
export function IncidentPicture({ picture: { step, steps } }: { picture: Picture }) {
  const most = Math.max(1, ...steps.map(one => one.total))
  const total = steps.reduce((sum, one) => sum + one.total, 0)
  const slot = WIDTH / steps.length
  const bar = Math.min(28, slot * 0.7)
  const y = (n: number) => HEIGHT - (n / most) * (HEIGHT - 2)
  const first = steps[0]!
  const last = steps.at(-1)!
  const busiest = steps.reduce((one, other) => (other.total > one.total ? other : one))
  return (
    <figure className="incident-picture">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${total} ${total === 1 ? 'incident' : 'incidents'} from ${first.label} to ${last.label}; most in ${busiest.label}, with ${busiest.total}`}
      >
        <line x1="0" y1={HEIGHT} x2={WIDTH} y2={HEIGHT} className="axis" />
        {steps.map((one, index) => {
          const x = index * slot + (slot - bar) / 2
          return (
            <g key={one.label}>
              <title>{`${one.label}: ${one.total}, of these ${one.serious} SEV-1 or SEV-2`}</title>
              <rect x={x} y={y(one.total)} width={bar} height={HEIGHT - y(one.total)} className="all" />
              <rect x={x} y={y(one.serious)} width={bar} height={HEIGHT - y(one.serious)} className="serious" />
            </g>
          )
        })}
      </svg>
      <p className="ends num" aria-hidden="true">
        <span>{first.label}</span>
        {steps.length > 1 ? <span>{last.label}</span> : null}
      </p>
      <figcaption>
        <span>
          Incidents by {step} of their beginning, UTC; <span className="key-serious">filled</span> SEV-1 and SEV-2. At
          most <span className="num">{busiest.total}</span>, in {busiest.label}.
        </span>
        <details>
          <summary>Show as table</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">{STEP_WORDS[step]}</th>
                <th scope="col" className="n">
                  Incidents
                </th>
                <th scope="col" className="n">
                  SEV-1 or SEV-2
                </th>
              </tr>
            </thead>
            <tbody>
              {steps.map(one => (
                <tr key={one.label}>
                  <td className="num">{one.label}</td>
                  <td className="n">{one.total}</td>
                  <td className="n">{one.serious}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </figcaption>
    </figure>
  )
}
