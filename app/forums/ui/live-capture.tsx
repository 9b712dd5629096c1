/** What is said, and the forms that write it down. */
import { Form, useNavigation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { Capture, LiveState } from '#app/forums/live-board.ts'
import type { BoardData } from './live-board.tsx'
import { Command, CommandFields } from './live-command.tsx'
import { NewNote, Notes } from './live-notes.tsx'

const FORMS = [
  {
    type: 'propose-action',
    label: 'Propose an action',
    help: 'Owner and day are settled within five working days.',
    verb: 'Propose',
    most: 500,
    shortcut: 'a',
  },
  {
    type: 'park',
    label: 'Park a topic',
    help: 'For another place and other people.',
    verb: 'Park it',
    most: 500,
    shortcut: 'k',
  },
  {
    type: 'ask',
    label: 'Not ready to say it aloud?',
    help: 'No name is kept. The facilitator reads it out.',
    verb: 'Drop it in',
    most: 1000,
    shortcut: 'q',
  },
]

export function SaidAside({ capture, state, board }: { capture: Capture; state: LiveState; board: BoardData }) {
  const isLive = state.state === 'live'
  const here = <T extends { item: string | null }>(list: T[]) => list.filter(one => one.item === state.item)
  const notes = here(capture.notes).filter(note => note.text !== '')
  return (
    <>
      <Questions questions={here(capture.questions ?? []).filter(one => !one.isRead)} />
      {isLive ? <NewNote state={state} me={board.me.id} /> : null}
      <Notes notes={notes} isLive={isLive} state={state} me={board.me.id} />
      <Themes capture={capture} state={state} themes={board.themes} isLive={isLive} />
      <List title="Proposed actions" note="owners within 5 days" rows={here(capture.proposals).map(one => one.text)} />
      <List title="Parking lot" rows={here(capture.parked).map(one => one.text)} />
      {isLive
        ? FORMS.map(form => (
            <details key={form.type} className="panel">
              <summary>{form.label}</summary>
              <OneText {...form} />
            </details>
          ))
        : null}
    </>
  )
}

/** Empties itself once what it sent has been taken. */
function OneText({ type, label, help, verb, most, shortcut }: (typeof FORMS)[number]) {
  const form = useRef<HTMLFormElement>(null)
  const { state, formData } = useNavigation()
  const isSending = state !== 'idle' && formData?.get('type') === type
  const wasSending = useRef(false)
  useEffect(() => {
    if (wasSending.current && !isSending && !document.querySelector('.summary-of-errors')) form.current?.reset()
    wasSending.current = isSending
  }, [isSending])
  return (
    <Form method="post" preventScrollReset className="one-text" ref={form}>
      <CommandFields type={type} />
      <label htmlFor={`live-${type}`} className="visually-hidden">
        {label}
      </label>
      <textarea
        id={`live-${type}`}
        name="text"
        rows={2}
        required
        maxLength={most}
        data-key={shortcut}
        onKeyDown={event => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <p className="small muted">{help}</p>
      <button className="btn small">{verb}</button>
    </Form>
  )
}

function Questions({ questions }: { questions: NonNullable<Capture['questions']> }) {
  if (questions.length === 0) return null
  return (
    <section className="panel" aria-label="From the question box">
      <h2>From the question box</h2>
      <ul>
        {questions.map(one => (
          <li key={one.id}>
            <bdi>{one.text}</bdi>
            <Command type="read-out" fields={{ question: one.id }} className="btn small" keys="r">
              Read out
            </Command>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Numbers only: nobody sees who voted. */
function Themes({
  capture,
  state,
  themes,
  isLive,
}: {
  capture: Capture
  state: LiveState
  themes: BoardData['themes']
  isLive: boolean
}) {
  if (!state.item) return null
  const tallies = capture.tallies
    .filter(one => one.item === state.item && one.votes > 0)
    .sort((a, b) => b.votes - a.votes || a.name.localeCompare(b.name))
  const item = state.item
  return (
    <section className="panel" aria-label="Themes">
      <h2>Themes</h2>
      <ul className="votes">
        {tallies.map(({ theme, name, votes }) => (
          <li key={theme}>
            <bdi>{name}</bdi>
            {isLive ? (
              <Command
                type="vote-theme"
                fields={{ theme, item }}
                className="vote"
                label={`${name}: ${votes} ${votes === 1 ? 'vote' : 'votes'}. Vote, or take your vote back`}
              >
                ▲ {votes}
              </Command>
            ) : (
              <span className="vote">{votes}</span>
            )}
          </li>
        ))}
      </ul>
      {isLive ? (
        <details>
          <summary className="small">Vote for another theme</summary>
          <Form method="post" preventScrollReset className="one-text">
            <CommandFields type="vote-theme" fields={{ item, isFor: 'yes' }} />
            <label htmlFor="live-theme" className="visually-hidden">
              Theme
            </label>
            <select id="live-theme" name="theme" data-key="v">
              {themes.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </select>
            <button className="btn small">Vote for it</button>
          </Form>
        </details>
      ) : null}
    </section>
  )
}

function List({ title, note, rows }: { title: string; note?: string; rows: string[] }) {
  if (rows.length === 0) return null
  return (
    <section className="panel" aria-label={title}>
      <h2>
        {title} {note ? <small>{note}</small> : null}
      </h2>
      <ul>
        {rows.map((row, index) => (
          <li key={index}>
            <bdi>{row}</bdi>
          </li>
        ))}
      </ul>
    </section>
  )
}
