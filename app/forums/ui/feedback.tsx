/** What those who attended are asked about a forum after it. */
import { Link } from '@remix-run/react'
import { When } from '#app/ui/time.tsx'
import type { FeedbackView } from '../view-feedback.server.ts'

export function Feedback({ feedback: { wave, whyNot } }: { feedback: FeedbackView }) {
  return (
    <section className="no-print" aria-labelledby="feedback-title">
      <h2 id="feedback-title">Asked afterwards</h2>
      {wave ? <Asked wave={wave} /> : <p>{whyNot}</p>}
    </section>
  )
}

function Asked({ wave }: { wave: NonNullable<FeedbackView['wave']> }) {
  if (wave.state === 'abandoned')
    return (
      <p>
        The two questions to those who attended were <Link to={`/surveys/${wave.id}`}>abandoned</Link>.
      </p>
    )
  const isOver = wave.state === 'closing' || wave.state === 'closed' || wave.state === 'published'
  return (
    <>
      <p>
        {isOver ? 'Those who attended were asked anonymously' : 'Those who attended are asked anonymously'} whether it
        was useful and whether they felt able to speak,{' '}
        {isOver || wave.state === 'answering' ? null : (
          <>
            from <When at={wave.answeringFrom} show="minute" />{' '}
          </>
        )}
        until <When at={wave.closesAt} show="minute" />.
      </p>
      <p>
        {wave.state === 'published' ? (
          <Link to={`/surveys/${wave.id}`}>What they answered</Link>
        ) : isOver ? (
          'The answers are being counted.'
        ) : (
          <>
            <Link to={`/surveys/${wave.id}`}>Your ballot, if you attended</Link>. Results are published when it closes.
          </>
        )}
      </p>
    </>
  )
}
