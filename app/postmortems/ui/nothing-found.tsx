import { Link } from '@remix-run/react'
import { Empty } from '#app/ui/empty.tsx'

interface Nearby {
  themes: { slug: string; name: string }[]
  guides: { slug: string; title: string }[]
}

/** What to do when no postmortem has the words: the themes and guides that come nearest. */
export function NothingFound({ nearby, withoutFilters }: { nearby: Nearby | null; withoutFilters: string | null }) {
  const themes = nearby?.themes ?? []
  const guides = nearby?.guides ?? []
  return (
    <Empty title="Nothing found">
      <p>
        No postmortem has these words{withoutFilters ? ' within what you selected' : ''}. Fewer or more general words
        often help: the name of a service, the part that broke, the error without its numbers.
      </p>
      {themes.length ? (
        <p className="tags">
          Themes that come near:{' '}
          {themes.map(theme => (
            <Link key={theme.slug} className="tag" to={`/themes/${theme.slug}`}>
              {theme.name}
            </Link>
          ))}
        </p>
      ) : null}
      {guides.length ? (
        <p>
          Guides that may help:{' '}
          {guides.map((guide, index) => (
            <span key={guide.slug}>
              {index > 0 ? ', ' : ''}
              <Link to={`/guides/${guide.slug}`}>{guide.title}</Link>
            </span>
          ))}
        </p>
      ) : null}
      <p>
        {withoutFilters ? (
          <Link to={withoutFilters}>Search without the filters</Link>
        ) : (
          <Link to="/themes">Look through the themes</Link>
        )}
      </p>
    </Empty>
  )
}
