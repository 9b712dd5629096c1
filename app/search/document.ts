/** What the search room is told of a postmortem: everything it needs, so that it never asks another room. */
export interface SearchDocument {
  subjectId: string
  slug: string
  /** The incident's key, when there is one. */
  key: string | null
  externalId: string | null
  title: string
  severity: string | null
  services: { value: string; label: string }[]
  themes: { value: string; label: string }[]
  teams: { value: string; label: string }[]
  /** ISO 8601 UTC. */
  publishedAt: string | null
  /** When the incident began, else the day of publication: what before:, after: and the year facet mean. */
  occurredAt: string | null
  words: number
  actionsOpen: number
  actionsTotal: number
  isPublic: boolean
  /** What `has:` asks for. */
  has: ('timeline' | 'factors' | 'actions' | 'five-whys' | 'prevention' | 'detection')[]
  family: { slug: string; name: string } | null
  /** Texts that are searched, as plain Markdown. */
  texts: { summary: string; factors: string; lessons: string; actions: string; body: string }
}

/** What passages, phrases and feedback are read from. */
export type DocumentTexts = SearchDocument['texts'] & { title: string }

/** The texts of some documents. The room that owns them gives this to every search: this room never asks for them. */
export type LoadTexts = (subjectIds: string[]) => Promise<Map<string, DocumentTexts>>
