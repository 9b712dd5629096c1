/** The agenda of a live forum: what is behind, now and ahead; for whoever facilitates also how to change it. */
import { Form } from '@remix-run/react'
import { moved } from '#app/forums/agenda.ts'
import { type Capture, type LiveState, PHASE_NAMES } from '#app/forums/live-board.ts'
import { ITEM_PHASES, type Phase, type Step } from '#app/forums/live-clock.ts'
import { clockAfter } from './forum-time.tsx'
import type { BoardData } from './live-board.tsx'
import { Command, CommandFields } from './live-command.tsx'

interface Known {
  state: LiveState
  capture: Capture
  board: BoardData
}

export function LiveAgenda({ state, capture, board, mayChange }: Known & { mayChange: boolean }) {
  const steps = state.steps
  if (steps.length === 0)
    return (
      <ol className="live-agenda" aria-label="Agenda">
        {board.items.map(item => (
          <li key={item.id}>
            <span className="at" />
            <div>
              <bdi>{item.title}</bdi>
              <small>{item.key}</small>
            </div>
          </li>
        ))}
      </ol>
    )
  const ahead = steps.slice(state.step + 1).filter(step => step.item !== null && step.state === 'ahead')
  const order = ahead.map(step => step.item as string)
  let minutes = 0
  return (
    <ol className="live-agenda" aria-label="Agenda">
      {steps.map((step, place) => {
        const at = clockAfter(board.startsAt, board.timeZone, minutes)
        if (step.state !== 'skipped') minutes += step.phases.reduce((sum, one) => sum + inMinutes(one.allottedMs), 0)
        const item = board.items.find(one => one.id === step.item)
        const title = item?.title ?? PHASE_NAMES[step.phases[0]?.phase as Phase]
        return (
          <li
            key={step.item ?? step.phases[0]?.phase}
            className={step.state}
            aria-current={place === state.step ? 'step' : undefined}
          >
            <span className="at">{step.state === 'skipped' ? '' : at}</span>
            <div>
              <bdi>{title}</bdi>
              <small>{standing(step, item?.key ?? null, capture)}</small>
              {mayChange && step.item !== null && state.state === 'live' ? (
                <Change step={step} title={title} state={state} order={order} />
              ) : null}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

function standing(step: Step, key: string | null, capture: Capture): string {
  const proposals = capture.proposals.filter(one => one.item === step.item).length
  const spent = inMinutes(step.phases.reduce((sum, one) => sum + one.usedMs, 0))
  const parts = {
    now: ['now', key],
    ahead: [key],
    skipped: ['skipped', key],
    done: [
      'done',
      `${spent} min`,
      step.item !== null && proposals > 0 ? `${proposals} ${proposals === 1 ? 'proposal' : 'proposals'}` : null,
    ],
  }[step.state]
  return parts.filter(Boolean).join(' · ')
}

function Change({ step, title, state, order }: { step: Step; title: string; state: LiveState; order: string[] }) {
  const item = step.item as string
  if (step.state === 'skipped')
    return (
      <Command
        type="bring-back"
        state={state}
        fields={{ item }}
        className="linklike small"
        label={`Bring back: ${title}`}
      >
        Bring back
      </Command>
    )
  if (step.state === 'done') return null
  const place = order.indexOf(item)
  const to = (by: -1 | 1) => ({ items: moved(order, item, by).join(' ') })
  return (
    <details className="change">
      <summary aria-label={`Change: ${title}`}>Change</summary>
      <div className="moves">
        {step.state === 'ahead' ? (
          <>
            <Command
              type="reorder"
              state={state}
              fields={to(-1)}
              className="btn small"
              label={`Earlier: ${title}`}
              isOff={place === 0}
            >
              ↑ Earlier
            </Command>
            <Command
              type="reorder"
              state={state}
              fields={to(1)}
              className="btn small"
              label={`Later: ${title}`}
              isOff={place === order.length - 1}
            >
              ↓ Later
            </Command>
          </>
        ) : null}
        <Command type="skip" state={state} fields={{ item }} className="btn small" label={`Skip: ${title}`}>
          Skip
        </Command>
      </div>
      <Minutes step={step} title={title} state={state} />
    </details>
  )
}

function Minutes({ step, title, state }: { step: Step; title: string; state: LiveState }) {
  return (
    <Form method="post" preventScrollReset className="minutes">
      <CommandFields type="adjust" state={state} fields={{ item: step.item as string }} />
      {ITEM_PHASES.map(phase => {
        const time = step.phases.find(one => one.phase === phase)
        return (
          <label key={phase}>
            {PHASE_NAMES[phase]}
            <input
              type="number"
              name={phase}
              min="1"
              max="60"
              required
              defaultValue={inMinutes(time?.allottedMs ?? 0)}
              aria-label={`${PHASE_NAMES[phase]}, minutes: ${title}`}
            />
          </label>
        )
      })}
      <button className="btn small" aria-label={`Set the minutes: ${title}`}>
        Set minutes
      </button>
    </Form>
  )
}

function inMinutes(ms: number): number {
  return Math.round(ms / 60_000)
}
