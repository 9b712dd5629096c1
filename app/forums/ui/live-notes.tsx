/** Notes: everybody reads along while one is written, and one key makes of it what it is. */
import { Form } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { initialsOf, type LiveState, type Note } from '#app/forums/live-board.ts'
import { useRefusal } from '#app/ui/form.tsx'
import { Command, CommandFields } from './live-command.tsx'
import { useNoteDraft } from './use-note-draft.ts'

/** A block counts as being written for so long after its last change. */
const WRITING_MS = 5_000

interface Writing {
  state: LiveState
  me: string
}

export function NewNote({ state, me }: Writing) {
  const draft = useNoteDraft({ forum: state.forum, me })
  const [begun, setBegun] = useState<Pick<LiveState, 'item' | 'phase'> | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  // A note stays where it was begun, although the forum moves on.
  const { item, phase } = begun ?? state
  if (!phase) return null
  const place = { item, phase }
  const isElsewhere = begun !== null && (begun.item !== state.item || begun.phase !== state.phase)
  async function submit(): Promise<void> {
    const text = field.current?.value ?? ''
    if (!(await draft.finish(text, place))) return
    if (field.current?.value === text) {
      field.current.value = ''
      setBegun(null)
    }
  }
  return (
    <Form
      method="post"
      preventScrollReset
      className="one-text"
      onSubmit={event => {
        event.preventDefault()
        void submit()
      }}
    >
      <CommandFields type="note" fields={{ phase, ...(item ? { item } : {}) }} />
      <label htmlFor="live-note">Note</label>
      <textarea
        id="live-note"
        name="text"
        rows={2}
        required
        maxLength={4000}
        ref={field}
        data-key="w"
        aria-describedby="live-note-help"
        onChange={event => {
          if (!begun) setBegun({ item, phase })
          draft.typed(event.target.value, place)
        }}
        onKeyDown={submitOrLeave}
      />
      <div id="live-note-help">
        {draft.problem ? <p className="wrong">{draft.problem}</p> : null}
        <p className="small muted">
          {isElsewhere ? 'It belongs to where you began it. ' : ''}Everybody reads along while you write.
        </p>
      </div>
      <button className="btn small">Note it</button>
    </Form>
  )
}

/** Ctrl and Enter send, Esc leaves the field: then single keys work again. */
function submitOrLeave(event: React.KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key === 'Escape') event.currentTarget.blur()
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}

export function Notes({ notes, isLive, ...writing }: Writing & { notes: Note[]; isLive: boolean }) {
  return (
    <section className="panel" aria-label="Notes">
      <h2>Notes</h2>
      {notes.length === 0 ? <p className="small muted">Nothing yet.</p> : null}
      <ul>
        {notes.map(note => (
          <OneNote key={note.id} note={note} isLive={isLive} {...writing} />
        ))}
      </ul>
    </section>
  )
}

const KINDS = { note: '', factor: 'factor', theme: 'theme', action: 'proposed action', parked: 'in the parking lot' }

function OneNote({ note, isLive, ...writing }: Writing & { note: Note; isLive: boolean }) {
  const isWritten = useBeingWritten(note)
  const refusal = useRefusal()
  const isRefused = refusal?.values.type?.[0] === 'note' && refusal.values.note?.[0] === note.id
  const isOpen = note.kind === 'note' || note.kind === 'factor'
  return (
    <li data-note={note.id}>
      <bdi className={isWritten ? 'muted' : undefined}>
        {note.text}
        {isWritten ? ' …' : ''}
      </bdi>
      {isWritten && note.writer ? (
        <small>
          <span aria-hidden="true">{initialsOf(note.writer.name)} · </span>being written
        </small>
      ) : null}
      {note.kind === 'note' ? null : <small>{KINDS[note.kind]}</small>}
      {isLive ? (
        <>
          {isOpen ? <Become note={note} /> : null}
          <EditNote note={note} typed={isRefused ? refusal : null} {...writing} />
        </>
      ) : null}
    </li>
  )
}

function useBeingWritten({ writer, writtenAt }: Note): boolean {
  const first = useRef(writtenAt)
  const [isWritten, setWritten] = useState(false)
  useEffect(() => {
    if (first.current === writtenAt && writtenAt !== '' && Date.now() - Date.parse(writtenAt) > WRITING_MS) return
    first.current = ''
    setWritten(true)
    const timer = setTimeout(() => setWritten(false), WRITING_MS)
    return () => clearTimeout(timer)
  }, [writtenAt])
  return isWritten && writer !== null
}

function Become({ note }: { note: Note }) {
  const to = (kind: string, key: string, word: string) => (
    <Command
      type="convert"
      fields={{ note: note.id, to: kind }}
      className="linklike small"
      keys={key}
      label={`${word}: make it one`}
    >
      {word}
    </Command>
  )
  return (
    <span className="become">
      {note.kind === 'note' ? to('factor', '1', 'factor') : null}
      {to('theme', '2', 'theme')}
      {to('action', '3', 'action')}
      {to('parked', '4', 'park')}
    </span>
  )
}

function EditNote({ note, typed, ...writing }: Writing & { note: Note; typed: ReturnType<typeof useRefusal> }) {
  const [isOpen, setOpen] = useState(typed !== null)
  return (
    <details className="change" open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary data-key="e" aria-label={`Edit the note: ${note.text.slice(0, 60)}`}>
        Edit
      </summary>
      {isOpen || typed ? (
        <EditForm note={note} typed={typed} done={() => setOpen(false)} {...writing} />
      ) : (
        <PlainEdit note={note} />
      )}
    </details>
  )
}

/** Before a script has taken over, a form like any other. */
function PlainEdit({ note }: { note: Note }) {
  return (
    <Form method="post" className="one-text">
      <CommandFields type="note" fields={{ note: note.id, version: String(note.version) }} />
      <textarea name="text" rows={3} maxLength={4000} defaultValue={note.text} aria-label="The note" />
      <button className="btn small">Save</button>
    </Form>
  )
}

function EditForm({
  note,
  typed,
  state,
  me,
  done,
}: Writing & { note: Note; typed: ReturnType<typeof useRefusal>; done(): void }) {
  // What the edit began from: later versions are somebody else's, or this form's own.
  const [start] = useState({ note: note.id, version: note.version })
  const [text, setText] = useState(typed?.values.text?.[0] ?? note.text)
  const draft = useNoteDraft({ forum: state.forum, me, start })
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const place = { item: note.item, phase: note.phase }
  const problem = draft.problem ?? typed?.message ?? null
  const errorId = `note-${note.id}-wrong`
  const end = async (work: Promise<boolean>) => {
    if (await work) done()
  }
  return (
    <Form
      method="post"
      className="one-text"
      onSubmit={event => {
        event.preventDefault()
        void end(draft.finish(text, place))
      }}
    >
      <CommandFields type="note" fields={{ note: note.id, version: String(note.version) }} />
      <textarea
        name="text"
        rows={3}
        maxLength={4000}
        ref={field}
        value={text}
        aria-label="The note"
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? errorId : undefined}
        onChange={event => {
          setText(event.target.value)
          draft.typed(event.target.value, place)
        }}
        onKeyDown={submitOrLeave}
      />
      {problem ? (
        <div id={errorId} role="alert">
          <p className="wrong">{problem}</p>
          <p className="small">
            It now says: <bdi>{note.text}</bdi>
          </p>
          <button type="button" className="btn small" onClick={() => void end(draft.insist(text, place))}>
            Write mine over it
          </button>
        </div>
      ) : null}
      <button className="btn small">Save</button>
    </Form>
  )
}
