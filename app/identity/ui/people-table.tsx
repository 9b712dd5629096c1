import { Link } from '@remix-run/react'
import type { PersonView } from '#app/identity/person-view.ts'
import { Day } from '#app/ui/time.tsx'

/** People with name, team and role; for administrators with what else they keep. */
export function PeopleTable({
  people,
  total,
  withDetails,
}: {
  people: PersonView[]
  total: number
  withDetails: boolean
}) {
  return (
    <table className="stacks people">
      <caption>{total === 1 ? 'One person' : `${total.toLocaleString('en-GB')} people`}</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Team</th>
          <th scope="col">Role</th>
          {withDetails ? (
            <>
              <th scope="col">E-mail</th>
              <th scope="col">Engineer</th>
              <th scope="col">Account</th>
            </>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {people.map(person => (
          <tr key={person.id}>
            <td>
              <Link to={`/people/${person.id}`}>
                <bdi>{person.name}</bdi>
              </Link>
              {person.details?.leftOn ? (
                <span className="muted small">
                  {' '}
                  last day <Day on={person.details.leftOn} />
                </span>
              ) : null}
            </td>
            <td data-label="Team" className={person.team ? undefined : 'is-none'}>
              {person.team ? <bdi>{person.team.name}</bdi> : <span className="muted">none</span>}
            </td>
            <td data-label="Role" className={person.role ? undefined : 'is-none'}>
              {person.role ?? <span className="muted">none</span>}
            </td>
            {person.details && withDetails ? (
              <>
                <td data-label="E-mail">
                  <bdi>{person.details.email}</bdi>
                </td>
                <td data-label="Engineer" className="minor">
                  {person.details.isEngineer ? 'yes' : 'no'}
                </td>
                <td data-label="Account" className="minor">
                  {person.details.account}
                </td>
              </>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
