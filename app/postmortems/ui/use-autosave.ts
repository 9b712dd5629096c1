/** Saves a section while one types: at once kept in this browser, soon on the server, and again when the network is back. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { EditorSection } from '../editor-sections.ts'
import { isSameValue, type SectionValue } from '../merge-section.ts'
import type { CheckedItem } from '../review-checklist.ts'
import type { SectionSaved } from '../save-section.server.ts'
import { type KeptCopy, keptCopies } from './kept-copies.ts'

export type SaveState =
  | { kind: 'untouched' }
  | { kind: 'typing' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  /** The network is gone, or the server: what was typed is in this browser. */
  | { kind: 'kept' }
  | { kind: 'refused'; message: string; errors: { path: string; message: string }[] }
  | { kind: 'conflict'; theirs: SectionValue; savedBy: string | null }

interface Options {
  postmortemId: string
  section: EditorSection
  /** Whose copies are kept. */
  email: string
  base: SectionValue
  /** What stands in the fields now. */
  read(): SectionValue
  /** Puts a value into the fields. */
  show(value: SectionValue): void
  onChecklist(checklist: CheckedItem[]): void
}

const PAUSE_MS = 700
const RETRY_MS = 4_000
const SETTLE_MS = 100
const MOST_TRIES = 30

export function useAutosave(options: Options) {
  const { postmortemId, section, email } = options
  const latest = useRef(options)
  latest.current = options
  const base = useRef(options.base)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const inFlight = useRef(false)
  const isDirty = useRef(false)
  /** Two versions stand side by side: nothing is sent until the writer has chosen. */
  const isContested = useRef(false)
  const [state, setState] = useState<SaveState>({ kind: 'untouched' })
  const [offers, setOffers] = useState<KeptCopy[]>([])
  const copies = useRef<ReturnType<typeof keptCopies>>()

  const schedule = useCallback((wait: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void saveNow.current(), wait)
  }, [])

  const keep = useCallback(
    (mine: SectionValue) => copies.current?.keep({ base: base.current, mine, at: new Date().toISOString() }),
    [],
  )

  const saveNow = useRef<() => Promise<void>>(async () => undefined)
  saveNow.current = async () => {
    clearTimeout(timer.current)
    if (inFlight.current || isContested.current) return
    const sent = latest.current.read()
    if (isSameValue(sent, base.current)) {
      isDirty.current = false
      copies.current?.forget()
      setState(before => (before.kind === 'typing' || before.kind === 'refused' ? { kind: 'untouched' } : before))
      return
    }
    inFlight.current = true
    setState({ kind: 'saving' })
    const answer = await send(`/postmortems/${postmortemId}/sections/${section}`, base.current, sent)
    inFlight.current = false
    if (answer.kind === 'unreachable') {
      setState({ kind: 'kept' })
      schedule(RETRY_MS)
      return
    }
    if (answer.kind !== 'saved') {
      isContested.current = answer.kind === 'conflict'
      setState(answer)
      return
    }
    latest.current.onChecklist(answer.checklist)
    const now = latest.current.read()
    const isStill = isSameValue(now, sent)
    if (answer.merged === null) base.current = answer.base
    else if (isStill) {
      base.current = answer.base
      latest.current.show(answer.merged)
    }
    // Somebody types on: the next save is merged again with what was put together now.
    else base.current = sent
    if (isStill) {
      isDirty.current = false
      copies.current?.forget()
      setState({ kind: 'saved', at: answer.savedAt })
    } else {
      keep(now)
      setState({ kind: 'typing' })
      schedule(PAUSE_MS)
    }
  }

  const onInput = useCallback(() => {
    isDirty.current = true
    keep(latest.current.read())
    setState(before => (before.kind === 'conflict' ? before : { kind: before.kind === 'kept' ? 'kept' : 'typing' }))
    schedule(PAUSE_MS)
  }, [schedule, keep])

  useEffect(() => {
    copies.current = keptCopies(`candor ${email} ${postmortemId} ${section}`)
    const current = latest.current.read()
    setOffers(copies.current.offers().filter(offer => !isSameValue(offer.mine, current)))
    // Somebody may have typed before this ran.
    if (!isSameValue(current, base.current)) onInput()
    const again = () => void saveNow.current()
    window.addEventListener('online', again)
    return () => {
      window.removeEventListener('online', again)
      clearTimeout(timer.current)
    }
  }, [email, postmortemId, section, onInput])

  return {
    state,
    offers,
    onInput,
    saveNow: () => void saveNow.current(),
    /** Waits until all is saved, or will not be for now. */
    async settle() {
      for (let tries = 0; tries < MOST_TRIES && isDirty.current && !isContested.current; tries++) {
        await saveNow.current()
        if (isDirty.current) await new Promise(resolve => setTimeout(resolve, SETTLE_MS))
      }
    },
    /** Takes what an earlier visit left, on the base it was typed on; the server puts it together with what came since. */
    takeOffer(offer: KeptCopy) {
      base.current = offer.base
      latest.current.show(offer.mine)
      keep(offer.mine)
      copies.current?.dismiss(offer.at)
      setOffers(list => list.filter(one => one.at !== offer.at))
      void saveNow.current()
    },
    declineOffer(offer: KeptCopy) {
      copies.current?.dismiss(offer.at)
      setOffers(list => list.filter(one => one.at !== offer.at))
    },
    /** Settles a conflict: what the writer chose is what the section says from now on. */
    choose(theirs: SectionValue, chosen: SectionValue) {
      isContested.current = false
      base.current = theirs
      latest.current.show(chosen)
      keep(chosen)
      setState({ kind: 'typing' })
      void saveNow.current()
    },
  }
}

type Answer =
  | (Extract<SectionSaved, { kind: 'saved' }> & { checklist: CheckedItem[] })
  | Extract<SectionSaved, { kind: 'conflict' }>
  | Extract<SaveState, { kind: 'refused' }>
  | { kind: 'unreachable' }

async function send(to: string, base: SectionValue, mine: SectionValue): Promise<Answer> {
  const form = new FormData()
  form.set('base', JSON.stringify(base))
  form.set('mine', JSON.stringify(mine))
  try {
    const response = await fetch(to, { method: 'POST', body: form, redirect: 'manual' })
    if (response.status === 404)
      return {
        kind: 'refused',
        message: 'You may not edit this any more. Your words are kept in this browser.',
        errors: [],
      }
    if (response.type === 'opaqueredirect')
      return { kind: 'refused', message: 'You are signed out. Your words are kept in this browser.', errors: [] }
    if (![200, 400, 409].includes(response.status)) return { kind: 'unreachable' }
    return (await response.json()) as Answer
  } catch {
    return { kind: 'unreachable' }
  }
}
