/** A machine that many use: nothing of one person remains for the next, not even when they walk away. */
import { button, make } from './dom.ts'
import { fill } from './fill.ts'
import type { Keeper } from './kept.ts'
import type { Words } from './words.ts'

/** So long without a key or a touch, and the page asks; so long without an answer, and it starts over. */
const QUIET_S = 120
const ASKING_S = 30

/** Forgets everything and loads the page afresh in place of this one, so that going back leads nowhere. */
export function startOver(keeper: Keeper): void {
  void keeper.change(() => ({}))
  location.replace(location.pathname + location.search)
}

export function startOverWhenIdle(words: Words, keeper: Keeper): void {
  let quiet = 0
  const said = make('p', {})
  const dialog = make('dialog', { 'aria-label': words.stillHere }, said)
  dialog.append(button(words.stillHere, () => awake(), 'primary'))
  document.body.append(dialog)
  const awake = () => {
    quiet = 0
    if (dialog.open) dialog.close()
  }
  for (const event of ['keydown', 'pointerdown', 'input']) addEventListener(event, awake)
  setInterval(() => {
    quiet += 1
    if (quiet < QUIET_S) return
    if (quiet >= QUIET_S + ASKING_S) return startOver(keeper)
    said.textContent = fill(words.idle, { n: QUIET_S + ASKING_S - quiet })
    if (!dialog.open) dialog.showModal()
  }, 1000)
  // A page that the browser brings back as it was would bring the last person's answers back.
  addEventListener('pageshow', event => {
    if (event.persisted) startOver(keeper)
  })
}
