/** A handoff: what the one who goes on needs to know, part by part, and the refusal to send it with one missing. */
import type { FieldError } from '#app/platform/errors.ts'

/** The parts of a handoff in their order. */
export const HANDOFF_PARTS = ['state', 'hypotheses', 'rollbacks', 'nextSteps', 'risks'] as const
export type HandoffPart = (typeof HANDOFF_PARTS)[number]

export const HANDOFF_LABELS: Record<HandoffPart, string> = {
  state: 'Current state',
  hypotheses: 'Hypotheses tested and their outcome',
  rollbacks: 'Rollbacks attempted',
  nextSteps: 'Next steps',
  risks: 'Risks',
}

/** What each part says; null where there is nothing to report, and somebody said so. */
export type HandoffTexts = Record<HandoffPart, string | null>

export const HANDOFF_ANSWERS = ['accepted', 'declined', 'withdrawn'] as const
export type HandoffAnswer = (typeof HANDOFF_ANSWERS)[number]

/** Longest text of one part, in UTF-16 code units. */
export const PART_LIMIT = 10_000

/** What was typed and ticked. */
export type TypedParts = Record<HandoffPart, { text: string; isNothing: boolean }>

/** The parts as they can be sent, and what keeps them from being sent. */
export function readParts(typed: TypedParts): { parts: HandoffTexts; errors: FieldError[] } {
  const errors: FieldError[] = []
  const parts = {} as HandoffTexts
  for (const part of HANDOFF_PARTS) {
    const text = typed[part].text.trim()
    const label = HANDOFF_LABELS[part]
    if (text === '' && !typed[part].isNothing)
      errors.push({ path: part, message: `${label}: write it, or tick ‘Nothing to report’.` })
    else if (text !== '' && typed[part].isNothing)
      errors.push({ path: part, message: `${label}: there is a text, so ‘Nothing to report’ cannot be ticked.` })
    else if (text.length > PART_LIMIT)
      errors.push({ path: part, message: `${label}: longer than ${PART_LIMIT.toLocaleString('en-GB')} characters.` })
    parts[part] = text || null
  }
  return { parts, errors }
}
