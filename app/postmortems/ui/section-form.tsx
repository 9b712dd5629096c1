/** One section of the editor: a form of its own, saved while one types, and by its button without JavaScript. */
import { Form } from '@remix-run/react'
import { useEffect, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { When } from '#app/ui/time.tsx'
import { useViewer } from '#app/ui/viewer.ts'
import type { EditView } from '../edit-view.server.ts'
import { EDITOR_TITLES, type EditorSection, inOrderOfTime, isListSection, isTextSection } from '../editor-sections.ts'
import { isSameValue, type Row, type SectionValue } from '../merge-section.ts'
import type { CheckedItem } from '../review-checklist.ts'
import { sectionFromFields } from '../section-form.ts'
import { Conflict, Offer } from './both-versions.tsx'
import { caretAfter } from './caret.ts'
import { FactsSection, PROMPTS, TextSection, ThemesSection } from './editor-fields.tsx'
import { ActionRow, FactorRow, newRowId, TimelineRow } from './editor-rows.tsx'
import { type SaveState, useAutosave } from './use-autosave.ts'

/** What the server said of a form that was sent without JavaScript. */
export interface SectionRefusal {
  section: EditorSection
  message: string
  errors: { path: string; message: string }[]
  mine: SectionValue
  /** What somebody else saved, where the two contradict each other. */
  theirs: SectionValue | null
}

export interface Blank {
  section: string
  /** For an answer: the factor's row, the place among its answers, and its depth. */
  row: string
  at: number
  depth: number
  /** The id of the empty row at the end of every list. */
  id: string
}

interface Props {
  section: EditorSection
  page: EditView
  blank: Blank
  refusal: SectionRefusal | null
  onChecklist(checklist: CheckedItem[]): void
  /** What waits for a section until it is saved, by section. */
  settling: Map<string, () => Promise<void>>
}

export function SectionForm({ section, page, blank, refusal, onChecklist, settling }: Props) {
  const view = page.sections[section]
  const { email } = useViewer()
  const title = EDITOR_TITLES[section]
  const headingId = useId()
  const form = useRef<HTMLFormElement>(null)
  const base = refusal?.theirs ?? view.value
  const [shown, setShown] = useState(() => withEmptyRow(section, refusal?.mine ?? view.value, `${blank.id}-${section}`))
  // A row whose words came from somebody else is made anew with them; a text likewise.
  const [made, setMade] = useState<Record<string, number>>({})

  const read = () => sectionFromFields(new FormData(form.current ?? undefined), section, view.value)
  const show = (value: SectionValue) =>
    keepingFocus(form.current, () => {
      const now = read()
      const rows = new Map(now.rows.map(row => [row.id, row]))
      const changed = value.rows.filter(row => {
        const before = rows.get(row.id)
        return before && !isSameValue({ fields: before, rows: [] }, { fields: row, rows: [] })
      })
      const keys = isListSection(section) ? changed.map(row => row.id) : ['fields']
      setMade(before => ({ ...before, ...Object.fromEntries(keys.map(key => [key, (before[key] ?? 0) + 1])) }))
      setShown(withEmptyRow(section, value, newRowId()))
    })
  const saver = useAutosave({ postmortemId: page.id, section, email, base, read, show, onChecklist })

  useEffect(() => {
    settling.set(section, saver.settle)
  })
  const errors = saver.state.kind === 'refused' ? saver.state.errors : (refusal?.errors ?? [])
  const errorOf = (path: string) => errors.find(error => error.path === path)?.message
  const addRow = () => {
    const id = newRowId()
    // At once: the next key may already be on its way.
    flushSync(() => setShown(before => ({ ...before, rows: [...before.rows, { id }] })))
    form.current?.querySelector<HTMLElement>(`[id^="row.${id}."], .list-row:last-child textarea`)?.focus()
  }
  const removeRow = (id: string) => {
    flushSync(() => setShown(before => ({ ...before, rows: before.rows.filter(row => row.id !== id) })))
    saver.onInput()
    form.current?.querySelector<HTMLElement>('[data-add]')?.focus()
  }

  return (
    <section className="edit-section" id={section} aria-labelledby={headingId}>
      <Form
        method="post"
        action={`/postmortems/${page.id}/edit`}
        ref={form}
        onInput={saver.onInput}
        onSubmit={event => {
          event.preventDefault()
          saver.saveNow()
        }}
      >
        <input type="hidden" name="section" value={section} />
        <input type="hidden" name="base" value={JSON.stringify(base)} />
        <div className="edit-head">
          <h2 id={headingId}>{title}</h2>
          <span className="edit-state">
            <State state={saver.state} savedAt={view.savedAt} />
            <button className="btn small quiet" name="do" value="save">
              Save<span className="visually-hidden"> {title}</span>
            </button>
          </span>
        </div>
        {PROMPTS[section] ? <p className="prompt">{PROMPTS[section]}</p> : null}
        {saver.state.kind === 'refused' ? <p className="notice warn">{saver.state.message}</p> : null}
        {refusal ? (
          <p className="notice warn" role="alert">
            {refusal.message}
          </p>
        ) : null}
        {saver.offers.map(offer => (
          <Offer
            key={offer.at}
            offer={offer}
            onTake={() => saver.takeOffer(offer)}
            onDecline={() => saver.declineOffer(offer)}
          />
        ))}
        {saver.state.kind === 'conflict' ? (
          <Conflict section={section} {...saver.state} read={read} onChoose={saver.choose} />
        ) : refusal?.theirs ? (
          <Conflict section={section} theirs={refusal.theirs} savedBy={null} read={read} onChoose={null} />
        ) : null}
        {section === 'timeline' ? <Gap page={page} /> : null}
        {section === 'factors' ? <WhyFactors /> : null}
        {isListSection(section) ? (
          <>
            <ol className="list-rows">
              {shown.rows.map((row, at) => {
                const common = {
                  row,
                  number: at + 1,
                  names: page.names,
                  errorOf: (field: string) => errorOf(`rows.${at}.${field}`),
                  onRemove: () => removeRow(row.id),
                }
                return (
                  <li className="list-row" key={`${row.id} ${made[row.id] ?? 0}`}>
                    <input type="hidden" name="row" value={row.id} />
                    {section === 'timeline' ? <TimelineRow {...common} /> : null}
                    {section === 'actions' ? <ActionRow {...common} /> : null}
                    {section === 'factors' ? (
                      <FactorRow
                        {...common}
                        themes={page.themes}
                        onChange={saver.onInput}
                        blankWhy={blank.section === 'factors' && blank.row === row.id ? blank : null}
                      />
                    ) : null}
                  </li>
                )
              })}
            </ol>
            <p>
              <button
                className="btn small"
                name="do"
                value="save"
                data-add
                onClick={event => {
                  event.preventDefault()
                  addRow()
                }}
              >
                {{ timeline: 'Add a row', factors: 'Add a factor', actions: 'Add an action item' }[section]}
              </button>
              {section === 'timeline' ? (
                <button
                  className="btn small quiet"
                  name="do"
                  value="sort"
                  onClick={event => {
                    event.preventDefault()
                    const value = read()
                    show({ ...value, rows: inOrderOfTime(value.rows) })
                    saver.onInput()
                  }}
                >
                  Put in order of time
                </button>
              ) : null}
            </p>
          </>
        ) : (
          <div key={made.fields ?? 0}>
            {section === 'facts' ? <FactsSection value={shown} page={page} errorOf={errorOf} /> : null}
            {section === 'themes' ? <ThemesSection value={shown} page={page} errorOf={errorOf} /> : null}
            {isTextSection(section) ? (
              <TextSection section={section} title={title} value={shown} page={page} errorOf={errorOf} />
            ) : null}
          </div>
        )}
      </Form>
    </section>
  )
}

function State({ state, savedAt }: { state: SaveState; savedAt: string | null }) {
  const at = state.kind === 'saved' ? state.at : savedAt
  switch (state.kind) {
    case 'saving':
      return <span>Saving …</span>
    case 'typing':
      return <span>Not saved yet</span>
    case 'kept':
      return <strong role="status">Not saved, kept in this browser</strong>
    case 'refused':
      return <strong role="status">Not saved, kept in this browser</strong>
    case 'conflict':
      return <strong role="status">Two versions</strong>
    default:
      return at ? (
        <span>
          Saved <When at={at} show="clock" />
        </span>
      ) : null
  }
}

/** The time in which it had begun and nobody knew. */
function Gap({ page }: { page: EditView }) {
  const { startedAt, detectedAt } = page.facts
  if (!startedAt || !detectedAt) return null
  const minutes = Math.round((Date.parse(detectedAt) - Date.parse(startedAt)) / 60_000)
  if (minutes < 1) return null
  return (
    <p className="gap-line">
      <strong>{minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`}</strong> from start to detection:
      what would have shown it earlier?
    </p>
  )
}

function WhyFactors() {
  return (
    <details className="why-factors">
      <summary>Why we ask for factors and not for the root cause</summary>
      <p>
        A failure of a complex system needs several conditions at once; take one away and it does not happen. Whoever
        looks for one root cause stops at the first answer that sounds like an end, often a person. Each factor is a
        place where the next failure can be stopped.
      </p>
    </details>
  )
}

/** A list always ends in a row to be filled, so that it can be written without JavaScript too. */
function withEmptyRow(section: EditorSection, value: SectionValue, id: string): SectionValue {
  if (!isListSection(section)) return value
  const empty: Row = { id }
  return { ...value, rows: [...value.rows, empty] }
}

/** Runs a change of the fields; whoever was writing stays where they were. */
function keepingFocus(form: HTMLFormElement | null, change: () => void): void {
  const active = document.activeElement
  const field =
    (active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement) && form?.contains(active)
      ? active
      : null
  const before = field && { name: field.name, text: field.value, caret: field.selectionStart ?? field.value.length }
  flushSync(change)
  if (!before) return
  const again = form?.elements.namedItem(before.name)
  if (!(again instanceof HTMLTextAreaElement || again instanceof HTMLInputElement) || again === active) return
  again.focus({ preventScroll: true })
  const caret = caretAfter(before.text, before.caret, again.value)
  if (again.type === 'text' || again instanceof HTMLTextAreaElement) again.setSelectionRange(caret, caret)
}
