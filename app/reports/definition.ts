/** What a figure is: one definition for the page, the API, the reports and the mails. Pure. */
import type { Day } from '#app/measure/period.ts'
import type { Better } from './report.ts'

/** How it is counted, and with that how it is written: a share is kept as 0 to 1 and shown in percent. */
export const FIGURE_KINDS = ['count', 'rate', 'ratio', 'duration', 'share', 'number', 'money'] as const

export type FigureKind = (typeof FIGURE_KINDS)[number]

export const DEFINITION_GROUPS = {
  incidents: 'Incidents',
  times: 'Times',
  recurrence: 'Recurrence and downtime',
  postmortems: 'Postmortems and reviews',
  actions: 'Action items',
  participation: 'Participation',
  forums: 'Forums',
  survey: 'Survey',
} as const

export type DefinitionGroup = keyof typeof DEFINITION_GROUPS

/** One state of a definition. */
export interface DefinitionVersion {
  number: number
  /** The first day on which figures were counted so. */
  since: Day
  /** What changed; for the first, that it is the first. */
  what: string
}

export interface Definition {
  /** Of the metrics page; `survey.<item>` is one for all questions. */
  id: string
  group: DefinitionGroup
  /** At most four words. */
  name: string
  kind: FigureKind
  /** After the number. */
  unit: string
  /** What is counted, in words. */
  formula: string
  /** Of a duration: the moment it begins with, and the one it ends with. */
  endpoints: { from: string; to: string } | null
  /** What is counted as unknown beside the figure, and what is left out; null where nothing can be. */
  unknown: string | null
  /** How sure it is, and who showed that this is the way to say so; null where chance plays no part. */
  interval: { kind: string; source: string } | null
  target: string | null
  /** Which direction is good; null where neither is by itself. */
  better: Better
  /** The newest version's number and first day. */
  version: number
  since: Day
  /** All versions, the newest last. */
  history: readonly DefinitionVersion[]
}

/** When figures were first counted in this product. */
const FIRST_DAY: Day = '2026-11-23'
const FIRST: readonly DefinitionVersion[] = [{ number: 1, since: FIRST_DAY, what: 'The first definition.' }]

type Written = Pick<Definition, 'id' | 'group' | 'name' | 'kind' | 'unit' | 'formula'> &
  Partial<Omit<Definition, 'version' | 'since'>>

/** A definition with what it does not say filled in: no endpoints, unknowns, interval, target or direction; version 1. */
export function define({ history = FIRST, ...written }: Written): Definition {
  const { number, since } = history.at(-1)!
  return {
    endpoints: null,
    unknown: null,
    interval: null,
    target: null,
    better: null,
    ...written,
    version: number,
    since,
    history,
  }
}

export const WILSON = {
  kind: 'Wilson’s 95 % score interval',
  source: 'Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927)',
}
export const GARWOOD = {
  kind: 'Garwood’s exact 95 % Poisson interval on the count',
  source: 'Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936)',
}
export const CLOPPER_PEARSON = {
  kind: 'Exact conditional 95 % interval: Clopper–Pearson on this period’s share of both counts',
  source:
    'Clopper and Pearson, Biometrika 26 (1934); Przyborowski and Wilenski, Biometrika 31 (1940). Called up or down only if the interval leaves out 1',
}
export const ORDER_STATISTICS = {
  kind: 'Order-statistic 95 % interval of the median, from six values on and only when none is still open',
  source: 'Hahn and Meeker, Statistical Intervals (1991), 5.2',
}
export const SILENCE = {
  kind: 'If silence were random: exact 95 % hypergeometric limits, beside the worst case for silence',
  source: 'Buonaccorsi, The American Statistician 41 (1987)',
}
