import { Form } from '@remix-run/react'
import { Fields, TextArea, type useRefusal } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'
import type { Cadence } from '../cadence.ts'
import { minutesInWords } from './incident-form.tsx'

/** When people should hear the next time, and where to write it. */
export function NextUpdate({
  cadence,
  template,
  severity,
  state,
}: {
  cadence: Cadence | null
  template: string
  severity: string | null
  /** The refusal of this form; empty when the last one was about another. */
  state: ReturnType<typeof useRefusal>
}) {
  return (
    <section aria-labelledby="next-update" className="next-update no-print">
      <h2 id="next-update">Next update</h2>
      {cadence ? (
        <p>
          <span className={cadence.isLate ? 'due is-late' : 'due'}>
            {cadence.isLate ? 'Was due at ' : 'Due by '}
            <When at={cadence.dueAt} show="clock" />
          </span>{' '}
          {severity}: an update every {minutesInWords(cadence.everyMinutes)}, even if only that we know and are on it.
        </p>
      ) : (
        <p>How often people should hear depends on the severity, which nobody has said yet.</p>
      )}
      <Form method="post">
        <Fields state={state}>
          <TextArea
            name="text"
            label="Update"
            rows={9}
            defaultValue={template}
            help="Goes on the timeline with your name and this moment. Markdown; copy it to where customers read."
          />
          <p className="actions">
            <button className="btn primary" name="intent" value="update">
              Post the update
            </button>
          </p>
        </Fields>
      </Form>
    </section>
  )
}
