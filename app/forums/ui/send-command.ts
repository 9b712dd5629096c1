/** Gives a command from the browser without leaving what is being typed. */
import type { LiveState } from '#app/forums/live-board.ts'

export type Given = { isTaken: true; state: LiveState } | { isTaken: false; message: string }

/** A refusal is an answer; without a network it says so, and what was typed can be sent again. */
export async function sendCommand(forum: string, command: Record<string, unknown>): Promise<Given> {
  try {
    const answer = await fetch(`/api/v1/forums/${encodeURIComponent(forum)}/live/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ commandId: newCommandId(), ...command }),
    })
    const body = (await answer.json()) as LiveState & { detail?: string }
    return answer.ok
      ? { isTaken: true, state: body }
      : { isTaken: false, message: body.detail ?? 'It was not taken. Try again.' }
  } catch {
    return { isTaken: false, message: 'Candor cannot be reached just now. What you wrote stays here.' }
  }
}

function newCommandId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}
