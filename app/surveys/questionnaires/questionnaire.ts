/** What a wave asks: its own copy of an instrument or of an organisation's questionnaire, frozen at opening. */

/** A text by language, each named by its two letters. */
export type Texts = Readonly<Record<string, string>>

export const ITEM_KINDS = ['scale', 'single', 'multiple', 'comment'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

export interface Option {
  /** A whole number for a scale, an id for a choice. */
  value: number | string
  /** May be empty for the inner points of a scale with labelled ends only. */
  label: Texts
}

export interface Item {
  /** Lower-case words joined by hyphens; the same in every version, so that waves can be compared. */
  id: string
  kind: ItemKind
  text: Texts
  /** Empty for a comment; for a scale 3 to 7 points in rising order. */
  options: readonly Option[]
  /** Agreeing is the unfavourable answer: turned before anything is counted. Scales only. */
  reversed: boolean
  /** Shown by itself against the target. Scales only. */
  headline: boolean
  /** Asked only where an earlier scale or choice has one of these values. */
  showIf?: { item: string; values: readonly (number | string)[] }
}

export interface Section {
  /** Null for a questionnaire without headings. */
  title: Texts | null
  items: readonly Item[]
}

export interface Questionnaire {
  /** The instrument's or the organisation's own id: waves of one id are one survey. */
  id: string
  version: number
  title: Texts
  /** Read before the first question. */
  introduction: Texts | null
  languages: readonly string[]
  /** The share of favourable answers that a headline item should reach, 0 to 1. */
  target: number | null
  sections: readonly Section[]
}

/** Every item in the order in which it is asked. */
export function itemsOf(questionnaire: Questionnaire): Item[] {
  return questionnaire.sections.flatMap(section => section.items)
}

/** A text in this language, else in English, else in whatever there is. */
export function textIn(texts: Texts, language: string): string {
  return texts[language] ?? texts.en ?? Object.values(texts)[0] ?? ''
}

/** 1 to 7 points, turned for a reversed item: 8 − x on seven points. */
export function turned(item: Item, value: number): number {
  return item.reversed ? item.options.length + 1 - value : value
}

export type Class = 'favourable' | 'neutral' | 'unfavourable'

/** Above the middle of the scale is favourable, the middle itself neutral. The value is turned first. */
export function classOf(item: Item, value: number): Class {
  const fromMiddle = turned(item, value) - (item.options.length + 1) / 2
  if (fromMiddle === 0) return 'neutral'
  return fromMiddle > 0 ? 'favourable' : 'unfavourable'
}
