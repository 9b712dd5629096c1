import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { type ListedWave, listSurveys } from '#app/surveys/list-surveys.server.ts'
import { stateClass, stateInWords } from '#app/surveys/ui/wave-words.ts'
import { Empty } from '#app/ui/empty.tsx'
import { When } from '#app/ui/time.tsx'
import '#app/surveys/ui/plan.css'

export const loader = pageLoader('read', async ({ db, clock, actor, url }) => ({
  ...(await listSurveys({ db, clock, actor }, url.searchParams.get('after'))),
  mayPlan: can(actor, 'administer'),
}))

export const meta: MetaFunction = () => [{ title: 'Surveys · Candor' }]

export default function Surveys() {
  const { waves, older, mayPlan } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <div className="title-line">
        <div>
          <h1>Surveys</h1>
          <p className="lead">
            Whether it is safe to speak here, asked so that <Link to="/anonymity">nobody can tell who said what</Link>.
          </p>
        </div>
        {mayPlan ? (
          <Link className="btn primary" to="/surveys/new">
            Plan a wave
          </Link>
        ) : null}
      </div>
      {mayPlan ? (
        <p className="actions">
          <Link to="/surveys/questionnaires">Questionnaires</Link>
        </p>
      ) : null}
      {waves.length ? (
        <div className="scroll">
          <table className="stacks">
            <thead>
              <tr>
                <th scope="col">Wave</th>
                <th scope="col">State</th>
                <th scope="col">Answering</th>
                <th scope="col" className="n">
                  Response rate
                </th>
                <th scope="col">What you can do</th>
              </tr>
            </thead>
            <tbody>
              {waves.map(wave => (
                <WaveRow key={wave.id} wave={wave} />
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <Empty title="No survey yet">
          <p>
            A wave asks a few questions of everybody invited and shows what the organisation as a whole answered: the
            same questions some months apart say whether things are getting better.
          </p>
          <p>
            {mayPlan ? (
              <Link className="btn" to="/surveys/new">
                Plan the first wave
              </Link>
            ) : (
              <Link to="/anonymity">Read how it stays anonymous</Link>
            )}
          </p>
        </Empty>
      )}
      {older ? (
        <nav className="pages" aria-label="Pages of waves">
          <Link to={`?after=${encodeURIComponent(older)}`}>Older waves</Link>
        </nav>
      ) : null}
    </main>
  )
}

function WaveRow({ wave }: { wave: ListedWave }) {
  const { responseRate } = wave
  return (
    <tr>
      <th scope="row">
        {wave.isOpened ? <Link to={`/surveys/${wave.id}`}>{wave.title}</Link> : <bdi>{wave.title}</bdi>}
      </th>
      <td data-label="State">
        <span className={stateClass(wave.state)}>{stateInWords(wave)}</span>
      </td>
      <td data-label="Answering">
        <When at={wave.answeringFrom} /> – <When at={wave.closesAt} />
      </td>
      <td className="n" data-label="Response rate">
        {responseRate ? (
          <span className="num">
            {Math.round((100 * responseRate.cast) / responseRate.invited)} % ({responseRate.cast} of{' '}
            {responseRate.invited})
          </span>
        ) : (
          <span className="muted">–</span>
        )}
      </td>
      <td data-label="What you can do">
        <ToDo wave={wave} />
      </td>
    </tr>
  )
}

function ToDo({ wave }: { wave: ListedWave }) {
  const own = {
    collecting: 'Collect your ballot',
    answering: 'Collect your ballot, answer',
  } as Partial<Record<ListedWave['state'], string>>
  const results = wave.responseRate ? 'See the results' : null
  const doing = wave.isInvited && own[wave.state] ? own[wave.state] : results
  return (
    <span className="row">
      {doing ? <Link to={`/surveys/${wave.id}`}>{doing}</Link> : null}
      {wave.mayManage ? (
        <Link to={`/surveys/${wave.id}/manage`}>
          Manage<span className="visually-hidden"> {wave.title}</span>
        </Link>
      ) : null}
      {!doing && !wave.mayManage ? (
        <span className="muted">{wave.isInvited ? 'Nothing now' : 'You are not invited'}</span>
      ) : null}
    </span>
  )
}
