/** The words that people and programs write for severities, detectors and impact, and what we take them for. */
import { type Detector, type IncidentRole, SEVERITIES, type Severity } from './vocabulary.ts'

/** `SEV2`, `sev-2`, `Sev 2`, `2` and `P2` are SEV-2. Empty text is null: not known. Anything else is undefined. */
export function normaliseSeverity(text: string): Severity | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const digit = /^(?:sev|p)?[\s_-]?([1-4])$/i.exec(trimmed)?.[1]
  return digit ? SEVERITIES[Number(digit) - 1] : undefined
}

const DETECTOR_WORDS: Record<string, Detector> = {
  alert: 'monitoring',
  monitor: 'monitoring',
  monitoring: 'monitoring',
  customer: 'customer',
  support: 'customer',
  employee: 'employee',
  engineer: 'employee',
  internal: 'employee',
}

/** Words that all mean the same detector ('Monitoring alert') are that one; empty is null; anything else undefined. */
export function normaliseDetector(text: string): Detector | null | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .split(/[\s_-]+/)
  if (words.length === 1 && words[0] === '') return null
  const found = new Set(words.map(word => (Object.hasOwn(DETECTOR_WORDS, word) ? DETECTOR_WORDS[word] : undefined)))
  return found.size === 1 ? [...found][0] : undefined
}

const YES = new Set(['yes', 'true', '1', 'y'])
const NO = new Set(['no', 'false', '0', 'n'])

/** Yes or no in its usual spellings; empty is unknown; other text describes an impact, so there was one. */
export function normaliseImpact(text: string): { customerImpact: boolean | null; note: string } {
  const trimmed = text.trim()
  const word = trimmed.toLowerCase()
  if (word === '') return { customerImpact: null, note: '' }
  if (YES.has(word)) return { customerImpact: true, note: '' }
  if (NO.has(word)) return { customerImpact: false, note: '' }
  return { customerImpact: true, note: trimmed }
}

const ROLE_WORDS: Record<string, IncidentRole> = {
  'incident commander': 'incident commander',
  commander: 'incident commander',
  ic: 'incident commander',
  'technical lead': 'technical lead',
  'tech lead': 'technical lead',
  scribe: 'scribe',
  'communications lead': 'communications lead',
  'communication lead': 'communications lead',
  'comms lead': 'communications lead',
  responder: 'responder',
}

/** The five roles in their usual spellings; null for any other word. */
export function normaliseRole(text: string): IncidentRole | null {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
  return Object.hasOwn(ROLE_WORDS, word) ? ROLE_WORDS[word]! : null
}
