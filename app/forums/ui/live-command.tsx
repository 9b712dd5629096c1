import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { LiveState } from '#app/forums/live-board.ts'

/** One command as a form: it carries what the server needs to refuse it when it comes too late. */
export function Command({
  type,
  state,
  children,
  fields = {},
  keys,
  label,
  isOff,
  className = 'btn',
}: {
  type: string
  state?: LiveState
  children: ReactNode
  fields?: Record<string, string>
  keys?: string
  /** For those who hear the button, where its words alone do not say what it is about. */
  label?: string
  isOff?: boolean
  className?: string
}) {
  return (
    <Form method="post" preventScrollReset>
      <CommandFields type={type} state={state} fields={fields} />
      <button
        className={className}
        data-key={keys}
        aria-keyshortcuts={keys === ' ' ? 'Space' : keys}
        aria-label={label}
        disabled={isOff}
      >
        {children} {keys && !className.includes('linklike') ? <kbd>{keys === ' ' ? 'space' : keys}</kbd> : null}
      </button>
    </Form>
  )
}

/** What every form of a command sends along. */
export function CommandFields({
  type,
  state,
  fields = {},
}: {
  type: string
  state?: LiveState
  fields?: Record<string, string>
}) {
  return (
    <>
      <input type="hidden" name="type" value={type} />
      {state ? (
        <>
          <input type="hidden" name="expectedRevision" value={state.revision} />
          {state.epoch > 0 ? <input type="hidden" name="epoch" value={state.epoch} /> : null}
        </>
      ) : null}
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  )
}
