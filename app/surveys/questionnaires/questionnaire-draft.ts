/** A questionnaire in the editor: what its form says, and the steps of its buttons. Pure. */
import { firstFree, slugify } from '#app/platform/slug.ts'
import { ITEM_KINDS, type Item, type ItemKind, type Option, type Questionnaire, type Texts } from './questionnaire.ts'

const MOST = 200

/** An id that is replaced by one made of the text when the draft is published. */
const PROVISIONAL = /^new-[0-9a-f]{12}$/

export const AGREEMENT: Texts[] = [
  { en: 'Strongly disagree', de: 'Stimme gar nicht zu' },
  { en: 'Disagree', de: 'Stimme nicht zu' },
  { en: 'In between', de: 'Teils, teils' },
  { en: 'Agree', de: 'Stimme zu' },
  { en: 'Strongly agree', de: 'Stimme voll zu' },
]

/** The draft as its form has it; names of fields are paths into the questionnaire. */
export function draftInForm(form: FormData, { id, version }: Pick<Questionnaire, 'id' | 'version'>): Questionnaire {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : ''
  }
  const languages = [...new Set(form.getAll('languages').map(String))]
  const textsAt = (name: string): Texts => Object.fromEntries(languages.map(one => [one, text(`${name}.${one}`)]))
  const textsOrNull = (name: string) => {
    const all = textsAt(name)
    return Object.values(all).some(Boolean) ? all : null
  }
  const itemAt = (path: string): Item => {
    const kind = (ITEM_KINDS as readonly string[]).includes(text(`${path}.kind`))
      ? (text(`${path}.kind`) as ItemKind)
      : 'comment'
    const options = counted(at => form.has(`${path}.options.${at}.value`)).map((at): Option => {
      const value = text(`${path}.options.${at}.value`)
      return { value: kind === 'scale' ? Number(value) : value, label: textsAt(`${path}.options.${at}.label`) }
    })
    const after = text(`${path}.showIf.item`)
    const values = form
      .getAll(`${path}.showIf.values`)
      .map(one => (/^\d+$/.test(String(one)) ? Number(one) : String(one)))
    return {
      id: text(`${path}.id`),
      kind,
      text: textsAt(`${path}.text`),
      options: kind === 'comment' ? [] : kind === 'scale' ? resized(options, Number(text(`${path}.points`))) : options,
      reversed: kind === 'scale' && form.has(`${path}.reversed`),
      headline: kind === 'scale' && form.has(`${path}.headline`),
      // Values of another question are not those of this one: they are chosen anew.
      ...(after ? { showIf: { item: after, values: after === text(`${path}.showIf.before`) ? values : [] } } : {}),
    }
  }
  const target = text('target').replace(',', '.')
  return {
    id,
    version,
    title: textsAt('title'),
    introduction: textsOrNull('introduction'),
    languages,
    target: target === '' ? null : Number(target) / 100,
    sections: counted(at => form.has(`sections.${at}`)).map(at => ({
      title: textsOrNull(`sections.${at}.title`),
      items: counted(index => form.has(`sections.${at}.items.${index}.id`)).map(index =>
        itemAt(`sections.${at}.items.${index}`),
      ),
    })),
  }
}

function counted(isThere: (at: number) => boolean): number[] {
  const all: number[] = []
  while (all.length < MOST && isThere(all.length)) all.push(all.length)
  return all
}

/** So many points: the ends keep their names, and so do as many as there is room for. */
function resized(options: readonly Option[], points: number): Option[] {
  const size = Number.isInteger(points) && points >= 3 && points <= 7 ? points : options.length
  if (size === options.length) return [...options]
  return Array.from({ length: size }, (_, at) => {
    const from = at === size - 1 ? options.at(-1) : at < options.length - 1 ? options[at] : undefined
    return { value: at + 1, label: from?.label ?? {} }
  })
}

/**
 * The draft after a button was pressed, and the id of the question to go on with.
 * A step is a verb and its places: `add scale 0`, `up 0 2`, `remove-option 0 2 1`, `add-language fr`.
 * @param newId a fresh id for what is added. A step that makes no sense changes nothing.
 */
export function afterStep(
  draft: Questionnaire,
  step: string,
  newId: () => string,
): { draft: Questionnaire; focus: string | null } {
  const [verb = '', ...words] = step.split(' ')
  const sections = draft.sections.map(section => ({ ...section, items: [...section.items] }))
  const [at, index, option] = words.map(Number) as [number, number, number]
  const result = (focus: string | null) => ({ draft: { ...draft, sections }, focus })
  if (verb === 'add-language') return { draft: withLanguage(draft, words[0] ?? ''), focus: null }
  if (verb === 'remove-language') return { draft: withoutLanguage(draft, words[0] ?? ''), focus: null }
  if (verb === 'add-section') {
    sections.push({ title: null, items: [] })
    return result(null)
  }
  if (verb === 'add') {
    const section = sections[Number(words[1])]
    const item = newItem(draft, words[0] ?? '', newId)
    if (section && item) section.items.push(item)
    return result(item?.id ?? null)
  }
  const section = sections[at]
  if (!section) return result(null)
  if (verb === 'remove-section') {
    sections.splice(at, 1)
    return result(null)
  }
  const item = section.items[index]
  if (!item) return result(null)
  if (verb === 'remove') section.items.splice(index, 1)
  if (verb === 'up') moveUp(sections, at, index)
  if (verb === 'down') moveDown(sections, at, index)
  if (verb === 'add-option' && item.kind !== 'scale')
    section.items[index] = { ...item, options: [...item.options, { value: newId(), label: {} }] }
  if (verb === 'remove-option' && item.kind !== 'scale')
    section.items[index] = { ...item, options: item.options.filter((_, place) => place !== option) }
  return result(verb === 'remove' ? (section.items[index - 1]?.id ?? null) : item.id)
}

type Sections = { title: Texts | null; items: Item[] }[]

/** From the beginning of a section to the end of the one before. */
function moveUp(sections: Sections, at: number, index: number): void {
  const [item] = sections[at]?.items.splice(index, 1) ?? []
  const target = index > 0 ? sections[at] : (sections[at - 1] ?? sections[at])
  if (item) target?.items.splice(index > 0 ? index - 1 : target === sections[at] ? 0 : target.items.length, 0, item)
}

/** From the end of a section to the beginning of the next. */
function moveDown(sections: Sections, at: number, index: number): void {
  const section = sections[at]
  if (!section) return
  const isLast = index === section.items.length - 1
  if (isLast && !sections[at + 1]) return
  const [item] = section.items.splice(index, 1)
  if (item && isLast) sections[at + 1]?.items.unshift(item)
  else if (item) section.items.splice(index + 1, 0, item)
}

function newItem(draft: Questionnaire, kind: string, newId: () => string): Item | null {
  const blank = { id: newId(), text: {}, reversed: false, headline: false }
  if (kind === 'comment') return { ...blank, kind, options: [] }
  if (kind === 'single' || kind === 'multiple') {
    const options = [newId(), newId()].map(value => ({ value, label: {} }))
    return { ...blank, kind, options }
  }
  if (kind !== 'scale') return null
  // A scale is mostly the one that was used before.
  const last = draft.sections.flatMap(section => section.items).findLast(item => item.kind === 'scale')
  const options = last?.options ?? AGREEMENT.map((label, at) => ({ value: at + 1, label }))
  return { ...blank, kind, options }
}

function withLanguage(draft: Questionnaire, language: string): Questionnaire {
  const isKnown = !/^[a-z]{2}$/.test(language) || draft.languages.includes(language)
  return isKnown ? draft : { ...draft, languages: [...draft.languages, language] }
}

function withoutLanguage(draft: Questionnaire, language: string): Questionnaire {
  const languages = draft.languages.filter(one => one !== language)
  return languages.length > 0 ? { ...draft, languages } : draft
}

/** An id that publishing replaces. @param random twelve hexadecimal digits. */
export function provisionalId(random: string): string {
  return `new-${random}`
}

/**
 * The draft in its final form: texts of its own languages only, and questions and answers that are new named after
 * their text. @param taken ids of questions in earlier versions, which keep their meaning.
 */
export function settled(draft: Questionnaire, taken: ReadonlySet<string>): Questionnaire {
  const own = (texts: Texts): Texts =>
    Object.fromEntries(draft.languages.map(language => [language, texts[language] ?? '']))
  const items = draft.sections.flatMap(section => section.items)
  const used = new Set([...taken, ...items.map(item => item.id)])
  const ids = new Map<string, string>()
  const values = new Map<string, string>()
  for (const item of items) {
    if (PROVISIONAL.test(item.id)) {
      const id = firstFree(slugify(firstText(item.text), 60), used)
      used.add(id)
      ids.set(item.id, id)
    }
    const answers = new Set(item.options.map(option => String(option.value)))
    for (const { value, label } of item.options)
      if (PROVISIONAL.test(String(value))) {
        const name = firstFree(slugify(firstText(label), 40), answers)
        answers.add(name)
        values.set(String(value), name)
      }
  }
  const settledValue = (value: number | string) => values.get(String(value)) ?? value
  return {
    ...draft,
    title: own(draft.title),
    introduction: draft.introduction && own(draft.introduction),
    sections: draft.sections.map(section => ({
      title: section.title && own(section.title),
      items: section.items.map(({ showIf, ...item }) => ({
        ...item,
        id: ids.get(item.id) ?? item.id,
        text: own(item.text),
        options: item.options.map(option => ({ value: settledValue(option.value), label: own(option.label) })),
        ...(showIf
          ? { showIf: { item: ids.get(showIf.item) ?? showIf.item, values: showIf.values.map(settledValue) } }
          : {}),
      })),
    })),
  }
}

function firstText(texts: Texts): string {
  return texts.en || Object.values(texts).find(Boolean) || ''
}
