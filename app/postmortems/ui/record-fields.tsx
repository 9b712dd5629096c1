import { SelectField, TextArea, TextField } from '#app/ui/form.tsx'
import { MOMENTS, SECTION_KINDS, SECTION_TITLES, SEVERITIES, STATUSES } from '../vocabulary.ts'

const MOMENT_WORDS = {
  startedAt: 'Started',
  detectedAt: 'Detected',
  acknowledgedAt: 'Acknowledged',
  mitigatedAt: 'Mitigated',
  resolvedAt: 'Resolved',
}
const YAML_HELP = 'A YAML list: each entry starts with a dash.'

/** The fields of a postmortem: facts, sections, then the lists as YAML. Shared by editing and by correcting an import. */
export function RecordFieldset({
  fields,
  themeNames,
}: {
  fields: Record<string, string>
  themeNames: { slug: string; name: string }[]
}) {
  return (
    <>
      <TextField
        name="title"
        label="Title"
        required
        defaultValue={fields.title}
        help="What broke and why, in one line."
      />
      <div className="row">
        <SelectField
          name="status"
          label="Status"
          defaultValue={fields.status}
          options={STATUSES.map(value => ({ value, label: value }))}
        />
        <SelectField
          name="severity"
          label="Severity"
          defaultValue={fields.severity}
          options={[{ value: '', label: 'unknown' }, ...SEVERITIES.map(value => ({ value, label: value }))]}
        />
        <TextField
          name="incidentKey"
          label="Incident"
          required={false}
          defaultValue={fields.incidentKey}
          help="Its key, such as INC-142."
        />
      </div>
      <fieldset>
        <legend>Moments</legend>
        <p className="help muted small">
          With a zone: 2026-08-14T13:45Z or 2026-08-14T15:45+02:00. Leave out what nobody knows.
        </p>
        <div className="row">
          {MOMENTS.map(moment => (
            <TextField key={moment} name={moment} label={MOMENT_WORDS[moment]} defaultValue={fields[moment]} />
          ))}
          <TextField name="publishedAt" label="Published" defaultValue={fields.publishedAt} />
        </div>
      </fieldset>
      <div className="row">
        <SelectField
          name="detectedBy"
          label="Noticed by"
          defaultValue={fields.detectedBy}
          options={['', 'monitoring', 'employee', 'customer'].map(value => ({ value, label: value || 'unknown' }))}
        />
        <SelectField
          name="customerImpact"
          label="Customers affected"
          defaultValue={fields.customerImpact}
          options={['', 'yes', 'no'].map(value => ({ value, label: value || 'unknown' }))}
        />
      </div>
      <div className="row">
        <TextArea name="services" label="Services" rows={3} defaultValue={fields.services} help="One a line." />
        <TextArea
          name="themes"
          label="Themes"
          rows={3}
          defaultValue={fields.themes}
          help={`One a line, by name or slug: ${themeNames
            .slice(0, 3)
            .map(theme => theme.name)
            .join(', ')} …`}
        />
        <TextArea
          name="authors"
          label="Authors"
          rows={3}
          defaultValue={fields.authors}
          help="E-mail addresses, one a line."
        />
      </div>
      <TextField name="sourceUrl" label="Source" type="url" required={false} defaultValue={fields.sourceUrl} />
      {SECTION_KINDS.map(kind => (
        <TextArea
          key={kind}
          name={kind}
          label={kind === 'body' ? 'The rest of the text' : SECTION_TITLES[kind]}
          rows={kind === 'body' ? 14 : 5}
          defaultValue={fields[kind]}
          help={kind === 'summary' ? 'Markdown, as in the other sections.' : undefined}
        />
      ))}
      <TextArea
        mono
        name="timeline"
        label="Timeline"
        rows={8}
        defaultValue={fields.timeline}
        help={`${YAML_HELP} at, marker, text.`}
      />
      <TextArea
        mono
        name="factors"
        label="Contributing factors"
        rows={8}
        defaultValue={fields.factors}
        help={`${YAML_HELP} text, themes, whys.`}
      />
      <TextArea
        mono
        name="actions"
        label="Action items"
        rows={8}
        defaultValue={fields.actions}
        help={`${YAML_HELP} title, kind, owner, due, state.`}
      />
    </>
  )
}
