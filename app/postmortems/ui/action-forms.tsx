import { Form } from '@remix-run/react'
import { useRefusalOf } from '#app/identity/ui/forms.ts'
import { Fields, SelectField, TextArea, TextField } from '#app/ui/form.tsx'
import { ACTION_KINDS, ACTION_STATES } from '../vocabulary.ts'

interface Item {
  ownerId: string | null
  updatedAt: string
  facts: {
    title: string
    kind: string | null
    owner: string | null
    dueOn: string | null
    state: string
    effortDays: number | null
    trackerUrl: string | null
    trackerState: string | null
  }
}

const WORDS: Record<(typeof ACTION_STATES)[number], string> = {
  open: 'Open',
  'in progress': 'In progress',
  done: 'Done',
  dropped: 'Dropped',
}

export const KINDS = [
  { value: '', label: 'Not said' },
  ...ACTION_KINDS.map(kind => ({ value: kind, label: kind.charAt(0).toUpperCase() + kind.slice(1) })),
]

/** Where it stands: state, day, what it took. */
export function ActionFollowForm({ item, me }: { item: Item; me: string }) {
  const state = useRefusalOf('follow')
  return (
    <section aria-labelledby="follow">
      <h2 id="follow">Where it stands</h2>
      {item.ownerId === null ? (
        <Form method="post">
          <input type="hidden" name="intent" value="take" />
          <input type="hidden" name="expected" value={item.updatedAt} />
          <input type="hidden" name="owner" value={me} />
          <p className="actions">
            <button className="btn">Take it on</button>
          </p>
        </Form>
      ) : null}
      <Form method="post" key={`follow-${item.updatedAt}`}>
        <Fields state={state}>
          <input type="hidden" name="intent" value="follow" />
          <input type="hidden" name="expected" value={item.updatedAt} />
          <div className="pair">
            <SelectField
              name="state"
              label="State"
              defaultValue={item.facts.state}
              options={ACTION_STATES.map(value => ({ value, label: WORDS[value] }))}
            />
            <TextField name="dueOn" label="Due" type="date" defaultValue={item.facts.dueOn} />
          </div>
          <TextArea name="why" label="Why" rows={3} help="Asked for when it gets a later day or is dropped." />
          <div className="pair">
            <TextField name="decidedBy" label="For whose decision" help="Asked for when it is dropped." />
            <TextField
              name="effortDays"
              label="What it took, in days"
              required={false}
              defaultValue={item.facts.effortDays === null ? '' : String(item.facts.effortDays)}
              help="When it is done: 0.5 is half a day."
            />
          </div>
          <p className="actions">
            <button className="btn primary">Save</button>
          </p>
        </Fields>
      </Form>
    </section>
  )
}

/** What it is: wording, kind, owner, the issue elsewhere. */
export function ActionWordingForm({ item }: { item: Item }) {
  const state = useRefusalOf('wording')
  return (
    <section aria-labelledby="wording">
      <h2 id="wording">What it is</h2>
      <Form method="post" key={`wording-${item.updatedAt}`}>
        <Fields state={state}>
          <input type="hidden" name="intent" value="wording" />
          <input type="hidden" name="expected" value={item.updatedAt} />
          <TextField name="title" label="What will be true" defaultValue={item.facts.title} required />
          <div className="pair">
            <SelectField name="kind" label="Kind" options={KINDS} defaultValue={item.facts.kind} />
            <TextField
              name="owner"
              label="Owner’s e-mail"
              type={item.ownerId === null ? 'text' : 'email'}
              defaultValue={item.ownerId === null ? '' : item.facts.owner}
              required={false}
              help={item.ownerId === null && item.facts.owner ? `As imported: ${item.facts.owner}` : undefined}
            />
          </div>
          <div className="pair">
            <TextField
              name="trackerUrl"
              label="Issue elsewhere"
              type="url"
              defaultValue={item.facts.trackerUrl}
              required={false}
              help="Its address in your tracker."
            />
            <TextField
              name="trackerState"
              label="Its state there"
              defaultValue={item.facts.trackerState}
              required={false}
              help="As you see it now."
            />
          </div>
          <p className="actions">
            <button className="btn">Save</button>
          </p>
        </Fields>
      </Form>
    </section>
  )
}
