import { Form, Link } from '@remix-run/react'

interface Named {
  slug: string
  name: string
}

interface Query {
  from: string
  to: string
  severity: string
  state: string
  service: string
  team: string
  theme: string
}

/** What the list is narrowed by; the address holds it. */
export function IncidentFilters({
  query,
  services,
  teams,
  themes,
  isNarrowed,
}: {
  query: Query
  services: Named[]
  teams: Named[]
  themes: Named[]
  isNarrowed: boolean
}) {
  return (
    // The fields show what the address says, also after going back.
    <Form key={JSON.stringify(query)} className="incident-filters no-print" role="search" aria-label="Narrow the list">
      <DayField name="from" label="Began from" value={query.from} />
      <DayField name="to" label="to" value={query.to} />
      <Choice
        name="severity"
        label="Severity"
        value={query.severity}
        options={['SEV-1', 'SEV-2', 'SEV-3', 'SEV-4'].map(code => ({ slug: code, name: code }))}
      />
      <Choice
        name="state"
        label="State"
        value={query.state}
        options={[
          { slug: 'open', name: 'Open' },
          { slug: 'resolved', name: 'Resolved' },
        ]}
      />
      <Choice name="service" label="Service" value={query.service} options={services} />
      <Choice name="team" label="Team" value={query.team} options={teams} />
      <Choice name="theme" label="Theme" value={query.theme} options={themes} />
      <div className="field choices">
        <button type="submit" className="btn">
          Show
        </button>
        {isNarrowed ? <Link to="/incidents">Show all</Link> : null}
      </div>
    </Form>
  )
}

function DayField({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input id={name} type="date" name={name} defaultValue={value} />
    </div>
  )
}

function Choice({ name, label, value, options }: { name: string; label: string; value: string; options: Named[] }) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <select id={name} name={name} defaultValue={value}>
        <option value="">Any</option>
        {options.map(option => (
          <option key={option.slug} value={option.slug}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
}
