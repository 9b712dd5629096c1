import { Link } from '@remix-run/react'
import type { TokenView } from '#app/identity/list-tokens.server.ts'
import { Day, When } from '#app/ui/time.tsx'

export function TokenTable({ tokens }: { tokens: TokenView[] }) {
  return (
    <table className="stacks">
      <thead>
        <tr>
          <th scope="col">For</th>
          <th scope="col">Role</th>
          <th scope="col">Made by</th>
          <th scope="col">Made</th>
          <th scope="col">Expires</th>
          <th scope="col">Last used</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {tokens.map(token => (
          <tr key={token.id}>
            <td>
              <bdi>{token.name}</bdi>
            </td>
            <td data-label="Role">{token.role}</td>
            <td data-label="Made by">
              <Link to={`/people/${token.owner.id}`}>
                <bdi>{token.owner.name}</bdi>
              </Link>
            </td>
            <td data-label="Made">
              <When at={token.createdAt} />
            </td>
            <td data-label="Expires">{token.expiresAt ? <When at={token.expiresAt} /> : 'never'}</td>
            <td data-label="Last used">{token.lastUsedOn ? <Day on={token.lastUsedOn} /> : 'not yet'}</td>
            <td data-label="State">
              {token.state}
              {token.state === 'in use' ? (
                <>
                  {' · '}
                  <Link to={`/admin/tokens/${token.id}/revoke`}>
                    Revoke …<span className="visually-hidden"> {token.name}</span>
                  </Link>
                </>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
