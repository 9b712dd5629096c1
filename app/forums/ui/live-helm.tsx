/** What moves the forum: the facilitator's controls, and what everybody else may ask for. */
import { Form } from '@remix-run/react'
import { type Capture, type LiveState, PHASE_NAMES } from '#app/forums/live-board.ts'
import { nextPlace, previousPlace } from '#app/forums/live-clock.ts'
import type { BoardData, PartProps } from './live-board.tsx'
import { Command, CommandFields } from './live-command.tsx'

export function Helm({ state, capture, board, isFacilitating }: PartProps) {
  const { me } = board
  if (state.state === 'scheduled' || state.state === 'ready')
    return me.mayRun ? (
      <div className="ctl">
        <Command type="start" state={state} className="btn primary">
          Begin the forum
        </Command>
      </div>
    ) : null
  if (state.state !== 'live') return null
  return isFacilitating ? (
    <Facilitating state={state} capture={capture} board={board} />
  ) : (
    <Asking state={state} me={me} />
  )
}

function Asking({ state, me }: { state: LiveState; me: BoardData['me'] }) {
  const { asking, needed } = state.moreTime
  const isOffered = state.offeredTo?.id === me.id
  return (
    <div className="ctl">
      {isOffered ? (
        <Command type="accept-facilitation" className="btn primary" keys="y">
          Take over facilitating
        </Command>
      ) : null}
      <Command type="ask-for-time" className="btn quiet" keys="m">
        Two more minutes, please{asking > 0 ? ` (${asking} of ${needed})` : ''}
      </Command>
      {me.mayRun && !isOffered ? (
        <Command type="claim-facilitation" className="btn quiet">
          Facilitate in their place
        </Command>
      ) : null}
    </div>
  )
}

function Facilitating({ state, capture, board }: { state: LiveState; capture: Capture; board: BoardData }) {
  const place = { steps: state.steps, step: state.step, phase: state.phaseOfStep }
  const next = nextPlace(place)
  const following = next ? state.steps[next.step]?.phases[next.phase]?.phase : undefined
  const isAnotherItem = next !== null && next.step !== state.step
  const item = board.items.find(one => one.id === state.steps[next?.step ?? -1]?.item)
  const isLaterItem = state.steps.slice(state.step + 1).some(step => step.state === 'ahead')
  const { asking, needed } = state.moreTime
  return (
    <>
      <div className="ctl">
        {following ? (
          <Command type="next-phase" state={state} keys="n" className="btn primary">
            Next: {isAnotherItem && item ? (item.key ?? 'next item') : PHASE_NAMES[following].toLowerCase()}
          </Command>
        ) : null}
        <Command type={state.running ? 'pause' : 'resume'} state={state} keys=" ">
          {state.running ? 'Pause' : 'Go on'}
        </Command>
        <Command type="add-minutes" state={state} fields={{ minutes: '1' }} keys="+">
          One more minute
        </Command>
        <Command type="previous-phase" state={state} keys="b" className="btn quiet" isOff={!previousPlace(place)}>
          Back
        </Command>
        <Command type="next-item" state={state} keys="i" className="btn quiet" isOff={!isLaterItem}>
          Next item
        </Command>
        {state.item !== null && isLaterItem ? (
          <Command type="skip" state={state} fields={{ item: state.item }} keys="s" className="btn quiet">
            Skip it
          </Command>
        ) : null}
        <Finish state={state} isLast={!following} />
      </div>
      {asking > 0 ? (
        <p className="small" role="status">
          {asking} of the {needed} it takes ask for two more minutes.
        </p>
      ) : null}
      <details className="more">
        <summary>More: own question, hand over, move on by itself</summary>
        <OwnQuestion key={capture.prompts.length} state={state} />
        <HandOver state={state} board={board} />
        <div className="one-text">
          <p className="small">
            {state.autoAdvance
              ? 'The next phase begins when the time is up.'
              : 'When the time is up, nothing moves until you move it.'}
          </p>
          <Command
            type="set-auto-advance"
            state={state}
            fields={{ isOn: state.autoAdvance ? 'no' : 'yes' }}
            className="btn small"
          >
            {state.autoAdvance ? 'Stop moving on by itself' : 'Move on by itself'}
          </Command>
        </div>
      </details>
    </>
  )
}

function OwnQuestion({ state }: { state: LiveState }) {
  return (
    <Form method="post" preventScrollReset className="one-text">
      <CommandFields type="prompt" fields={{ phase: state.phase ?? '' }} />
      <label htmlFor="live-prompt">A question of your own, for now</label>
      <input id="live-prompt" type="text" name="text" required maxLength={300} data-key="p" />
      <button className="btn small">Put it to the room</button>
    </Form>
  )
}

function HandOver({ state, board }: { state: LiveState; board: BoardData }) {
  const { offeredTo } = state
  if (offeredTo)
    return (
      <div className="one-text">
        <p className="small">
          You have offered to hand over to <bdi>{offeredTo.name}</bdi>. You go on until it is accepted.
        </p>
        <Command type="withdraw-offer" state={state} className="btn small">
          Take the offer back
        </Command>
      </div>
    )
  const others = board.mayRun.filter(person => person.id !== board.me.id)
  if (others.length === 0) return null
  return (
    <Form method="post" preventScrollReset className="one-text">
      <CommandFields type="offer-facilitation" state={state} />
      <label htmlFor="live-to">Hand over to</label>
      <select id="live-to" name="to">
        {others.map(person => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </select>
      <button className="btn small">Offer it</button>
    </Form>
  )
}

function Finish({ state, isLast }: { state: LiveState; isLast: boolean }) {
  return (
    <details className="finish">
      <summary className={isLast ? 'btn primary' : 'btn quiet'} data-key="f">
        Finish … <kbd>f</kbd>
      </summary>
      <p className="small">The record is made from what has been written, and the clock cannot be started again.</p>
      <Command type="finish" state={state}>
        Finish the forum
      </Command>
    </details>
  )
}
