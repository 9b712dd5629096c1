/** A field for prose with the quiet underlining of phrases that judge people, and the questions to ask instead. */
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react'
import { type JudgingPhrase, judgingPhrases } from '../blameless.ts'

const ROOT_CAUSE = /\broot[ -]causes?\b/i

export function WritingArea({
  name,
  label,
  help,
  rows,
  defaultValue,
  names,
  error,
  isLabelHidden = false,
}: {
  name: string
  label: string
  help?: string
  rows: number
  defaultValue: string
  names: readonly string[]
  error?: string
  /** Where the heading above says the same. */
  isLabelHidden?: boolean
}) {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const behind = useRef<HTMLDivElement>(null)
  const [text, setText] = useState(defaultValue)
  // What was typed before this script ran is in the field and not in the state.
  useEffect(() => setText(area.current?.value ?? ''), [])
  const seen = useDeferredValue(text)
  const phrases = useMemo(() => judgingPhrases(seen, names), [seen, names])
  return (
    <div className={error ? 'field is-wrong' : 'field'}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <div className="writing">
        <div className="writing-behind" aria-hidden="true" ref={behind}>
          <Underlined text={seen} phrases={phrases} />
        </div>
        <textarea
          id={id}
          ref={area}
          name={name}
          rows={rows}
          defaultValue={defaultValue}
          onInput={event => setText(event.currentTarget.value)}
          onScroll={event => {
            if (behind.current) behind.current.scrollTop = event.currentTarget.scrollTop
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-help`}
        />
      </div>
      <div id={`${id}-help`}>
        {error ? <p className="wrong">{error}</p> : null}
        {help ? <p className="help">{help}</p> : null}
        <PhraseList phrases={phrases} />
        {ROOT_CAUSE.test(seen) ? (
          <p className="help">
            ‘Root cause’: which other conditions had to be there? Name each as a factor of its own.
          </p>
        ) : null}
      </div>
    </div>
  )
}

function Underlined({ text, phrases }: { text: string; phrases: JudgingPhrase[] }) {
  if (phrases.length === 0) return null
  const parts = phrases.map((phrase, at) => (
    <span key={phrase.from}>
      {text.slice(phrases[at - 1]?.to ?? 0, phrase.from)}
      <u>{phrase.phrase}</u>
    </span>
  ))
  return (
    <>
      {parts}
      {text.slice(phrases.at(-1)?.to ?? 0)}
      {'\n'}
    </>
  )
}

/** The phrases in words, for those who do not see the underline, and where there is no JavaScript. */
export function PhraseList({ phrases }: { phrases: JudgingPhrase[] }) {
  if (phrases.length === 0) return null
  return (
    <ul className="phrases">
      {phrases.map(({ from, phrase, question }) => (
        <li key={from}>
          <q>{phrase}</q> {question}
        </li>
      ))}
    </ul>
  )
}
