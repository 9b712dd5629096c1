/** Who would like to lead, and the shadow turns that two people agree on. */
import { Form } from '@remix-run/react'
import { Fields, TextField } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'
import type { ShadowTurn, Volunteer } from '../overview.server.ts'

const WORDS: Record<string, string> = {
  accept: 'Accept',
  decline: 'Decline',
  'take back': 'Take the offer back',
  finish: 'We did it',
  'call off': 'Call it off',
}

export function OwnTurns({ turns }: { turns: ShadowTurn[] }) {
  if (turns.length === 0) return null
  return (
    <>
      <h3>Your shadow turns</h3>
      <ul className="turns">
        {turns.map(turn => (
          <li key={turn.id}>
            <span>
              {sentence(turn)} <bdi>{turn.withWhom}</bdi>{' '}
              <small className="muted">
                since <When at={turn.since} />
              </small>
            </span>
            <span>
              {turn.acts.map(act => (
                <Form method="post" key={act}>
                  <input type="hidden" name="intent" value="answer" />
                  <input type="hidden" name="turn" value={turn.id} />
                  <button className="btn" name="act" value={act} aria-label={`${WORDS[act]}: ${turn.withWhom}`}>
                    {WORDS[act]}
                  </button>
                </Form>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function sentence({ state, side }: ShadowTurn): string {
  if (state === 'agreed') return side === 'volunteer' ? 'You shadow' : 'Shadowing you:'
  return side === 'volunteer' ? 'A shadow turn is offered to you by' : 'You offered a shadow turn to'
}

export function Volunteers({ volunteers, me }: { volunteers: Volunteer[]; me: Volunteer | null }) {
  const others = volunteers.filter(one => !one.isMe)
  return (
    <>
      {others.length === 0 ? (
        <p>Nobody else is on the list at present.</p>
      ) : (
        <ul className="turns">
          {others.map(one => (
            <li key={one.personId}>
              <span>
                <b>
                  <bdi>{one.name}</bdi>
                </b>
                {one.team ? (
                  <>
                    , <bdi>{one.team}</bdi>
                  </>
                ) : null}
                {one.note ? (
                  <>
                    : <bdi>{one.note}</bdi>
                  </>
                ) : null}
              </span>
              <Form method="post">
                <input type="hidden" name="intent" value="offer" />
                <input type="hidden" name="person" value={one.personId} />
                <button className="btn" aria-label={`Offer a shadow turn: ${one.name}`}>
                  Offer a shadow turn
                </button>
              </Form>
            </li>
          ))}
        </ul>
      )}
      <Form method="post" className="form">
        <Fields>
          <TextField
            name="note"
            label="When it suits you (optional)"
            help="Such as: from March on, best on weekdays. Everyone here can read it."
            defaultValue={me?.note}
          />
        </Fields>
        <p>
          <button className="btn primary" name="intent" value="volunteer">
            {me ? 'Change my note' : 'I would like to lead'}
          </button>{' '}
          {me ? (
            <button className="btn" name="intent" value="step-back">
              Take me off the list
            </button>
          ) : null}
        </p>
      </Form>
    </>
  )
}
