/** What a forum might discuss, the most worth an hour of many people first, each with its reasons. Pure. */

export interface Candidate {
  key: string
  title: string
  severity: string | null
  /** When it began. */
  at: string | null
  /** How many days after the last of its family; null where it is no repeat. */
  repeatDays: number | null
  family: string | null
  /** Names of themes on the rise that it carries. */
  risingThemes: string[]
  overdueActions: number
  /** Who asked for it, and why. */
  asked: { by: string; why: string }[]
}

export interface AgendaProposal {
  key: string
  title: string
  severity: string | null
  at: string | null
  score: number
  reasons: string[]
}

/** What each reason weighs: somebody asking, or the same failure coming back, counts for more than severity alone. */
const WEIGHTS = { 'SEV-1': 5, 'SEV-2': 3, repeat: 4, rising: 2, overdue: 1, asked: 4 } as const
const MOST_OVERDUE = 3
const MOST_ASKED = 3

/** Ranks what has any reason; the more recent first among equals. */
export function rankProposals(candidates: readonly Candidate[], limit: number): AgendaProposal[] {
  return candidates
    .map(weighed)
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || ((a.at ?? '') < (b.at ?? '') ? 1 : (a.at ?? '') > (b.at ?? '') ? -1 : 0))
    .slice(0, limit)
}

function weighed(candidate: Candidate): AgendaProposal {
  const { key, title, severity, at, repeatDays, family, risingThemes, overdueActions, asked } = candidate
  const reasons: string[] = asked.map(({ by, why }) => `${by} asks for it: ${why}`)
  let score = WEIGHTS.asked * Math.min(asked.length, MOST_ASKED)
  if (repeatDays !== null) {
    reasons.push(
      `${family ?? 'Its family'} came back ${repeatDays === 1 ? 'a day' : `${repeatDays} days`} after the last time`,
    )
    score += WEIGHTS.repeat
  }
  if (severity === 'SEV-1' || severity === 'SEV-2') {
    reasons.push(`A recent ${severity} that no forum has discussed`)
    score += WEIGHTS[severity]
  }
  if (risingThemes.length > 0) {
    reasons.push(`${risingThemes.join(', ')}: on the rise`)
    score += WEIGHTS.rising
  }
  if (overdueActions > 0) {
    reasons.push(overdueActions === 1 ? 'One action item is overdue' : `${overdueActions} action items are overdue`)
    score += WEIGHTS.overdue * Math.min(overdueActions, MOST_OVERDUE)
  }
  return { key, title, severity, at, score, reasons }
}

/** Themes named by at least three this quarter, and by more than in the one before. */
export function isRising(now: number, before: number): boolean {
  return now >= 3 && now > before
}
