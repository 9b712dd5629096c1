/** Ways to ask less when nothing was found, each said in words. */
import { type Filters, formatQuery, type Query } from './query-language.ts'

export interface Relaxed {
  q: string
  /** What was given up, as a sentence for the page. */
  why: string
}

/** The same query with less asked, the least given up first; none where words and choices were all it had. */
export function relaxedForms(query: Query): Relaxed[] {
  const loose: Query = { ...query, words: [...query.words, ...query.phrases.flatMap(words)], phrases: [], unread: [] }
  const open = (one: Query): Query => ({ ...one, filters: noFilters(), unread: [] })
  const within = narrowings(query.filters)
  const forms: Relaxed[] = []
  if (query.phrases.length > 0)
    forms.push({
      q: formatQuery(loose),
      why: 'No postmortem has these words side by side, so they were searched one by one.',
    })
  if (within.length > 0 && query.words.length + query.phrases.length > 0) {
    forms.push({
      q: formatQuery(open(query)),
      why: `Nothing within ${within.join(', ')}, so it was searched for everywhere.`,
    })
    if (query.phrases.length > 0)
      forms.push({
        q: formatQuery(open(loose)),
        why: `Nothing within ${within.join(', ')}, and nowhere these words side by side, so they were searched one by one everywhere.`,
      })
  }
  return forms
}

function words(phrase: string): string[] {
  return phrase.split(/\s+/).filter(Boolean)
}

/** The filters as they are written. */
function narrowings({ theme, service, severity, team, before, after, has }: Filters): string[] {
  const listed = { theme, service, severity, team, has }
  return [
    ...Object.entries(listed).flatMap(([name, values]) => values.map(value => `${name}:${value}`)),
    ...(before ? [`before:${before}`] : []),
    ...(after ? [`after:${after}`] : []),
  ]
}

function noFilters(): Filters {
  return { theme: [], service: [], severity: [], team: [], before: null, after: null, has: [] }
}
