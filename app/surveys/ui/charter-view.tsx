/** A wave's charter in words: what is promised, frozen at opening. */
import type { ReactNode } from 'react'
import { When } from '#app/ui/time.tsx'
import type { Charter } from '../wave.ts'

export function CharterView({ charter }: { charter: Charter }) {
  return (
    <dl className="charter">
      <Row name="Ballots can be collected">
        from <When at={charter.collectingFrom} show="minute" />
      </Row>
      <Row name="Answering">
        <When at={charter.answeringFrom} show="minute" /> to <When at={charter.closesAt} show="minute" />. The closing
        can be put off once; nothing else can be changed, for anyone.
      </Row>
      <Row name="Who is invited">
        {charter.invited} people. The list is fixed: leavers still count, joiners wait for the next wave. SHA-256 of it:{' '}
        <code className="long">{charter.invitedSha256}</code>
      </Row>
      <Row name="Nothing is shown of fewer than">
        {charter.k} people: no figure, no group, no comment, and nothing that adding or subtracting figures would tell.
      </Row>
      <Row name="What is asked about you">
        {charter.grouping
          ? `Your ${charter.grouping.label.toLowerCase()}, or ‘rather not say’. Nothing else, and nobody checks it.`
          : 'Nothing.'}
      </Row>
      <Row name="Who reads what">
        Administrators see the results after closing, all members once they are published. Single answers are read by
        nobody: they no longer exist after closing. Comments are read before publication by{' '}
        {charter.stewards.length > 0 ? charter.stewards.join(', ') : 'nobody'}
        {charter.stewards.length > 0 ? ', who may take names out of them and nothing else.' : '.'}
      </Row>
      {charter.isStrict ? (
        <Row name="Between waves">
          A group’s later figures stay hidden where its members changed by fewer than {charter.k}.
        </Row>
      ) : null}
      <Row name="Shared machines">
        {charter.isKiosk ? 'This survey may be answered on one.' : 'Not for this survey.'}
      </Row>
      <Row name="Questions">
        {charter.questionnaire.id}, version {charter.questionnaire.version}, in {charter.languages.join(', ')}. SHA-256:{' '}
        <code className="long">{charter.questionnaire.sha256}</code>
      </Row>
      <Row name="Key of this survey">
        RSA 2048, {charter.variant}
        {charter.origin ? `, for ${charter.origin}` : ''}. Fingerprint (SHA-256):{' '}
        <code className="long">{charter.fingerprint}</code>. Hold it against the one in your invitation.
      </Row>
    </dl>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
