import { TextArea, useField } from '#app/ui/form.tsx'
import { HANDOFF_LABELS, HANDOFF_PARTS, type HandoffPart } from '../handoff.ts'

const HELP: Record<HandoffPart, string> = {
  state: 'What works and what does not, who is affected, what was told to whom.',
  hypotheses: 'One a line: what we thought, how it was tested, what came of it.',
  rollbacks: 'What was rolled back or switched off, when, and whether it helped.',
  nextSteps: 'What is under way, what is to be done next, and by whom.',
  risks: 'What could go wrong from here, and what must not be touched.',
}

/** The five parts of a handoff; of each, a text or the word that there is nothing to report. */
export function HandoffParts() {
  return HANDOFF_PARTS.map(part => (
    <div key={part} className="handoff-part">
      <TextArea name={part} label={HANDOFF_LABELS[part]} rows={4} help={HELP[part]} />
      <Nothing part={part} />
    </div>
  ))
}

function Nothing({ part }: { part: HandoffPart }) {
  const { value } = useField(`${part}-nothing`)
  return (
    <div className="check">
      <input
        type="checkbox"
        id={`${part}-nothing`}
        name={`${part}-nothing`}
        value="yes"
        defaultChecked={value === 'yes'}
      />
      <label htmlFor={`${part}-nothing`}>
        Nothing to report<span className="visually-hidden">: {HANDOFF_LABELS[part]}</span>
      </label>
    </div>
  )
}
