/** Signing out deletes ballots that were not cast from this browser, and offers to take them along first. */
import { useEffect, useRef, useState } from 'react'
import { ENGLISH } from '../respond/words-en.ts'
import { loadBallotScript } from './load-ballot-script.ts'
import './ballot-part.css'

/** Listens for the form that signs out. Where the browser keeps nothing of ballots, nothing is loaded or asked. */
export function BallotGuard({ script }: { script: { src: string; integrity: string } }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const ballotsPlace = useRef<HTMLDivElement>(null)
  const form = useRef<HTMLFormElement | null>(null)
  const [hasAnswers, setAnswers] = useState(false)
  useEffect(() => {
    const ask = async (leaving: HTMLFormElement) => {
      if (!(await keepsBallots())) return leaving.submit()
      const ballots = await loadBallotScript(script)
      const uncast = await ballots.uncastHere()
      if (uncast.ballots.length === 0 && !uncast.hasAnswers) return leaving.submit()
      setAnswers(uncast.hasAnswers)
      ballotsPlace.current?.replaceChildren(
        ...(await Promise.all(uncast.ballots.map(ballot => ballots.exportPart(ballot, ENGLISH)))),
      )
      dialog.current?.showModal()
    }
    const onSubmit = (event: SubmitEvent) => {
      const leaving = event.target as HTMLFormElement
      if (new URL(leaving.action).pathname !== '/sign-out') return
      event.preventDefault()
      event.stopPropagation()
      form.current = leaving
      ask(leaving).catch(() => leaving.submit())
    }
    document.addEventListener('submit', onSubmit, true)
    return () => document.removeEventListener('submit', onSubmit, true)
  }, [script])

  async function leave() {
    const ballots = await loadBallotScript(script)
    await ballots.forgetUncast()
    form.current?.submit()
  }

  return (
    <dialog ref={dialog} aria-labelledby="ballot-guard-title">
      <h2 id="ballot-guard-title">This browser keeps what you have not cast</h2>
      <p>
        Signing out deletes it here, since others may use this browser after you. A ballot cannot be issued again: take
        it with you first, if you have not answered yet.
        {hasAnswers ? ' There are answers too that were not cast; they cannot be taken along.' : ''}
      </p>
      <div ref={ballotsPlace} />
      <p className="actions">
        <button type="button" className="btn primary" onClick={() => dialog.current?.close()}>
          Stay signed in
        </button>
        <button type="button" className="btn danger" onClick={() => void leave()}>
          Sign out and delete
        </button>
      </p>
    </dialog>
  )
}

/** Asked of the browser itself, so that most people never load the script of ballots. */
async function keepsBallots(): Promise<boolean> {
  try {
    const databases = await indexedDB.databases()
    return databases.some(({ name }) => name === 'candor-ballots')
  } catch {
    return false
  }
}
