import { Form, Link } from '@remix-run/react'
import { When } from '#app/ui/time.tsx'
import type { ForumMention, SeenMention } from '../incident-slots.ts'
import { ForumMentions } from './forum-mentions.tsx'
import { SeenBefore } from './seen-before.tsx'

interface Page {
  isOpen: boolean
  isSilent: boolean
  roles: { role: string; holders: { id: string; name: string; from: string | null; takenOver: boolean }[] }[]
  myTurns: { id: string; role: string }[]
  handoffs: { id: string; role: string; giver: string; receiver: string; offeredAt: string; answer: string | null }[]
  postmortems: { slug: string; title: string; status: string }[]
  forums: ForumMention[]
  /** Where one asks that a forum discuss it; null where one cannot. */
  suggestForForum: string | null
  seenBefore: SeenMention[]
  beginPostmortem: string | null
}

/** The column beside the record: who holds which role, handoffs, the postmortem. */
export function BesideIncident({ page, address }: { page: Page; address: string }) {
  return (
    <aside className="incident-beside" aria-label="Roles, handoffs and postmortem">
      <section aria-labelledby="roles">
        <h2 id="roles">Roles</h2>
        <dl className="role-list">
          {page.roles.map(({ role, holders }) => (
            <div key={role}>
              <dt>{role}</dt>
              <dd>
                {holders.map(holder => (
                  <span key={holder.id} className="holder">
                    <bdi>{holder.name}</bdi>
                    {holder.takenOver ? <span className="muted small"> took over</span> : null}
                  </span>
                ))}
                {page.isOpen && (holders.length === 0 || role === 'responder') ? (
                  <Form method="post" className="no-print">
                    <input type="hidden" name="role" value={role} />
                    <button className="linklike" name="intent" value="take">
                      Take it<span className="visually-hidden">: {role}</span>
                    </button>
                  </Form>
                ) : holders.length === 0 ? (
                  <span className="muted">nobody on record</span>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
        <p className="no-print">
          <Link to={`${address}/roles`}>All turns, and who does what</Link>
        </p>
        {page.myTurns.length > 0 ? (
          <p className="no-print">
            <Link className="btn small" to={`${address}/handoff`}>
              Hand over
            </Link>
          </p>
        ) : null}
      </section>
      {page.handoffs.length > 0 ? (
        <section>
          <h2>Handoffs</h2>
          {page.handoffs.map(handoff => (
            <Link key={handoff.id} to={`${address}/handoffs/${handoff.id}`} className="beside-link">
              <bdi>{handoff.giver}</bdi> → <bdi>{handoff.receiver}</bdi>
              <span className="muted small">
                {handoff.role}, {handoff.answer ?? 'waits for an answer'}, <When at={handoff.offeredAt} />
              </span>
            </Link>
          ))}
        </section>
      ) : null}
      <section>
        <h2>Postmortem</h2>
        {page.postmortems.map(postmortem => (
          <Link key={postmortem.slug} to={`/library/${postmortem.slug}`} className="beside-link">
            {postmortem.title}
            {postmortem.status === 'published' ? null : <span className="muted small">{postmortem.status}</span>}
          </Link>
        ))}
        {page.postmortems.length > 0 ? null : page.beginPostmortem ? (
          <Form method="post" action={page.beginPostmortem}>
            <button className="btn small">Begin the postmortem</button>
          </Form>
        ) : (
          <p className="muted">None yet.</p>
        )}
      </section>
      {page.isOpen && !page.isSilent ? null : <SeenBefore seen={page.seenBefore} title="Seen before" />}
      <ForumMentions mentions={page.forums} suggestAt={page.suggestForForum} className="beside-link" />
    </aside>
  )
}
