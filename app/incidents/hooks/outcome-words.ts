/** What became of a delivery, in a word or two. */
import type { Outcome } from './receive-delivery.server.ts'

export const OUTCOME_WORDS: Record<Outcome, string> = {
  created: 'recorded',
  updated: 'changed',
  unchanged: 'nothing new',
  counted: 'counted',
  ignored: 'set aside',
  repeat: 'came before',
  refused: 'could not be read',
}
