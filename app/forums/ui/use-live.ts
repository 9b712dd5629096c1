/** Follows a live forum in the browser: what the page came with, and every change since. */
import { useEffect, useRef, useState } from 'react'
import { advanceCapture, advanceState, type Capture, type LiveEvent, type LiveState } from '#app/forums/live-board.ts'
import { askState, type Link, type Message } from './live-messages.ts'
import { onWake } from './on-wake.ts'
import { shareStream } from './share-stream.ts'

export interface Following {
  state: LiveState
  capture: Capture
  /** How many are there; null until it is known. */
  count: number | null
  /** Of those who do not mind. */
  initials: string[]
  link: Link
}

interface Known {
  state: LiveState
  capture: Capture
}

/** @param first what the page came with; a later one of a higher revision replaces what is known. */
export function useFollowing(first: Known & { me: { id: string } }): Following {
  const [known, setKnown] = useState<Known>(first)
  const [presence, setPresence] = useState<Pick<Following, 'count' | 'initials'>>({ count: null, initials: [] })
  const [link, setLink] = useState<Link>('waiting')
  const latest = useRef<Known>(first)

  useEffect(() => {
    if (first.state.revision < latest.current.state.revision) return
    latest.current = first
    setKnown(first)
  }, [first])

  const forum = first.state.forum
  const me = first.me.id
  useEffect(() => {
    let isOver = false
    const take = (next: Known) => {
      latest.current = next
      setKnown(next)
    }
    function takeState({ state, capture }: Message & { type: 'state' }): void {
      if (!isOver && state.revision >= latest.current.state.revision)
        take({ state, capture: capture ?? latest.current.capture })
    }
    async function readAnew(): Promise<void> {
      const answer = await askState(forum)
      if (answer) takeState(answer)
    }
    function hear(message: Message): void {
      if (message.type === 'link') setLink(message.link)
      else if (message.type === 'presence') setPresence(message.presence)
      else if (message.type === 'state') takeState(message)
      else if (message.type === 'event' && isNext(message.event)) {
        const { state, capture } = latest.current
        take({ state: advanceState(state, message.event), capture: advanceCapture(capture, message.event) })
        if (isMyTurn(state, message.event)) void readAnew().catch(ignore)
      } else {
        const revision = message.type === 'event' ? message.event.revision : message.revision
        if (revision > latest.current.state.revision) void readAnew().catch(ignore)
      }
    }
    function isNext({ revision }: LiveEvent): boolean {
      return revision === latest.current.state.revision + 1
    }
    /** Whoever begins or ceases to facilitate sees other things; everybody else has all they need in the event. */
    function isMyTurn(before: LiveState, { data }: LiveEvent): boolean {
      const [then, now] = [before.facilitator?.id, data.clock?.facilitator?.id]
      return data.clock !== undefined && then !== now && (then === me || now === me)
    }
    const stream = shareStream(forum, me, { after: () => latest.current.state.revision, hear })
    const stopWaking = onWake(stream.wake)
    return () => {
      isOver = true
      stopWaking()
      stream.close()
    }
  }, [forum, me])
  return { ...known, ...presence, link }
}

function ignore(): void {
  // Without a network the next message tries again.
}
