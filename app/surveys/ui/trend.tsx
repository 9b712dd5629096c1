/** The headline questions over the waves of a survey, with their intervals; the same as a table. */
import { Link } from '@remix-run/react'
import { When } from '#app/ui/time.tsx'
import { percents } from '../results/results.ts'
import type { ResultsView, TrendLine } from '../results/results-view.server.ts'

const WIDTH = 400
const HEIGHT = 132
const LEFT = 34
const RIGHT = 30

export function Trend({ trend, target }: { trend: ResultsView['trend']; target: number | null }) {
  const { waves, lines } = trend
  if (waves.length < 2 || lines.length === 0) return null
  return (
    <section aria-labelledby="trend">
      <h2 id="trend">Over the waves</h2>
      <div className="trends">
        {lines.map(line => (
          <figure key={line.id}>
            <figcaption>
              <bdi>{line.text}</bdi>
            </figcaption>
            <TrendPicture line={line} target={target} />
          </figure>
        ))}
      </div>
      <details>
        <summary>Show as table</summary>
        <div className="scroll">
          <table>
            <caption className="visually-hidden">
              Favourable share by wave, and its limits if silence were random
            </caption>
            <thead>
              <tr>
                <th scope="col">Wave</th>
                {lines.map(line => (
                  <th scope="col" key={line.id}>
                    <bdi>{line.text}</bdi>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {waves.map((wave, at) => (
                <tr key={wave.id}>
                  <th scope="row">
                    <Link to={`/surveys/${wave.id}`}>{wave.title}</Link>, <When at={wave.closesAt} />
                  </th>
                  {lines.map(line => (
                    <td key={line.id}>{pointWords(line, at)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}

function pointWords(line: TrendLine, at: number): string {
  const point = line.points[at]
  if (!point) return 'hidden'
  return `${point.words} of ${point.n}${point.interval ? ` (${percents(point.interval)})` : ''}`
}

/** From 0 to 100 %, each wave with its limits if silence were random, the figure beside it. */
function TrendPicture({ line, target }: { line: TrendLine; target: number | null }) {
  const x = (at: number) => LEFT + (at * (WIDTH - LEFT - RIGHT - 20)) / Math.max(line.points.length - 1, 1) + 10
  const y = (share: number) => 10 + (1 - share) * (HEIGHT - 22)
  const said = line.points.map((_, at) => pointWords(line, at)).join(', then ')
  return (
    <svg className="trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Favourable: ${said}`}>
      {[0, 0.5, 1].map(share => (
        <g key={share}>
          <line className="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(share)} y2={y(share)} />
          <text x={LEFT - 6} y={y(share) + 4} className="axis">
            {share * 100}
          </text>
        </g>
      ))}
      {target === null ? null : <line className="target" x1={LEFT} x2={WIDTH - RIGHT} y1={y(target)} y2={y(target)} />}
      <polyline className="path" points={line.points.map((point, at) => `${x(at)},${y(point.share)}`).join(' ')} />
      {line.points.map((point, at) => (
        <g key={at}>
          {point.interval ? (
            <line className="whisker" x1={x(at)} x2={x(at)} y1={y(point.interval[0])} y2={y(point.interval[1])} />
          ) : null}
          <circle cx={x(at)} cy={y(point.share)} r="4" />
          <text x={x(at) + 8} y={y(point.share) - 7} className="value">
            {point.words}
          </text>
        </g>
      ))}
    </svg>
  )
}
