/** The keys of the board: a list that `?` opens, in the page as well for those without a script. */
import { useEffect, useRef } from 'react'
import { useBoardKeys } from './use-board-keys.ts'
import { useKeptChoice } from './use-kept-choice.ts'

const EVERYBODY = [
  ['w', 'Write a note; Ctrl and Enter note it, Esc leaves the field'],
  ['e', 'Edit the focused note, or the newest'],
  ['1', 'The focused note, or the newest, is a factor'],
  ['2', '… a theme'],
  ['3', '… a proposed action'],
  ['4', '… for the parking lot'],
  ['a', 'Propose an action'],
  ['v', 'Vote for a theme'],
  ['k', 'Park a topic'],
  ['q', 'Drop a question in the box'],
  ['m', 'Ask for two more minutes'],
  ['y', 'Take over facilitating, when it is offered'],
  ['t', 'Say the time left'],
  ['h', 'Hide the clock, or show it'],
  ['?', 'This list'],
] as const

const FACILITATOR = [
  ['space', 'Pause, or go on'],
  ['n', 'Next phase'],
  ['+', 'One more minute'],
  ['b', 'Back'],
  ['i', 'Next item'],
  ['s', 'Skip this item'],
  ['p', 'Put a question of your own to the room'],
  ['r', 'Read out the question'],
  ['f', 'Finish the forum, after one more question'],
] as const

export function BoardKeys({ isFacilitating }: { isFacilitating: boolean }) {
  const [isOn, setOn] = useKeptChoice('board-keys', true)
  const dialog = useRef<HTMLDialogElement>(null)
  useBoardKeys(isOn)
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.key !== '?' || /^(input|textarea|select)$/i.test(target.tagName) || !isOn) return
      event.preventDefault()
      // The site's own list of keys stays closed.
      event.stopImmediatePropagation()
      if (!dialog.current?.open) dialog.current?.showModal()
    }
    document.addEventListener('keydown', open, { capture: true })
    return () => document.removeEventListener('keydown', open, { capture: true })
  }, [isOn])
  return (
    <>
      <details className="board-keys">
        <summary>Keys of this board</summary>
        <KeyList isFacilitating={isFacilitating} />
        <p>
          <button type="button" className="btn small" aria-pressed={!isOn} onClick={() => setOn(!isOn)}>
            {isOn ? 'Switch single keys off' : 'Single keys are off: switch them on'}
          </button>
        </p>
      </details>
      <dialog ref={dialog} aria-labelledby="board-keys-title">
        <h2 id="board-keys-title">Keys of this board</h2>
        <KeyList isFacilitating={isFacilitating} />
        <form method="dialog">
          <button className="btn">Close</button>
        </form>
      </dialog>
    </>
  )
}

function KeyList({ isFacilitating }: { isFacilitating: boolean }) {
  return (
    <dl className="keys">
      {[...(isFacilitating ? FACILITATOR : []), ...EVERYBODY].map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  )
}
