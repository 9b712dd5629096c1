/** Sends a note while it is written, so that everybody reads along; each block has one writer at a time. */
import { useEffect, useRef, useState } from 'react'
import type { Phase } from '#app/forums/live-clock.ts'
import { askState } from './live-messages.ts'
import { sendCommand } from './send-command.ts'

const PAUSE_MS = 1_000

export interface Block {
  note: string
  version: number
}

interface Place {
  item: string | null
  phase: Phase
}

export interface NoteDraft {
  /** Why it was not taken; null while all is well. */
  problem: string | null
  /** Something was typed: it is sent within a second. @param place where a new note belongs. */
  typed(text: string, place: Place): void
  /** The last word. @returns whether it was taken. */
  finish(text: string, place: Place): Promise<boolean>
  /** Writes over what somebody else has written meanwhile. */
  insist(text: string, place: Place): Promise<boolean>
}

/** @param start the block to write on; a new one without it. */
export function useNoteDraft({ forum, me, start }: { forum: string; me: string; start?: Block }): NoteDraft {
  const block = useRef<Block | null>(start ?? null)
  const kept = useRef<string | null>(null)
  const waiting = useRef<{ text: string; place: Place } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const queue = useRef<Promise<boolean>>(Promise.resolve(true))
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => () => clearTimeout(timer.current), [])

  function send(text: string, place: Place): Promise<boolean> {
    queue.current = queue.current.then(() => sendNow(text.trim(), place))
    return queue.current
  }

  async function sendNow(text: string, place: Place): Promise<boolean> {
    if (text === kept.current || (text === '' && block.current === null)) return true
    const command = { type: 'note', text, ...(block.current ?? place) }
    const given = await sendCommand(forum, command)
    setProblem(given.isTaken ? null : given.message)
    if (!given.isTaken) return false
    kept.current = text
    if (block.current) block.current = { ...block.current, version: block.current.version + 1 }
    else block.current = await ownBlock(text)
    return true
  }

  /** The answer to a command does not say which block it made. */
  async function ownBlock(text: string): Promise<Block | null> {
    const known = await askState(forum).catch(() => null)
    const own = known?.capture?.notes.findLast(note => note.writer?.id === me && note.text === text)
    return own ? { note: own.id, version: own.version } : null
  }

  async function finish(text: string, place: Place): Promise<boolean> {
    clearTimeout(timer.current)
    timer.current = undefined
    const isTaken = await send(text, place)
    if (!isTaken) return false
    block.current = start ? block.current : null
    kept.current = null
    return true
  }

  return {
    problem,
    typed(text, place) {
      waiting.current = { text, place }
      timer.current ??= setTimeout(() => {
        timer.current = undefined
        const last = waiting.current
        if (last) void send(last.text, last.place)
      }, PAUSE_MS)
    },
    finish,
    async insist(text, place) {
      const known = await askState(forum).catch(() => null)
      const now = known?.capture?.notes.find(note => note.id === block.current?.note)
      if (now) block.current = { note: now.id, version: now.version }
      return finish(text, place)
    },
  }
}
