import { Form } from '@remix-run/react'
import type { readReview } from '#app/postmortems/read-review.server.ts'
import { Fields, TextArea, TextField, useField, type useRefusal } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'

type Review = Awaited<ReturnType<typeof readReview>>
type Refused = (intent: string) => ReturnType<typeof useRefusal>

/** The meeting over a postmortem: when, who came, whether it was worth it. */
export function ReviewMeeting({ review, refused }: { review: Review; refused: Refused }) {
  const { meeting } = review
  if (!meeting && !review.mayHold) return null
  return (
    <section aria-labelledby="meeting">
      <h2 id="meeting">Review meeting</h2>
      {meeting ? (
        <>
          <p>
            <When at={meeting.startsAt} show="minute" zone={review.timeZone} /> ({review.timeZone})
            {meeting.place ? (
              <>
                , <bdi>{meeting.place}</bdi>
              </>
            ) : null}
            . Set by <bdi>{meeting.setBy}</bdi>.
          </p>
          <Came meeting={meeting} />
          {meeting.mayRate ? <RatingForm refused={refused} /> : null}
          {meeting.hasRated ? <p className="muted">You have rated it.</p> : null}
        </>
      ) : (
        <p>Set a time, and the text goes to reviewers, authors and those you name, to be read before.</p>
      )}
      {review.mayHold ? (
        <>
          {meeting ? <AttendanceForm meeting={meeting} refused={refused} /> : null}
          <details open={meeting && !refused('meeting')?.errors.length ? undefined : true}>
            <summary>{meeting ? 'Move the meeting' : 'Set the meeting'}</summary>
            <Form method="post">
              <Fields state={refused('meeting')}>
                <div className="row">
                  <TextField name="day" label="Day" type="date" defaultValue={meeting?.wall.slice(0, 10)} />
                  <TextField
                    name="time"
                    label="Time"
                    placeholder="15:00"
                    defaultValue={meeting?.wall.slice(11)}
                    help={`In the organisation’s zone, ${review.timeZone}.`}
                  />
                </div>
                <MeetingError />
                <TextField
                  name="place"
                  label="Place"
                  required={false}
                  defaultValue={meeting?.place}
                  help="A room, or an address."
                />
                <TextArea
                  name="people"
                  label="Who else comes"
                  rows={2}
                  required={false}
                  help="E-mail addresses, one a line, beside reviewers and authors. The text goes round at once."
                />
                <button className="btn" name="intent" value="meeting">
                  {meeting ? 'Move it, and send the text again' : 'Set it, and send the text'}
                </button>
              </Fields>
            </Form>
          </details>
        </>
      ) : null}
    </section>
  )
}

/** Day and time are one thing to the rule that refuses them. */
function MeetingError() {
  const { error } = useField('at')
  return error ? (
    <p className="wrong" id="field-at">
      {error}
    </p>
  ) : null
}

function Came({ meeting }: { meeting: NonNullable<Review['meeting']> }) {
  const came = meeting.expected.filter(one => one.attended).length
  return (
    <>
      <p>
        {came > 0
          ? `${came} came${meeting.speakers === null ? '' : `, ${meeting.speakers} of them spoke`}.`
          : `${meeting.expected.length} are expected.`}
      </p>
      {meeting.usefulness ? (
        <p>
          Worth the time <span className="num">{meeting.usefulness.worth}</span>, something to use{' '}
          <span className="num">{meeting.usefulness.learnt}</span>, of 5, by{' '}
          <span className="num">{meeting.ratings}</span> ratings.
        </p>
      ) : came > 0 ? (
        <p className="muted">How useful it was is shown from five ratings on.</p>
      ) : null}
    </>
  )
}

const QUESTIONS = [
  { name: 'worth', text: 'Was the meeting worth its time?' },
  { name: 'learnt', text: 'Did you learn something that you will use?' },
] as const

function RatingForm({ refused }: { refused: Refused }) {
  return (
    <Form method="post" className="panel" aria-labelledby="rate">
      <h3 id="rate">How useful was it?</h3>
      <p className="muted">You came. Your answer is added to the mean and not kept.</p>
      <Fields state={refused('rate')}>
        {QUESTIONS.map(question => (
          <Scale key={question.name} {...question} />
        ))}
        <button className="btn primary" name="intent" value="rate">
          Rate
        </button>
      </Fields>
    </Form>
  )
}

function Scale({ name, text }: { name: string; text: string }) {
  const { error, values } = useField(name)
  return (
    <fieldset className="scale" id={`field-${name}`}>
      <legend>{text}</legend>
      <div className="points">
        <span className="muted">not at all</span>
        {['1', '2', '3', '4', '5'].map(point => (
          <label key={point}>
            <input type="radio" name={name} value={point} defaultChecked={values?.[0] === point} /> {point}
          </label>
        ))}
        <span className="muted">very much</span>
      </div>
      {error ? <p className="wrong">{error}</p> : null}
    </fieldset>
  )
}

function AttendanceForm({ meeting, refused }: { meeting: NonNullable<Review['meeting']>; refused: Refused }) {
  return (
    <details open={refused('attendance')?.errors.length ? true : undefined}>
      <summary>Who came</summary>
      <Form method="post" key={meeting.expected.map(one => `${one.personId}${one.attended}`).join()}>
        <Fields state={refused('attendance')}>
          <fieldset>
            <legend>They came</legend>
            {meeting.expected.map(one => (
              <label className="check" key={one.personId}>
                <input type="checkbox" name="present" value={one.personId} defaultChecked={one.attended} />
                <bdi>{one.name}</bdi>
              </label>
            ))}
          </fieldset>
          <TextArea
            name="others"
            label="Others who came"
            rows={2}
            required={false}
            help="E-mail addresses, one a line."
          />
          <TextField
            name="speakers"
            label="How many spoke"
            type="number"
            min="0"
            required={false}
            defaultValue={meeting.speakers === null ? '' : String(meeting.speakers)}
            help="A count only: who spoke is written down nowhere."
          />
          <button className="btn" name="intent" value="attendance">
            Write it down
          </button>
        </Fields>
      </Form>
    </details>
  )
}
