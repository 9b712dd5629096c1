/** The one form of a plan: what is asked, whom, when, and what is promised. */
import { Form, Link } from '@remix-run/react'
import { Checks, teamOptions } from '#app/ui/checks.tsx'
import { CheckField, Fields, SelectField, TextArea, TextField } from '#app/ui/form.tsx'
import type { PlanChoices, PlanFields } from '../planning/plan-form.server.ts'
import { COLLECTING_DAYS, LEAST_GROUP, LEAST_INVITED, STEWARD_DAYS } from '../wave.ts'
import './plan.css'

const REPEAT_OPTIONS = [
  { value: '', label: 'Never' },
  { value: '3', label: 'Every three months' },
  { value: '6', label: 'Every six months' },
  { value: '12', label: 'Every year' },
]

export function PlanForm({
  choices,
  fields,
  verb,
  back,
}: {
  choices: PlanChoices
  fields: PlanFields
  verb: string
  back: string
}) {
  return (
    <Form method="post" className="plan">
      <Fields>
        <h2>What is asked</h2>
        <TextField
          name="title"
          label="Name of this wave"
          defaultValue={fields.title}
          required
          autoComplete="off"
          help="As respondents will read it, such as: Incident culture, winter 2026."
        />
        <SelectField
          name="questionnaire"
          label="Questionnaire"
          options={choices.questionnaires}
          defaultValue={fields.questionnaire}
          help={
            <>
              Waves of the same questionnaire are compared with each other.{' '}
              <Link to="/surveys/questionnaires">Yours</Link> can be written and changed.
            </>
          }
        />
        <Checks name="languages" legend="Languages" options={choices.languages} chosen={fields.languages} />
        <h2>Who is invited</h2>
        <Checks
          name="teams"
          legend="Teams, with the teams below them"
          options={teamOptions(choices.teams)}
          chosen={fields.teams}
          help={`At least ${LEAST_INVITED} people in all. Those who join later wait for the next wave.`}
        />
        <TextArea
          name="people"
          label="And these people"
          rows={3}
          required={false}
          defaultValue={fields.people}
          help="E-mail addresses, one a line."
        />
        <CheckField
          name="asksGroup"
          label={`Ask for the team, with ‘rather not say’. Teams with fewer than ${LEAST_GROUP} invited are asked and shown together.`}
          defaultChecked={fields.asksGroup}
        />
        <h2>When</h2>
        <p className="muted small">On the clocks of {choices.timeZone}, which is the organisation’s zone.</p>
        <div className="pair">
          <TextField
            name="collectingFrom"
            label="Ballots can be collected from"
            type="datetime-local"
            required
            defaultValue={fields.collectingFrom}
          />
          <TextField
            name="answeringFrom"
            label="Answering begins"
            type="datetime-local"
            required
            defaultValue={fields.answeringFrom}
            help={`At least ${COLLECTING_DAYS} days later, so that collecting and answering say nothing about each other.`}
          />
          <TextField name="closesAt" label="Closes" type="datetime-local" required defaultValue={fields.closesAt} />
        </div>
        <SelectField
          name="repeat"
          label="Plan the next wave by itself"
          options={REPEAT_OPTIONS}
          defaultValue={fields.repeat}
          help="After this one has closed, with the same people and questions. You can change it until it opens."
        />
        <h2>What is promised</h2>
        <TextField
          name="k"
          label="Fewest answers that a shown figure stands for (k)"
          type="number"
          min={String(choices.leastK)}
          required
          defaultValue={String(fields.k)}
        />
        <TextArea
          name="stewards"
          label="Stewards"
          rows={2}
          required={false}
          defaultValue={fields.stewards}
          help={`E-mail addresses of those who may take names out of comments, within ${STEWARD_DAYS} days after closing. They are named to everybody invited. Needed where the questionnaire has comments.`}
        />
        <CheckField
          name="isStrict"
          label="Strict between waves: where a team’s people have changed by only a few, hide its result too, not just its change."
          defaultChecked={fields.isStrict}
        />
        <CheckField
          name="isKiosk"
          label="May be answered on a shared machine, where nothing of one person stays for the next."
          defaultChecked={fields.isKiosk}
        />
        <p className="actions">
          <button className="btn primary">{verb}</button>
          <Link className="btn quiet" to={back}>
            Cancel
          </Link>
        </p>
      </Fields>
    </Form>
  )
}
