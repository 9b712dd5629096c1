import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { DEFINITION_GROUPS, type DefinitionGroup } from '#app/reports/definition.ts'
import { DEFINITIONS } from '#app/reports/definitions.ts'
import { DefinitionEntry } from '#app/reports/ui/definition-entry.tsx'
import '#app/reports/ui/definitions.css'

export const loader = pageLoader('read', async () => ({ definitions: DEFINITIONS }))

export const meta: MetaFunction = () => [{ title: 'Definitions · Candor' }]

export default function Definitions() {
  const { definitions } = useLoaderData<typeof loader>()
  const groups = Object.entries(DEFINITION_GROUPS) as [DefinitionGroup, string][]
  return (
    <main id="content" className="definitions">
      <h1>Definitions</h1>
      <p className="lead">
        What every figure counts, between which two moments, what is left unknown, and how sure it is. The same words
        and the same code are behind pages, reports, mails and the API.
      </p>
      <nav aria-label="Groups of figures">
        <ul>
          {groups.map(([group, title]) => (
            <li key={group}>
              <a href={`#${group}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <section aria-labelledby="ground-rules">
        <h2 id="ground-rules">What holds for all of them</h2>
        <ul className="rules">
          <li>A period is of whole days in the organisation’s time zone, and is looked at from one moment.</li>
          <li>
            A median or a 90 % quantile is a value that really happened. A mean time to recovery is not offered:
            durations are so uneven that it moves by chance alone (Davidovič, Incident Metrics in SRE, 2021; the VOID
            reports).
          </li>
          <li>What is not known is counted beside the figure and never guessed.</li>
          <li>
            A share of what happened carries an interval of 95 %. A share of people carries none: all were counted.
          </li>
          <li>Of fewer than six no trend is read. Up or down is said only where the interval leaves no change out.</li>
        </ul>
      </section>
      {groups.map(([group, title]) => (
        <section key={group} aria-labelledby={group}>
          <h2 id={group}>{title}</h2>
          {definitions
            .filter(definition => definition.group === group)
            .map(definition => (
              <DefinitionEntry key={definition.id} definition={definition} />
            ))}
        </section>
      ))}
    </main>
  )
}
