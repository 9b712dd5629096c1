/** The one page for those who decide, drafted from a postmortem's sections for a person to edit. Pure. */
import type { PostmortemRecord } from './record.ts'

/** Markdown. */
export interface ExecutiveSummary {
  happened: string
  learnt: string
  changes: string
}

export const SUMMARY_PARTS = [
  { name: 'happened', title: 'What happened' },
  { name: 'learnt', title: 'What we learnt' },
  { name: 'changes', title: 'What changes' },
] as const satisfies { name: keyof ExecutiveSummary; title: string }[]

/** One page holds about this many words. */
const WORDS = { happened: 160, learnt: 120 }
const MOST_FACTORS = 4
const MOST_ACTIONS = 6

export function draftSummary(record: PostmortemRecord): ExecutiveSummary {
  const { sections } = record
  const factors = record.factors.slice(0, MOST_FACTORS).map(factor => `- ${oneLine(factor.text)}`)
  const planned = record.actions.filter(action => action.state !== 'dropped')
  const actions = planned.slice(0, MOST_ACTIONS).map(action => `- ${actionLine(action)}`)
  return {
    happened: paragraphs([
      opening(sections.summary || sections.body, WORDS.happened),
      opening(sections.impact, WORDS.happened / 2),
    ]),
    learnt: paragraphs([
      opening(sections.lessons, WORDS.learnt),
      factors.length ? `What made it possible:\n\n${factors.join('\n')}` : '',
    ]),
    changes: paragraphs([
      opening(sections.prevention, WORDS.learnt),
      actions.length ? actions.join('\n') : '',
      planned.length > MOST_ACTIONS ? `${planned.length - MOST_ACTIONS} more action items are in the postmortem.` : '',
    ]),
  }
}

/** As plain text, to be pasted or mailed. */
export function summaryAsText(title: string, summary: ExecutiveSummary): string {
  const parts = SUMMARY_PARTS.map(
    part => `${part.title}\n${'-'.repeat(part.title.length)}\n\n${summary[part.name].trim()}`,
  )
  return [title, '='.repeat(Math.min(72, [...title].length)), '', parts.join('\n\n\n')].join('\n').concat('\n')
}

function actionLine(action: PostmortemRecord['actions'][number]): string {
  const state = action.state === 'done' ? 'done' : action.dueOn ? `due ${action.dueOn}` : 'no due day'
  return `${oneLine(action.title)} (${state})`
}

/** Whole paragraphs from the start, as many as the words allow, at least one. Headings and pictures stay behind. */
function opening(text: string, words: number): string {
  const kept: string[] = []
  let left = words
  for (const paragraph of text.trim().split(/\n\s*\n/)) {
    const plain = paragraph.replace(/!\[[^\]]*\]\([^)]*\)/g, '').trim()
    if (!plain || /^#{1,6}\s/.test(plain)) continue
    const count = plain.match(/\S+/g)?.length ?? 0
    if (kept.length > 0 && count > left) break
    kept.push(plain)
    left -= count
    if (left <= 0) break
  }
  return kept.join('\n\n')
}

function paragraphs(parts: string[]): string {
  return parts.filter(part => part.trim()).join('\n\n')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
