/** The words that organisations use, brought to the few that Candor knows. Nothing is guessed: what is unknown is said. */
import { ACTION_KINDS, ACTION_STATES, type Action, DETECTORS, type Severity, type Status } from './record.ts'

/** `problem` says why there is no value; empty text has neither. */
export interface Normalised<T> {
  value: T | null
  problem: string | null
}

const nothing = { value: null, problem: null }

/** `SEV2`, `sev-2`, `Sev 2`, `2` and `P2` are SEV-2. */
export function normaliseSeverity(text: string): Normalised<Severity> {
  const trimmed = text.trim()
  if (trimmed === '') return nothing
  const match = /^(?:sev|p)?[ _-]?([1-4])$/i.exec(trimmed)
  if (!match) return unknown(trimmed, 'a severity', 'SEV-1 to SEV-4')
  return { value: `SEV-${match[1]}` as Severity, problem: null }
}

const DETECTED_BY: Record<string, (typeof DETECTORS)[number]> = {
  monitoring: 'monitoring',
  monitor: 'monitoring',
  alert: 'monitoring',
  customer: 'customer',
  support: 'customer',
  employee: 'employee',
  engineer: 'employee',
  internal: 'employee',
}

export function normaliseDetectedBy(text: string): Normalised<(typeof DETECTORS)[number]> {
  return look(DETECTED_BY, text, 'a way of detecting', DETECTORS.join(', '))
}

/** Yes and no in their usual spellings. */
export function normaliseBoolean(text: string): Normalised<boolean> {
  const word = text.trim().toLowerCase()
  if (word === '') return nothing
  if (['yes', 'true', '1', 'y'].includes(word)) return { value: true, problem: null }
  if (['no', 'false', '0', 'n'].includes(word)) return { value: false, problem: null }
  return unknown(text.trim(), 'yes or no', 'yes or no')
}

/** Other text than yes or no describes an impact: it counts as yes and is given back to be kept. Empty is unknown. */
export function normaliseCustomerImpact(text: string): { value: boolean | null; text: string | null } {
  const { value, problem } = normaliseBoolean(text)
  return problem === null ? { value, text: null } : { value: true, text: text.trim() }
}

const STATUS: Record<string, Status> = {
  draft: 'draft',
  'in progress': 'draft',
  wip: 'draft',
  'in review': 'in review',
  review: 'in review',
  reviewing: 'in review',
  published: 'published',
  final: 'published',
  complete: 'published',
  completed: 'published',
}

export function normaliseStatus(text: string): Normalised<Status> {
  return look(STATUS, text, 'a status', 'draft, in review or published')
}

const KIND: Record<string, (typeof ACTION_KINDS)[number]> = {
  prevent: 'prevent',
  prevention: 'prevent',
  preventive: 'prevent',
  preventative: 'prevent',
  detect: 'detect',
  detection: 'detect',
  mitigate: 'mitigate',
  mitigation: 'mitigate',
  process: 'process',
}

export function normaliseKind(text: string): Normalised<NonNullable<Action['kind']>> {
  return look(KIND, text, 'a kind of action', ACTION_KINDS.join(', '))
}

const STATE: Record<string, Action['state']> = {
  open: 'open',
  todo: 'open',
  'to do': 'open',
  new: 'open',
  backlog: 'open',
  planned: 'open',
  'not started': 'open',
  'in progress': 'in progress',
  doing: 'in progress',
  started: 'in progress',
  ongoing: 'in progress',
  wip: 'in progress',
  done: 'done',
  closed: 'done',
  complete: 'done',
  completed: 'done',
  fixed: 'done',
  resolved: 'done',
  dropped: 'dropped',
  cancelled: 'dropped',
  canceled: 'dropped',
  rejected: 'dropped',
  wontfix: 'dropped',
  'wont fix': 'dropped',
  'wont do': 'dropped',
}

export function normaliseState(text: string): Normalised<Action['state']> {
  return look(STATE, text.replace(/['’]/g, ''), 'a state', ACTION_STATES.join(', '))
}

/** Several values of one cell, parted by semicolons; empty ones and repeats left out. */
export function splitList(text: string, separator: string | RegExp = ';'): string[] {
  return [...new Set(text.split(separator).map(part => part.trim()))].filter(part => part !== '')
}

function look<T>(words: Record<string, T>, text: string, what: string, use: string): Normalised<T> {
  const word = text
    .trim()
    .toLowerCase()
    .slice(0, 60)
    .replace(/[\s_-]+/g, ' ')
  if (word === '') return nothing
  return Object.hasOwn(words, word) ? { value: words[word]!, problem: null } : unknown(text.trim(), what, use)
}

function unknown(text: string, what: string, use: string): { value: null; problem: string } {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return { value: null, problem: `"${shown}" is not ${what}; use ${use}` }
}
