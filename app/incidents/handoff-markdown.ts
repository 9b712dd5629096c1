/** A handoff as Markdown, for a chat. */
import { HANDOFF_LABELS, HANDOFF_PARTS, type HandoffTexts } from './handoff.ts'

export function handoffMarkdown(
  handoff: { role: string; giver: { name: string }; receiver: { name: string }; parts: HandoffTexts },
  incident: { key: string; title: string },
  /** The moment of the offer, in words with its zone. */
  offered: string,
): string {
  const lines = [
    `**Handoff: ${handoff.role} of ${incident.key}**`,
    incident.title,
    `${handoff.giver.name} → ${handoff.receiver.name}, ${offered}`,
    ...HANDOFF_PARTS.map(part => `**${HANDOFF_LABELS[part]}**\n${handoff.parts[part] ?? 'Nothing to report.'}`),
  ]
  return `${lines.join('\n\n')}\n`
}
