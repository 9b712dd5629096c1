/** The board of a live forum: agenda, clock and questions, what is said. Every control is a form. */
import { Link } from '@remix-run/react'
import { useEffect, useState } from 'react'
import type { AgendaPrompts } from '#app/forums/agenda-prompts.ts'
import { type Capture, type LiveState, PHASE_NAMES } from '#app/forums/live-board.ts'
import { nextPlace, type Phase } from '#app/forums/live-clock.ts'
import { CaptureForms, Said } from './live-capture.tsx'
import { Command } from './live-command.tsx'
import { Countdown } from './live-countdown.tsx'
import { useFollowing } from './use-live.ts'

export interface BoardData {
  items: { id: string; title: string; key: string | null; slug: string | null }[]
  state: LiveState
  capture: Capture
  themes: { slug: string; name: string }[]
  prompts: AgendaPrompts
  me: { id: string; mayRun: boolean }
  isRoom: boolean
}

export function LiveBoard({ board }: { board: BoardData }) {
  const { state, capture, count, link } = useFollowing(board)
  const { items, me, prompts, isRoom } = board
  const isFacilitating = me.mayRun && state.facilitator?.id === me.id
  const item = items.find(one => one.id === state.item)
  const own = capture.prompts.filter(one => one.phase === state.phase && one.item === state.item).map(one => one.text)
  const [ask, ...asks] = state.phase ? [...own, ...prompts[state.phase]] : []
  useKeys(isFacilitating && !isRoom)
  return (
    <>
      <p className="small muted live-line">
        {count !== null ? <b>{count} here · </b> : null}
        {LINKS[link]}
        {isFacilitating
          ? ' · you are facilitating'
          : state.facilitator
            ? ` · facilitated by ${state.facilitator.name}`
            : ''}
      </p>
      <noscript>
        <p className="notice warn">
          Without a script this page does not move by itself: reload it to see where we are.
        </p>
      </noscript>
      <div className="board">
        {isRoom ? null : <Agenda state={state} items={items} />}
        <section aria-label="Now">
          {state.phase && state.state === 'live' ? (
            <>
              <p className="eyebrow">{PHASE_NAMES[state.phase]}</p>
              {item ? (
                <h2 className="live-item">
                  <bdi>{item.title}</bdi>
                  {item.slug && !isRoom ? (
                    <Link className="small" to={`/library/${item.slug}`}>
                      open the postmortem
                    </Link>
                  ) : null}
                </h2>
              ) : null}
              <Countdown state={state} phase={PHASE_NAMES[state.phase]} />
              <p className="ask">{ask}</p>
              <ul className="asks">
                {asks.map(one => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </>
          ) : (
            <Standing state={state} />
          )}
          {isRoom ? null : <Controls state={state} me={me} isFacilitating={isFacilitating} />}
        </section>
        {isRoom ? null : (
          <aside aria-label="What is said">
            {state.state === 'live' ? <CaptureForms state={state} themes={board.themes} /> : null}
            <Said capture={capture} item={state.item} isLive={state.state === 'live'} />
          </aside>
        )}
      </div>
    </>
  )
}

const LINKS = {
  waiting: 'joining',
  'in step': 'in step with the server',
  asking: 'asking the server every few seconds',
}

function Standing({ state }: { state: LiveState }) {
  if (state.state === 'closed')
    return (
      <p className="lead">
        This forum is over. <Link to={`/forums/${state.forum}`}>Read its record</Link>.
      </p>
    )
  if (state.state === 'cancelled') return <p className="lead">This forum was called off.</p>
  return <p className="lead">This forum has not begun. The board moves as soon as it does.</p>
}

function Agenda({ state, items }: { state: LiveState; items: BoardData['items'] }) {
  return (
    <ol className="live-agenda" aria-label="Agenda">
      {state.steps.length === 0
        ? items.map(item => (
            <li key={item.id}>
              <bdi>{item.title}</bdi>
            </li>
          ))
        : state.steps.map((step, place) => {
            const item = items.find(one => one.id === step.item)
            return (
              <li key={step.item ?? step.phases[0]?.phase} aria-current={place === state.step ? 'step' : undefined}>
                <bdi>{item?.title ?? PHASE_NAMES[step.phases[0]?.phase as Phase]}</bdi>
                <small>
                  {step.state === 'now' ? 'now' : step.state === 'ahead' ? '' : step.state}
                  {item?.key ? ` ${item.key}` : ''}
                </small>
              </li>
            )
          })}
    </ol>
  )
}

function Controls({ state, me, isFacilitating }: { state: LiveState; me: BoardData['me']; isFacilitating: boolean }) {
  if (state.state === 'scheduled' || state.state === 'ready')
    return me.mayRun ? (
      <div className="ctl">
        <Command type="start" state={state} className="btn primary">
          Begin the forum
        </Command>
      </div>
    ) : null
  if (state.state !== 'live') return null
  if (!isFacilitating)
    return (
      <div className="ctl">
        <Command type="ask-for-time" className="btn quiet">
          Two more minutes, please
          {state.moreTime.asking > 0 ? ` (${state.moreTime.asking} of ${state.moreTime.needed})` : ''}
        </Command>
        {state.offeredTo?.id === me.id ? <Command type="accept-facilitation">Take over facilitating</Command> : null}
        {me.mayRun && state.offeredTo?.id !== me.id ? (
          <Command type="claim-facilitation" className="btn quiet">
            Facilitate in their place
          </Command>
        ) : null}
      </div>
    )
  const next = nextPlace({ steps: state.steps, step: state.step, phase: state.phaseOfStep })
  const following = next ? state.steps[next.step]?.phases[next.phase]?.phase : undefined
  return (
    <div className="ctl">
      {following ? (
        <Command type="next-phase" state={state} keys="n" className="btn primary">
          Next: {PHASE_NAMES[following].toLowerCase()}
        </Command>
      ) : null}
      <Command type={state.running ? 'pause' : 'resume'} state={state} keys=" ">
        {state.running ? 'Pause' : 'Go on'}
      </Command>
      <Command type="add-minutes" state={state} fields={{ minutes: '1' }} keys="+">
        One more minute
      </Command>
      <Command type="previous-phase" state={state} keys="b" className="btn quiet">
        Back
      </Command>
      <Command type="next-item" state={state} keys="i" className="btn quiet">
        Next item
      </Command>
      <FinishForum state={state} isLast={!following} />
    </div>
  )
}

function FinishForum({ state, isLast }: { state: LiveState; isLast: boolean }) {
  return (
    <details className="finish">
      <summary className={isLast ? 'btn primary' : 'btn quiet'}>Finish …</summary>
      <p className="small">The record is made from what has been written, and the clock cannot be started again.</p>
      <Command type="finish" state={state} keys="f">
        Finish the forum
      </Command>
    </details>
  )
}

/** A control's key presses it, unless somebody types or is on a button already. */
function useKeys(isOn: boolean): void {
  const [isReady, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  useEffect(() => {
    if (!isOn || !isReady) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      const target = event.target as HTMLElement
      if (target.isContentEditable || /^(input|textarea|select|button|summary|a)$/i.test(target.tagName)) return
      const control = document.querySelector<HTMLButtonElement>(`.ctl button[data-key="${CSS.escape(event.key)}"]`)
      if (!control || control.closest('details:not([open])')) return
      event.preventDefault()
      control.form?.requestSubmit(control)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [isOn, isReady])
}
