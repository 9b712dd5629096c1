/** How the promise of anonymous surveys is kept, for people who would rather check than believe. */

import type { BuiltScript } from '../casting/respond-script.server.ts'
import { ENGLISH } from '../respond/words-en.ts'
import { BareDocument, renderDocument } from './bare-document.tsx'
import { BlindDrawing } from './blind-drawing.tsx'

export function renderAnonymityPage(script: BuiltScript): string {
  return renderDocument(
    <BareDocument title="How anonymous surveys work" language="en" words={ENGLISH} script={null} data={null}>
      <p className="eyebrow">For people who would rather check than believe</p>
      <h1>How anonymous surveys work here</h1>
      <p className="lead">{ENGLISH.promise}</p>
      <How />
      <NotProtected />
      <Cheating />
      <Checking script={script} />
      <Code />
    </BareDocument>,
  )
}

function How() {
  return (
    <section>
      <h2>How it works</h2>
      <BlindDrawing />
      <ol>
        <li>
          <b>Open.</b> The charter (questions, dates, threshold k, the one grouping, who reads what, the invited list’s
          SHA-256, the key’s fingerprint) is frozen. Each wave has keys of its own, in a file outside the database and
          outside every backup.
        </li>
        <li>
          <b>Collect, signed in.</b> Your browser makes a random 32-byte serial, prepares and blinds it, and the server
          signs what it cannot read: blind RSA signatures, RFC 9474, RSABSSA-SHA384-PSS-Randomized, 2048 bits. It notes
          that a ballot was signed for you, and refuses a second one. Your browser takes the blinding off and verifies
          the result.
        </li>
        <li>
          <b>Answer, without an account.</b> The page is served before any code reads a session. Your draft stays in the
          browser.
        </li>
        <li>
          <b>Cast.</b> Ballot and answers are sent without cookies. The server verifies its own signature, then seals
          answers, comments and receipts to the wave’s second key (HPKE, RFC 9180), padded to a few sizes. The database
          sees a blob.
        </li>
        <li>
          <b>Close.</b> In one transaction the blobs are opened, counted into one release and deleted; the bulletin and
          the comments are written in random order. Then the keys are destroyed and the database’s free pages and logs
          scrubbed. Single answers no longer exist.
        </li>
        <li>
          <b>Check.</b> The bulletin lists every ballot that was counted, with its signature and receipt. Yours must be
          there, no serial twice, and cast ≤ collected ≤ invited.
        </li>
      </ol>
      <p>
        Your receipt is SHA-256 over a label, your serial, a random nonce and your answers. Once the server has
        confirmed it, your browser forgets nonce and answers, so the receipt proves that you were counted and not what
        you said.
      </p>
      <p>
        Results show nothing of fewer than k people, and nothing from which adding or subtracting would: the groups to
        show are chosen so that every difference between shown figures is itself at least k people.
      </p>
    </section>
  )
}

function NotProtected() {
  return (
    <section>
      <h2>What it does not protect</h2>
      <ul>
        <li>
          A server that was changed to send you another script. You can notice: see below. Or use a terminal with code
          you have read.
        </li>
        <li>
          An administrator who copies the wave’s key file from the running server <em>during</em> the wave: with it,
          what is sealed in the database can be opened, and whoever also watches the network or who is online can
          compare times. So collect and answer at different times, best from different devices.
        </li>
        <li>k − 1 people of a group who tell each other their answers and subtract them.</li>
        <li>
          The way you write. Comments are shown apart from ticks and group, shuffled, and stewards may take names out; a
          style may still be recognised.
        </li>
        <li>
          Between two waves: if a group changed by at least k people, or only slightly and the wave is not ‘strict’, and
          nobody else changed their mind, a newcomer’s answers can be guessed.
        </li>
        <li>Somebody who looks over your shoulder, or at your unlocked browser: draft and ballot are kept there.</li>
        <li>
          Somebody who makes you use a changed client that keeps your nonce: that would prove what you answered. And
          whoever gets your ballot can answer instead of you, once. Send it to nobody.
        </li>
        <li>
          That you took part: the server knows who collected, and everybody learns how many. Who collected becomes a
          mere number 30 days after closing.
        </li>
        <li>
          Your network address reaches the server with every request, also when casting. Candor keeps no log of these
          addresses; somebody who watches the network sees that two computers spoke, and when.
        </li>
        <li>A proxy in front of Candor that writes access logs of its own. Ask whoever runs it.</li>
      </ul>
    </section>
  )
}

function Cheating() {
  return (
    <section>
      <h2>How we could cheat, and how you would notice</h2>
      <table>
        <thead>
          <tr>
            <th>We could</th>
            <th>You would notice</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>give you a key of your own, to know your ballot by its signature</td>
            <td>
              Its fingerprint differs from your colleagues’ invitations and charter. The key is also fetched again
              without cookies before casting; another one stops the page.
            </td>
          </tr>
          <tr>
            <td>sign ballots for people who never collected</td>
            <td>
              Their own survey page says ‘a ballot was collected in your name’; and the bulletin may not have more cast
              than collected, nor more collected than invited.
            </td>
          </tr>
          <tr>
            <td>drop or change your response</td>
            <td>
              Your receipt is missing from the bulletin: it hashes your answers, and your browser computes it itself.
            </td>
          </tr>
          <tr>
            <td>stuff the bulletin without signing</td>
            <td>An entry’s signature does not verify. Anyone can check all of them.</td>
          </tr>
          <tr>
            <td>send a script that betrays you</td>
            <td>
              Its SHA-384 differs from the one below, and from the one that <code>npm run build</code> gives you from
              the source.
            </td>
          </tr>
          <tr>
            <td>invite only a few, to make a small crowd</td>
            <td>
              The invited list is shown to everybody invited, and its SHA-256 stands in the charter. Fewer than 10
              cannot open. Of a forum’s own questions the list is shown to nobody, since it would tell who came; but the
              number is on the forum’s record, and you saw the room.
            </td>
          </tr>
          <tr>
            <td>restore an old backup to learn from the difference</td>
            <td>Keys are in no backup; a restore abandons every open wave and says so on its page.</td>
          </tr>
        </tbody>
      </table>
    </section>
  )
}

function Checking({ script }: { script: BuiltScript }) {
  return (
    <section>
      <h2>How to check</h2>
      <h3>The script</h3>
      <p>
        Everything that blinds, keeps and casts is one file of {Math.round(script.bytes / 1024)} kB, loaded with
        Subresource Integrity: <a href={script.src}>{script.src}</a>. Its SHA-384:
      </p>
      <p>
        <code className="long" id="script-hash">
          {script.integrity}
        </code>
      </p>
      <pre>{`curl -s ${'$'}SITE${script.src} | openssl dgst -sha384 -binary | base64\n# from the source of this version, bit for bit the same:\nnpm run build && cat build/respond-script.json`}</pre>
      <h3>The network tab</h3>
      <ol>
        <li>
          Open <code>/respond/…</code> with the network tab open, ‘preserve log’ on. The page sends your browser’s
          cookies as for any address of this site, and no code looks at them: no answer carries <code>Set-Cookie</code>.
          In a private window there are none to send.
        </li>
        <li>Answer something. Nothing is sent.</li>
        <li>
          Cast. Two requests: <code>GET /api/v1/waves/…</code> for the key, <code>POST …/responses</code>. Neither has a{' '}
          <code>Cookie</code>, an <code>Authorization</code> or a <code>Referer</code>. The body is JSON that you can
          read: serial, prefix, signature, nonce, answers, group, comments. No time, no name.
        </li>
        <li>
          When collecting, <code>POST …/ballots</code> carries only <code>blindedMessage</code>. Compare it with the
          serial that you cast later: nothing in common.
        </li>
      </ol>
      <h3>The bulletin</h3>
      <pre>{`curl -s ${'$'}SITE/api/v1/waves/<wave>/bulletin > bulletin.json\nnpm run candor -- verify-bulletin bulletin.json --receipt receipt.txt`}</pre>
      <h3>Without a browser</h3>
      <pre>{`npm run candor -- ballot collect <wave> --server ${'$'}SITE --out ballot.txt\nnpm run candor -- ballot answer <wave> --server ${'$'}SITE --out answers.json\nnpm run candor -- ballot cast <wave> --server ${'$'}SITE --ballot ballot.txt --answers answers.json --out receipt.txt\nnpm run candor -- ballot check <wave> --server ${'$'}SITE --receipt receipt.txt`}</pre>
    </section>
  )
}

const FILES: [file: string, what: string][] = [
  ['app/surveys/respond/ballot.ts', 'makes, blinds, unblinds and verifies a ballot, in browser and terminal'],
  ['app/surveys/respond/cast.ts', 'what is sent, and the receipts that are recomputed rather than believed'],
  ['app/surveys/respond/kept.ts', 'what your browser keeps, and when it forgets'],
  ['app/surveys/casting/receipts.ts', 'the hashes'],
  ['app/surveys/casting/respond-handler.server.ts', 'serves the page, before any session'],
  ['app/surveys/inviting/collect-ballot.server.ts', 'the one place where the server knows who asks'],
  ['app/surveys/casting/cast-response.server.ts', 'takes a response; imports nothing of accounts, which a test guards'],
  ['app/surveys/casting/seal.server.ts', 'seals responses on arrival'],
  ['app/surveys/closing/close-wave.server.ts', 'counts, destroys, scrubs'],
  ['app/surveys/disclosure/published-groups.ts', 'which groups may be shown'],
  ['test/architecture.test.ts', 'the wall between casting and accounts'],
]

function Code() {
  return (
    <section>
      <h2>How to read the code</h2>
      <dl className="files">
        {FILES.map(([file, what]) => (
          <div key={file}>
            <dt>
              <code className="long">{file}</code>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
