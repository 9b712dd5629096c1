import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { visitorAction } from '#app/identity/routes/visitor-action.server.ts'
import { useAnswer } from '#app/identity/ui/forms.ts'
import { Outside } from '#app/identity/ui/outside.tsx'
import { dayIn } from '#app/platform/clock.ts'
import { AppError, invalidField } from '#app/platform/errors.ts'
import { dueInWords } from '#app/postmortems/action-mails.ts'
import { readActionLink, updateByLink } from '#app/postmortems/update-by-link.server.ts'
import { Fields, TextArea, TextField } from '#app/ui/form.tsx'
import '#app/identity/ui/people.css'

/** Looking at it changes nothing: mail scanners look. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  try {
    const { item, owner } = await readActionLink(context.site, params.secret ?? '')
    const today = dayIn(owner.timeZone, context.site.clock.now())
    const { title, state, dueOn } = item.facts
    return data<{ item: { title: string; state: string; due: string; dueOn: string | null; owner: string } | null }>({
      item: { title, state, due: dueInWords(dueOn, today), dueOn, owner: owner.name },
    })
  } catch (error) {
    if (error instanceof AppError && error.refusal === 'gone') return data({ item: null }, { status: error.status })
    throw error
  }
}

export const action = visitorAction(async ({ db, clock, params, form }) => {
  const secret = params.secret ?? ''
  try {
    await readActionLink({ db, clock }, secret)
    await updateByLink({ db, clock }, secret, changeIn(form))
    return data({ ok: true, isGone: false })
  } catch (error) {
    // After a failed action the loader is not asked again, so the answer itself says that the link is gone.
    if (error instanceof AppError && error.refusal === 'gone')
      return data({ ok: true, isGone: true }, { status: error.status })
    throw error
  }
})

function changeIn(form: FormData): Record<string, unknown> {
  const given = (name: string) => textOf(form, name).trim() || null
  switch (textOf(form, 'intent')) {
    case 'done': {
      const days = given('effortDays')
      return { state: 'done', ...(days === null ? {} : { effortDays: Number(days.replace(',', '.')) }) }
    }
    case 'in progress':
      return { state: 'in progress' }
    case 'later':
      return { dueOn: given('dueOn'), why: given('why') ?? undefined }
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
}

export const meta: MetaFunction = () => [{ title: 'Your action item · Candor' }, { name: 'robots', content: 'noindex' }]

export default function UpdateAction() {
  const { item } = useLoaderData<typeof loader>()
  const answer = useAnswer<{ isGone: boolean }>()
  if (answer && !answer.isGone)
    return (
      <Outside title="Noted" lead="Thank you. It stands in the history of the action item, with your name.">
        <p className="actions">
          <Link className="btn" to="/actions?owner=me">
            Your other action items
          </Link>
        </p>
      </Outside>
    )
  if (!item || answer?.isGone)
    return (
      <Outside
        title="This link has done its work"
        lead="It was used already, is too old, or the action item is finished or somebody else’s now."
      >
        <p className="actions">
          <Link className="btn primary" to="/actions?owner=me">
            Your action items
          </Link>
        </p>
      </Outside>
    )
  return (
    <Outside title={item.title} lead={`${item.state}, ${item.due}. For ${item.owner}: what became of it?`}>
      <Form method="post">
        <Fields>
          <TextField
            name="effortDays"
            label="What it took, in days"
            required={false}
            help="With ‘It is done’: 0.5 is half a day."
          />
          <p className="actions">
            <button className="btn primary" name="intent" value="done">
              It is done
            </button>
            {item.state === 'open' ? (
              <button className="btn" name="intent" value="in progress">
                It is in progress
              </button>
            ) : null}
          </p>
          <h2>It needs more time</h2>
          <TextField name="dueOn" label="New day" type="date" defaultValue={item.dueOn} />
          <TextArea name="why" label="Why" rows={3} help="One sentence is enough." />
          <p className="actions">
            <button className="btn" name="intent" value="later">
              Set the new day
            </button>
          </p>
          <p className="muted small">
            To drop it or give it to somebody else, <Link to="/actions?owner=me">sign in</Link>.
          </p>
        </Fields>
      </Form>
    </Outside>
  )
}
