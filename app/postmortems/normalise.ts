/** The words that organisations use, brought to the few that Candor knows. Nothing is guessed: what is unknown is said. */
import * as incidents from '#app/incidents/normalise.ts'
import { ACTION_KINDS, ACTION_STATES, type Action, DETECTORS, type Severity, type Status } from './record.ts'

type Detector = (typeof DETECTORS)[number]

/** `problem` says why there is no value; empty text has neither. */
export interface Normalised<T> {
  value: T | null
  problem: string | null
}

const nothing = { value: null, problem: null }

/** As the incidents room reads severities; what it cannot read is a problem with a sentence. */
export function normaliseSeverity(text: string): Normalised<Severity> {
  const value = incidents.normaliseSeverity(text)
  return value === undefined ? unknown(text.trim(), 'a severity', 'SEV-1 to SEV-4') : { value, problem: null }
}

export function normaliseDetectedBy(text: string): Normalised<Detector> {
  const value = incidents.normaliseDetector(text)
  return value === undefined
    ? unknown(text.trim(), 'a way of detecting', DETECTORS.join(', '))
    : { value, problem: null }
}

/** Yes and no in their usual spellings. */
export function normaliseBoolean(text: string): Normalised<boolean> {
  const { customerImpact, note } = incidents.normaliseImpact(text)
  return note === '' ? { value: customerImpact, problem: null } : unknown(note, 'yes or no', 'yes or no')
}

/** Other text than yes or no describes an impact: it counts as yes and is given back to be kept. Empty is unknown. */
export function normaliseCustomerImpact(text: string): { value: boolean | null; text: string | null } {
  const { customerImpact, note } = incidents.normaliseImpact(text)
  return { value: customerImpact, text: note || null }
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
