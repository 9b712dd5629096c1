import { Form, Link } from '@remix-run/react'
import { useRefusal } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'
import type { FamilyCandidate } from '../family-candidates.server.ts'
import './family.css'

/** What may have been seen before, and why it is thought so. An editor judges; everybody else reads the reasons. */
export function FamilyCandidates({ candidates, mayJudge }: { candidates: FamilyCandidate[]; mayJudge: boolean }) {
  const refusal = useRefusal()
  if (candidates.length === 0) return null
  return (
    <section className="no-print" aria-labelledby="perhaps">
      <h2 id="perhaps">Perhaps seen before</h2>
      {candidates.map(one => {
        const wrong = refusal?.values.other?.[0] === one.key ? refusal.errors[0]?.message : null
        return (
          <div className="candidate" key={one.key}>
            <Link to={`/library/${one.slug}`}>
              <bdi>{one.title}</bdi>{' '}
              <span className="muted">
                {one.key}
                {one.occurredAt ? (
                  <>
                    , <When at={one.occurredAt} />
                  </>
                ) : null}
              </span>
            </Link>
            <ul>
              {one.reasons.map(reason => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
            {mayJudge ? (
              <details open={wrong !== null && wrong !== undefined}>
                <summary>Is it the same failure?</summary>
                <Form method="post" preventScrollReset>
                  <input type="hidden" name="other" value={one.key} />
                  <label htmlFor={`name-${one.key}`}>What keeps coming back</label>
                  <input
                    id={`name-${one.key}`}
                    name="name"
                    type="text"
                    defaultValue={refusal?.values.name?.[0] ?? one.family?.name ?? ''}
                    aria-describedby={wrong ? `wrong-${one.key}` : undefined}
                    aria-invalid={wrong ? true : undefined}
                  />
                  {wrong ? (
                    <p className="wrong" id={`wrong-${one.key}`}>
                      {wrong}
                    </p>
                  ) : null}
                  <p className="actions">
                    <button
                      className="btn small"
                      name="intent"
                      value="same-failure"
                      aria-label={`Same failure as ${one.key}`}
                    >
                      Same failure
                    </button>
                    <button
                      className="btn small quiet"
                      name="intent"
                      value="another-failure"
                      aria-label={`Another failure than ${one.key}`}
                    >
                      Another
                    </button>
                  </p>
                </Form>
              </details>
            ) : null}
          </div>
        )
      })}
    </section>
  )
}
