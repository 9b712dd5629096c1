/** What a questionnaire must be before it is published, and how large a draft may become. */
import { z } from 'zod'
import type { Item, Questionnaire } from './questionnaire.ts'

const LONGEST = 2000
const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'An id is made of a–z, 0–9 and single hyphens.')
  .max(80)
const texts = z.record(
  z.string().regex(/^[a-z]{2}$/, 'A language has two letters.'),
  z.string().max(LONGEST, `This is longer than ${LONGEST.toLocaleString('en-GB')} characters.`),
)
const value = z.union([z.number().int().min(1).max(7), id])

const item = z.object({
  id,
  kind: z.enum(['scale', 'single', 'multiple', 'comment']),
  text: texts,
  options: z.array(z.object({ value, label: texts })).max(30, 'At most 30 answers.'),
  reversed: z.boolean(),
  headline: z.boolean(),
  showIf: z.object({ item: id, values: z.array(value).max(30) }).optional(),
})

/** A draft: texts may be missing, sizes may not be beyond measure. */
export const draftSchema = z.object({
  id,
  version: z.number().int().min(1),
  title: texts,
  introduction: texts.nullable(),
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/, 'A language has two letters.'))
    .min(1, 'A questionnaire speaks at least one language.')
    .max(10, 'At most ten languages.'),
  target: z
    .number({ error: 'Write a number from 0 to 100.' })
    .min(0, 'Write a number from 0 to 100.')
    .max(1, 'Write a number from 0 to 100.')
    .nullable(),
  sections: z
    .array(z.object({ title: texts.nullable(), items: z.array(item).max(100, 'At most 100 questions.') }))
    .max(20, 'At most 20 sections.'),
})

/** What can be asked: paths of complaints are those of the editor's fields. */
export const questionnaireSchema = draftSchema.superRefine((questionnaire, context) => {
  for (const { path, message } of complaintsAbout(questionnaire))
    context.addIssue({ code: 'custom', path: path.split('.'), message })
})

interface Complaint {
  path: string
  message: string
}

function complaintsAbout({ title, introduction, languages, sections }: Questionnaire): Complaint[] {
  const found: Complaint[] = []
  const complain = (path: string, message: string) => found.push({ path, message })
  const demandTexts = (all: Readonly<Record<string, string>>, path: string, message: string) => {
    for (const language of languages) if (!all[language]?.trim()) complain(`${path}.${language}`, message)
  }
  demandTexts(title, 'title', 'Write the title in this language.')
  if (introduction)
    demandTexts(introduction, 'introduction', 'Write the introduction in this language too, or in none.')
  const earlier = new Map<string, Item>()
  const all = sections.flatMap(section => section.items)
  if (all.length === 0) complain('sections', 'Ask at least one question.')
  sections.forEach((section, at) => {
    const path = `sections.${at}`
    if (section.title)
      demandTexts(section.title, `${path}.title`, 'Write the heading in this language too, or in none.')
    if (section.items.length === 0 && all.length > 0) complain(`${path}.title`, 'This section has no question.')
    section.items.forEach((one, index) => {
      const here = `${path}.items.${index}`
      demandTexts(one.text, `${here}.text`, 'Write the question in this language.')
      if (earlier.has(one.id)) complain(`${here}.id`, `The id ${one.id} is there twice.`)
      for (const complaint of optionsComplaints(one, languages))
        complain(`${here}.${complaint.path}`, complaint.message)
      if (one.showIf) {
        const message = showIfComplaint(one.showIf, earlier.get(one.showIf.item))
        if (message) complain(`${here}.showIf`, message)
      }
      earlier.set(one.id, one)
    })
  })
  return found
}

function optionsComplaints(one: Item, languages: readonly string[]): Complaint[] {
  const { kind, options } = one
  if (kind === 'comment')
    return options.length > 0 ? [{ path: 'options', message: 'A comment has no answers to choose from.' }] : []
  const found: Complaint[] = []
  if (kind === 'scale') {
    if (options.length < 3 || options.length > 7) found.push({ path: 'points', message: 'A scale has 3 to 7 points.' })
    if (options.some((option, at) => option.value !== at + 1))
      found.push({ path: 'points', message: 'The points of a scale count from 1.' })
  } else if (options.length < 2) found.push({ path: 'options', message: 'Give at least two answers to choose from.' })
  if (kind !== 'scale' && (one.reversed || one.headline))
    found.push({ path: 'text', message: 'Only a scale can be reversed, or shown against the target.' })
  if (new Set(options.map(option => option.value)).size < options.length)
    found.push({ path: 'options', message: 'Two answers are the same.' })
  for (const language of languages) {
    const isMissing = options.map(option => !option.label[language]?.trim())
    const inner = isMissing.slice(1, -1)
    const areInnerOptional = kind === 'scale' && inner.every(Boolean)
    isMissing.forEach((missing, at) => {
      const isInner = at > 0 && at < options.length - 1
      if (missing && !(isInner && areInnerOptional))
        found.push({
          path: `options.${at}.label.${language}`,
          message:
            isInner && kind === 'scale' ? 'Name all points of the scale, or its two ends only.' : 'Name this answer.',
        })
    })
  }
  return found
}

function showIfComplaint(showIf: NonNullable<Item['showIf']>, asked: Item | undefined): string | null {
  if (!asked || asked.kind === 'comment') return 'Choose an earlier question with answers to choose from.'
  const values = new Set(asked.options.map(option => option.value))
  if (showIf.values.length === 0) return 'Choose the answers after which this is asked.'
  if (showIf.values.some(one => !values.has(one))) return 'One of these answers is not there any more.'
  return showIf.values.length === values.size ? 'After every answer it is always asked.' : null
}
