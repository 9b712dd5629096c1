import { Link } from '@remix-run/react'

/** The address of a source to be pasted elsewhere, and the secret that Candor made, which no other page shows. */
export function ShownOnce({
  name,
  slug,
  secret,
  address,
}: {
  name: string
  slug: string
  secret: string | null
  address: string
}) {
  const isSecretInAddress = secret !== null && address.includes(secret)
  return (
    <div className="notice" role="status">
      <p>
        <Link to={`/admin/sources/${slug}`}>
          <bdi>{name}</bdi>
        </Link>{' '}
        is listened to at this address
        {isSecretInAddress ? ', which holds the secret. Copy it now: it is not shown again.' : '.'}
      </p>
      <code className="copy-out">{address}</code>
      {secret !== null && !isSecretInAddress ? (
        <>
          <p>Its secret. Copy it now: it is not shown again.</p>
          <code className="copy-out">{secret}</code>
        </>
      ) : null}
    </div>
  )
}
