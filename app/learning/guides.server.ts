/** The guides on the shelf: found in `content/guides`, in their order. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { CONTENT_FOLDER } from '#app/platform/content.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { compileGuide, type GuideText } from './compile-guide.server.ts'
import { type Guide, guideFrontMatter, splitGuide } from './guide.ts'

const FOLDER = join(CONTENT_FOLDER, 'guides')

/** All guides, in the order in which they are best read. */
export function listGuides(): Guide[] {
  return guidesIn(FOLDER)
    .map(slug => ({ slug, ...guideFrontMatter.parse(parse(splitGuide(sourceOf(slug)).frontMatter)) }))
    .sort((one, other) => one.order - other.order || (one.slug < other.slug ? -1 : 1))
}

export interface GuidePage {
  guide: Guide
  text: GuideText
  previous: Guide | null
  next: Guide | null
  /** Its place, counted from 1, and how many there are. */
  place: number
  of: number
}

/** One guide, ready to be read. @throws AppError not-found. */
export async function readGuide(slug: string): Promise<GuidePage> {
  const guides = listGuides()
  const at = guides.findIndex(guide => guide.slug === slug)
  const guide = guides[at]
  if (!guide) throw notFound('This guide')
  return {
    guide,
    text: await compileGuide(splitGuide(sourceOf(slug)).text),
    previous: guides[at - 1] ?? null,
    next: guides[at + 1] ?? null,
    place: at + 1,
    of: guides.length,
  }
}

/** Slugs of the guides in a folder: the names of its folders that have an index.mdx. */
export function guidesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => existsSync(join(folder, name, 'index.mdx')))
    .sort()
}

function sourceOf(slug: string): string {
  return readFileSync(join(FOLDER, slug, 'index.mdx'), 'utf8')
}
