import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { WholePerson } from '#app/identity/get-person.server.ts'
import { Day } from '#app/ui/time.tsx'
import './people.css'

/** What the viewer may know of a person. */
export function PersonFacts({ person, today }: { person: WholePerson; today: string }) {
  const { team, role, details } = person
  return (
    <dl className="facts-list">
      <Fact term="Team">
        {team ? (
          <Link to={`/people?team=${team.slug}`}>
            <bdi>{team.name}</bdi>
          </Link>
        ) : null}
      </Fact>
      <Fact term="Role">{role}</Fact>
      {details ? (
        <>
          <Fact term="E-mail">
            <bdi>{details.email}</bdi>
          </Fact>
          <Fact term="Manager">
            {person.manager ? (
              <Link to={`/people/${person.manager.id}`}>
                <bdi>{person.manager.name}</bdi>
              </Link>
            ) : null}
          </Fact>
          {person.reports?.length ? (
            <Fact term="Manages">
              {person.reports.map((one, at) => (
                <span key={one.id}>
                  {at > 0 ? ', ' : ''}
                  <Link to={`/people/${one.id}`}>
                    <bdi>{one.name}</bdi>
                  </Link>
                </span>
              ))}
            </Fact>
          ) : null}
          <Fact term="Engineer">{details.isEngineer ? 'yes' : 'no'}</Fact>
          <Fact term="First day">{details.startedOn ? <Day on={details.startedOn} /> : 'not known'}</Fact>
          {details.leftOn ? (
            <Fact term="Last day">
              <Day on={details.leftOn} />
              {details.leftOn <= today ? ' · has left' : null}
            </Fact>
          ) : null}
          {person.leaves?.length ? (
            <Fact term="Leave">
              {person.leaves.map(leave => (
                <span key={leave.startsOn}>
                  <Day on={leave.startsOn} /> to {leave.endsOn ? <Day on={leave.endsOn} /> : 'nobody knows when'}
                  <br />
                </span>
              ))}
            </Fact>
          ) : null}
          <Fact term="Time zone">{details.timeZone ?? 'the organisation’s'}</Fact>
        </>
      ) : null}
    </dl>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children ?? <span className="muted">none</span>}</dd>
    </>
  )
}
