/** What stands above a guide's text, in its front matter. */
import { z } from 'zod'

export const guideFrontMatter = z.strictObject({
  title: z.string().trim().min(1).max(120),
  /** One or two sentences: what a reader will know afterwards. */
  summary: z.string().trim().min(1).max(300),
  audience: z.string().trim().min(1).max(200),
  /** How long reading takes. */
  minutes: z.number().int().min(1).max(120),
  /** Its place among the guides. */
  order: z.number().int().min(1).max(1_000),
  updated: z.iso.date(),
})

export interface Guide extends z.infer<typeof guideFrontMatter> {
  slug: string
}

/** Splits a guide's source. The text keeps its line numbers: the front matter's lines become empty ones. */
export function splitGuide(source: string): { frontMatter: string; text: string } {
  const match = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(source)
  if (!match) return { frontMatter: '', text: source }
  const lines = match[0].match(/\n/g)?.length ?? 0
  return { frontMatter: match[1] ?? '', text: '\n'.repeat(lines) + source.slice(match[0].length) }
}
