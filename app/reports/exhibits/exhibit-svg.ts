/** An exhibit as a picture that needs nothing else: on paper, in a file, and on the page until it can be pointed at. */
import type { Exhibit, TableExhibit } from '../report.ts'
import { barsParts, distributionParts, divergingParts } from './bars-svg.ts'
import { multiplesParts, survivalParts } from './curves-svg.ts'
import { alternativeText } from './exhibit-words.ts'
import { madeOnce } from './made-once.ts'
import { runParts } from './run-svg.ts'
import { PAGE_THEME, picture, type Theme } from './svg.ts'

export type Drawn = Exclude<Exhibit, TableExhibit>

/** A table is no picture. */
export function isDrawn(exhibit: Exhibit): exhibit is Drawn {
  return exhibit.kind !== 'table'
}

/** @returns an `<svg>` element as text; whatever people wrote in it is escaped. */
export function exhibitToSvg(exhibit: Drawn, theme: Theme): string {
  const { height, parts } = partsOf(exhibit, theme)
  return picture(height, parts, { theme, title: exhibit.title, alternative: alternativeText(exhibit) })
}

/** The same in the page's own colours. */
export const pictureOnPage = madeOnce((exhibit: Drawn) => exhibitToSvg(exhibit, PAGE_THEME))

function partsOf(exhibit: Drawn, theme: Theme): { height: number; parts: string[] } {
  switch (exhibit.kind) {
    case 'run':
      return runParts(exhibit, theme)
    case 'distribution':
      return distributionParts(exhibit, theme)
    case 'survival':
      return survivalParts(exhibit, theme)
    case 'diverging':
      return divergingParts(exhibit, theme)
    case 'bars':
      return barsParts(exhibit, theme)
    case 'multiples':
      return multiplesParts(exhibit, theme)
  }
}
