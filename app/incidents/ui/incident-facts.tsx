import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { When } from '#app/ui/time.tsx'

interface Page {
  severity: string | null
  severityMeaning: { name: string; definition: string; response: string[] } | null
  severityHistory: { at: string; from: string | null; to: string | null; reason: string; actorName: string }[]
  customerImpact: boolean | null
  impactNote: string
  detectedBy: string | null
  family: { slug: string; name: string } | null
  externalId: string | null
  sourceUrl: string | null
  flags: string[]
  services: { slug: string; name: string }[]
}

const DETECTED: Record<string, string> = {
  monitoring: 'Monitoring',
  employee: 'An employee',
  customer: 'A customer',
}

export function IncidentFactList({ page }: { page: Page }) {
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      <dl className="incident-facts">
        <Fact label="Severity">
          {page.severityMeaning ? (
            <>
              <b>
                {page.severity} {page.severityMeaning.name}.
              </b>{' '}
              {page.severityMeaning.definition}
            </>
          ) : (
            <Unknown>nobody has said yet</Unknown>
          )}
        </Fact>
        {page.severityHistory.length > 0 ? (
          <Fact label="Severity before">
            <ul>
              {page.severityHistory.map(change => (
                <li key={change.at}>
                  {change.from ?? 'not said'} until <When at={change.at} show="minute" />
                  {change.reason ? `: ${change.reason}` : ''}
                </li>
              ))}
            </ul>
          </Fact>
        ) : null}
        <Fact label="Customer impact">
          {page.customerImpact === null ? <Unknown>not known</Unknown> : page.customerImpact ? 'Yes.' : 'No.'}{' '}
          {page.impactNote}
        </Fact>
        <Fact label="Detected by">{page.detectedBy ? DETECTED[page.detectedBy] : <Unknown>not known</Unknown>}</Fact>
        <Fact label="Services">
          {page.services.length > 0 ? page.services.map(one => one.name).join(', ') : <Unknown>none named</Unknown>}
        </Fact>
        {page.family ? (
          <Fact label="Family">
            <Link to={`/library?q=${encodeURIComponent(page.family.name)}`}>{page.family.name}</Link>
          </Fact>
        ) : null}
        {page.sourceUrl ? (
          <Fact label="Link">
            <a href={page.sourceUrl} rel="noreferrer">
              {page.sourceUrl}
            </a>
          </Fact>
        ) : null}
        {page.externalId ? <Fact label="Id elsewhere">{page.externalId}</Fact> : null}
        {page.flags.length > 0 ? (
          <Fact label="Not taken as written">
            <ul>
              {page.flags.map(flag => (
                <li key={flag}>{flag}</li>
              ))}
            </ul>
          </Fact>
        ) : null}
      </dl>
      {page.severityMeaning ? (
        <details>
          <summary>What {page.severity} triggers</summary>
          <ul>
            {page.severityMeaning.response.map(step => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Unknown({ children }: { children: ReactNode }) {
  return <span className="muted">{children}</span>
}
