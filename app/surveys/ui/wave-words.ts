/** The words for where a wave stands. */
import type { WaveState } from '../wave.ts'

const STATE_WORDS: Record<WaveState, string> = {
  planned: 'planned',
  collecting: 'ballots can be collected',
  answering: 'open for answers',
  closing: 'being counted',
  closed: 'closed, not yet published',
  published: 'published',
  abandoned: 'abandoned',
}

export function stateInWords({ state, isOpened }: { state: WaveState; isOpened: boolean }): string {
  return state === 'planned' && isOpened ? 'opened, collecting has not begun' : STATE_WORDS[state]
}

export function stateClass(state: WaveState): string {
  if (state === 'collecting' || state === 'answering') return 'wave-state is-open'
  return state === 'planned' ? 'wave-state' : 'wave-state is-over'
}
