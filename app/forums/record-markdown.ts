/** The record as Markdown, for a file or a mail. What people wrote stays text: it opens no heading, list or link. */
import { minutesInWords } from './record.ts'
import type { ForumView } from './view-forum.server.ts'
import type { FollowUp, RecordView } from './view-record.server.ts'

const PHASE_NAMES = { context: 'Context', discussion: 'Discussion', capture: 'Capture' } as const

/** @param when the beginning, in words, in the forum's own zone. */
export function recordMarkdown(forum: ForumView, record: RecordView, when: string): string {
  const people = record.attended === 1 ? 'One person' : `${record.attended} people`
  const lines = [
    `# ${plain(forum.title)}`,
    '',
    `${when}. ${people} attended.${forum.facilitator ? ` Facilitated by ${plain(forum.facilitator.name)}.` : ''}`,
    '',
    `The items took ${minutesInWords(record.spentSeconds)} of ${minutesInWords(record.plannedSeconds)} planned.`,
    '',
  ]
  for (const item of record.items) {
    lines.push(`## ${item.incidentKey ? `${item.incidentKey}: ` : ''}${plain(item.title)}`, '')
    if (!item.wasDiscussed) {
      lines.push('Skipped.', '')
      continue
    }
    lines.push(`${minutesInWords(item.spentSeconds ?? 0)} of ${minutesInWords(item.plannedSeconds)}.`, '')
    for (const phase of ['context', 'discussion', 'capture'] as const)
      section(
        lines,
        `### ${PHASE_NAMES[phase]}`,
        item.notes.filter(note => note.phase === phase).map(note => note.text),
      )
    section(lines, '### Contributing factors', item.factors)
    section(
      lines,
      '### Themes',
      item.themes.map(theme => `${theme.name} (${theme.votes === 1 ? 'one vote' : `${theme.votes} votes`})`),
    )
    section(lines, '### Action proposals', item.followUps.map(followUpInWords))
  }
  section(lines, '## Patterns across the incidents', record.patterns)
  section(lines, '## Action proposals of the whole forum', record.followUps.map(followUpInWords))
  section(lines, '## Parking lot', record.parkingLot)
  return `${lines.join('\n').trimEnd()}\n`
}

export function followUpInWords({ text, state, reason, suggestedOwner, action }: FollowUp): string {
  if (state === 'dropped') return `${text} (dropped: ${reason})`
  if (state === 'confirmed')
    return action
      ? `${text} (${action.state}${action.owner ? `, ${action.owner}` : ''}${action.dueOn ? `, due ${action.dueOn}` : ''})`
      : `${text} (confirmed)`
  return `${text} (proposed${suggestedOwner ? `, ${suggestedOwner.name} named as owner` : ''})`
}

function section(lines: string[], heading: string, texts: readonly string[]): void {
  if (texts.length === 0) return
  lines.push(heading, '', ...texts.map(text => `- ${plain(text)}`), '')
}

const MARKUP = /[\\`*_[\]<>#|~!&]/g

/** On one line, with every sign escaped that Markdown would take for markup, and what would begin a list. */
function plain(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(MARKUP, '\\$&')
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2')
}
