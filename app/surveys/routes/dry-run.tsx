import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import type { Coarse } from '#app/surveys/disclosure/question-cells.ts'
import { DRY_RUNS, dryRun } from '#app/surveys/planning/dry-run.server.ts'
import { itemsOf, textIn } from '#app/surveys/questionnaires/questionnaire.ts'
import '#app/surveys/ui/plan.css'

export const loader = pageLoader('administer', async ({ db, clock, actor, params, url }) => {
  const asked = Number(url.searchParams.get('run'))
  const run = Number.isInteger(asked) && asked >= 1 && asked <= DRY_RUNS ? asked : 1
  const { wave, questionnaire, release } = await dryRun({ db, clock, actor }, params.wave ?? '', run)
  const language = wave.plan.languages[0] ?? 'en'
  const items = new Map(itemsOf(questionnaire).map(item => [item.id, item]))
  return {
    id: wave.id,
    title: wave.title,
    run,
    runs: DRY_RUNS,
    next: (run % DRY_RUNS) + 1,
    k: release.k,
    cast: release.cast,
    invited: release.invited,
    groups: release.groups.map(({ id, label, parent, ...rest }) => ({
      id,
      label,
      parent,
      n: rest.hidden ? null : rest.n,
    })),
    items: release.items
      .filter(item => item.kind !== 'comment')
      .map(item => ({
        id: item.id,
        text: textIn(items.get(item.id)?.text ?? {}, language),
        kind: item.kind,
        hidden: item.hidden,
        n: item.n,
        favourable: item.favourable,
      })),
  }
})

export const meta: MetaFunction = () => [{ title: 'Dry run · Candor' }]

export default function DryRun() {
  const { id, title, run, runs, next, k, cast, invited, groups, items } = useLoaderData<typeof loader>()
  const hidden = groups.filter(group => group.n === null).length
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/surveys">Surveys</Link> · <Link to={`/surveys/${id}/manage`}>{title}</Link>
      </p>
      <h1>Dry run</h1>
      <p className="lead">
        What results could look like if {cast} of {invited} answered. Every answer here is invented by a program: it
        says nothing about anybody.
      </p>
      <p className="actions">
        <Link className="btn" to={`?run=${next}`}>
          Invent others
        </Link>
        <span className="muted small">
          Run {run} of {runs}
        </span>
      </p>
      {groups.length > 1 ? (
        <>
          <h2>Groups</h2>
          <p>
            {hidden === 0
              ? 'In this run every group could be shown.'
              : `In this run ${hidden} of ${groups.length} would be hidden, so that nobody’s answers can be worked out.`}{' '}
            A group is shown from {k} answers on, and only where subtracting the others leaves {k} too.
          </p>
          <div className="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">Group</th>
                  <th scope="col" className="n">
                    Answers
                  </th>
                </tr>
              </thead>
              <tbody>
                {groups.map(group => (
                  <tr key={group.id}>
                    <th scope="row">
                      <bdi>{group.label}</bdi>
                    </th>
                    <td className="n">{group.n === null ? <span className="muted">hidden</span> : group.n}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : null}
      <h2>Questions</h2>
      {items.every(item => item.hidden) ? (
        <p>With so few invited, nothing could be shown.</p>
      ) : (
        <div className="scroll">
          <table className="stacks">
            <thead>
              <tr>
                <th scope="col">Question</th>
                <th scope="col" className="n">
                  Answers
                </th>
                <th scope="col" className="n">
                  Favourable
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map(item => (
                <tr key={item.id}>
                  <th scope="row">{item.text}</th>
                  <td className="n" data-label="Answers">
                    {item.hidden ? <span className="muted">hidden</span> : item.n}
                  </td>
                  <td className="n" data-label="Favourable">
                    {item.kind === 'scale' && !item.hidden ? inWords(item.favourable, item.n) : '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </main>
  )
}

function inWords(count: Coarse | null, n: number | null): string {
  if (count === null || n === null || n === 0) return 'hidden'
  if (typeof count === 'number') return `${Math.round((100 * count) / n)} %`
  return 'atMost' in count ? `at most ${count.atMost} of ${n}` : `at least ${count.atLeast} of ${n}`
}
