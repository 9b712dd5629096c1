import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { listQuestionnaires } from '#app/surveys/questionnaires/list-questionnaires.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import { When } from '#app/ui/time.tsx'

export const loader = pageLoader('administer', ({ db, actor }) => listQuestionnaires({ db, actor }))

export const meta: MetaFunction = () => [{ title: 'Questionnaires · Candor' }]

export default function Questionnaires() {
  const { own, instruments } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/surveys">Surveys</Link>
      </p>
      <div className="title-line">
        <div>
          <h1>Questionnaires</h1>
          <p className="lead">What waves ask. A published version never changes, so that waves can be compared.</p>
        </div>
        <Link className="btn primary" to="/surveys/questionnaires/new">
          Write one
        </Link>
      </div>
      <h2>Yours</h2>
      {own.length ? (
        <div className="scroll">
          <table className="stacks">
            <thead>
              <tr>
                <th scope="col">Questionnaire</th>
                <th scope="col">Version</th>
                <th scope="col" className="n">
                  Questions
                </th>
                <th scope="col">Languages</th>
                <th scope="col">Changed</th>
              </tr>
            </thead>
            <tbody>
              {own.map(one => (
                <tr key={one.id}>
                  <th scope="row">
                    <Link to={`/surveys/questionnaires/${one.id}`}>{one.title}</Link>
                  </th>
                  <td data-label="Version">
                    {one.version}, {one.state}
                  </td>
                  <td className="n" data-label="Questions">
                    {one.questions}
                  </td>
                  <td data-label="Languages">{one.languages.join(', ')}</td>
                  <td data-label="Changed">
                    <When at={one.updatedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <Empty title="None of your own yet">
          <p>Begin with an instrument and change its words, or with an empty page.</p>
          <Link to="/surveys/questionnaires/new">Write one</Link>
        </Empty>
      )}
      <h2>Instruments</h2>
      {instruments.map(one => (
        <section key={one.id} id={one.id}>
          <h3>{one.title}</h3>
          <p>{one.construct}</p>
          <p className="small muted">
            Construct: {one.source}. {one.wording} {one.scoring}
            {one.target === null ? '' : ` Target: ${Math.round(one.target * 100)} %.`}
            {one.reversed.length ? ` Reversed: ${one.reversed.join(', ')}.` : ''}
          </p>
          <p className="small">
            {one.questions} questions in {one.languages.join(', ')}.{' '}
            <Link to={`/surveys/questionnaires/new?from=${one.id}`}>Copy it into one of your own</Link>
          </p>
        </section>
      ))}
    </main>
  )
}
