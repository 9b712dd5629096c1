/** A published questionnaire as `content/instruments/*.yaml` has it. Used in a wave, it is never edited again. */
import { z } from 'zod'
import type { Item, Option, Questionnaire } from './questionnaire.ts'

/** A text in English, and in any other language by its two letters. */
const inLanguages = z
  .record(z.string().regex(/^[a-z]{2}$/, 'A language has two letters.'), z.string().trim().min(1))
  .refine(texts => texts.en !== undefined, 'The English text (en) is missing.')

const scale = z
  .strictObject({
    points: z.number().int().min(3).max(7),
    labels: z.record(z.string().regex(/^[a-z]{2}$/), z.array(z.string().trim().min(1))),
  })
  .refine(
    ({ points, labels }) => Object.values(labels).every(list => list.length === points),
    'Each language needs as many labels as the scale has points.',
  )

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'An id is made of a–z, 0–9 and single hyphens.')

/** Answered on the instrument's scale. */
const statement = z.strictObject({
  id,
  text: inLanguages,
  /** Agreeing is the unfavourable answer: turned before anything is counted. */
  reversed: z.boolean(),
  /** Shown by itself against the target. */
  headline: z.boolean(),
})

/** Answered in one's own words. */
const openQuestion = z.strictObject({ id, kind: z.literal('comment'), text: inLanguages })

export const instrumentSchema = z
  .strictObject({
    id,
    version: z.number().int().min(1),
    title: inLanguages,
    /** What it means to measure. */
    construct: inLanguages,
    source: z.strictObject({
      author: z.string().trim().min(1),
      year: z.number().int().min(1900).max(2100),
      title: z.string().trim().min(1),
    }),
    /** Whose words these are, and how to put in those of another text. */
    wording_note: inLanguages,
    scale,
    /** The share of favourable answers that a headline item should reach. */
    target: z.number().min(0).max(1).optional(),
    scoring: inLanguages,
    items: z
      .array(z.union([openQuestion, statement]))
      .min(1)
      .max(100),
  })
  .superRefine(({ title, construct, wording_note, scoring, scale, items }, context) => {
    const complain = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const languages = Object.keys(title).sort().join(', ')
    const check = (texts: object, path: (string | number)[]) => {
      const found = Object.keys(texts).sort().join(', ')
      if (found !== languages) complain(path, `The title is in ${languages}, this is in ${found || 'no language'}.`)
    }
    check(construct, ['construct'])
    check(wording_note, ['wording_note'])
    check(scoring, ['scoring'])
    check(scale.labels, ['scale', 'labels'])
    const ids = new Set<string>()
    items.forEach((one, index) => {
      check(one.text, ['items', index, 'text'])
      if (ids.has(one.id)) complain(['items', index, 'id'], `The id ${one.id} is there twice.`)
      ids.add(one.id)
    })
    if (items.every(one => 'kind' in one)) complain(['items'], 'There is no statement to agree or disagree with.')
  })

export type Instrument = z.infer<typeof instrumentSchema>

/** What a wave asks when it asks this instrument: one section, every statement on the one scale. */
export function questionnaireOf(instrument: Instrument): Questionnaire {
  const languages = Object.keys(instrument.title)
  const options = Array.from({ length: instrument.scale.points }, (_, point): Option => {
    const labels = languages.map(language => [language, instrument.scale.labels[language]?.[point] ?? ''])
    return { value: point + 1, label: Object.fromEntries(labels) }
  })
  const items = instrument.items.map((one): Item => {
    const { id, text } = one
    return 'kind' in one
      ? { id, kind: 'comment', text, options: [], reversed: false, headline: false }
      : { id, kind: 'scale', text, options, reversed: one.reversed, headline: one.headline }
  })
  return {
    id: instrument.id,
    version: instrument.version,
    title: instrument.title,
    introduction: null,
    languages,
    target: instrument.target ?? null,
    sections: [{ title: null, items }],
  }
}
