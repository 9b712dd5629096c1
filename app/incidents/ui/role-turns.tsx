import { Form, Link } from '@remix-run/react'
import { Empty } from '#app/ui/empty.tsx'
import { When } from '#app/ui/time.tsx'

interface Turn {
  id: string
  role: string
  name: string
  from: string | null
  until: string | null
  takenOver: boolean
  flags: string[]
  isMine: boolean
  isOffered: boolean
}

/** Who held which role from when until when. */
export function RoleTurns({ turns, address, isOpen }: { turns: Turn[]; address: string; isOpen: boolean }) {
  if (turns.length === 0)
    return (
      <Empty title="Nobody holds a role yet">
        <p>
          An incident goes better when everybody knows who decides, who repairs, who writes down and who tells the
          others. Take the first role below.
        </p>
      </Empty>
    )
  return (
    <div className="scroll">
      <table className="stacks">
        <caption>Turns, in the order in which they began</caption>
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">Who</th>
            <th scope="col">From</th>
            <th scope="col">Until</th>
            <th scope="col">
              <span className="visually-hidden">Pass on or end</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {turns.map(turn => (
            <tr key={turn.id}>
              <td>{turn.role}</td>
              <td>
                <bdi>{turn.name}</bdi>
                {turn.takenOver ? <span className="muted small"> took over</span> : null}
                {turn.flags.map(flag => (
                  <span key={flag} className="muted small turn-flag">
                    {flag}
                  </span>
                ))}
              </td>
              <td data-label="From">
                {turn.from ? <When at={turn.from} show="minute" /> : <span className="muted">not known</span>}
              </td>
              <td data-label="Until">
                {turn.until ? (
                  <When at={turn.until} show="minute" />
                ) : turn.flags.length > 0 ? (
                  <span className="muted">not known</span>
                ) : (
                  <span className="muted">{isOpen ? 'now' : 'the end of the incident'}</span>
                )}
              </td>
              <td>
                {turn.until !== null ? null : turn.isOffered ? (
                  <span className="muted">offered</span>
                ) : (
                  <span className="turn-choices">
                    {turn.isMine ? (
                      <Link to={`${address}/handoff?turn=${turn.id}`}>
                        Hand over<span className="visually-hidden">: {turn.role}</span>
                      </Link>
                    ) : null}
                    <Form method="post">
                      <input type="hidden" name="turn" value={turn.id} />
                      <button className="linklike" name="intent" value="end">
                        End
                        <span className="visually-hidden">
                          : {turn.name} as {turn.role}
                        </span>
                      </button>
                    </Form>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
