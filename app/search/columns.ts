/**
 * What a search asks of thousands of documents, by document number and side by side in memory. A number's entries
 * never change, so all views of the index share these.
 */
import type { StoredFacets } from './index-view.ts'
import { HAS_VALUES, type HasValue } from './query-language.ts'

export const COUNTED = ['theme', 'severity', 'service', 'year'] as const
export type CountedFacet = (typeof COUNTED)[number]

/** Teams are filtered by, not counted. */
export const FACETS = [...COUNTED, 'team'] as const
export type Facet = (typeof FACETS)[number]

/** Before all dates. */
export const UNDATED = Number.MIN_SAFE_INTEGER

export class Columns {
  /** Weighted length in words. */
  readonly lengths: number[] = []
  /** The date in milliseconds since 1970. */
  readonly times: number[] = []
  /** What documents have of HAS_VALUES, a bit for each. */
  readonly has: number[] = []
  /** Where a document's facet values begin and end in `codes`. */
  readonly starts: number[] = []
  readonly ends: number[] = []
  /** See `codeOf`. */
  readonly codes: number[] = []

  enter(
    number: number,
    row: { length: number; date: string; has: StoredFacets['has']; values: Readonly<Record<Facet, readonly number[]>> },
  ): void {
    const { lengths, times, has, starts, ends, codes } = this
    for (const column of [lengths, times, has, starts, ends]) while (column.length <= number) column.push(0)
    const time = Date.parse(row.date)
    lengths[number] = row.length
    times[number] = Number.isNaN(time) ? UNDATED : time
    has[number] = row.has.reduce((bits, value) => bits | bitOf(value), 0)
    starts[number] = codes.length
    FACETS.forEach((facet, place) => {
      for (const id of row.values[facet]) codes.push(codeOf(place, id))
    })
    ends[number] = codes.length
  }

  /** A document's values of a facet, as numbers of `IndexView.names`. */
  valuesOf(number: number, facet: Facet): number[] {
    const place = FACETS.indexOf(facet)
    const own = this.codes.slice(this.starts[number], this.ends[number])
    return own.filter(code => code % FACETS.length === place).map(code => (code - place) / FACETS.length)
  }

  /** Whether a document has any of these values of a facet; made once and asked of many. */
  havingAny(facet: Facet, ids: ReadonlySet<number>): (number: number) => boolean {
    const { starts, ends, codes } = this
    const place = FACETS.indexOf(facet)
    const wanted = new Uint8Array(codeOf(place, Math.max(-1, ...ids) + 1))
    for (const id of ids) wanted[codeOf(place, id)] = 1
    return number => {
      for (let at = starts[number]!; at < ends[number]!; at++) if (wanted[codes[at]!] === 1) return true
      return false
    }
  }

  hasValue(number: number, value: HasValue): boolean {
    return (this.has[number]! & bitOf(value)) !== 0
  }
}

/** A value of a facet as one number; the remainder by the count of facets tells which. */
export function codeOf(place: number, id: number): number {
  return id * FACETS.length + place
}

function bitOf(value: HasValue): number {
  return 1 << HAS_VALUES.indexOf(value)
}
