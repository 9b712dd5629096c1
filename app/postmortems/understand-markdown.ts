/**
 * Understands a postmortem written in Markdown, whoever wrote it: what is certain is taken into fields, sections, a
 * timeline, factors and actions; everything else stays in the body as it was written, and a note says so.
 */
import { BadInput } from '#app/platform/bad-input.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { readCandorSections } from './candor-format.ts'
import { splitFrontMatter } from './front-matter.ts'
import { setPublished } from './moments.ts'
import { placeSections } from './place-sections.ts'
import { emptyRecord, LIMITS, SECTION_KINDS } from './record.ts'
import { canBeTitle, outline, type Section } from './sections.ts'
import { takeFields } from './understand-fields.ts'
import { type HeaderState, takeHeaderLines } from './understand-header.ts'
import { cutAtWord, firstSentence, plainText } from './understand-prose.ts'
import { checked, type UnderstandOptions, type Understood } from './understood.ts'
import { daysIn } from './written-time.ts'

/**
 * @param fileName for a title, a date or an identity that the text does not give; each such guess is noted.
 * @throws BadInput only for texts that are too long to keep
 */
export function understandMarkdown(text: string, fileName: string, options: UnderstandOptions = {}): Understood {
  const now = options.now ?? Date.now()
  const cleaned = cleanText(text.startsWith('\ufeff') ? text.slice(1) : text)
  const understood: Understood = {
    record: emptyRecord(''),
    notes: [...cleaned.notes],
    suggestedThemes: [],
    duplicateOf: null,
    line: null,
  }
  const { fields, body, problem } = splitFrontMatter(cleaned.text)
  if (problem !== null) return wholeText(understood, cleaned.text, fileName, problem, now)
  const candor = fields?.some(([key, value]) => key === 'candor' && value === '1') ?? false
  const written = candor ? readCandorSections(body) : null
  if (fields && written) return readExactly(understood, fields, written, fileName, now)

  const taken = takeFields(understood, fields ?? [], candor ? 'exact' : 'document', now)
  const state: HeaderState = { hasTitle: understood.record.title !== '', hasStatus: taken.hasStatus }
  readDocument(understood, body, state, now)
  const { record } = understood
  if (taken.leftOver.length > 0) addLeftOver(understood, taken.leftOver)
  if (!state.hasStatus) understood.notes.push('No status given: imported as published')
  if (!state.hasTitle) guessTitle(understood, body, fileName)
  guessFromNames(understood, fileName, fields, state.hasTitle, now)
  return finish(understood, record.sections.body)
}

/** Front matter that cannot be read is no reason to refuse a document, and none to understand half of it. */
function wholeText(understood: Understood, text: string, fileName: string, problem: string, now: number): Understood {
  understood.notes.push(`Front matter could not be read (${problem}): the whole document was kept as text`)
  understood.notes.push('No status given: imported as published')
  const heading = /^ {0,3}#{1,2}[ \t]+(\S[^\n]{0,1000})$/m.exec(text)
  const title = heading ? plainText(heading[1]!) : ''
  if (title !== '') understood.record.title = cutAtWord(title, LIMITS.title)
  else guessTitle(understood, text.replace(/^(?:---|\+\+\+).*\n/, ''), fileName)
  guessFromNames(understood, fileName, null, title !== '', now)
  return finish(understood, text)
}

function readExactly(
  understood: Understood,
  fields: [string, unknown][],
  written: NonNullable<ReturnType<typeof readCandorSections>>,
  fileName: string,
  now: number,
): Understood {
  const { record } = understood
  const taken = takeFields(understood, fields, 'exact', now)
  for (const kind of SECTION_KINDS) record.sections[kind] = written.sections[kind] ?? record.sections[kind]
  if (written.rest !== '') {
    understood.notes.push('Text above the first marker was put before the body')
    record.sections.body = [written.rest, record.sections.body].filter(part => part !== '').join('\n\n')
  }
  if (taken.leftOver.length > 0) addLeftOver(understood, taken.leftOver)
  if (record.title === '') guessTitle(understood, Object.values(record.sections).join('\n\n'), fileName)
  return finish(understood, record.sections.body)
}

function readDocument(understood: Understood, body: string, state: HeaderState, now: number): void {
  const { record } = understood
  const allLines = body.split('\n')
  const root = outline(allLines)
  const title = findTitle(root)
  if (title) {
    const { text } = title
    if (!state.hasTitle && text !== '') {
      record.title = cutAtWord(text, LIMITS.title)
      state.hasTitle = true
      if (record.title !== text) title.rest.unshift(...title.section.headingLines)
    } else if (plainText(record.title) !== text) title.rest.unshift(...title.section.headingLines)
  }
  const intro = title ? [...root.lines, ...title.rest] : root.lines
  root.lines = takeHeaderLines(intro, understood, state, now)
  if (title) root.children = title.sections
  placeSections(root, understood, { allLines, state, now })
}

interface Title {
  section: Section
  text: string
  /** What stands below the title before the next heading. */
  rest: string[]
  sections: Section[]
}

/**
 * The first heading, if it is no section: a level-one heading, or the only one of the highest level. `# Title:` may
 * carry the name itself, on the next line, or in the next heading.
 */
function findTitle(root: Section): Title | null {
  const [first, ...others] = root.children
  if (!first) return null
  if (/^title\s?:/i.test(first.heading)) {
    const inline = first.heading.slice(first.heading.indexOf(':') + 1).trim()
    if (inline !== '') return titleOf(first, inline, first.lines, [...first.children, ...others])
    const line = first.lines.findIndex(one => one.trim() !== '')
    if (line >= 0) {
      return titleOf(first, first.lines[line]!, first.lines.slice(line + 1), [...first.children, ...others])
    }
    const child = first.children[0]
    if (!child || !canBeTitle(child)) return null
    return titleOf(child, child.heading, child.lines, [...child.children, ...first.children.slice(1), ...others])
  }
  const alone = root.children.every(child => child === first || child.level > first.level)
  const introduced = root.lines.some(line => line.trim() !== '')
  const fits = first.level === 1 ? !introduced || alone : alone && !introduced && first.children.length > 0
  if (!fits || !canBeTitle(first)) return null
  return titleOf(first, first.heading, first.lines, [...first.children, ...others])
}

function titleOf(section: Section, text: string, rest: string[], sections: Section[]): Title {
  return { section, text: plainText(text), rest: [...rest], sections }
}

/** Unknown front matter keys, as a small list at the end of the body. */
function addLeftOver(understood: Understood, leftOver: [string, string][]): void {
  const { sections } = understood.record
  const list = leftOver.map(([key, text]) => `- ${key}: ${text.replace(/\n/g, '\n  ')}`).join('\n')
  sections.body = [sections.body, `## Front matter\n\n${list}`].filter(part => part !== '').join('\n\n')
  understood.notes.push(`Front matter kept at the end of the text: ${leftOver.map(([key]) => key).join(', ')}`)
}

function guessTitle(understood: Understood, text: string, fileName: string): void {
  const sentence = firstSentence(understood.record.sections.summary) ?? firstSentence(text)
  if (sentence !== null) {
    understood.record.title = sentence
    understood.notes.push('Title taken from the first sentence')
    return
  }
  const name = baseName(fileName).replace(/^(?:\d{4}-\d{2}-\d{2}|\d{1,4})[-_ ]+/, '')
  const words = (/\s/.test(name) ? name : name.replace(/[-_]+/g, ' ')).trim()
  understood.record.title =
    words === '' ? 'Untitled' : cutAtWord(words.charAt(0).toUpperCase() + words.slice(1), LIMITS.title)
  understood.notes.push(words === '' ? 'No title found' : 'Title taken from the file name')
}

/** A date and an identity that only a path, a file name or the title gives. */
function guessFromNames(
  understood: Understood,
  fileName: string,
  fields: [string, unknown][] | null,
  ownTitle: boolean,
  now: number,
): void {
  const { record } = understood
  const name = baseName(fileName)
  const id = /^(PM\d{4}-\d{2,4})(?=\s|$|_|\.)/.exec(name)
  if (id && record.externalId === null) {
    record.externalId = id[1]!
    understood.notes.push(`external_id ${id[1]} taken from the file name`)
  }
  if (record.publishedAt !== null) return
  const path = fields?.find(([key]) => key === 'path')?.[1]
  const inPath = typeof path === 'string' ? /(?:^|\/)(\d{4})\/(\d{2})\/(\d{2})\//.exec(path.slice(0, 300)) : null
  const guesses: [string[], string][] = [
    [inPath ? daysIn(`${inPath[1]}-${inPath[2]}-${inPath[3]}`) : [], 'the path in its front matter'],
    [
      daysIn(name.replace(/(\d{4}-\d{2}-\d{2})[-_]/g, '$1 ').replace(/[-_](\d{4}-\d{2}-\d{2})/g, ' $1')),
      'the file name',
    ],
    [ownTitle ? daysIn(record.title) : [], 'the title'],
  ]
  for (const [days, where] of guesses) if (days.length === 1 && setPublished(understood, days[0]!, now, where)) return
}

function baseName(fileName: string): string {
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1).slice(0, 300)
  return name.replace(/\.(?:md|mdx|markdown|txt|text)$/i, '')
}

function finish(understood: Understood, body: string): Understood {
  if (body.length > LIMITS.section) {
    const message = `${body.length.toLocaleString('en-GB')} characters: at most ${LIMITS.section.toLocaleString('en-GB')}`
    throw new BadInput({ column: 'body', message })
  }
  understood.record.sections.body = body
  return checked(understood)
}
