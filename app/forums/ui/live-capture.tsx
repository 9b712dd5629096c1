/** What is said, and the forms that write it down. */
import { Form, useNavigation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { Capture, LiveState, Note } from '#app/forums/live-board.ts'
import { Command } from './live-command.tsx'

const FORMS = [
  { type: 'note', label: 'Note', help: 'Everybody sees it.', verb: 'Note it' },
  {
    type: 'propose-action',
    label: 'Proposed action',
    help: 'Owner and day are settled within five days.',
    verb: 'Propose',
  },
  { type: 'park', label: 'For another place', help: '', verb: 'Park it' },
  {
    type: 'ask',
    label: 'Not ready to say it aloud?',
    help: 'No name is kept. The facilitator reads it out.',
    verb: 'Drop it in',
  },
]

export function CaptureForms({ state, themes }: { state: LiveState; themes: { slug: string; name: string }[] }) {
  return (
    <>
      {FORMS.map((form, index) => (
        <details key={form.type} className="panel" open={index === 0}>
          <summary>{form.label}</summary>
          <OneText {...form} />
        </details>
      ))}
      {state.item ? (
        <details className="panel">
          <summary>Theme</summary>
          <Form method="post" preventScrollReset className="one-text">
            <input type="hidden" name="type" value="vote-theme" />
            <label htmlFor="live-theme">A theme that this item is about</label>
            <select id="live-theme" name="theme">
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
    </>
  )
}

/** Empties itself once what it sent has been taken. */
function OneText({ type, label, help, verb }: (typeof FORMS)[number]) {
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
      <input type="hidden" name="type" value={type} />
      <label htmlFor={`live-${type}`} className="visually-hidden">
        {label}
      </label>
      <textarea id={`live-${type}`} name="text" rows={2} required maxLength={500} />
      {help ? <p className="small muted">{help}</p> : null}
      <button className="btn small">{verb}</button>
    </Form>
  )
}

export function Said({ capture, item, isLive }: { capture: Capture; item: string | null; isLive: boolean }) {
  const here = <T extends { item: string | null }>(list: T[]) => list.filter(one => one.item === item)
  const notes = here(capture.notes).filter(note => note.text !== '')
  const questions = here(capture.questions ?? []).filter(one => !one.isRead)
  return (
    <>
      {questions.length > 0 ? (
        <section className="panel">
          <h2>From the question box</h2>
          <ul>
            {questions.map(one => (
              <li key={one.id}>
                <bdi>{one.text}</bdi>
                <Command type="read-out" fields={{ question: one.id }} className="btn small">
                  Read out
                </Command>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className="panel">
        <h2>Notes</h2>
        {notes.length === 0 ? <p className="small muted">Nothing yet.</p> : null}
        <ul>
          {notes.map(note => (
            <li key={note.id}>
              <bdi>{note.text}</bdi>
              {note.kind === 'note' ? isLive ? <Become note={note} /> : null : <small>{KINDS[note.kind]}</small>}
            </li>
          ))}
        </ul>
      </section>
      <List
        title="Themes"
        rows={here(capture.tallies)
          .filter(one => one.votes > 0)
          .map(one => `${one.name} · ${one.votes}`)}
      />
      <List title="Proposed actions" rows={here(capture.proposals).map(one => one.text)} />
      <List title="Parking lot" rows={here(capture.parked).map(one => one.text)} />
    </>
  )
}

const KINDS = { note: '', factor: 'factor', theme: 'theme', action: 'proposed action', parked: 'parked' }

function Become({ note }: { note: Note }) {
  return (
    <span className="become">
      <Command type="convert" fields={{ note: note.id, to: 'factor' }} className="linklike small">
        factor
      </Command>
      <Command type="convert" fields={{ note: note.id, to: 'theme' }} className="linklike small">
        theme
      </Command>
      <Command type="convert" fields={{ note: note.id, to: 'action' }} className="linklike small">
        action
      </Command>
      <Command type="convert" fields={{ note: note.id, to: 'parked' }} className="linklike small">
        park
      </Command>
    </span>
  )
}

function List({ title, rows }: { title: string; rows: string[] }) {
  if (rows.length === 0) return null
  return (
    <section className="panel">
      <h2>{title}</h2>
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
