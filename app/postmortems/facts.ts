/** The large figures at the head of a postmortem: what its moments say, then what its authors thought worth showing. */
import { durationInWords } from '#app/platform/durations.ts'
import type { PostmortemRecord } from './record.ts'

export interface Fact {
  value: string
  label: string
  /** The gap before anyone noticed is marked: it is the first thing to work on. */
  isGap?: boolean
}

const MOST = 4

/** Durations carry their endpoints in the label, since every tool means others by the same word. */
export function factsOf(record: PostmortemRecord): Fact[] {
  const between = (from: string | null, to: string | null) =>
    from && to ? new Date(to).getTime() - new Date(from).getTime() : null
  const facts: Fact[] = []
  const lasted = between(record.startedAt, record.mitigatedAt ?? record.resolvedAt)
  if (lasted !== null && lasted >= 0)
    facts.push({
      value: durationInWords(lasted),
      label: `from start to ${record.mitigatedAt ? 'mitigation' : 'resolution'}`,
    })
  const unnoticed = between(record.startedAt, record.detectedAt)
  if (unnoticed !== null && unnoticed >= 0)
    facts.push({ value: durationInWords(unnoticed), label: 'before anyone noticed', isGap: unnoticed >= 5 * 60_000 })
  const written = record.isPublic ? null : between(record.resolvedAt, record.publishedAt)
  const last =
    written !== null && written >= 0
      ? [{ value: durationInWords(written), label: 'from resolution to this document' }]
      : []
  const said = new Set(facts.map(fact => fact.value))
  const highlights = record.highlights.filter(highlight => !said.has(highlight.value))
  facts.push(...highlights.slice(0, MOST - facts.length - last.length), ...last)
  return facts
}
