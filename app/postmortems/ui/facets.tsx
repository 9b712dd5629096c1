import { Link } from '@remix-run/react'

interface FacetValue {
  value: string
  label: string
  count: number
  active: boolean
  to: string
}

const SHOWN = 6

/** One facet: the most frequent values with counts, the rest behind one click. */
export function FacetList({ title, values }: { title: string; values: FacetValue[] }) {
  const shown = values.filter((value, index) => index < SHOWN || value.active)
  const rest = values.filter(value => !shown.includes(value))
  return (
    <details className="facet" open>
      <summary>
        <h2>{title}</h2>
      </summary>
      {shown.map(value => (
        <FacetLink key={value.value} {...value} />
      ))}
      {rest.length ? (
        <details>
          <summary className="small muted">{rest.length} more</summary>
          {rest.map(value => (
            <FacetLink key={value.value} {...value} />
          ))}
        </details>
      ) : null}
    </details>
  )
}

function FacetLink({ label, count, active, to }: FacetValue) {
  return (
    <Link to={to} aria-current={active ? 'true' : undefined} prefetch="none">
      <span>{label}</span>
      <span className="num">{count}</span>
    </Link>
  )
}
