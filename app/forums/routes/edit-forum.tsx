import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { changeForum } from '#app/forums/change-forum.server.ts'
import { fieldsOfForum, forumIn } from '#app/forums/forum-form.server.ts'
import { ForumFields } from '#app/forums/ui/forum-fields.tsx'
import '#app/forums/ui/forums.css'
import { viewForum } from '#app/forums/view-forum.server.ts'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { timeZoneChoices } from '#app/identity/time-zones.server.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { Fields, TextField } from '#app/ui/form.tsx'
import '#app/identity/ui/people.css'

export const loader = pageLoader('run forums', async ({ db, actor, params: { id = '' } }) => {
  const forum = await viewForum({ db, actor }, id)
  if (forum.state !== 'scheduled' && forum.state !== 'ready') throw notFound('This page')
  return {
    id,
    title: forum.title,
    hasSeries: forum.series !== null,
    values: fieldsOfForum(forum),
    zones: timeZoneChoices(forum.timeZone),
  }
})

export const action = pageAction('run forums', async ({ db, clock, actor, form, params: { id = '' } }) => {
  const context = { db, clock, actor }
  switch (textOf(form, 'intent')) {
    case 'save':
      await changeForum(context, { id, change: forumIn(form) })
      break
    case 'cancel':
      await changeForum(context, { id, change: { state: 'cancelled', reason: textOf(form, 'reason') } })
      break
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
  return redirect(`/forums/${id}`)
})

export const meta: MetaFunction = () => [{ title: 'Move or change a forum · Candor' }]

export default function EditForum() {
  const { id, title, hasSeries, values, zones } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to={`/forums/${id}`}>
          <bdi>{title}</bdi>
        </Link>
      </p>
      <h1>Move or change it</h1>
      <p className="lead">
        Everybody who was invited gets a new calendar entry in place of the old one.
        {hasSeries ? ' A forum that is changed here no longer follows its series.' : ''}
      </p>
      <Fields>
        <Form method="post">
          <ForumFields values={values} zones={zones} />
          <p className="actions">
            <button className="btn primary" name="intent" value="save">
              Save
            </button>
          </p>
        </Form>
        <h2>Call it off</h2>
        <p>It leaves everybody’s calendar, with your reason. This cannot be undone: a new one has to be planned.</p>
        <Form method="post">
          <TextField name="reason" label="Why" required />
          <p className="actions">
            <button className="btn danger" name="intent" value="cancel">
              Call this forum off
            </button>
          </p>
        </Form>
      </Fields>
    </main>
  )
}
