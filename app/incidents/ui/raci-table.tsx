import { INVOLVEMENT_WORDS, INVOLVEMENTS } from '../involvements.ts'
import type { RoleDefinitions } from '../role-definitions.ts'
import { INCIDENT_ROLES } from '../vocabulary.ts'

/** The organisation's roles: what each is for, and who does what. */
export function RaciTable({ definitions }: { definitions: RoleDefinitions }) {
  return (
    <section aria-labelledby="who-does-what">
      <h2 id="who-does-what">Who does what</h2>
      <dl className="role-purposes">
        {definitions.roles.map(({ role, purpose, duties }) => (
          <div key={role}>
            <dt>{role}</dt>
            <dd>
              {purpose}
              <ul>
                {duties.map(duty => (
                  <li key={duty}>{duty}</li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
      <section className="scroll" tabIndex={0} aria-label="Who does what, as a table">
        <table className="raci">
          <caption>
            {INVOLVEMENTS.filter(letter => letter !== 'A/R' && letter !== '–')
              .map(letter => `${letter} ${INVOLVEMENT_WORDS[letter]}`)
              .join('; ')}
          </caption>
          <thead>
            <tr>
              <th scope="col">Activity</th>
              {INCIDENT_ROLES.map(role => (
                <th key={role} scope="col">
                  {role}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {definitions.activities.map(({ activity, who }) => (
              <tr key={activity}>
                <th scope="row">{activity}</th>
                {INCIDENT_ROLES.map(role => (
                  <td key={role}>
                    <abbr title={INVOLVEMENT_WORDS[who[role]]}>{who[role]}</abbr>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
