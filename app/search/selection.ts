/** Which documents a query's filters let through, and how many there are of each kind. */
import { COUNTED, type CountedFacet, codeOf, FACETS, type Facet, UNDATED } from './columns.ts'
import type { IndexView } from './index-view.ts'
import { daysOf, type Filters, readSeverity } from './query-language.ts'

/** What is chosen beside the text of the query: the form fields and links of the page. Within one field, any will do. */
export interface Choices {
  theme: string[]
  severity: string[]
  service: string[]
  /** YYYY, YYYY-MM or YYYY-MM-DD: on its first day or later. */
  from: string | null
  /** The same forms: earlier than its first day. */
  to: string | null
}

export interface FacetCount {
  value: string
  label: string
  count: number
}

/** Asked of a document number. */
type Test = (number: number) => boolean

export interface Selection {
  /** What the query's own operators ask for; null where there are none. */
  admits: Test | null
  /** What each choice asks for; null where nothing is chosen. The year stands for the days from and to. */
  chosen: Record<CountedFacet, Test | null>
  /** The numbers of chosen values, which are listed even when nothing is left of them. */
  picked: Record<CountedFacet, ReadonlySet<number>>
  notices: string[]
}

/** More values of one facet than a person would name are not looked at. */
const MOST_VALUES = 20

export function readSelection(view: IndexView, filters: Filters, choices: Choices): Selection {
  const notices: string[] = []
  const meant = (facet: Facet, text: string): Set<number> => {
    const ids = view.names[facet].meantBy(facet === 'severity' ? (readSeverity(text) ?? text) : text)
    if (ids.size === 0) notices.push(`No postmortem has the ${facet} "${text}".`)
    return ids
  }
  const { columns } = view
  const { times } = columns
  const anyOf = (facet: Facet, ids: ReadonlySet<number>): Test => columns.havingAny(facet, ids)
  const bound = (text: string | null, name: string, test: (day: string) => Test): Test[] => {
    if (!text) return []
    const day = daysOf(text.slice(0, 10))?.from
    if (!day) notices.push(`"${text}" is not a date, so ${name} was left open.`)
    return day ? [test(day)] : []
  }
  const since = (day: string): Test => {
    const from = Date.parse(day)
    return number => times[number]! >= from
  }
  const until = (day: string): Test => {
    const to = Date.parse(day)
    return number => times[number]! < to && times[number] !== UNDATED
  }

  // A postmortem has several themes, services and teams, so naming two asks for both; it has one severity only.
  const tests: Test[] = (['theme', 'service', 'team'] as const).flatMap(facet =>
    filters[facet].slice(0, MOST_VALUES).map(text => anyOf(facet, meant(facet, text))),
  )
  if (filters.severity.length > 0)
    tests.push(anyOf('severity', new Set(filters.severity.flatMap(text => [...meant('severity', text)]))))
  for (const has of filters.has) tests.push(number => columns.hasValue(number, has))
  tests.push(...bound(filters.before, 'before', until), ...bound(filters.after, 'after', since))

  const days = [...bound(choices.from, 'from', since), ...bound(choices.to, 'to', until)]
  const picked = {
    theme: new Set<number>(),
    severity: new Set<number>(),
    service: new Set<number>(),
    year: new Set<number>(),
  }
  const chosen: Selection['chosen'] = { theme: null, severity: null, service: null, year: null }
  for (const facet of ['theme', 'severity', 'service'] as const) {
    if (choices[facet].length === 0) continue
    for (const text of choices[facet].slice(0, MOST_VALUES)) for (const id of meant(facet, text)) picked[facet].add(id)
    chosen[facet] = anyOf(facet, picked[facet])
  }
  if (days.length > 0) chosen.year = number => days.every(test => test(number))
  const admits: Test | null = tests.length > 0 ? number => tests.every(test => test(number)) : null
  return { admits, chosen, picked, notices }
}

/**
 * The documents that pass every choice, and the count of each facet's values among the documents that pass all
 * choices but that facet's own: a count says how many there would be if one switched to it.
 */
export function selectAndCount(
  view: IndexView,
  matches: Int32Array,
  selection: Selection,
): { selected: Int32Array; facets: Record<CountedFacet, FacetCount[]> } {
  const { starts, ends, codes } = view.columns
  const most = Math.max(...FACETS.map(facet => view.names[facet].values.length))
  const counts = new Int32Array(codeOf(0, most))
  const tests = COUNTED.flatMap((facet, place) => {
    const test = selection.chosen[facet]
    return test ? [{ test, place }] : []
  })
  const selected = new Int32Array(matches.length)
  let size = 0
  for (let index = 0; index < matches.length; index++) {
    const number = matches[index]!
    let refusals = 0
    let refusing = -1
    for (const { test, place } of tests)
      if (!test(number)) {
        refusals++
        refusing = place
      }
    if (refusals > 1) continue
    if (refusals === 0) selected[size++] = number
    const end = ends[number]!
    for (let at = starts[number]!; at < end; at++) {
      const code = codes[at]!
      if (refusals === 0 || code % FACETS.length === refusing) counts[code]!++
    }
  }
  const facets = Object.fromEntries(
    COUNTED.map((facet, place) => {
      const own = view.names[facet].values.map((_, id) => counts[codeOf(place, id)]!)
      return [facet, listed(view, facet, own, selection.picked[facet])]
    }),
  ) as Record<CountedFacet, FacetCount[]>
  return { selected: selected.subarray(0, size), facets }
}

/** Severities by rank, years from the latest, the others by count. */
function listed(view: IndexView, facet: CountedFacet, counts: number[], picked: ReadonlySet<number>): FacetCount[] {
  const { values, labels } = view.names[facet]
  const list: FacetCount[] = []
  counts.forEach((count, id) => {
    if (count > 0 || picked.has(id)) list.push({ value: values[id]!, label: labels[id]!, count })
  })
  const byValue = (a: FacetCount, b: FacetCount): number => (a.value < b.value ? -1 : 1)
  if (facet === 'severity') return list.sort(byValue)
  if (facet === 'year') return list.sort((a, b) => byValue(b, a))
  return list.sort((a, b) => b.count - a.count || byValue(a, b))
}
