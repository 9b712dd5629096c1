import { Form, Link } from '@remix-run/react'
import { Fields, SelectField, TextArea, TextField, useField, useRefusal } from '#app/ui/form.tsx'
import type { IncidentFields } from '../incident-form.server.ts'
import { MOMENT_WORDS, MOMENTS, type Moment } from '../moments.ts'

interface Severity {
  code: string
  name: string
  definition: string
  response: string[]
  update_every_minutes: number
}

const MOMENT_HELP: Record<Moment, string> = {
  startedAt: 'When it began to have an effect, as far as is known.',
  detectedAt: 'When somebody or something first noticed.',
  acknowledgedAt: 'When somebody began to work on it.',
  mitigatedAt: 'When customers no longer felt it.',
  resolvedAt: 'When nothing was left to do at once.',
}

/** Records an incident, or changes the one whose fields are given. */
export function IncidentForm({
  fields,
  services,
  severities,
  timeZone,
  isNew,
  back,
}: {
  fields: IncidentFields
  services: { slug: string; name: string }[]
  severities: Severity[]
  timeZone: string
  isNew: boolean
  back: string
}) {
  return (
    <Form method="post" className="incident-form">
      <Fields>
        <TextField
          name="title"
          label="Title"
          required
          defaultValue={fields.title}
          help="What does not work, in one line: ‘Checkout times out for customers in Spain’."
        />
        <TextArea
          name="summary"
          label="Summary"
          required={false}
          rows={4}
          defaultValue={fields.summary}
          help="What is known, in a few sentences. Markdown."
        />
        <SeverityChoice chosen={fields.severity} severities={severities} />
        {isNew ? null : (
          <TextField
            name="severityReason"
            label="Why another severity"
            required={false}
            help="Asked for when it changes, and kept with the change."
          />
        )}
        <fieldset>
          <legend>Moments</legend>
          <p className="help">In your time zone, {timeZone}. Leave out what nobody knows: it can be added later.</p>
          <div className="incident-moments">
            {MOMENTS.map(moment => (
              <TextField
                key={moment}
                name={moment}
                type="datetime-local"
                label={MOMENT_WORDS[moment]}
                defaultValue={fields[moment]}
                help={MOMENT_HELP[moment]}
              />
            ))}
          </div>
          {isNew ? null : <OverField isOver={fields.isOver} />}
        </fieldset>
        <ServiceChoice chosen={fields.services} services={services} />
        <div className="row">
          <SelectField
            name="detectedBy"
            label="Detected by"
            required={false}
            defaultValue={fields.detectedBy}
            options={[
              { value: '', label: 'Not known' },
              { value: 'monitoring', label: 'Monitoring' },
              { value: 'employee', label: 'An employee' },
              { value: 'customer', label: 'A customer' },
            ]}
          />
          <SelectField
            name="customerImpact"
            label="Did customers notice?"
            required={false}
            defaultValue={fields.customerImpact}
            options={[
              { value: '', label: 'Not known' },
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
            ]}
          />
        </div>
        <TextArea
          name="impactNote"
          label="Customer impact"
          required={false}
          rows={3}
          defaultValue={fields.impactNote}
          help="Who was affected, how many, and what they could not do."
        />
        <TextField
          name="sourceUrl"
          type="url"
          label="Link"
          required={false}
          defaultValue={fields.sourceUrl}
          help="The channel, ticket or status page where it is followed."
        />
        <p className="actions">
          <button type="submit" className="btn primary">
            {isNew ? 'Record the incident' : 'Save'}
          </button>
          <Link className="btn quiet" to={back}>
            Cancel
          </Link>
        </p>
      </Fields>
    </Form>
  )
}

function SeverityChoice({ chosen, severities }: { chosen: string; severities: Severity[] }) {
  const field = useField('severity', chosen)
  return (
    <fieldset id={field.id} className={field.error ? 'field-wide is-wrong' : 'field-wide'}>
      <legend>Severity</legend>
      <p className="help">By business impact, not by how hard it is to repair. In doubt, the more serious one.</p>
      {field.error ? <p className="wrong">{field.error}</p> : null}
      <div className="severity-choice">
        {severities.map(severity => (
          <div key={severity.code} className="severity-option">
            <div className="check">
              <input
                type="radio"
                id={`severity-${severity.code}`}
                name="severity"
                value={severity.code}
                defaultChecked={field.value === severity.code}
                aria-describedby={`severity-${severity.code}-means`}
              />
              <label htmlFor={`severity-${severity.code}`}>
                <b>{severity.code}</b> {severity.name}
              </label>
            </div>
            <div id={`severity-${severity.code}-means`}>
              <p>{severity.definition}</p>
              <p className="triggers">It triggers:</p>
              <ul>
                {severity.response.map(step => (
                  <li key={step}>{step}</li>
                ))}
                <li>An update every {minutesInWords(severity.update_every_minutes)}.</li>
              </ul>
            </div>
          </div>
        ))}
      </div>
      <div className="check">
        <input type="radio" id="severity-none" name="severity" value="" defaultChecked={field.value === ''} />
        <label htmlFor="severity-none">Not said yet</label>
      </div>
    </fieldset>
  )
}

function OverField({ isOver }: { isOver: boolean }) {
  const field = useField('isOver')
  const refusal = useRefusal()
  return (
    <div id={field.id}>
      <div className="check">
        <input
          type="checkbox"
          id="isOver"
          name="isOver"
          value="yes"
          defaultChecked={refusal ? field.value === 'yes' : isOver}
          aria-describedby={field.error ? field.helpId : undefined}
        />
        <label htmlFor="isOver">It is over, and nobody knows since when</label>
      </div>
      {field.error ? (
        <p className="wrong" id={field.helpId}>
          {field.error}
        </p>
      ) : null}
    </div>
  )
}

function ServiceChoice({ chosen, services }: { chosen: string[]; services: { slug: string; name: string }[] }) {
  const field = useField('services')
  const refusal = useRefusal()
  const ticked = new Set(refusal ? field.values : chosen)
  return (
    <fieldset id={field.id} className="field-wide">
      <legend>
        Services <span className="muted">(optional)</span>
      </legend>
      {field.error ? <p className="wrong">{field.error}</p> : null}
      {services.length === 0 ? (
        <p className="help">There are none yet: an administrator can add them.</p>
      ) : (
        <div className="service-choice">
          {services.map(service => (
            <div key={service.slug} className="check">
              <input
                type="checkbox"
                id={`service-${service.slug}`}
                name="services"
                value={service.slug}
                defaultChecked={ticked.has(service.slug)}
              />
              <label htmlFor={`service-${service.slug}`}>
                <bdi>{service.name}</bdi>
              </label>
            </div>
          ))}
        </div>
      )}
    </fieldset>
  )
}

/** 15 minutes, 4 hours, day. */
export function minutesInWords(minutes: number): string {
  if (minutes % 1_440 === 0) return minutes === 1_440 ? 'day' : `${minutes / 1_440} days`
  if (minutes % 60 === 0) return minutes === 60 ? 'hour' : `${minutes / 60} hours`
  return `${minutes} minutes`
}
