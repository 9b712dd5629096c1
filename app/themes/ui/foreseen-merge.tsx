import { Form, Link } from '@remix-run/react'

interface Foreseen {
  from: { slug: string; name: string }
  into: { slug: string; name: string }
  subThemes: { slug: string; name: string }[]
  synonyms: string[]
  moves: { count: number; one: string; many: string }[]
}

/** What a merge would do, and the button that does it. */
export function ForeseenMerge({ foreseen: { from, into, subThemes, synonyms, moves } }: { foreseen: Foreseen }) {
  return (
    <section className="field" aria-labelledby="would-move">
      <h2 id="would-move">What would move</h2>
      <ul>
        {moves.map(move => (
          <li key={move.one}>
            <span className="num">{move.count}</span> {move.count === 1 ? move.one : move.many} would carry {into.name}.
          </li>
        ))}
        {subThemes.length ? (
          <li>{`${list(subThemes.map(theme => theme.name))} would belong to ${into.name}.`}</li>
        ) : null}
        {synonyms.length ? (
          <li>{`${into.name} would be suggested for ${list(synonyms.map(word => `“${word}”`))} too.`}</li>
        ) : null}
        <li>
          Links to {from.name} would lead to {into.name}.
        </li>
      </ul>
      <p className="muted small">Drafts, archived and restricted postmortems move along; they are not counted here.</p>
      <Form method="post" action={`/themes/${from.slug}/merge`}>
        <input type="hidden" name="into" value={into.slug} />
        <p className="actions">
          <button type="submit" className="btn primary">{`Merge “${from.name}” into “${into.name}”`}</button>
          <Link className="btn quiet" to={`/themes/${from.slug}`}>
            Cancel
          </Link>
        </p>
      </Form>
    </section>
  )
}

function list(words: string[]): string {
  return new Intl.ListFormat('en-GB').format(words)
}
