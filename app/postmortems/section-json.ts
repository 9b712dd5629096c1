/** A section as a script sends it, whole as JSON. For the server: the schema's library compiles code, which pages may not. */
import { z } from 'zod'
import { cleanText } from '#app/platform/clean-text.ts'
import type { SectionValue } from './merge-section.ts'
import { MOST_ROWS } from './section-form.ts'

const words = z.string().transform(text => cleanText(text).text)

const valueSchema = z.object({
  fields: z.record(z.string().max(40), words),
  rows: z.array(z.record(z.string().max(40), words).and(z.object({ id: z.string().max(60) }))).max(MOST_ROWS),
})

/** A section's value from JSON; null when it is none. */
export function sectionFromJson(json: string): SectionValue | null {
  try {
    const parsed = valueSchema.safeParse(JSON.parse(json))
    return parsed.success ? (parsed.data as SectionValue) : null
  } catch {
    return null
  }
}
