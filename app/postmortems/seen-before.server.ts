/** 'Seen before': published postmortems that an incident or a text resembles, each with what they share in words. */
import type { DocumentTexts } from '#app/search/document.ts'
import { related, similarTo } from '#app/search/related.server.ts'
import { sharedReason } from '#app/search/shared-reason.ts'
import { suggestThemes } from '#app/themes/suggest-themes.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { loadTexts } from './index-postmortems.server.ts'

export interface SeenBefore {
  slug: string
  title: string
  key: string | null
  /** When it happened, as far as it is known. */
  at: string | null
  /** 'same service, both about certificate expiry'. */
  reason: string
}

interface Own {
  subjectId: string
  /** The incident's own postmortem has been seen all right. */
  key: string | null
  texts: DocumentTexts
  /** Slugs. */
  themes: readonly string[]
  services: readonly string[]
}

const MOST = 4
/** How much each likeness counts; the most alike words count 1. */
const WEIGHTS = { words: 3, service: 1, theme: 1 }
/** A service or a theme alone is chance, and so are words that are little alike. */
const LEAST = 2
const ALIKE = 0.5

/**
 * What a postmortem resembles, published or not. Asked for by those who may see it; what comes back is open to all,
 * since the index holds nothing else.
 */
export async function relatedTo(db: Db, own: Omit<Own, 'texts'>): Promise<SeenBefore[]> {
  const found = await related(db, own.subjectId, MOST)
  if (found.length > 0)
    return found.map(one => ({ ...toldOf(one), reason: sharedReason({ ...one.shared, words: true }) }))
  const texts = (await loadTexts(db, [own.subjectId])).get(own.subjectId)
  return texts ? seenBefore(db, { ...own, texts }) : []
}

/** What an incident resembles by its services, its words, and the themes that these speak of. */
export async function incidentSeenBefore(
  db: Db,
  incident: { id: string; key: string; title: string; summary: string; services: readonly string[] },
): Promise<SeenBefore[]> {
  const themes = await listThemes(db)
  const slugs = new Map(themes.map(theme => [theme.id, theme.slug]))
  const texts = { title: incident.title, summary: incident.summary, factors: '', lessons: '', actions: '', body: '' }
  return seenBefore(db, {
    subjectId: incident.id,
    key: incident.key,
    texts,
    themes: suggestThemes(themes, `${incident.title}\n${incident.summary}`).flatMap(
      ({ themeId }) => slugs.get(themeId) ?? [],
    ),
    services: incident.services,
  })
}

async function seenBefore(db: Db, own: Own): Promise<SeenBefore[]> {
  const similar = await similarTo(db, own)
  return similar
    .filter(one => one.key === null || one.key !== own.key)
    .map(one => {
      const services = one.services.filter(({ value }) => own.services.includes(value))
      const themes = one.themes.filter(({ value }) => own.themes.includes(value))
      const score =
        WEIGHTS.words * one.text +
        WEIGHTS.service * Math.min(services.length, 2) +
        WEIGHTS.theme * Math.min(themes.length, 2)
      return { one, score, reason: sharedReason({ family: false, services, themes, words: one.text >= ALIKE }) }
    })
    .filter(({ score, reason }) => score >= LEAST && reason !== '')
    .sort((a, b) => b.score - a.score || (a.one.subjectId < b.one.subjectId ? -1 : 1))
    .slice(0, MOST)
    .map(({ one, reason }) => ({ ...toldOf(one), reason }))
}

interface Told {
  slug: string
  title: string
  key: string | null
  occurredAt: string | null
  publishedAt: string | null
}

function toldOf({ slug, title, key, occurredAt, publishedAt }: Told): Omit<SeenBefore, 'reason'> {
  return { slug, title, key, at: occurredAt ?? publishedAt }
}
