/** A published questionnaire as `content/instruments/*.yaml` has it. Used in a wave, it is never edited again. */
import { z } from 'zod'

/** A text in English, and in any other language by its two letters. */
const inLanguages = z
  .record(z.string().regex(/^[a-z]{2}$/, 'A language has two letters.'), z.string().trim().min(1))
  .refine(texts => texts.en !== undefined, 'The English text (en) is missing.')

const scale = z
  .strictObject({
    points: z.number().int().min(2).max(11),
    labels: z.record(z.string().regex(/^[a-z]{2}$/), z.array(z.string().trim().min(1))),
  })
  .refine(
    ({ points, labels }) => Object.values(labels).every(list => list.length === points),
    'Each language needs as many labels as the scale has points.',
  )

const item = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'An id is made of a–z, 0–9 and single hyphens.'),
  text: inLanguages,
  /** Agreeing is the unfavourable answer: turned before anything is counted. */
  reversed: z.boolean(),
  /** Shown by itself against the target. */
  headline: z.boolean(),
})

export const instrumentSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    version: z.number().int().min(1),
    title: inLanguages,
    /** What it means to measure. */
    construct: z.string().trim().min(1),
    source: z.strictObject({
      author: z.string().trim().min(1),
      year: z.number().int().min(1900).max(2100),
      title: z.string().trim().min(1),
    }),
    wording_note: inLanguages,
    scale,
    /** The share of favourable answers that a headline item should reach. */
    target: z.number().min(0).max(1).optional(),
    scoring: z.string().trim().min(1),
    items: z.array(item).min(1).max(100),
  })
  .superRefine(({ title, wording_note, scale, items }, context) => {
    const complain = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const languages = Object.keys(title).sort().join(', ')
    const check = (texts: object, path: (string | number)[]) => {
      const found = Object.keys(texts).sort().join(', ')
      if (found !== languages) complain(path, `The title is in ${languages}, this is in ${found || 'no language'}.`)
    }
    check(wording_note, ['wording_note'])
    check(scale.labels, ['scale', 'labels'])
    const ids = new Set<string>()
    items.forEach((one, index) => {
      check(one.text, ['items', index, 'text'])
      if (ids.has(one.id)) complain(['items', index, 'id'], `The id ${one.id} is there twice.`)
      ids.add(one.id)
    })
  })

export type Instrument = z.infer<typeof instrumentSchema>
