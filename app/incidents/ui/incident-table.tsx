import { Link } from '@remix-run/react'
import { durationInWords } from '#app/platform/durations.ts'
import { Sev } from '#app/ui/severity.tsx'
import { When } from '#app/ui/time.tsx'

interface Listed {
  key: string
  title: string
  severity: string | null
  startedAt: string | null
  milliseconds: number | null
  isOpen: boolean
  services: { slug: string; name: string }[]
  postmortem: { slug: string; status: string } | null
}

export function IncidentTable({ incidents, total }: { incidents: Listed[]; total: number }) {
  return (
    <div className="scroll">
      <table className="stacks incident-table">
        <caption>
          {total.toLocaleString('en-GB')} {total === 1 ? 'incident' : 'incidents'}, the latest first
        </caption>
        <thead>
          <tr>
            <th scope="col">Incident</th>
            <th scope="col">Severity</th>
            <th scope="col">Services</th>
            <th scope="col">Began</th>
            <th scope="col">Lasted</th>
            <th scope="col">Postmortem</th>
          </tr>
        </thead>
        <tbody>
          {incidents.map(incident => (
            <tr key={incident.key}>
              <td>
                <Link to={`/incidents/${encodeURIComponent(incident.key)}`}>
                  <bdi>{incident.title}</bdi>
                </Link>
                <br />
                <span className="key muted">{incident.key}</span>
              </td>
              <td data-label="Severity">
                {incident.severity ? <Sev code={incident.severity} /> : <span className="muted">not said</span>}
              </td>
              <td data-label="Services">
                {incident.services.length > 0 ? (
                  incident.services.map((service, index) => (
                    <span key={service.slug}>
                      {index > 0 ? ', ' : ''}
                      <bdi>{service.name}</bdi>
                    </span>
                  ))
                ) : (
                  <span className="muted">none named</span>
                )}
              </td>
              <td data-label="Began">
                {incident.startedAt ? <When at={incident.startedAt} /> : <span className="muted">unknown</span>}
              </td>
              <td data-label="Lasted">
                {incident.isOpen ? (
                  <span className="incident-open">open</span>
                ) : incident.milliseconds === null ? (
                  <span className="muted">unknown</span>
                ) : (
                  <span className="num">{durationInWords(incident.milliseconds)}</span>
                )}
              </td>
              <td data-label="Postmortem">
                {incident.postmortem ? (
                  <Link to={`/library/${incident.postmortem.slug}`}>
                    {incident.postmortem.status === 'published' ? 'read' : incident.postmortem.status}
                    <span className="visually-hidden"> the postmortem of {incident.key}</span>
                  </Link>
                ) : (
                  <span className="muted">none</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
