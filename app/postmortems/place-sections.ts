/** Puts each section of a document where it belongs; what has no place, or not wholly, stays in the body as written. */
import { addAll } from '#app/platform/add-all.ts'
import { BadInput } from '#app/platform/bad-input.ts'
import { understandActions, understandFactors } from './factors-and-actions.ts'
import {
  appendDefinitions,
  collectDefinitions,
  type Definitions,
  definitionKey,
  inlineDefinitions,
} from './link-definitions.ts'
import { trimBlankLines } from './markdown-blocks.ts'
import { LIMITS, SECTION_KINDS } from './record.ts'
import type { HeadingKind, Section, StructuredKind } from './sections.ts'
import { understandTimeline } from './timeline.ts'
import { type HeaderState, takeHeaderSection } from './understand-header.ts'
import { quote, type Understood } from './understood.ts'

interface Context {
  allLines: string[]
  state: HeaderState
  now: number
}

/** Fills the sections, timeline, factors and actions of the record from the document's sections. */
export function placeSections(root: Section, understood: Understood, context: Context): void {
  new Placer(understood, context).place(root)
}

class Placer {
  readonly #understood: Understood
  readonly #context: Context
  readonly #definitions: Definitions
  readonly #used = new Set<string>()
  readonly #orphans: string[] = []
  readonly #claimed = new Set<HeadingKind>()
  readonly #texts = new Map<HeadingKind, string[]>()

  constructor(understood: Understood, context: Context) {
    this.#understood = understood
    this.#context = context
    this.#definitions = collectDefinitions(context.allLines)
    const { record } = understood
    for (const kind of SECTION_KINDS) if (kind !== 'body' && record.sections[kind] !== '') this.#claimed.add(kind)
    for (const kind of ['timeline', 'factors', 'actions'] as const) if (record[kind].length > 0) this.#claimed.add(kind)
  }

  place(root: Section): void {
    const { sections, timeline, factors, actions } = this.#understood.record
    const body: string[] = [...root.lines]
    for (const child of root.children) this.#section(child, body, null)
    for (const entry of timeline) entry.text = inlineDefinitions(entry.text, this.#definitions, this.#used)
    for (const factor of factors) factor.text = inlineDefinitions(factor.text, this.#definitions, this.#used)
    for (const action of actions) action.title = inlineDefinitions(action.title, this.#definitions, this.#used)
    for (const [kind, lines] of this.#texts) {
      sections[kind as Exclude<HeadingKind, StructuredKind>] = this.#text(lines, kind)
    }
    // Definitions that stood in a list and that no item of it uses.
    const unused = this.#orphans.filter(line => {
      const key = definitionKey(line)
      return key === null || !this.#used.has(key) || this.#definitions.get(key)?.lines[0] !== line
    })
    const text = this.#text(unused.length > 0 ? [...body, '', ...unused] : body, 'body')
    sections.body = [sections.body, text].filter(part => part !== '').join('\n\n')
  }

  #text(lines: string[], name: string): string {
    const text = appendDefinitions(trimBlankLines(lines).join('\n'), this.#definitions)
    if (text.length > LIMITS.section) {
      const limit = LIMITS.section.toLocaleString('en-GB')
      throw new BadInput({
        column: name,
        message: `${text.length.toLocaleString('en-GB')} characters: at most ${limit}`,
      })
    }
    return text
  }

  /** @param within the kind of text that `target` is; null for the body. */
  #section(section: Section, target: string[], within: HeadingKind | null): void {
    const { state, now } = this.#context
    const kind = section.kind
    if (kind === null && section.children.length === 0) {
      if (takeHeaderSection(section.heading, section.lines, this.#understood, state, now)) return
    }
    if (kind === null || kind === within) return this.#keep(section, target, within)
    if (kind === 'timeline' || kind === 'factors' || kind === 'actions')
      return this.#structured(kind, section, target, within)
    if (this.#claimed.has(kind)) {
      this.#understood.notes.push(`A second section ${quote(section.heading)} stays in the text`)
      return this.#keep(section, target, within)
    }
    this.#claimed.add(kind)
    const lines = [...section.lines]
    for (const child of section.children) this.#section(child, lines, kind)
    this.#texts.set(kind, lines)
  }

  #keep(section: Section, target: string[], within: HeadingKind | null): void {
    target.push(...section.headingLines)
    addAll(target, section.lines)
    for (const child of section.children) this.#section(child, target, within)
  }

  /** Sections of another kind below a timeline or list stand for themselves; the rest must be understood as a whole. */
  #structured(kind: StructuredKind, section: Section, target: string[], within: HeadingKind | null): void {
    const { record, notes } = this.#understood
    const own = section.children.filter(child => !isOther(child, kind))
    const others = section.children.filter(child => isOther(child, kind))
    const whole = { ...section, children: own }
    const blank = own.length === 0 && section.lines.every(line => line.trim() === '')
    if (blank) {
      for (const child of others) this.#section(child, target, within)
      return
    }
    if (this.#claimed.has(kind)) {
      notes.push(`A second section ${quote(section.heading)} stays in the text`)
      return this.#keep(section, target, within)
    }
    const remarks: string[] = []
    if (!this.#lift(kind, whole, remarks)) {
      notes.push(`${quote(section.heading)} stays in the text: not every line of it is ${NAMES[kind]}`)
      return this.#keep(section, target, within)
    }
    if (record[kind].length > 0) this.#claimed.add(kind)
    for (const remark of remarks) target.push('', remark === section.heading ? `*${remark}*` : remark, '')
    for (const child of others) this.#section(child, target, within)
  }

  #lift(kind: StructuredKind, section: Section, remarks: string[]): boolean {
    const { record, notes } = this.#understood
    if (kind === 'timeline') {
      const found = understandTimeline(section, this.#context.now)
      if (!found) return false
      addAll(record.timeline, found.entries)
      addAll(remarks, found.remarks)
      addAll(notes, found.notes)
      addAll(this.#orphans, found.definitions)
      return true
    }
    const found = kind === 'factors' ? understandFactors(section) : understandActions(section)
    if (!found) return false
    if (kind === 'factors') addAll(record.factors, found.entries as typeof record.factors)
    else addAll(record.actions, found.entries as typeof record.actions)
    addAll(this.#orphans, found.definitions)
    return true
  }
}

const NAMES: Record<StructuredKind, string> = {
  timeline: 'an entry with its time',
  factors: 'a list of factors',
  actions: 'a list of actions',
}

function isOther(section: Section, kind: StructuredKind): boolean {
  return section.kind !== null && (section.kind !== kind || kind !== 'timeline')
}
