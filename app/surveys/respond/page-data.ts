/** What the page hands to its script. Public: the same for everybody. */
import type { WaveState } from '../wave.ts'
import type { AskedItem } from './draft.ts'
import type { Words } from './words.ts'

/** The name of the group's question among the items, which no item can have. */
export const GROUP = 'group.'

export interface PageData {
  wave: string
  state: WaveState
  /** Of the charter. */
  fingerprint: string
  publicKey: string
  closesAt: string
  items: readonly AskedItem[]
  group: { label: string; options: readonly { value: string; label: string }[] } | null
  language: string
  isKiosk: boolean
  words: Words
}
