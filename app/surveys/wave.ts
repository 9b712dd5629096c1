/** A wave: one run of a survey, from its plan to its release. Shapes and rules without I/O. */
import type { Questionnaire } from './questionnaires/questionnaire.ts'

/** As kept; whether an open wave is collecting or answering follows from the clock. */
export type KeptState = 'planned' | 'open' | 'closing' | 'closed' | 'published' | 'abandoned'

export type WaveState = 'planned' | 'collecting' | 'answering' | 'closing' | 'closed' | 'published' | 'abandoned'

/** When what happens, as ISO 8601 UTC. */
export interface WaveDates {
  collectingFrom: string
  answeringFrom: string
  closesAt: string
}

/** The state that people see: a wave whose closing has passed takes nothing, though the job that closes it is late. */
export function stateAt(wave: WaveDates & { state: KeptState }, now: string): WaveState {
  if (wave.state !== 'open') return wave.state
  if (now >= wave.closesAt) return 'closing'
  if (now >= wave.answeringFrom) return 'answering'
  return now >= wave.collectingFrom ? 'collecting' : 'planned'
}

/** No wave opens with fewer. */
export const LEAST_INVITED = 10
/** A group with fewer invited joins the 'other' of its parent. */
export const LEAST_GROUP = 8
/** The least k that anyone may choose, and the usual one. */
export const LEAST_K = 5
/** Ballots can be collected so long before answering begins. */
export const COLLECTING_DAYS = 2
/** The same as time: two days on the wall can be an hour short where clocks go forward. */
export const LEAST_COLLECTING_MS = (COLLECTING_DAYS * 24 - 1) * 3_600_000
/** Waves that share a question keep so far apart, unless their invited are the same people or entirely others. */
export const APART_DAYS = 28
/** Stewards may redact names for so long after closing. */
export const STEWARD_DAYS = 5
/** Who collected is kept as a number only, from so many days after closing. */
export const PLACEHOLDER_DAYS = 30
/** A comment may be so long, in characters. */
export const LONGEST_COMMENT = 2000

/** What an administrator plans; frozen into the charter at opening. */
export interface WavePlan {
  /** Which questionnaire: an instrument of `content/`, or one of the organisation's own. */
  questionnaire: { id: string; version: number }
  languages: readonly string[]
  /** Invited are the people of these teams and of the teams below them … */
  teamIds: readonly string[]
  /** … and these people. */
  personIds: readonly string[]
  /** Ask for one's group, by team; null to ask for none. */
  grouping: 'team' | null
  k: number
  /** People who may redact names from comments. */
  stewardIds: readonly string[]
  /** Hide a group's later cells too where its members changed by fewer than k. */
  isStrict: boolean
  /** May be answered on a shared machine. */
  isKiosk: boolean
  /** Plan the next wave by itself so many months after this one; null for never. */
  repeatMonths: number | null
  /**
   * Those who came to something are asked about it: nobody is shown who is invited, since that would tell who came, and
   * the hash in the charter begins with this line, so that nobody finds out by trying. Hexadecimal; absent elsewhere.
   */
  listSalt?: string | undefined
}

/** A group on the form and in the results. The root is everybody; `parent` null. */
export interface GroupNode {
  id: string
  label: string
  parent: string | null
  /** Can be chosen on the form; others are sums of theirs. */
  isChoice: boolean
}

/** What is promised, shown to everyone invited, and never changed after opening, but for one extension of the closing. */
export interface Charter {
  wave: string
  title: string
  questionnaire: { id: string; version: number; sha256: string }
  languages: readonly string[]
  collectingFrom: string
  answeringFrom: string
  closesAt: string
  k: number
  /** The label of the grouping and its tree; null when no group is asked for. */
  grouping: { label: string; groups: readonly GroupNode[] } | null
  isStrict: boolean
  isKiosk: boolean
  /** Names of those who may redact names from comments, and do nothing else to them. */
  stewards: readonly string[]
  invited: number
  /** SHA-256, in hexadecimal, over the sorted e-mail addresses of the invited, each followed by a line feed. */
  invitedSha256: string
  /** The list is shown to nobody, and a line that nobody knows stands before it; absent where the invited may read it. */
  hidesInvited?: true | undefined
  variant: string
  /** SHA-256 of the SPKI DER of the public key, in hexadecimal. */
  fingerprint: string
  /** The address of the site that holds the key; null where it answers on this machine only. */
  origin: string | null
}

/** RFC 9474: the variant with 48 bytes of salt and 32 random bytes before the message. */
export const VARIANT = 'RSABSSA-SHA384-PSS-Randomized'

/** A response as it is sent. */
export interface WaveResponse {
  /** base64url, as are prefix, signature and nonces. */
  serial: string
  prefix: string
  signature: string
  nonce: string
  answers: Answers
  group: string | null
  comments: readonly { item: string; text: string; nonce: string }[]
}

/** By item: a whole number for a scale, an option's value for a choice, a list of them for several. */
export type Answers = Readonly<Record<string, number | string | readonly string[]>>

/** What is left of one response when it is unsealed: no ballot, nothing that orders it. */
export interface OpenedResponse {
  answers: Answers
  group: string | null
  comments: readonly { item: string; text: string }[]
}

/** What a release is computed from; nothing else of the wave is known to that function. */
export interface ReleaseInput {
  wave: string
  questionnaire: Questionnaire
  groups: readonly GroupNode[] | null
  k: number
  invited: number
  collected: number
  responses: readonly OpenedResponse[]
  /** Groups that may not be shown whatever their size: their members changed by fewer than k since the last wave. */
  barred: ReadonlySet<string>
}
