import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { linkOrigin } from '#app/identity/link-origin.ts'
import { Saved } from '#app/identity/ui/saved.tsx'
import { invalidField } from '#app/platform/errors.ts'
import { commentThreads } from '#app/postmortems/comment-threads.server.ts'
import { COMMENT_THREADS_PER_PAGE } from '#app/postmortems/page-sizes.ts'
import { removeComment, resolveComment } from '#app/postmortems/settle-comment.server.ts'
import { CommentThread } from '#app/postmortems/ui/comment-thread.tsx'
import { addComment, editComment } from '#app/postmortems/write-comment.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import { Fields, TextArea, useRefusal } from '#app/ui/form.tsx'
import { Pages, pageOf } from '#app/ui/pages.tsx'
import '#app/postmortems/ui/discussion.css'
import '#app/ui/prose.css'

export const loader = pageLoader('read', async ({ db, actor, params, url }) => {
  const page = pageOf(url)
  const given = (name: string, most: number) => url.searchParams.get(name)?.slice(0, most) ?? ''
  return {
    ...(await commentThreads({ db, actor }, params.slug ?? '', page)),
    page,
    chosen: { passage: given('passage', 2_000), prefix: given('prefix', 200), suffix: given('suffix', 200) },
  }
})

export const action = pageAction('read', async ({ db, clock, actor, mailer, log, origin, url, params, form }) => {
  const slug = params.slug ?? ''
  const context = { db, clock, actor, mailer, log, origin: linkOrigin(origin, url) }
  const given = { id: textOf(form, 'id'), text: textOf(form, 'text') }
  const back = (id: string, saved: string) => redirect(`/library/${slug}/comments?saved=${saved}#comment-${id}`)
  switch (textOf(form, 'intent')) {
    case 'add': {
      const near = { prefix: textOf(form, 'prefix'), suffix: textOf(form, 'suffix') }
      const { id } = await addComment(context, slug, { text: given.text, passage: textOf(form, 'passage'), near })
      return back(id, 'comment')
    }
    case 'answer': {
      const { id } = await addComment(context, slug, { text: given.text, parent: textOf(form, 'parent') })
      return back(id, 'comment')
    }
    case 'edit':
      await editComment(context, slug, given)
      return back(given.id, 'edited')
    case 'remove':
      await removeComment(context, slug, given.id)
      return back(given.id, 'removed')
    case 'resolve':
    case 'reopen':
      await resolveComment(context, slug, { id: given.id, isResolved: textOf(form, 'intent') === 'resolve' })
      return back(given.id, 'settled')
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Comments on ${data?.title ?? ''} · Candor` }]

/** For a form that the last refusal was not about. */
const NOT_REFUSED = { errors: [], values: {} }

export default function Comments() {
  const { slug, title, status, threads, total, page, chosen } = useLoaderData<typeof loader>()
  const refusal = useRefusal()
  const intent = refusal?.values.intent?.[0]
  const about = refusal?.values.parent?.[0] ?? refusal?.values.id?.[0]
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to={`/library/${slug}`}>{title}</Link>
      </p>
      <h1>Comments</h1>
      <p className="lead">
        {status === 'published'
          ? 'Every member may comment on what is published.'
          : `It is ${status === 'draft' ? 'a draft' : 'in review'}: its authors, those invited to review it and editors comment here.`}
      </p>
      <Saved words={{ comment: 'Said.', edited: 'Saved.', removed: 'Removed.', settled: 'Saved.' }} />
      {threads.length === 0 ? (
        <Empty title="Nobody has commented yet">
          <p>A question about one sentence is worth more than a verdict on the whole. Choose a passage, and ask.</p>
        </Empty>
      ) : (
        <ol className="threads">
          {threads.map(thread => (
            <CommentThread
              key={thread.id}
              thread={thread}
              slug={slug}
              isOpen={status !== 'published'}
              refusal={about === thread.id || thread.answers.some(one => one.id === about) ? refusal : null}
            />
          ))}
        </ol>
      )}
      <Pages page={page} pageSize={COMMENT_THREADS_PER_PAGE} total={total} label="Pages of comments" />
      <h2 id="new">Comment</h2>
      <Form method="post" className="wide-form" key={`${chosen.passage}${threads.length}`}>
        <Fields state={intent === 'add' ? refusal : NOT_REFUSED}>
          <input type="hidden" name="prefix" value={chosen.prefix} />
          <input type="hidden" name="suffix" value={chosen.suffix} />
          <TextArea
            name="passage"
            label="Passage"
            rows={2}
            required={false}
            defaultValue={chosen.passage}
            help="The words that it is about, copied from one paragraph. Leave it empty to speak of the whole text."
          />
          <TextArea
            name="text"
            label="Comment"
            rows={5}
            help="Markdown. Name somebody as @Ada Okafor or @ada.okafor, and they hear of it."
          />
          <p className="actions">
            <button className="btn primary" name="intent" value="add">
              Comment
            </button>
          </p>
        </Fields>
      </Form>
    </main>
  )
}
