/** A wave before its results, signed in: what is promised, who is invited, and one's ballot. */
import { Link } from '@remix-run/react'
import { When } from '#app/ui/time.tsx'
import type { OpenWaveView } from '../inviting/open-wave-view.server.ts'
import { BlindDrawing } from './blind-drawing.tsx'
import { CharterFacts } from './charter-facts.tsx'
import { CollectBallot, type CollectProps } from './collect-ballot.tsx'

export function OpenWave({ view, script }: { view: OpenWaveView; script: CollectProps['script'] }) {
  const { wave, own } = view
  const { charter } = wave
  const isOver = wave.state === 'closing' || wave.state === 'closed'
  return (
    <main id="content">
      <p className="eyebrow">Anonymous survey · {STATES[wave.state]}</p>
      <h1>{wave.title}</h1>
      {isOver ? (
        <p className="lead">It takes no more answers. Results come once they are counted and published.</p>
      ) : (
        <p className="lead">
          {wave.state === 'answering' ? 'Answering ends ' : 'Answering begins '}
          <When at={wave.state === 'answering' ? wave.closesAt : wave.answeringFrom} show="minute" />.
          {view.collected ? ` Ballots collected: ${view.collected}.` : ''}
        </p>
      )}
      <section aria-labelledby="ballot-title">
        <h2 id="ballot-title">Your ballot</h2>
        {own === 'not-invited' ? (
          <p>You are not among those invited to this wave. Its results will be here once they are published.</p>
        ) : wave.state === 'planned' ? (
          <p>
            Ballots can be collected from <When at={wave.collectingFrom} show="minute" /> on.
          </p>
        ) : isOver ? (
          <p>
            {own === 'collected' ? 'A ballot was collected in your name. ' : 'No ballot was collected in your name. '}
            <a href={`/respond/${wave.id}`}>Was I counted?</a>
          </p>
        ) : (
          <>
            <p>
              {own === 'collected' ? 'A ballot was collected in your name.' : 'No ballot was collected in your name.'} A
              lost ballot cannot be issued again: nobody could tell which one to cross out.
            </p>
            <CollectBallot
              wave={wave.id}
              fingerprint={charter.fingerprint}
              isCollected={own === 'collected'}
              answeringFrom={wave.state === 'answering' ? null : wave.answeringFrom}
              script={script}
            />
          </>
        )}
      </section>
      <section aria-labelledby="doubts-title">
        <h2 id="doubts-title">Three doubts</h2>
        <BlindDrawing />
        <Doubts k={charter.k} />
        <p>
          <a href="/anonymity">How it works, what it does not protect, and how you would notice if we cheated</a>
        </p>
      </section>
      <CharterFacts charter={charter} questionnaire={view.questionnaire} />
      <p className="note">
        Hold the key’s fingerprint against the one in your invitation and in a colleague’s: it must be the same for
        everybody.
      </p>
      {view.invited ? <Invited wave={wave.id} invited={view.invited} total={charter.invited} /> : null}
    </main>
  )
}

const STATES: Record<OpenWaveView['wave']['state'], string> = {
  planned: 'not yet open for ballots',
  collecting: 'ballots can be collected',
  answering: 'open',
  closing: 'being counted',
  closed: 'closed',
}

function Doubts({ k }: { k: number }) {
  return (
    <div className="doubts">
      <div>
        <h3>Can they see who I am?</h3>
        <p>
          No. The server signs your ballot in its envelope and never sees it. What comes back days later carries a valid
          signature and nothing about you: no cookie, no account, no time. Results show nothing of fewer than {k}{' '}
          people.
        </p>
      </div>
      <div>
        <h3>Can I answer from elsewhere?</h3>
        <p>
          Yes, and you may prefer to. Take the ballot with you as a file, a code or a QR code, and answer from any
          device without signing in.
        </p>
      </div>
      <div>
        <h3>Was I counted?</h3>
        <p>
          You get a receipt. After closing everybody can read the list of receipts and check each ballot’s signature;
          yours must be there. It says that you answered, not what.
        </p>
      </div>
    </div>
  )
}

function Invited({
  wave,
  invited,
  total,
}: {
  wave: string
  invited: NonNullable<OpenWaveView['invited']>
  total: number
}) {
  return (
    <section aria-labelledby="invited-title">
      <h2 id="invited-title">Who is invited</h2>
      <details>
        <summary>
          {total} people; the same list for everybody
          {invited.length < total ? `, the first ${invited.length} here` : ''}
        </summary>
        <ul className="invited-list">
          {invited.map(person => (
            <li key={person.id}>
              <bdi>{person.name}</bdi>
            </li>
          ))}
        </ul>
      </details>
      <p>
        <Link to={`/surveys/${wave}/invited.txt`} reloadDocument>
          All addresses as a text file
        </Link>
        : <code>sha256sum</code> of it gives the number in the charter.
      </p>
    </section>
  )
}
