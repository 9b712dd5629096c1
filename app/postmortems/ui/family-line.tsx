import { Form, Link } from '@remix-run/react'
import { useRefusal } from '#app/ui/form.tsx'
import { Day, When } from '#app/ui/time.tsx'
import { isUnfinished } from '../action-change.ts'

interface Promised {
  id: string
  title: string
  state: string
  dueOn: string | null
  closedOn: string | null
  reason: string | null
}

interface Member {
  key: string
  title: string
  startedAt: string | null
  time: number
  postmortem: string | null
  repeat: { key: string; days: number } | null
  review: { at: string; by: string; note: string } | null
  actions: Promised[]
}

/** The incidents of a family, the earliest first: what was promised each time, and what became of it. */
export function FamilyLine({ members, today, mayJudge }: { members: Member[]; today: string; mayJudge: boolean }) {
  return (
    <ol className="family-line">
      {members.map(member => (
        <li key={member.key} id={member.key}>
          <div className="at">
            <b>{ordinal(member.time)} time</b>
            {member.startedAt ? <When at={member.startedAt} /> : 'date not known'}
            <Link className="key" to={`/incidents/${member.key}`}>
              {member.key}
            </Link>
          </div>
          <div>
            <h2>
              <Link to={member.postmortem ? `/library/${member.postmortem}` : `/incidents/${member.key}`}>
                <bdi>{member.title}</bdi>
              </Link>
            </h2>
            {member.repeat ? (
              <p>
                <span className="back">
                  Back after {member.repeat.days === 1 ? 'a day' : `${member.repeat.days} days`}
                </span>{' '}
                since {member.repeat.key} was resolved.
              </p>
            ) : null}
            {member.postmortem ? null : <p className="muted small">Nothing is published about it.</p>}
            {member.actions.length ? (
              <>
                <h3>Promised</h3>
                <ul className="promises">
                  {member.actions.map(action => (
                    <li key={action.id}>
                      <Link to={`/actions/${action.id}`}>
                        <bdi>{action.title}</bdi>
                      </Link>
                      <Became action={action} today={today} />
                    </li>
                  ))}
                </ul>
              </>
            ) : (
              <p className="muted small">Nothing was promised that you may see.</p>
            )}
            {member.repeat ? <Review member={member} mayJudge={mayJudge} /> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}

function Became({ action, today }: { action: Promised; today: string }) {
  const isLate = isUnfinished(action.state) && action.dueOn !== null && action.dueOn < today
  return (
    <span className={isLate ? 'became is-late' : 'became'}>
      {action.state}
      {action.closedOn ? (
        <>
          {' '}
          <Day on={action.closedOn} />
        </>
      ) : action.dueOn ? (
        <>
          , {isLate ? 'was due' : 'due'} <Day on={action.dueOn} />
        </>
      ) : null}
      {action.reason ? <>: {action.reason}</> : null}
    </span>
  )
}

/** A repeat asks for somebody senior: what had been promised stands right above. */
function Review({ member, mayJudge }: { member: Member; mayJudge: boolean }) {
  const refusal = useRefusal()
  const own = refusal?.values.key?.[0] === member.key ? refusal : null
  if (member.review)
    return (
      <p className="note">
        Senior review, <When at={member.review.at} />, <bdi>{member.review.by}</bdi>: <bdi>{member.review.note}</bdi>
      </p>
    )
  if (!mayJudge) return <p className="muted small">Waits for a senior review.</p>
  const wrong = own?.errors[0]?.message
  return (
    <details className="judge" open={own !== null}>
      <summary>Waits for a senior review</summary>
      <Form method="post" preventScrollReset>
        <input type="hidden" name="intent" value="review" />
        <input type="hidden" name="key" value={member.key} />
        <div className={wrong ? 'field is-wrong' : 'field'}>
          <label htmlFor={`note-${member.key}`}>What came of it</label>
          <textarea
            id={`note-${member.key}`}
            name="note"
            rows={3}
            defaultValue={own?.values.note?.[0] ?? ''}
            aria-describedby={`help-${member.key}`}
            aria-invalid={wrong ? true : undefined}
          />
          <div id={`help-${member.key}`}>
            {wrong ? <p className="wrong">{wrong}</p> : null}
            <p className="help">What was promised last time did not hold: what changes now, and who gives it room?</p>
          </div>
        </div>
        <p className="actions">
          <button className="btn small">Note the review</button>
        </p>
      </Form>
    </details>
  )
}

function ordinal(n: number): string {
  return ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'][n - 1] ?? `${n}th`
}
