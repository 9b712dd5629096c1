import { Form } from '@remix-run/react'
import { Fields, TextField } from '#app/ui/form.tsx'

/** What the receiver answers, and how the giver takes it back. */
export function AnswerForm({
  isForMe,
  isFromMe,
  giver,
  role,
}: {
  isForMe: boolean
  isFromMe: boolean
  giver: string
  role: string
}) {
  if (isFromMe)
    return (
      <Form method="post" className="no-print">
        <p>The role is yours until the handoff is accepted.</p>
        <button className="btn" name="answer" value="withdrawn">
          Withdraw it
        </button>
      </Form>
    )
  if (!isForMe) return null
  return (
    <section aria-labelledby="your-answer" className="no-print">
      <h2 id="your-answer">Your answer</h2>
      <p>
        Accepting makes you {role} at this moment, and ends the turn of <bdi>{giver}</bdi>.
      </p>
      <Form method="post">
        <button className="btn primary" name="answer" value="accepted">
          Accept
        </button>
      </Form>
      <Form method="post" className="decline">
        <Fields>
          <TextField name="reason" label="Or decline, because" help="Such as: my shift ends in ten minutes." />
          <button className="btn" name="answer" value="declined">
            Decline
          </button>
        </Fields>
      </Form>
    </section>
  )
}
