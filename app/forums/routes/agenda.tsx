import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { addItem, changeItem, moveItem, orderItems, removeItem } from '#app/forums/change-agenda.server.ts'
import { changeForum } from '#app/forums/change-forum.server.ts'
import { phasesIn } from '#app/forums/forum-form.server.ts'
import { proposeItems } from '#app/forums/propose-items.server.ts'
import { AgendaEditor, Proposals } from '#app/forums/ui/agenda-editor.tsx'
import { ForumTime } from '#app/forums/ui/forum-time.tsx'
import '#app/forums/ui/forums.css'
import { viewForum } from '#app/forums/view-forum.server.ts'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { Fields, TextField } from '#app/ui/form.tsx'
import '#app/identity/ui/people.css'

export const loader = pageLoader('run forums', async ({ db, clock, actor, params: { id = '' } }) => {
  const forum = await viewForum({ db, actor }, id)
  if (forum.state !== 'scheduled' && forum.state !== 'ready') throw notFound('This page')
  return { forum, proposals: await proposeItems({ db, clock, actor }) }
})

export const action = pageAction('run forums', async ({ db, clock, actor, form, params: { id = '' } }) => {
  const context = { db, clock, actor }
  const item = { forumId: id, itemId: textOf(form, 'item') }
  switch (textOf(form, 'intent')) {
    case 'add':
      await addItem(context, { forumId: id, subject: textOf(form, 'subject'), reason: textOf(form, 'reason') })
      break
    case 'change':
      await changeItem(context, { ...item, change: phasesIn(form) })
      break
    case 'remove':
      await removeItem(context, item)
      break
    case 'up':
      await moveItem(context, { ...item, by: -1 })
      break
    case 'down':
      await moveItem(context, { ...item, by: 1 })
      break
    case 'order':
      await orderItems(context, { forumId: id, itemIds: textOf(form, 'order').split(' ') })
      break
    case 'ready':
      await changeForum(context, { id, change: { state: 'ready' } })
      return redirect(`/forums/${id}`)
    case 'not-ready':
      await changeForum(context, { id, change: { state: 'scheduled' } })
      break
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
  return redirect(`/forums/${id}/agenda`)
})

export const meta: MetaFunction = () => [{ title: 'Plan the agenda · Candor' }]

export default function Agenda() {
  const { forum, proposals } = useLoaderData<typeof loader>()
  const refused = useActionData() as { values?: Record<string, string[]> } | undefined
  const intent = refused?.values?.intent?.[0]
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to={`/forums/${forum.id}`}>
          <bdi>{forum.title}</bdi>
        </Link>
      </p>
      <h1>Plan the agenda</h1>
      <p className="lead">
        <ForumTime at={forum.startsAt} zone={forum.timeZone} />. Each item takes a slot of 15 minutes.
      </p>
      <div className="forum-columns">
        <div>
          <h2>The hour</h2>
          <AgendaEditor forum={forum} refusedItem={intent === 'change' ? (refused?.values?.item?.[0] ?? null) : null} />
          <Form method="post">
            <Fields state={intent === 'change' || intent === 'add' ? { errors: [], values: {} } : undefined}>
              <p className="actions">
                {forum.state === 'ready' ? (
                  <button className="btn" name="intent" value="not-ready">
                    It is not ready yet
                  </button>
                ) : (
                  <button className="btn primary" name="intent" value="ready" disabled={forum.items.length === 0}>
                    The agenda is ready
                  </button>
                )}
                <Link className="btn" to={`/forums/${forum.id}/edit`}>
                  Time, people, opening and buffer
                </Link>
              </p>
            </Fields>
          </Form>
        </div>
        <aside>
          <h2>Add to it</h2>
          <Form method="post">
            <Fields state={intent === 'add' ? undefined : { errors: [], values: {} }}>
              <TextField
                name="subject"
                label="Incident or postmortem"
                required
                help="An incident’s key, such as INC-142, or the address of a postmortem."
              />
              <p className="actions">
                <button className="btn" name="intent" value="add">
                  Add
                </button>
              </p>
            </Fields>
          </Form>
          <h2>Worth discussing</h2>
          <Proposals proposals={proposals} />
        </aside>
      </div>
    </main>
  )
}
