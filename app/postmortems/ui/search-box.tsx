/**
 * The search field of the front page and the library. It is a form that is posted, so that a pasted text of any length
 * arrives; with JavaScript short queries go straight to their address, a text of several lines is shown as such, and
 * suggestions come while one types (the combobox with a list of the ARIA Authoring Practices).
 */
import { Form, useNavigate } from '@remix-run/react'
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react'
import './search-box.css'
import { useSuggestions } from './use-suggestions.ts'

/** Longer ones are posted and come back as an address of their own. */
const LONGEST_IN_ADDRESS = 1_500
const ROWS = 8

export function SearchBox({
  value = '',
  placeholder,
  children,
}: {
  value?: string
  placeholder: string
  /** Hidden fields: what is chosen beside the words. */
  children?: ReactNode
}) {
  const navigate = useNavigate()
  const [text, setText] = useState<string | null>(null)
  // What is typed is the fields' own, so that nothing is lost of what came before this script did.
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const parameters = new URLSearchParams()
    for (const [name, field] of new FormData(event.currentTarget))
      if (typeof field === 'string' && field.trim()) parameters.set(name, field.trim())
    const query = parameters.get('q') ?? ''
    if (query.length > LONGEST_IN_ADDRESS || query.includes('\n')) return
    event.preventDefault()
    navigate(parameters.size > 0 ? `/library?${parameters}` : '/library')
  }
  return (
    <Form className="find" method="post" action="/library" role="search" onSubmit={submit}>
      {text === null ? (
        <Field value={value} placeholder={placeholder} onLines={setText} />
      ) : (
        <PastedText value={text} />
      )}
      {children}
      <button className="btn primary">Search</button>
    </Form>
  )
}

function PastedText({ value }: { value: string }) {
  const hint = useId()
  return (
    <div className="find-field">
      <textarea
        name="q"
        rows={ROWS}
        defaultValue={value}
        aria-label="Search the library"
        aria-describedby={hint}
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the field in which somebody has just pasted
        autoFocus
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          event.currentTarget.form?.requestSubmit()
        }}
      />
      <p id={hint} className="small muted">
        Paste it as it is: what tells most in it is searched for. Enter searches.
      </p>
    </div>
  )
}

function Field({
  value,
  placeholder,
  onLines,
}: {
  value: string
  placeholder: string
  onLines: (text: string) => void
}) {
  const navigate = useNavigate()
  const id = useId()
  const [hasScript, setHasScript] = useState(false)
  /** As far as it is typed now; empty where nothing is to be offered. */
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(-1)
  const offered = useSuggestions(typed)
  const isShown = offered.length > 0
  useEffect(() => setHasScript(true), [])
  const leave = () => {
    setTyped('')
    setActive(-1)
  }
  const go = (to: string) => {
    leave()
    navigate(to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step && isShown) {
      event.preventDefault()
      // One place before the first is the field itself.
      setActive(before => ((before + 1 + step + offered.length + 1) % (offered.length + 1)) - 1)
    } else if (event.key === 'Escape' && isShown) {
      event.preventDefault()
      leave()
    } else if (event.key === 'Enter' && isShown && offered[active]) {
      event.preventDefault()
      go(offered[active].to)
    } else if (event.key === 'Enter') leave()
  }
  return (
    <div className="find-field">
      <input
        type="search"
        name="q"
        defaultValue={value}
        placeholder={placeholder}
        aria-label="Search the library"
        autoComplete="off"
        enterKeyHint="search"
        {...(hasScript
          ? {
              role: 'combobox',
              'aria-autocomplete': 'list' as const,
              'aria-expanded': isShown,
              'aria-controls': `${id}-list`,
              'aria-activedescendant': isShown && active >= 0 ? `${id}-${active}` : undefined,
            }
          : {})}
        onChange={event => {
          setTyped(event.target.value)
          setActive(-1)
        }}
        onPaste={event => {
          const text = event.clipboardData.getData('text/plain')
          if (!text.trim().includes('\n')) return
          event.preventDefault()
          const { value: before, selectionStart, selectionEnd } = event.currentTarget
          onLines(before.slice(0, selectionStart ?? 0) + text + before.slice(selectionEnd ?? before.length))
        }}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      {hasScript ? (
        <>
          <div className="suggestions" role="listbox" id={`${id}-list`} aria-label="Suggestions" hidden={!isShown}>
            {offered.map((one, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field, which keeps the focus
              <div
                key={`${one.kind} ${one.to}`}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                tabIndex={-1}
                onPointerDown={event => event.preventDefault()}
                onClick={() => go(one.to)}
              >
                <bdi>{one.label}</bdi>
                <span className="muted">{one.kind}</span>
              </div>
            ))}
          </div>
          <span className="visually-hidden" role="status">
            {isShown ? `${offered.length} ${offered.length === 1 ? 'suggestion' : 'suggestions'}` : ''}
          </span>
        </>
      ) : null}
    </div>
  )
}
