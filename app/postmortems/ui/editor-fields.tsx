/** The fields of the sections that are no lists. */
import { Link } from '@remix-run/react'
import { When } from '#app/ui/time.tsx'
import type { EditView } from '../edit-view.server.ts'
import type { EditorSection } from '../editor-sections.ts'
import type { SectionValue } from '../merge-section.ts'
import { DETECTORS, MOMENTS, type Moment, SEVERITIES } from '../vocabulary.ts'
import { ThemeChoices } from './editor-rows.tsx'
import { WritingArea } from './writing-area.tsx'

const MOMENT_WORDS: Record<Moment, string> = {
  startedAt: 'Started',
  detectedAt: 'Detected',
  acknowledgedAt: 'Acknowledged',
  mitigatedAt: 'Mitigated',
  resolvedAt: 'Resolved',
}

/** What a section asks for, under its heading. */
export const PROMPTS: Partial<Record<EditorSection, string>> = {
  summary: 'What happened, in a few sentences that somebody from another team understands.',
  impact: 'Who was affected, how many of them, and for how long?',
  timeline: 'With the zone where you know it. Mark when it was detected, diagnosed and repaired, and what turned it.',
  factors:
    'The conditions that had to come together, each one on its own. Ask why of each; an answer may have several reasons.',
  wentWell: 'What helped, and should stay as it is.',
  lucky: 'What could as well have gone otherwise: luck is a factor that nobody built.',
  lessons: 'What we know now and did not know before.',
  prevention: 'What changes in the system, so that this cannot come back unnoticed.',
  detection: 'Where else could the same happen, and what would show it before a customer does?',
  actions: 'What will be true, who sees to it, until when. Ask people before you name them as owners.',
  themes: 'What it has in common with other incidents. Editors keep the list.',
}

interface Props {
  value: SectionValue
  page: EditView
  errorOf(path: string): string | undefined
}

export function TextSection({
  section,
  title,
  value,
  page,
  errorOf,
}: Props & { section: EditorSection; title: string }) {
  return (
    <WritingArea
      name="field.text"
      label={title}
      isLabelHidden
      help={section === 'summary' ? 'Markdown, as in the other sections.' : undefined}
      rows={section === 'body' ? 10 : 5}
      defaultValue={value.fields.text ?? ''}
      names={page.names}
      error={errorOf('text')}
    />
  )
}

export function ThemesSection({ value, page, errorOf }: Props) {
  const error = errorOf('themes')
  return (
    <>
      <ThemeChoices name="field.themes" themes={page.themes} chosen={(value.fields.themes ?? '').split('\n')} />
      {error ? <p className="wrong">{error}</p> : null}
    </>
  )
}

export function FactsSection({ value, page, errorOf }: Props) {
  const text = (name: string, label: string, help?: string, rows?: number) => {
    const error = errorOf(name)
    const common = {
      id: `facts.${name}`,
      name: `field.${name}`,
      defaultValue: value.fields[name] ?? '',
      'aria-invalid': error ? true : undefined,
      'aria-describedby': `facts.${name}.help`,
    }
    return (
      <div className={error ? 'field is-wrong' : 'field'} key={name}>
        <label htmlFor={common.id}>{label}</label>
        {rows ? <textarea {...common} rows={rows} /> : <input {...common} type="text" />}
        <div id={`facts.${name}.help`}>
          {error ? <p className="wrong">{error}</p> : null}
          {help ? <p className="help">{help}</p> : null}
        </div>
      </div>
    )
  }
  const choice = (name: string, label: string, options: readonly string[]) => (
    <div className="field" key={name}>
      <label htmlFor={`facts.${name}`}>{label}</label>
      <select id={`facts.${name}`} name={`field.${name}`} defaultValue={value.fields[name] ?? ''}>
        <option value="">unknown</option>
        {options.map(option => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </div>
  )
  return (
    <>
      {text('title', 'Title', 'What broke and why, in one line.')}
      <div className="row">{text('authors', 'Authors', 'E-mail addresses, one a line.', 2)}</div>
      {page.isOfIncident ? (
        <IncidentFacts page={page} />
      ) : (
        <>
          <div className="row">
            {choice('severity', 'Severity', SEVERITIES)}
            {choice('detectedBy', 'Noticed by', DETECTORS)}
            {choice('customerImpact', 'Customers affected', ['yes', 'no'])}
            {text('incidentKey', 'Incident', 'Its key, such as INC-142.')}
          </div>
          <fieldset>
            <legend>Moments</legend>
            <p className="help muted small">
              With a zone: 2026-08-14 13:45 UTC or 2026-08-14 15:45 +02:00. Leave out what nobody knows.
            </p>
            <div className="row">{MOMENTS.map(moment => text(moment, MOMENT_WORDS[moment]))}</div>
          </fieldset>
          {text('services', 'Services', 'By name, one a line.', 3)}
        </>
      )}
      {text('sourceUrl', 'Source', 'Where it was first written down, if that was elsewhere.')}
    </>
  )
}

function IncidentFacts({ page }: { page: EditView }) {
  const { facts, incidentKey } = page
  return (
    <div className="of-incident">
      <dl>
        <div>
          <dt>Severity</dt>
          <dd>{facts.severity ?? 'unknown'}</dd>
        </div>
        {MOMENTS.map(moment => {
          const at = facts[moment]
          return (
            <div key={moment}>
              <dt>{MOMENT_WORDS[moment]}</dt>
              <dd>{at ? <When at={at} show="minute" /> : 'unknown'}</dd>
            </div>
          )
        })}
        <div>
          <dt>Noticed by</dt>
          <dd>{facts.detectedBy ?? 'unknown'}</dd>
        </div>
      </dl>
      <p className="help muted small">
        These facts are the incident’s. They are changed at{' '}
        <Link to={`/incidents/${encodeURIComponent(incidentKey ?? '')}`}>{incidentKey}</Link>.
      </p>
    </div>
  )
}
