import { Form, Link } from '@remix-run/react'
import type { PersonInput } from '#app/identity/person.ts'
import type { PersonChoices } from '#app/identity/person-form.server.ts'
import { CheckField, Fields, SelectField, TextField, useRefusal } from '#app/ui/form.tsx'
import './people.css'

interface Props {
  person: PersonInput | null
  choices: PersonChoices
  verb: string
  back: string
}

/** Everything that is kept of a person. */
export function PersonForm({ person, choices, verb, back }: Props) {
  return (
    <Form method="post">
      <Fields>
        <TextField name="name" label="Name" defaultValue={person?.name} required autoComplete="off" />
        <TextField
          name="email"
          label="E-mail"
          type="email"
          defaultValue={person?.email}
          required
          autoComplete="off"
          help="How Candor knows the person: for signing in, for mails, and when a list is imported again."
        />
        <SelectField name="team" label="Team" options={choices.teams} defaultValue={person?.team} />
        <TextField
          name="managerEmail"
          label="Manager’s e-mail"
          type="email"
          defaultValue={person?.managerEmail}
          required={false}
          autoComplete="off"
          list="managers"
        />
        <datalist id="managers">
          {choices.managers.map(email => (
            <option key={email} value={email} />
          ))}
        </datalist>
        <div className="field">
          <CheckField name="isEngineer" label="Counts as an engineer" defaultChecked={person?.isEngineer} />
          <p className="help">Engineers are whom participation figures are about.</p>
        </div>
        <div className="pair">
          <TextField name="startedOn" label="First day" type="date" defaultValue={person?.startedOn} required={false} />
          <TextField
            name="leftOn"
            label="Last day"
            type="date"
            defaultValue={person?.leftOn}
            required={false}
            help="From this day on, sessions, tokens and links have ended."
          />
        </div>
        <Leaves leaves={person?.leaves ?? []} />
        <SelectField name="timeZone" label="Time zone" options={choices.zones} defaultValue={person?.timeZone ?? ''} />
        <p className="actions">
          <button className="btn primary">{verb}</button>
          <Link className="btn" to={back}>
            Cancel
          </Link>
        </p>
      </Fields>
    </Form>
  )
}

/** One row for each leave and an empty one; a row that is emptied is forgotten. */
function Leaves({ leaves }: { leaves: PersonInput['leaves'] }) {
  const typed = Object.keys(useRefusal()?.values ?? {}).filter(name => /^leaves\.\d+\.startsOn$/.test(name)).length
  const rows = Math.max(leaves.length + 1, typed)
  return (
    <fieldset>
      <legend>Leave</legend>
      <p className="help muted small">
        Such as parental leave. Someone away for 30 days or longer is not counted in participation. Leave the end empty
        while nobody knows it; empty a row to forget it. Another row comes when you have saved.
      </p>
      {Array.from({ length: rows }, (_, at) => (
        <div className="pair tight" key={at}>
          <TextField
            name={`leaves.${at}.startsOn`}
            label={`From${rows > 1 ? ` (${at + 1})` : ''}`}
            type="date"
            defaultValue={leaves[at]?.startsOn}
          />
          <TextField
            name={`leaves.${at}.endsOn`}
            label={`To${rows > 1 ? ` (${at + 1})` : ''}`}
            type="date"
            defaultValue={leaves[at]?.endsOn}
          />
        </div>
      ))}
    </fieldset>
  )
}
