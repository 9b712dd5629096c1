/** Scales of several items: scoring, and how far the scores can be relied on. */

export interface Scale {
  /** Lowest and highest answer. */
  min: number
  max: number
  /** Which items are worded the other way round, counted from 1. */
  reversed: readonly number[]
}

export interface ScaleFigure {
  n: number
  mean: number | null
  /** Of the persons' scores, over n − 1. */
  sd: number | null
  /** Cronbach's; negative when a reversed item was probably not turned. */
  alpha: number | null
  /** One for each person, the mean of the turned answers. */
  scores: number[]
}

export interface GroupReliability {
  groups: number
  n: number
  /** Null when people within groups agree completely. */
  f: number | null
  icc1: number | null
  icc2: number | null
}

/** Answers of one person with the reversed items turned: x becomes min + max − x. */
export function turned(answers: readonly number[], { min, max, reversed }: Scale): number[] {
  return answers.map((answer, i) => (reversed.includes(i + 1) ? min + max - answer : answer))
}

/** Scores of persons (rows) who answered every item, with mean, standard deviation and alpha. */
export function scaleFigure(rows: readonly (readonly number[])[], scale: Scale): ScaleFigure {
  const right = rows.map(row => turned(row, scale))
  const scores = right.map(mean)
  return {
    n: rows.length,
    mean: scores.length === 0 ? null : mean(scores),
    sd: scores.length < 2 ? null : Math.sqrt(variance(scores)),
    alpha: cronbachAlpha(right),
    scores,
  }
}

/**
 * Cronbach's alpha: k/(k−1) · (1 − Σ variance of the items ÷ variance of the sums), reversed items turned before.
 * Null with fewer than two persons or items, or when all sums are equal. Cronbach, Psychometrika 16 (1951).
 */
export function cronbachAlpha(rows: readonly (readonly number[])[]): number | null {
  const items = rows[0]?.length ?? 0
  if (rows.length < 2 || items < 2) return null
  const ofSums = variance(rows.map(sum))
  if (ofSums === 0) return null
  const ofItems = Array.from({ length: items }, (_, i) => variance(rows.map(row => row[i]!)))
  return (items / (items - 1)) * (1 - sum(ofItems) / ofSums)
}

/**
 * Whether people within a group agree more than people of different groups: one-way analysis of variance,
 * F = MSB/MSW, ICC(1) = (MSB − MSW)/(MSB + (k − 1)·MSW), ICC(2) = (MSB − MSW)/MSB, k the size of a group, for unequal
 * sizes (N − Σn²/N)/(g − 1). From displayed groups only. Bartko, Psychological Reports 34 (1974); Bliese (2000).
 * Null with fewer than two groups, nobody to compare within one, or no difference at all.
 */
export function groupReliability(groups: readonly (readonly number[])[]): GroupReliability {
  const filled = groups.filter(group => group.length > 0)
  const n = sum(filled.map(group => group.length))
  const nothing = { groups: filled.length, n, f: null, icc1: null, icc2: null }
  if (filled.length < 2 || n === filled.length) return nothing
  const overall = mean(filled.flat())
  const between = settled(sum(filled.map(group => group.length * (mean(group) - overall) ** 2))) / (filled.length - 1)
  const within = sum(filled.map(squares)) / (n - filled.length)
  if (between === 0 && within === 0) return nothing
  const size = (n - sum(filled.map(group => group.length ** 2)) / n) / (filled.length - 1)
  return {
    groups: filled.length,
    n,
    f: within === 0 ? null : between / within,
    icc1: (between - within) / (between + (size - 1) * within),
    icc2: between === 0 ? null : (between - within) / between,
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length
}

function variance(values: readonly number[]): number {
  return squares(values) / (values.length - 1)
}

/** The sum of squared distances from the mean. */
function squares(values: readonly number[]): number {
  const middle = mean(values)
  return settled(sum(values.map(value => (value - middle) ** 2)))
}

/** What rounding leaves where there is no difference is no difference. Answers are of the order of 1. */
function settled(squared: number): number {
  return squared < 1e-18 ? 0 : squared
}
