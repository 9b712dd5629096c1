import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { compareReports } from '#app/reports/compare-reports.server.ts'
import { definitionAddress } from '#app/reports/definitions.ts'
import { CHAPTER_QUESTIONS } from '#app/reports/report.ts'
import { Headline } from '#app/reports/ui/report-article.tsx'
import '#app/reports/ui/report.css'
import '#app/reports/ui/reports.css'

export const loader = pageLoader('read', ({ db, actor, params, url }) =>
  compareReports({ db, actor }, params.period ?? '', url.searchParams.get('with')),
)

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.sides.map(side => side.title).join(' and ') ?? 'Compare'} · Candor` },
]

export default function CompareReports() {
  const { sides, figures, chapters } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="report-page">
      <p className="eyebrow">
        <Link to="/reports">Reports</Link>
      </p>
      <h1>Side by side</h1>
      <p className="lead">What two published reports say. A difference is no change by itself: its interval decides.</p>
      <div className="side-by-side">
        {sides.map((side, at) => (
          <section key={at} aria-labelledby={`side-${at}`}>
            <h2 id={`side-${at}`}>
              <Link to={`/reports/${side.key}`}>{side.title}</Link>
            </h2>
            <p>{side.story}</p>
            <div className="headline">
              {side.headline.map(figure => (
                <Headline key={figure.id} figure={figure} hasDefinitions />
              ))}
            </div>
          </section>
        ))}
      </div>
      {chapters.map(({ id, texts }) => (
        <section key={id} aria-labelledby={id}>
          <h2 id={id}>{CHAPTER_QUESTIONS[id]}</h2>
          <div className="side-by-side">
            {texts.map((text, at) => (
              <div key={at}>
                <h3>{sides[at]?.title}</h3>
                <p>{text}</p>
              </div>
            ))}
          </div>
        </section>
      ))}
      <h2>All figures</h2>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              {sides.map((side, at) => (
                <th scope="col" key={at}>
                  {side.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.map(({ id, name, values }) => (
              <tr key={id}>
                <th scope="row">
                  <a href={definitionAddress(id)}>{name}</a>
                </th>
                {values.map((value, at) => (
                  <td key={at}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </main>
  )
}
