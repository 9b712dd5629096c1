/** What a board hears of its forum, from the server or from another tab that has the stream. */
import type { Capture, LiveEvent, LiveState, Presence } from '#app/forums/live-board.ts'

/** How the board is kept up to date: by events, or by asking while they do not come. */
export type Link = 'waiting' | 'in step' | 'asking'

export type Message =
  | { type: 'event'; event: LiveEvent }
  /** Where the forum is; capture is null while nothing has been said since the revision that was asked about. */
  | { type: 'state'; state: LiveState; capture: Capture | null }
  /** The latest revision there is. */
  | { type: 'pulse'; revision: number }
  | { type: 'presence'; presence: Presence }
  | { type: 'link'; link: Link }

export function addressOf(forum: string): string {
  return `/api/v1/forums/${encodeURIComponent(forum)}/live`
}

/** @param after the revision that is known; without it, all that has been said is asked for. @throws without a network. */
export async function askState(forum: string, after?: number): Promise<(Message & { type: 'state' }) | null> {
  const answer = await fetch(`${addressOf(forum)}/state${after === undefined ? '' : `?after=${after}`}`)
  if (!answer.ok) return null
  const { capture, ...state } = (await answer.json()) as LiveState & { capture: Capture | null }
  return { type: 'state', state, capture }
}
