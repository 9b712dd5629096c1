/** What one delivery says, whoever sent it. */
import type { Observation } from './observation.ts'

export interface Reading {
  /** Who this event is there, so that it counts once; null where the sender gives none. */
  eventId: string | null
  /** The sender's own word for it; empty when there is none. */
  type: string
  /** When it happened, by the sender's clock. */
  at: string | null
  content: Content
}

export type Content =
  | { kind: 'ignored'; why: string }
  | { kind: 'incident'; incident: ReportedIncident }
  | { kind: 'deployment'; deployment: ReportedDeployment }

export interface ReportedIncident {
  /** Who the incident is there. A group of alerts has none of its own: see `group`. */
  id: string
  /** What comes back under the same name each time, so that which time is meant shows only from its alerts. */
  group: string | null
  observation: Observation
  updates: ReportedUpdate[]
}

export interface ReportedUpdate {
  id: string
  at: string
  text: string
}

export interface ReportedDeployment {
  id: string
  at: string
  /** Most exact first: owner and name, then the name alone. */
  repositories: string[]
  environment: string | null
}

/** What a delivery comes with besides its body. */
export interface Envelope {
  headers: Readonly<Record<string, string | undefined>>
  /** ISO 8601 UTC; stands in where the sender gives no time. */
  receivedAt: string
}

/** Longest texts that are kept. */
export const LINE = 300
export const NAME = 200
export const PROSE = 20_000

export function ignored(why: string): Content {
  return { kind: 'ignored', why }
}
