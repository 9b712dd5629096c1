/** One definition as it is read. */
import { Day } from '#app/ui/time.tsx'
import type { Definition } from '../definition.ts'
import { definitionAnchor } from '../definitions.ts'

const BETTER = { higher: 'More is better', lower: 'Less is better' }

export function DefinitionEntry({ definition }: { definition: Definition }) {
  const { id, name, unit, formula, endpoints, unknown, interval, target, better, version, since, history } = definition
  const facts: [string, string][] = [
    ...(endpoints ? [['From, to', `${endpoints.from} → ${endpoints.to}`] as [string, string]] : []),
    ['Unit', unit],
    ...(unknown ? [['Unknown', unknown] as [string, string]] : []),
    ...(interval ? [['How sure', `${interval.kind}. ${interval.source}.`] as [string, string]] : []),
    ...(target ? [['Target', target] as [string, string]] : []),
    ...(better ? [['Direction', BETTER[better]] as [string, string]] : []),
  ]
  return (
    <article id={definitionAnchor(id)} aria-label={name}>
      <h3>
        {name} <code>{id}</code>
      </h3>
      <p>{formula}</p>
      <dl>
        {facts.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        <div>
          <dt>Version</dt>
          <dd>
            {version}, since <Day on={since} />
            {history.length > 1 ? (
              <ol>
                {history.map(one => (
                  <li key={one.number}>
                    <Day on={one.since} />: {one.what}
                  </li>
                ))}
              </ol>
            ) : null}
          </dd>
        </div>
      </dl>
    </article>
  )
}
