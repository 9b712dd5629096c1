/** Documents for the tests of search. */
import type { DocumentTexts, SearchDocument } from '#app/search/document.ts'

export type Sketch = Partial<Omit<SearchDocument, 'texts' | 'themes' | 'services' | 'teams'>> & {
  subjectId: string
  title: string
  themes?: string[]
  services?: string[]
  teams?: string[]
  texts?: Partial<SearchDocument['texts']>
}

/** A document from what matters to a test; names become values by hyphens. */
export function documentOf(sketch: Sketch): SearchDocument {
  const named = (labels: string[] = []) =>
    labels.map(label => ({ value: label.toLowerCase().replaceAll(' ', '-'), label }))
  return {
    slug: `slug-${sketch.subjectId}`,
    key: null,
    externalId: null,
    severity: null,
    publishedAt: null,
    occurredAt: null,
    words: 100,
    actionsOpen: 0,
    actionsTotal: 0,
    isPublic: false,
    has: [],
    family: null,
    ...sketch,
    themes: named(sketch.themes),
    services: named(sketch.services),
    teams: named(sketch.teams),
    texts: { summary: '', factors: '', lessons: '', actions: '', body: '', ...sketch.texts },
  }
}

/** The texts of documents as the room that owns them would give them. */
export function inMemoryTexts(documents: readonly SearchDocument[]): (ids: string[]) => Map<string, DocumentTexts> {
  const byId = new Map(documents.map(document => [document.subjectId, document]))
  return ids =>
    new Map(
      ids.flatMap(id => {
        const document = byId.get(id)
        return document ? [[id, { title: document.title, ...document.texts }]] : []
      }),
    )
}
