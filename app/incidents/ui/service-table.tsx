import { Link } from '@remix-run/react'
import { Empty } from '#app/ui/empty.tsx'

export function ServiceTable({
  services,
  total,
  shown,
  query,
}: {
  services: { slug: string; name: string; team: string | null }[]
  total: number
  shown: number
  query: string
}) {
  if (total === 0)
    return (
      <Empty title="No services yet">
        <p>
          A service is what an incident happens to, such as checkout or search. With services, people find everything
          that was ever learnt about the one they are about to change. Add the first below, or import incidents: the
          services they name come with them.
        </p>
      </Empty>
    )
  if (shown === 0)
    return (
      <p>
        No service and no team is called <q>{query}</q>. <Link to="/admin/services">Show all {total}</Link>
      </p>
    )
  return (
    <div className="scroll">
      <table>
        <caption>
          {shown === total ? `${total} ${total === 1 ? 'service' : 'services'}` : `${shown} of ${total} services`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">Team</th>
            <th scope="col">
              <span className="visually-hidden">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {services.map(service => (
            <tr key={service.slug}>
              <td>
                <Link to={`/library?service=${service.slug}`}>
                  <bdi>{service.name}</bdi>
                </Link>
              </td>
              <td>{service.team ? <bdi>{service.team}</bdi> : <span className="muted">no team yet</span>}</td>
              <td className="n">
                <Link to={`/admin/services?edit=${service.slug}`} aria-label={`Change ${service.name}`}>
                  Change
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
