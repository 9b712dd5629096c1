/** What a postmortem should have before it is reviewed. It shows what is missing; whether that matters is for people. */
import type { EditorSection } from './editor-sections.ts'
import type { PostmortemRecord } from './record.ts'

export interface CheckedItem {
  section: EditorSection
  isDone: boolean
  /** What is asked for. */
  text: string
}

const ENOUGH_FACTORS = 2

/** In the order of the sections. */
export function reviewChecklist(record: PostmortemRecord): CheckedItem[] {
  const isWritten = (section: 'impact' | 'prevention' | 'detection') => record.sections[section].trim() !== ''
  const factors = record.factors.filter(factor => factor.text.trim() !== '').length
  return [
    { section: 'impact', isDone: isWritten('impact'), text: 'The impact: who was affected, how many, for how long' },
    { section: 'timeline', isDone: record.timeline.length > 0, text: 'A timeline' },
    { section: 'factors', isDone: factors >= ENOUGH_FACTORS, text: 'Two contributing factors' },
    { section: 'prevention', isDone: isWritten('prevention'), text: 'How we prevent recurrence' },
    { section: 'detection', isDone: isWritten('detection'), text: 'How we notice it sooner elsewhere' },
    {
      section: 'actions',
      isDone: record.actions.some(action => action.owner !== null && action.dueOn !== null),
      text: 'One action item with an owner and a due day',
    },
  ]
}

const HOURS_TO_PUBLISH = 48

/** Whole hours left until 48 after resolution, below zero when they are over; null when the resolution is not known. */
export function hoursToPublish(resolvedAt: string | null, now: number): number | null {
  if (resolvedAt === null) return null
  return Math.floor((Date.parse(resolvedAt) + HOURS_TO_PUBLISH * 3_600_000 - now) / 3_600_000)
}
