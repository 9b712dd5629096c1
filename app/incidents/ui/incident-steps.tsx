import { durationInWords } from '#app/platform/durations.ts'
import { When } from '#app/ui/time.tsx'
import { MOMENT_WORDS, type Moment } from '../moments.ts'

interface Step {
  moment: Moment
  at: string | null
  since: Moment | null
  milliseconds: number | null
  state: string
}

/** The five moments, with how long it took from one to the next; what is not known is said so. */
export function IncidentSteps({ steps }: { steps: Step[] }) {
  return (
    <ol className="incident-steps" aria-label="The five moments">
      {steps.map(({ moment, at, since, milliseconds, state }) => (
        <li key={moment} className={at === null ? 'is-unknown' : undefined}>
          <b>{MOMENT_WORDS[moment]}</b>
          {at === null ? <span className="muted">{state}</span> : <When at={at} show="minute" />}
          {milliseconds !== null && since !== null ? (
            <span className="took">
              {milliseconds === 0
                ? 'at once'
                : `${durationInWords(milliseconds)} after ${MOMENT_WORDS[since].toLowerCase()}`}
            </span>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
