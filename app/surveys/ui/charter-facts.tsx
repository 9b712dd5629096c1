/** A charter as everybody invited reads it, before opening and after. */
import { When } from '#app/ui/time.tsx'
import { type Charter, type GroupNode, STEWARD_DAYS } from '../wave.ts'
import './plan.css'

/** What is made at opening only is empty before. */
export function CharterFacts({
  charter,
  questionnaire,
}: {
  charter: Charter
  /** The questionnaire's title. */
  questionnaire: string
}) {
  const { grouping, stewards } = charter
  return (
    <section className="charter" aria-labelledby="charter-title">
      <h2 id="charter-title">Charter</h2>
      <dl>
        <dt>Survey</dt>
        <dd>
          {charter.title}: {questionnaire}, version {charter.questionnaire.version}
          <Made label="its text’s SHA-256" value={charter.questionnaire.sha256} />
        </dd>
        <dt>Collecting</dt>
        <dd>
          from <When at={charter.collectingFrom} show="minute" />
        </dd>
        <dt>Answering</dt>
        <dd>
          from <When at={charter.answeringFrom} show="minute" /> until <When at={charter.closesAt} show="minute" />. The
          closing can be put off once; nothing else can be changed.
        </dd>
        <dt>Invited</dt>
        <dd>
          <span className="num">{charter.invited}</span> people
          {charter.hidesInvited ? ': everybody who came. Nobody is shown who that is, or can find out by trying.' : ''}
          <Made label="the list’s SHA-256" value={charter.invitedSha256} />
        </dd>
        <dt>Group</dt>
        <dd>{grouping ? <Groups groups={grouping.groups} parent={null} /> : 'None is asked for.'}</dd>
        <dt>Shown</dt>
        <dd>
          No figure of fewer than <span className="num">{charter.k}</span> answers, to nobody, and none from which one
          could be worked out.
          {charter.isStrict
            ? ' Where a group’s people have changed by fewer than that, its later result is hidden too.'
            : ''}
        </dd>
        <dt>Comments</dt>
        <dd>
          {stewards.length
            ? `${stewards.join(', ')} may take names out of them within ${STEWARD_DAYS} days after closing, and do nothing else to them. Then they are published together, in random order.`
            : 'No stewards are named, so none are asked for.'}
        </dd>
        <dt>Shared machine</dt>
        <dd>{charter.isKiosk ? 'It may be answered on one.' : 'It is answered on devices of one’s own.'}</dd>
        <dt>Key</dt>
        <dd>{charter.fingerprint ? <code>{charter.fingerprint}</code> : 'Its fingerprint is made at opening.'}</dd>
      </dl>
    </section>
  )
}

function Made({ label, value }: { label: string; value: string }) {
  if (!value) return null
  return (
    <>
      <br />
      <span className="muted small">
        {label} <code>{value}</code>
      </span>
    </>
  )
}

function Groups({ groups, parent }: { groups: readonly GroupNode[]; parent: string | null }) {
  const here = groups.filter(group => group.parent === parent)
  if (here.length === 0) return null
  return (
    <ul className="group-tree">
      {here.map(group => (
        <li key={group.id}>
          <bdi>{group.label}</bdi>
          <Groups groups={groups} parent={group.id} />
        </li>
      ))}
    </ul>
  )
}
