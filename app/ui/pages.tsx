import { Link, useLocation } from '@remix-run/react'

/** Links to the neighbouring pages of a list, keeping the rest of the address. */
export function Pages({
  page,
  pageSize,
  total,
  label = 'Pages',
}: {
  page: number
  pageSize: number
  total: number
  label?: string
}) {
  const { pathname, search } = useLocation()
  const last = Math.max(1, Math.ceil(total / pageSize))
  if (last <= 1) return null
  const to = (n: number) => {
    const query = new URLSearchParams(search)
    if (n === 1) query.delete('page')
    else query.set('page', String(n))
    const rest = query.toString()
    return rest ? `${pathname}?${rest}` : pathname
  }
  return (
    <nav className="pages" aria-label={label}>
      {page > 1 ? (
        <Link rel="prev" to={to(page - 1)}>
          Previous
        </Link>
      ) : null}
      <span className="muted">
        Page <span className="num">{page}</span> of <span className="num">{last}</span>
      </span>
      {page < last ? (
        <Link rel="next" to={to(page + 1)}>
          Next
        </Link>
      ) : null}
    </nav>
  )
}

/** The page asked for in the address: a whole number from 1, whatever was typed. */
export function pageOf(url: URL): number {
  const page = Number(url.searchParams.get('page'))
  return Number.isInteger(page) && page > 0 && page < 1_000_000 ? page : 1
}
