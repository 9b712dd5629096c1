/**
 * The release of a wave: one set of cells, computed once at closing, the source of every output. The contract's shape;
 * what is not in it is not shown anywhere.
 */

import type { ItemKind } from '../questionnaires/questionnaire.ts'
import type { Coarse } from './question-cells.ts'

/** Lower and upper end of a share, 0 to 1. */
export type Range = [lower: number, upper: number]

/** One question for everybody who was asked it. Numbers are null where fewer than k answered. */
export interface ReleaseItem {
  id: string
  kind: ItemKind
  /** True where nothing of this question may be shown. */
  hidden: boolean
  n: number | null
  favourable: Coarse | null
  neutral: Coarse | null
  unfavourable: Coarse | null
  /** Of turned values, null below PRECISE_FROM answers. */
  mean: number | null
  /** Answers by option in the order of the questionnaire; null below PRECISE_FROM answers. */
  distribution: { value: number | string; count: number }[] | null
  /** The favourable share of all invited, if every silent person disagreed, and if every one agreed. */
  bounds: Range | null
  /** The favourable share of all invited, if silence were random (hypergeometric, 95 %). */
  interval: Range | null
}

/** One question in a group: favourable, neutral, unfavourable as numbers, or what is said instead of a telling one. */
export interface GroupItem {
  id: string
  hidden: boolean
  n?: number
  favourable?: number
  neutral?: number
  unfavourable?: number
  /** Classes of which only this much is said. */
  atMost?: Partial<Record<'favourable' | 'neutral' | 'unfavourable', number>>
  atLeast?: Partial<Record<'favourable' | 'neutral' | 'unfavourable', number>>
}

/** A hidden group has id, label, parent and hidden, nothing else. */
export type ReleaseGroup =
  | { id: string; label: string; parent: string | null; hidden: true }
  | { id: string; label: string; parent: string | null; hidden: false; n: number; items: GroupItem[] }

export interface Release {
  wave: string
  invited: number
  collected: number
  cast: number
  k: number
  items: ReleaseItem[]
  groups: ReleaseGroup[]
  /** Mean of published item means, 1 to the number of points; null where there are none. */
  index: number | null
  /** Cronbach's alpha wave-wide from 30 whole responses on, two decimals. */
  alpha: number | null
  /** Agreement within displayed groups; null where fewer than two have means. */
  agreement: { f: number; icc1: number; icc2: number } | null
  /** Published ones by question, in random order; empty until the stewards are done. */
  comments: { item: string; texts: string[] }[]
  /** How many comments the stewards redacted. */
  redacted: number
}
