/** A figure as it is reported: numbers under names. What cannot be known is null; a field that means nothing is absent. */
export interface Figure {
  value: number | null
  [field: string]: number | null
}

/** By the figure's id, such as `time.toDetect`. */
export type Figures = Record<string, Figure>

/** `unknown` beside a figure that rarely has any: only where there are. */
export function withUnknown(figure: Figure, unknown: number): Figure {
  return unknown > 0 ? { ...figure, unknown } : figure
}
