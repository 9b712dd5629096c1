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
  className = 'btn',
}: {
  type: string
  state?: LiveState
  children: ReactNode
  fields?: Record<string, string>
  keys?: string
  className?: string
}) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="type" value={type} />
      {state ? <input type="hidden" name="expectedRevision" value={state.revision} /> : null}
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button className={className} data-key={keys} aria-keyshortcuts={keys === ' ' ? 'Space' : keys}>
        {children} {keys ? <kbd>{keys === ' ' ? 'space' : keys}</kbd> : null}
      </button>
    </Form>
  )
}
