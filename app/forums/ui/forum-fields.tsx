/** The fields of a forum and of a series. */
import { Checks, teamOptions } from '#app/ui/checks.tsx'
import { CheckField, SelectField, TextArea, TextField, useRefusal } from '#app/ui/form.tsx'
import { RULE_CHOICES } from '../recurrence.ts'

export interface Choice {
  value: string
  label: string
}

/** @param values what the form begins with, by the fields' names. */
export function ForumFields({ values, zones }: { values: Record<string, string>; zones: Choice[] }) {
  return (
    <>
      <TextField name="title" label="Title" required defaultValue={values.title} />
      <div className="pair">
        <TextField name="startsAt" label="Begins" type="datetime-local" required defaultValue={values.startsAt} />
        <SelectField name="timeZone" label="On the clocks of" options={zones} defaultValue={values.timeZone} />
        <TextField name="minutes" label="Minutes" type="number" min="15" max="240" defaultValue={values.minutes} />
      </div>
      <WhereFields values={values} />
      <div className="pair">
        <TextField
          name="facilitator"
          label="Facilitator’s e-mail"
          type="email"
          required={false}
          defaultValue={values.facilitator}
        />
        <TextField
          name="cofacilitator"
          label="Co-facilitator’s e-mail"
          type="email"
          required={false}
          defaultValue={values.cofacilitator}
        />
        <TextField
          name="noteTaker"
          label="Note-taker’s e-mail"
          type="email"
          required={false}
          defaultValue={values.noteTaker}
        />
      </div>
      <fieldset>
        <legend>Beside the items</legend>
        <div className="minutes">
          <TextField
            name="openingMinutes"
            label="Opening"
            type="number"
            min="0"
            max="60"
            defaultValue={values.openingMinutes}
          />
          <TextField
            name="patternsMinutes"
            label="Patterns"
            type="number"
            min="0"
            max="60"
            defaultValue={values.patternsMinutes}
          />
          <TextField
            name="bufferMinutes"
            label="Buffer"
            type="number"
            min="0"
            max="60"
            defaultValue={values.bufferMinutes}
          />
        </div>
        <p className="help">In minutes. What the room adds to an item comes out of the buffer.</p>
      </fieldset>
    </>
  )
}

function WhereFields({ values }: { values: Record<string, string> }) {
  return (
    <div className="pair">
      <TextField name="place" label="Place" required={false} defaultValue={values.place} />
      <TextField name="callUrl" label="Address of the call" type="url" required={false} defaultValue={values.callUrl} />
    </div>
  )
}

export function SeriesFields({
  values,
  zones,
  teams,
  invited,
}: {
  values: Record<string, string>
  zones: Choice[]
  teams: Parameters<typeof teamOptions>[0]
  /** Ids of the teams that are invited. */
  invited: string[]
}) {
  const isRare = useRefusal()?.errors.some(error => error.path === 'nth') ?? false
  return (
    <>
      <TextField name="title" label="Title" required defaultValue={values.title} />
      <div className="pair">
        <SelectField name="rhythm" label="How often" options={RULE_CHOICES.rhythms} defaultValue={values.rhythm} />
        <SelectField
          name="nth"
          label="Which of the month"
          options={RULE_CHOICES.ordinals}
          defaultValue={values.nth}
          help="Not for weeks."
        />
        <SelectField name="weekday" label="Weekday" options={RULE_CHOICES.weekdays} defaultValue={values.weekday} />
      </div>
      {isRare ? <CheckField name="evenSo" label="Yes, only in the months that have one" /> : null}
      <div className="pair">
        <TextField
          name="startsAtWall"
          label="Begins at"
          required
          defaultValue={values.startsAtWall}
          help="Such as 15:00."
        />
        <SelectField name="timeZone" label="On the clocks of" options={zones} defaultValue={values.timeZone} />
        <TextField name="minutes" label="Minutes" type="number" min="15" max="240" defaultValue={values.minutes} />
      </div>
      <TextField
        name="firstOn"
        label="From"
        type="date"
        required
        defaultValue={values.firstOn}
        help="Every second week, or every quarter, is counted from here."
      />
      <WhereFields values={values} />
      <TextArea
        name="rota"
        label="Who facilitates in turn"
        required={false}
        rows={3}
        defaultValue={values.rota}
        help="E-mail addresses, one in a line. Whoever is away is passed over."
      />
      <Checks
        name="teams"
        legend="Teams that are invited, with the teams below them"
        options={teamOptions(teams)}
        chosen={invited}
        help="With no teams and no people chosen, everybody is invited. Whoever is not may join all the same."
      />
      <TextArea
        name="people"
        label="And these people"
        required={false}
        rows={2}
        defaultValue={values.people}
        help="E-mail addresses, one in a line. Who facilitates, takes notes or presents is invited anyway."
      />
    </>
  )
}
