/** The bulletin of a closed wave, for everybody to check that they were counted, and that nobody else was. */
import type { Bulletin } from '../closing/bulletin.server.ts'
import { partOf } from '../closing/bulletin-page.ts'
import { ENGLISH } from '../respond/words-en.ts'
import { BareDocument, renderDocument } from './bare-document.tsx'

export function renderBulletinPage(bulletin: Bulletin, title: string, begins: string | null): string {
  const { wave, invited, collected, cast, charter } = bulletin
  return renderDocument(
    <BareDocument title={`Bulletin: ${title}`} language="en" words={ENGLISH} script={null} data={null}>
      <p className="eyebrow">Bulletin</p>
      <h1>
        <bdi>{title}</bdi>
      </h1>
      <p className="lead">Every response that was counted, by its receipt. Nobody’s answers are here, and no names.</p>
      <dl className="bulletin-facts">
        <div>
          <dt>Invited</dt>
          <dd>{invited}</dd>
        </div>
        <div>
          <dt>Collected a ballot</dt>
          <dd>{collected}</dd>
        </div>
        <div>
          <dt>Counted</dt>
          <dd>{cast}</dd>
        </div>
        <div>
          <dt>Key’s fingerprint</dt>
          <dd>
            <code className="long">{charter.fingerprint}</code>
          </dd>
        </div>
      </dl>
      <h2>Was I counted?</h2>
      <p>
        Your page showed a receipt when your answers were counted. Look for it here. Each counted response carries a
        ballot that this wave’s key signed, no ballot is there twice, and there are no more responses than collected
        ballots.
      </p>
      <Receipts bulletin={bulletin} begins={begins} />
      <h2>Check all of it yourself</h2>
      <p>
        The file holds the public key, the charter, and of each response its serial, prefix, signature and receipt. The
        program that checks it needs nothing but the file:
      </p>
      <pre>
        <code>npm run candor -- verify-bulletin bulletin.json</code>
      </pre>
      <p>
        <a className="btn" href={`/api/v1/waves/${wave}/bulletin`} download={`${wave}-bulletin.json`}>
          Download the bulletin
        </a>
      </p>
      <p>
        Compare the fingerprint with the one in your invitation. Your own page of the wave says whether a ballot was
        collected in your name: if it says so and you did not, tell everybody.{' '}
        <a href="/anonymity">How all this works</a>
      </p>
    </BareDocument>,
  )
}

function Receipts({ bulletin, begins }: { bulletin: Bulletin; begins: string | null }) {
  const { receipts, commentReceipts, beginnings } = partOf(bulletin, begins)
  return (
    <>
      {beginnings.length > 0 ? (
        <>
          <p id="receipts">Choose the first character of your receipt, so that you need not send the rest of it:</p>
          <ul className="beginnings">
            {beginnings.map(first => (
              <li key={first}>
                <a href={`?begins=${first}#receipts`} aria-current={first === begins ? 'page' : undefined}>
                  <code>{first}</code>
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {receipts === null ? null : (
        <>
          <h3>Receipts of answers</h3>
          <List receipts={receipts} />
          <h3>Receipts of comments</h3>
          <p className="muted small">Apart from the others: nobody can say which comment came with which answers.</p>
          <List receipts={commentReceipts} />
        </>
      )}
    </>
  )
}

function List({ receipts }: { receipts: string[] }) {
  if (receipts.length === 0) return <p>None.</p>
  return (
    <ul className="receipts">
      {receipts.map(receipt => (
        <li key={receipt}>
          <code className="long">{receipt}</code>
        </li>
      ))}
    </ul>
  )
}

/** For a wave that does not exist or is not closed. */
export function renderNoBulletin(): string {
  return renderDocument(
    <BareDocument title="No bulletin here" language="en" words={ENGLISH} script={null} data={null}>
      <h1>No bulletin here</h1>
      <p className="lead">A wave has its bulletin once it is closed.</p>
      <p>
        <a href="/anonymity">How anonymous surveys work here</a>
      </p>
    </BareDocument>,
  )
}
