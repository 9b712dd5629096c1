import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { publishReport } from '#app/reports/publish-report.server.ts'
import { CHAPTER_QUESTIONS } from '#app/reports/report.ts'
import { viewReport } from '#app/reports/view-report.server.ts'

export const loader = pageLoader('publish reports', async ({ db, clock, actor, params }) => {
  const key = params.period ?? ''
  const view = await viewReport({ db, clock, actor }, key, { draft: true })
  if (view.state !== 'draft' || !view.content) throw redirect(`/reports/${key}`)
  const { content, words } = view
  return {
    key,
    title: view.title,
    next: (view.editions[0]?.number ?? 0) + 1,
    correcting: view.correcting,
    isOver: view.isOver,
    hasStory: words.story !== null,
    silent: content.chapters
      .filter(chapter => !words.commentary[chapter.id])
      .map(chapter => CHAPTER_QUESTIONS[chapter.id]),
  }
})

export const action = pageAction('publish reports', async ({ db, clock, actor, params }) => {
  const key = params.period ?? ''
  await publishReport({ db, clock, actor }, key)
  return redirect(`/reports/${key}?saved=published`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Publish ${data?.title ?? ''} · Candor` }]

export default function PublishReport() {
  const { key, title, next, correcting, isOver, hasStory, silent } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to={`/reports/${key}?draft=1`}>{title}</Link>
      </p>
      <h1>Publish {next === 1 ? 'the report' : `edition ${next}`}?</h1>
      <p className="lead">
        Everybody in the organisation can read it from then on. Its figures, definitions and words are frozen: what is
        recorded later changes nothing in it, and what was wrong is put right in another edition.
      </p>
      {correcting ? <p>It says with it why there is another edition: {correcting}</p> : null}
      <p>
        {hasStory ? 'The story is your own.' : 'The story is the drafted one.'}{' '}
        {silent.length ? `Without a commentary: ${silent.join(' ')}` : 'Every chapter has a commentary.'}
      </p>
      {isOver ? (
        <Form method="post">
          <p className="actions">
            <button className="btn primary">Publish and freeze it</button>
            <Link className="btn" to={`/reports/${key}?draft=1`}>
              Not yet
            </Link>
          </p>
        </Form>
      ) : (
        <p className="notice warn">The period is not over yet. Publish the report when nothing can be added to it.</p>
      )}
    </main>
  )
}
