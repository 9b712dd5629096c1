import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { originOf } from '#app/http/origin.server.ts'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import { openAddress, publicAddresses, revokeAddress } from '#app/reports/public-addresses.server.ts'
import { CHAPTER_QUESTIONS, type ChapterId } from '#app/reports/report.ts'
import { CheckField, Fields, useRefusal } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'
import '#app/reports/ui/reports.css'

export const loader = pageLoader('publish reports', async ({ db, actor, params }) => ({
  key: params.period ?? '',
  ...(await publicAddresses({ db, actor }, params.period ?? '')),
}))

export const action = pageAction('publish reports', async ({ db, clock, actor, params, url, origin, form }) => {
  const key = params.period ?? ''
  const address = textOf(form, 'revoke')
  if (address) {
    if (!form.has('confirmed')) throw invalidField('confirmed', 'Tick the box: a revoked address cannot be given back.')
    await revokeAddress({ db, clock, actor }, key, address)
    return data({ ok: true, made: null })
  }
  const secret = await openAddress({ db, clock, actor }, key, form.getAll('chapter').map(String))
  return data({ ok: true, made: `${originOf(origin, url)}/open/reports/${secret}` })
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Public addresses: ${data?.title ?? ''} · Candor` },
]

const QUIET = { errors: [], values: {} }

export default function PublicAddresses() {
  const { key, title, chapters, addresses } = useLoaderData<typeof loader>()
  const refusal = useRefusal()
  const answer = useActionData() as { ok: boolean; made?: string | null } | undefined
  const revoking = refusal?.values.revoke?.[0]
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to={`/reports/${key}`}>{title}</Link>
      </p>
      <h1>Public addresses</h1>
      <p className="lead">
        Whoever has such an address reads the chapters you choose, without an account, in the newest edition. Nobody can
        guess it, and it works until you revoke it.
      </p>
      {answer?.ok && answer.made ? (
        <div className="notice said" role="status">
          <p>The address. Copy it now: it is not shown again.</p>
          <code className="public-address">{answer.made}</code>
        </div>
      ) : null}
      {answer?.ok && answer.made === null ? (
        <div className="notice said" role="status">
          <p>Revoked: it shows nothing any more.</p>
        </div>
      ) : null}
      {addresses.length ? (
        <>
          <h2>Made so far</h2>
          {addresses.map(address => (
            <section key={address.id} className="written" aria-label={`Address made ${address.createdAt}`}>
              <p>
                Made <When at={address.createdAt} show="minute" />:{' '}
                {address.chapters.map(id => CHAPTER_QUESTIONS[id]).join(' ')}
              </p>
              {address.revokedAt ? (
                <p className="muted">
                  Revoked <When at={address.revokedAt} show="minute" />.
                </p>
              ) : (
                <Form method="post">
                  <Fields state={revoking === address.id ? refusal : QUIET} within={`${address.id}-`}>
                    <CheckField name="confirmed" label="Whoever has it finds nothing there from now on." />
                    <button className="btn danger" name="revoke" value={address.id}>
                      Revoke it
                    </button>
                  </Fields>
                </Form>
              )}
            </section>
          ))}
        </>
      ) : null}
      <h2>Make an address</h2>
      <Form method="post">
        <Fields key={answer?.made} state={refusal && !revoking ? refusal : QUIET}>
          <fieldset>
            <legend>Chapters</legend>
            {chapters.map(id => (
              <CheckField
                key={id}
                name="chapter"
                value={id}
                label={CHAPTER_QUESTIONS[id]}
                defaultChecked={isUsual(id)}
              />
            ))}
          </fieldset>
          <p className="muted small">
            Headline figures and sentences come along only where they rest on these chapters. A story of your own speaks
            of the whole: it is shown only with all of them.
          </p>
          <button className="btn primary">Make the address</button>
        </Fields>
      </Form>
    </main>
  )
}

/** What organisations publish of themselves: how incidents go, not what people answered or what it cost. */
function isUsual(chapter: ChapterId): boolean {
  return ['noticing', 'recovering', 'writing', 'following-through'].includes(chapter)
}
