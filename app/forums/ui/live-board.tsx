/** The board of a live forum: agenda, clock and questions, what is said. Every control is a form. */
import { Form, Link } from '@remix-run/react'
import type { AgendaPrompts } from '#app/forums/agenda-prompts.ts'
import { type Capture, type LiveState, PHASE_NAMES } from '#app/forums/live-board.ts'
import type { ItemContext } from '#app/forums/live-context.server.ts'
import { clockAfter } from './forum-time.tsx'
import { LiveAgenda } from './live-agenda.tsx'
import { SaidAside } from './live-capture.tsx'
import { Countdown } from './live-countdown.tsx'
import { Helm } from './live-helm.tsx'
import { BoardKeys } from './live-keys.tsx'
import { type Following, useFollowing } from './use-live.ts'

export interface BoardItem {
  id: string
  title: string
  key: string | null
  /** Of the postmortem, where there is one that this person may read. */
  slug: string | null
  context: ItemContext | null
}

export interface BoardData {
  items: BoardItem[]
  startsAt: string
  timeZone: string
  minutes: number
  state: LiveState
  capture: Capture
  themes: { slug: string; name: string }[]
  prompts: AgendaPrompts
  /** Who could take over; for those who could hand over. */
  mayRun: { id: string; name: string }[]
  me: { id: string; mayRun: boolean; isShown: boolean }
  isRoom: boolean
}

export function LiveBoard({ board }: { board: BoardData }) {
  const following = useFollowing(board)
  const { state, capture } = following
  const { me, isRoom } = board
  const isFacilitating = me.mayRun && state.facilitator?.id === me.id
  return (
    <>
      <StandingLine following={following} board={board} isFacilitating={isFacilitating} />
      <noscript>
        <p className="notice warn">
          Without a script this page does not move by itself: reload it to see where we are.
        </p>
      </noscript>
      <div className="board">
        {isRoom ? null : <LiveAgenda state={state} capture={capture} board={board} mayChange={isFacilitating} />}
        <section aria-label="Now">
          {state.phase && state.state === 'live' ? (
            <Stage state={state} capture={capture} board={board} isFacilitating={isFacilitating} />
          ) : (
            <Standing state={state} />
          )}
          {isRoom || state.state === 'live' ? null : (
            <Helm state={state} capture={capture} board={board} isFacilitating={isFacilitating} />
          )}
        </section>
        {isRoom ? null : (
          <aside aria-label="What is said">
            <SaidAside capture={capture} state={state} board={board} />
          </aside>
        )}
      </div>
      {isRoom ? null : (
        <>
          <BoardKeys isFacilitating={isFacilitating} />
          <OwnPresence isShown={me.isShown} />
        </>
      )}
    </>
  )
}

const LINKS = {
  waiting: 'joining',
  'in step': 'in step with the server',
  asking: 'asking the server every few seconds',
}

function StandingLine({
  following: { state, count, initials, link },
  board,
  isFacilitating,
}: {
  following: Following
  board: BoardData
  isFacilitating: boolean
}) {
  const ends = clockAfter(board.startsAt, board.timeZone, board.minutes)
  return (
    <div className="live-line small muted">
      <p>
        {count !== null ? (
          <>
            <b>{count} here</b> ·{' '}
          </>
        ) : null}
        {LINKS[link]}
        {isFacilitating
          ? ' · you are facilitating'
          : state.facilitator
            ? ` · facilitated by ${state.facilitator.name}`
            : ''}
        {` · ends ${ends} ${board.timeZone.split('/').at(-1)?.replaceAll('_', ' ')}`}
      </p>
      {initials.length > 0 ? (
        <ul className="here" aria-label="Initials of who is here and shows them">
          {initials.map((letters, place) => (
            <li key={place}>{letters}</li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

/** What a part of the board shows, and to whom. */
export interface PartProps {
  state: LiveState
  capture: Capture
  board: BoardData
  isFacilitating: boolean
}

function Stage({ state, capture, board, isFacilitating }: PartProps) {
  if (!state.phase) return null
  const item = board.items.find(one => one.id === state.item)
  const own = capture.prompts.filter(one => one.phase === state.phase && one.item === state.item).map(one => one.text)
  const [ask, ...asks] = [...own.reverse(), ...board.prompts[state.phase]]
  return (
    <>
      <p className="eyebrow">{PHASE_NAMES[state.phase]}</p>
      {item ? (
        <h2 className="live-item">
          <bdi>{item.title}</bdi>
        </h2>
      ) : null}
      <Countdown state={state} phase={state.phase} isFacilitating={isFacilitating && !board.isRoom} />
      <p className="ask">{ask}</p>
      <ul className="asks">
        {asks.map(one => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      {board.isRoom ? null : <Helm state={state} capture={capture} board={board} isFacilitating={isFacilitating} />}
      {item && !board.isRoom ? <Context item={item} /> : null}
    </>
  )
}

function Context({ item: { context, slug, key } }: { item: BoardItem }) {
  return (
    <section className="context" aria-labelledby="live-context">
      <h2 id="live-context">
        Context{' '}
        {slug ? (
          <Link className="small" to={`/library/${slug}`}>
            open the postmortem
          </Link>
        ) : key ? (
          <Link className="small" to={`/incidents/${encodeURIComponent(key)}`}>
            open {key}
          </Link>
        ) : null}
      </h2>
      {context?.extent ? <p className="extent">{context.extent}</p> : null}
      {context?.whatHappened ? (
        <p>
          <bdi>{context.whatHappened}</bdi>
        </p>
      ) : null}
      {context?.impact ? (
        <p>
          <bdi>{context.impact}</bdi>
        </p>
      ) : null}
      {context ? null : <p className="muted">It is told by whoever presents it.</p>}
    </section>
  )
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

function OwnPresence({ isShown }: { isShown: boolean }) {
  return (
    <Form method="post" preventScrollReset className="own-presence small muted">
      <input type="hidden" name="intent" value="presence" />
      <input type="hidden" name="isShown" value={isShown ? 'no' : 'yes'} />
      <span>
        {isShown
          ? 'Your initials are shown while you are here.'
          : 'Your initials are not shown: you are only counted.'}{' '}
      </span>
      <button className="linklike">{isShown ? 'Show my initials: off' : 'Show my initials: on'}</button>
    </Form>
  )
}
