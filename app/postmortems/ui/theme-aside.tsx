import { Form, Link } from '@remix-run/react'
import { useRefusal } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'

interface Counted {
  slug: string
  name: string
  count: number
}

interface Props {
  theme: { slug: string; name: string; synonyms: string[] }
  subThemes: Counted[]
  services: Counted[]
  teams: Counted[]
  /** Merges that an editor may take back. */
  merges: { id: string; name: string; at: string }[]
}

const MOST = 12

/** Beside the list: sub-themes, services and teams concerned, other words for it, and what was merged into it. */
export function ThemeAside({ theme, subThemes, services, teams, merges }: Props) {
  const refusal = useRefusal()
  const within = (term: string) => `/library?theme=${theme.slug}&q=${encodeURIComponent(term)}`
  return (
    <aside className="theme-aside" aria-label="About this theme">
      <CountedList title="Sub-themes" items={subThemes} to={one => `/themes/${one.slug}`} />
      <CountedList
        title="Services concerned"
        items={services}
        to={one => `/library?theme=${theme.slug}&service=${one.slug}`}
      />
      <CountedList title="Teams concerned" items={teams} to={one => within(`team:${one.slug}`)} />
      {theme.synonyms.length ? (
        <section>
          <h2>Words that suggest it</h2>
          <p className="synonyms">
            <bdi>{theme.synonyms.join(', ')}</bdi>
          </p>
        </section>
      ) : null}
      {merges.length ? (
        <section className="no-print">
          <h2>Merged into it</h2>
          {refusal?.message ? (
            <p className="notice error" role="alert">
              {refusal.message}
            </p>
          ) : null}
          {merges.map(merge => (
            <Form method="post" key={merge.id}>
              <input type="hidden" name="merge" value={merge.id} />
              <bdi>{merge.name}</bdi>, <When at={merge.at} />
              <br />
              <button type="submit" className="linklike" aria-label={`Undo the merge of ${merge.name}`}>
                Undo the merge
              </button>
            </Form>
          ))}
        </section>
      ) : null}
    </aside>
  )
}

function CountedList({ title, items, to }: { title: string; items: Counted[]; to: (item: Counted) => string }) {
  if (items.length === 0) return null
  const more = items.length - MOST
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {items.slice(0, MOST).map(item => (
          <li key={item.slug}>
            <Link className="counted" to={to(item)}>
              <bdi>{item.name}</bdi>
            </Link>
            <span className="num">{item.count}</span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="muted small">and {more} more</p> : null}
    </section>
  )
}
