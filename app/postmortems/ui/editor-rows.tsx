/** Lists of the editor: rows that are added and removed with and without JavaScript. */
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { judgingPhrases } from '../blameless.ts'
import { whyRows } from '../editor-sections.ts'
import type { Row } from '../merge-section.ts'
import { vagueAction } from '../vague-action.ts'
import { ACTION_KINDS, MARKERS, type Marker } from '../vocabulary.ts'
import { PhraseList, WritingArea } from './writing-area.tsx'

export const MARKER_WORDS: Record<Marker, string> = {
  started: 'Started',
  detected: 'Detected',
  acknowledged: 'Acknowledged',
  diagnosis: 'Diagnosed',
  repair: 'Repaired',
  mitigated: 'Mitigated',
  resolved: 'Resolved',
  key: 'Key moment',
}

interface RowProps {
  row: Row
  /** Counted from one, for names that a screen reader reads. */
  number: number
  names: readonly string[]
  errorOf(field: string): string | undefined
  onRemove(): void
}

export function TimelineRow({ row, number, names, errorOf, onRemove }: RowProps) {
  const field = `row.${row.id}`
  return (
    <div className="timeline-row">
      <div className="timeline-when">
        <div className="field">
          <label htmlFor={`${field}.time`}>Time</label>
          <input
            type="text"
            id={`${field}.time`}
            name={`${field}.time`}
            defaultValue={row.time}
            placeholder="2026-08-14 13:45 UTC"
          />
        </div>
        <div className="field">
          <label htmlFor={`${field}.marker`}>Marks</label>
          <select id={`${field}.marker`} name={`${field}.marker`} defaultValue={row.marker}>
            <option value="">nothing in particular</option>
            {MARKERS.map(marker => (
              <option key={marker} value={marker}>
                {MARKER_WORDS[marker]}
              </option>
            ))}
          </select>
        </div>
      </div>
      <WritingArea
        name={`${field}.text`}
        label="What happened"
        rows={2}
        defaultValue={row.text ?? ''}
        names={names}
        error={errorOf('text')}
      />
      <Remove row={row} what={`row ${number} of the timeline`} onRemove={onRemove} />
    </div>
  )
}

export function ActionRow({ row, number, errorOf, onRemove }: RowProps) {
  const field = `row.${row.id}`
  const [title, setTitle] = useState(row.title ?? '')
  const vague = vagueAction(title)
  const errors = (['title', 'owner', 'due'] as const).flatMap(name => errorOf(name) ?? [])
  return (
    <>
      <div className="field">
        <label htmlFor={`${field}.title`}>What will be true</label>
        <input
          type="text"
          id={`${field}.title`}
          name={`${field}.title`}
          defaultValue={row.title}
          onInput={event => setTitle(event.currentTarget.value)}
          aria-describedby={`${field}.help`}
        />
        <div id={`${field}.help`}>
          {vague ? (
            <p className="help">
              <q>{vague.words}</q> {vague.question}
            </p>
          ) : null}
          {errors.map(message => (
            <p className="wrong" key={message}>
              {message}
            </p>
          ))}
        </div>
      </div>
      <div className="row">
        <div className="field">
          <label htmlFor={`${field}.owner`}>Owner</label>
          <input
            type="text"
            id={`${field}.owner`}
            name={`${field}.owner`}
            defaultValue={row.owner}
            placeholder="E-mail address"
          />
        </div>
        <div className="field">
          <label htmlFor={`${field}.due`}>Due</label>
          <input type="date" max="9999-12-31" id={`${field}.due`} name={`${field}.due`} defaultValue={row.due} />
        </div>
        <div className="field">
          <label htmlFor={`${field}.kind`}>Kind</label>
          <select id={`${field}.kind`} name={`${field}.kind`} defaultValue={row.kind}>
            <option value="">not said</option>
            {ACTION_KINDS.map(kind => (
              <option key={kind}>{kind}</option>
            ))}
          </select>
        </div>
      </div>
      <Remove row={row} what={`action item ${number}`} onRemove={onRemove} />
    </>
  )
}

export function FactorRow({
  row,
  number,
  names,
  errorOf,
  onRemove,
  onChange,
  themes,
  blankWhy,
}: RowProps & {
  /** Something changed that is no typing: an answer was removed. */
  onChange(): void
  themes: { slug: string; name: string }[]
  /** Where a page without JavaScript shows an empty answer. */
  blankWhy: { at: number; depth: number } | null
}) {
  const field = `row.${row.id}`
  const chosen = (row.themes ?? '').split('\n').filter(Boolean)
  return (
    <>
      <WritingArea
        name={`${field}.text`}
        label={`Factor ${number}`}
        rows={2}
        defaultValue={row.text ?? ''}
        names={names}
        error={errorOf('text')}
      />
      <Whys row={row} names={names} onChange={onChange} blank={blankWhy} />
      <details className="choices-of-themes">
        <summary>
          Themes of factor {number}
          {chosen.length
            ? `: ${themes
                .filter(one => chosen.includes(one.slug))
                .map(one => one.name)
                .join(', ')}`
            : ''}
        </summary>
        <ThemeChoices name={`${field}.themes`} themes={themes} chosen={chosen} />
      </details>
      <Remove row={row} what={`factor ${number}`} onRemove={onRemove} />
    </>
  )
}

export function ThemeChoices({
  name,
  themes,
  chosen,
}: {
  name: string
  themes: { slug: string; name: string }[]
  chosen: string[]
}) {
  return (
    <fieldset className="theme-choices">
      <legend className="visually-hidden">Themes</legend>
      <input type="hidden" name={name} value="" />
      {themes.map(theme => (
        <label key={theme.slug}>
          <input type="checkbox" name={name} value={theme.slug} defaultChecked={chosen.includes(theme.slug)} />{' '}
          {theme.name}
        </label>
      ))}
    </fieldset>
  )
}

interface Answer {
  id: string
  depth: number
  text: string
}

/** The five-whys chain of a factor. An answer may be followed by the next why, or stand beside another. */
function Whys({
  row,
  names,
  onChange,
  blank,
}: {
  row: Row
  names: readonly string[]
  onChange(): void
  blank: { at: number; depth: number } | null
}) {
  const [answers, setAnswers] = useState<Answer[]>(() => {
    const list = whyRows(row.whys ?? '').map((why, at): Answer => ({ ...why, id: `${row.id}-${at}` }))
    if (blank) list.splice(blank.at, 0, { id: `${row.id}-new`, depth: blank.depth, text: '' })
    return list
  })
  const [texts, setTexts] = useState<Record<string, string>>({})
  const add = (at: number, depth: number) => {
    const id = newRowId()
    // At once: the next key may already be on its way.
    flushSync(() => setAnswers(list => [...list.slice(0, at), { id, depth, text: '' }, ...list.slice(at)]))
    document.getElementById(`why.${id}`)?.focus()
  }
  const remove = (id: string) => {
    flushSync(() => setAnswers(list => list.filter(one => one.id !== id)))
    onChange()
  }
  return (
    <div className="whys-of">
      {answers.map((answer, at) => {
        const words = texts[answer.id] ?? answer.text
        const numbers = `${at + 1}`
        return (
          <div key={answer.id} className={`why-row depth-${Math.min(answer.depth, 6)}`}>
            <input type="hidden" name={`row.${row.id}.why`} value={answer.id} />
            <input type="hidden" name={`why.${answer.id}.depth`} value={answer.depth} />
            <label htmlFor={`why.${answer.id}`}>Why? Answer {numbers}</label>
            <input
              type="text"
              id={`why.${answer.id}`}
              name={`why.${answer.id}.text`}
              defaultValue={answer.text}
              onInput={event => {
                const { value } = event.currentTarget
                setTexts(list => ({ ...list, [answer.id]: value }))
              }}
            />
            <span className="why-steps">
              <button
                className="linklike small"
                name="do"
                value={`why ${row.id} ${at + 1} ${answer.depth + 1}`}
                onClick={event => {
                  event.preventDefault()
                  add(at + 1, answer.depth + 1)
                }}
              >
                Ask why<span className="visually-hidden"> below answer {numbers}</span>
              </button>
              <button
                className="linklike small"
                name="do"
                value={`why ${row.id} ${endOfBranch(answers, at)} ${answer.depth}`}
                onClick={event => {
                  event.preventDefault()
                  add(endOfBranch(answers, at), answer.depth)
                }}
              >
                Another reason<span className="visually-hidden"> beside answer {numbers}</span>
              </button>
              <button
                className="linklike small"
                name="do"
                value={`unwhy ${row.id} ${answer.id}`}
                onClick={event => {
                  event.preventDefault()
                  remove(answer.id)
                }}
              >
                Remove<span className="visually-hidden"> answer {numbers}</span>
              </button>
            </span>
            <PhraseList phrases={judgingPhrases(words, names)} />
          </div>
        )
      })}
      {answers.length === 0 ? (
        <button
          className="linklike small"
          name="do"
          value={`why ${row.id} 0 0`}
          onClick={event => {
            event.preventDefault()
            add(0, 0)
          }}
        >
          Ask why
        </button>
      ) : null}
    </div>
  )
}

/** Where the answers below this one end. */
function endOfBranch(answers: Answer[], at: number): number {
  const depth = answers[at]?.depth ?? 0
  const next = answers.findIndex((one, index) => index > at && one.depth <= depth)
  return next === -1 ? answers.length : next
}

function Remove({ row, what, onRemove }: { row: Row; what: string; onRemove(): void }) {
  return (
    <p className="remove">
      <button
        className="linklike small muted"
        name="do"
        value={`remove ${row.id}`}
        onClick={event => {
          event.preventDefault()
          onRemove()
        }}
      >
        Remove<span className="visually-hidden"> {what}</span>
      </button>
    </p>
  )
}

/** An id that no other row has; browsers make UUIDs by themselves on secure pages only. */
export function newRowId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
}
