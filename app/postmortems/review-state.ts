/** What reviewers said of a postmortem, and whether they said it of what stands there now. Pure. */
import type { PostmortemRecord } from './record.ts'

export const VERDICTS = ['approved', 'changes'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface ReviewerState {
  verdict: Verdict | null
  /** Of what they read, as `reviewedText` gives it. */
  isOfThisText: boolean
}

/** What a reviewer answers for: the words. The incident's facts, its state and how it is filed are others' affair. */
export function reviewedText(record: PostmortemRecord): string {
  const { title, sections, timeline } = record
  return JSON.stringify([
    title,
    Object.entries(sections).sort(([a], [b]) => (a < b ? -1 : 1)),
    timeline.map(entry => [entry.at, entry.atText, entry.marker, entry.text]),
    record.factors.map(factor => [factor.text, factor.whys]),
    record.actions.map(action => [action.title, action.kind, action.owner]),
  ])
}

/** One line about all of them: 'Approved by 2 of 3, 1 asks for changes, changed since'. Null when nobody was asked. */
export function reviewInWords(reviewers: readonly ReviewerState[]): string | null {
  if (reviewers.length === 0) return null
  const approved = reviewers.filter(one => one.verdict === 'approved')
  const changes = reviewers.filter(one => one.verdict === 'changes').length
  const parts = [
    approved.length > 0 ? `approved by ${approved.length} of ${reviewers.length}` : null,
    changes > 0 ? `${changes} ${changes === 1 ? 'asks' : 'ask'} for changes` : null,
    approved.some(one => !one.isOfThisText) ? 'changed since approved' : null,
  ].filter(part => part !== null)
  const words = parts.length ? parts.join(', ') : `waits for ${reviewers.length} of ${reviewers.length}`
  return `${words[0]?.toUpperCase()}${words.slice(1)}`
}

/** A mean stands for at least this many ratings. */
export const FEWEST_RATINGS = 5

/** Means to one decimal; null while so few have rated that one could tell who said what. */
export function usefulness(
  ratings: number,
  worthSum: number,
  learntSum: number,
): { worth: string; learnt: string } | null {
  if (ratings < FEWEST_RATINGS) return null
  return { worth: (worthSum / ratings).toFixed(1), learnt: (learntSum / ratings).toFixed(1) }
}
