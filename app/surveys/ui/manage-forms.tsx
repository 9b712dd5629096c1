/** What can be done with a wave, each in a form of its own; what cannot be undone has a box to tick. */
import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { CheckField, Fields, TextArea, TextField, useRefusal } from '#app/ui/form.tsx'

const QUIET = { errors: [], values: {} }

/** One form with its button; only it shows the refusal of its own submit. */
function ActForm({
  act,
  title,
  verb,
  isDangerous,
  confirmation,
  isSaidBelow,
  children,
}: {
  act: string
  title: string
  verb: string
  isDangerous?: boolean
  /** The sentence beside the box; absent where nothing needs to be confirmed. */
  confirmation?: string
  /** The refusal stands among the children. */
  isSaidBelow?: boolean
  children: ReactNode
}) {
  const refusal = useRefusal()
  const isMine = refusal?.values.act?.[0] === act
  return (
    <Form method="post" aria-labelledby={`${act}-title`}>
      <Fields state={isMine ? { ...refusal, message: isSaidBelow ? undefined : refusal.message } : QUIET}>
        <h2 id={`${act}-title`}>{title}</h2>
        {children}
        {confirmation ? <CheckField name={`confirm-${act}`} label={confirmation} /> : null}
        <p className="actions">
          <button className={`btn ${isDangerous ? 'danger' : 'primary'}`} name="act" value={act}>
            {verb}
          </button>
        </p>
      </Fields>
    </Form>
  )
}

export function OpenForm({ wave }: { wave: string }) {
  const refusal = useRefusal()
  const causes =
    refusal?.values.act?.[0] === 'open' ? refusal.errors.filter(one => !one.path.startsWith('confirm')) : []
  return (
    <ActForm
      act="open"
      title="Open it"
      verb="Open the wave"
      confirmation="I have read the charter. From now on it binds us."
      isSaidBelow={causes.length > 0}
    >
      {causes.length ? (
        <div className="notice error" role="alert">
          <p>It cannot open like this:</p>
          <ul>
            {causes.map(({ path, message }) => (
              <li key={path + message}>
                {message}{' '}
                {path === 'database' ? null : <Link to={`/surveys/${wave}/plan#field-${path}`}>Change the plan</Link>}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <p>
        Opening freezes the charter, the questions and the list of invited people, and makes the wave’s keys. Whoever is
        invited can then read all of it, and is written to when collecting begins.
      </p>
    </ActForm>
  )
}

export function ExtendForm({ closesAt, timeZone }: { closesAt: string; timeZone: string }) {
  return (
    <ActForm act="extend" title="Put the closing off" verb="Put it off">
      <p>Once only, to a later time. Everybody invited sees that it was done.</p>
      <TextField
        name="closesAt"
        label={`Closes, on the clocks of ${timeZone}`}
        type="datetime-local"
        required
        defaultValue={closesAt}
      />
    </ActForm>
  )
}

export function CloseForm() {
  return (
    <ActForm
      act="close"
      title="Close it early"
      verb="Close now"
      isDangerous
      confirmation="Close it now. Nobody can answer after that."
    >
      <p>What was answered is counted, and the keys and every single answer are destroyed.</p>
    </ActForm>
  )
}

export function PublishForm({ hasStewards }: { hasStewards: boolean }) {
  return (
    <ActForm
      act="publish"
      title="Publish it"
      verb="Publish the results"
      confirmation="Show the results to everybody in the organisation."
    >
      <p>
        Everybody who can sign in sees the same figures as you do.{' '}
        {hasStewards ? 'Comments are published with them: let the stewards finish first.' : ''}
      </p>
    </ActForm>
  )
}

export function AbandonForm({ isOpen }: { isOpen: boolean }) {
  return (
    <ActForm
      act="abandon"
      title="Abandon it"
      verb="Abandon the wave"
      isDangerous
      confirmation={isOpen ? 'Destroy every ballot and answer of this wave.' : 'Abandon this plan.'}
    >
      <p>
        {isOpen
          ? 'Nothing is counted, and what was answered is destroyed unread. Everybody invited reads the reason.'
          : 'It stays in the list of waves, with the reason.'}
      </p>
      <TextArea name="why" label="Why" rows={2} required />
    </ActForm>
  )
}
