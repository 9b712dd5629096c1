/** Where the sections with titles of their own stand on a postmortem's page. */
import type { SectionKind } from './record.ts'

export const PAGE_ORDER = {
  beforeTimeline: ['impact'],
  afterFactors: ['wentWell', 'lucky', 'lessons', 'prevention', 'detection'],
} as const satisfies Record<string, readonly SectionKind[]>
