/** A Markdown document as a tree of headings, and which section of a postmortem each heading means. */
import { addAll } from '#app/platform/add-all.ts'
import { closesFence, fenceOf, isListLine, isRule } from './markdown-blocks.ts'
import type { SectionKind } from './record.ts'
import { plainText } from './understand-prose.ts'

export interface Section {
  /** 1 to 6; 0 for the document itself. */
  level: number
  /** The heading as plain text, '' for the document itself. */
  heading: string
  /** Which part of a postmortem the heading names. */
  kind: HeadingKind | null
  /** The heading without its marks, still Markdown. */
  markdown: string
  /** The heading as written: one line, or two where it is underlined. */
  headingLines: string[]
  /** What stands between this heading and the next. */
  lines: string[]
  children: Section[]
}

export type StructuredKind = 'timeline' | 'factors' | 'actions'
export type HeadingKind = Exclude<SectionKind, 'body'> | StructuredKind

/** What people call the parts of a postmortem. The first row that fits wins; headings are compared in plain lower case. */
const HEADINGS: [HeadingKind, RegExp][] = [
  [
    'timeline',
    /^(?:\w{1,20} ){0,2}(?:timeline|chronology)(?: of (?:the )?(?:events|incident))?(?: summary)?$|^(?:sequence|chain|order) of events$|^events$/,
  ],
  [
    'summary',
    /^(?:(?:executive|incident|issue|outage|problem|event|post ?mortem|quick|brief|short|high level|management) ){0,2}(?:summary|overview|synopsis|abstract)$|^tl ?dr$|^in (?:brief|short)$/,
  ],
  [
    'impact',
    /^(?:(?:the|customer|user|end user|business|service|incident|overall|financial) ){0,2}impact(?: (?:analysis|assessment|on \w{1,20}(?: \w{1,20})?))?$|^(?:summary|scope|extent) of (?:the )?impact$|^(?:affected users|who was affected|what was the impact|what was affected)$/,
  ],
  ['wentWell', /^(?:what|things that) (?:went|worked|did go) (?:well|right|ok)\b|^what worked$/],
  [
    'lucky',
    /^(?:where|how) (?:did )?we (?:got|get|were|had|have) (?:lucky|luck)$|^(?:what|things) we (?:were|got) lucky (?:with|about)$|^(?:good )?luck$/,
  ],
  [
    'lessons',
    /^(?:the )?(?:key )?(?:lessons?|learnings?|takeaways?)(?: (?:learned|learnt|learnings))?(?: and \w{1,20})?$|^what (?:did )?we (?:have )?(?:learn(?:ed|t)?)$/,
  ],
  [
    'factors',
    /^(?:the )?(?:root |contributing |underlying |proximate )?causes?(?: s)?(?: analysis)?(?: of (?:the|this) \w{1,20})?$|^(?:the )?(?:contributing|causal) (?:factors?|conditions?|causes?)(?: analysis)?$|^what (?:caused|contributed to) (?:it|this|(?:the |this )?(?:incident|outage|problem|issue|failure))$|^why (?:did )?(?:it|this) happen(?:ed)?$/,
  ],
  [
    'detection',
    /^detection$|^how (?:we )?(?:notice|detect|noticed|detected) it(?: \w{1,20}){0,3}$|^how (?:was|did) (?:it|this|we|the \w{1,20}) (?:detect|notice|get detected|detected|noticed)(?: \w{1,20}){0,3}$|^how (?:will|can|do) we (?:detect|notice)(?: \w{1,20}){0,6}$/,
  ],
  [
    'actions',
    /^(?:\w{1,20} )?(?:action|remediation|follow ?up|todo) ?(?:items?|points?|tasks?|actions?)(?: (?:and )?(?:follow ?ups?|next steps))?$|^(?:(?:corrective|follow ?up|resulting|planned|preventative|preventive|remedial|next) )?actions?$|^follow ?ups?(?: (?:items?|tasks?|work|improvements?))?$|^next steps$|^to ?dos?$/,
  ],
  [
    'prevention',
    /^(?:prevention|remediations?|preventing (?:a )?recurrence|recurrence prevention|future measures)$|^(?:corrective and )?prevent(?:at)?ive measures$|^how (?:\w{1,10} )?we (?:\w{1,10} )?prevent(?:ing)?(?: \w{1,20}){0,6}$/,
  ],
]

/** Headings that are no title, although they may come first. */
const NO_TITLE =
  /^(?:context|background|introduction|meta ?data|details|description|what happened|front matter|(?:table of )?contents|owner|involved|authors?|date|status|severity)$/
const LABEL = /^(?:owner|involved|authors?|date|status|severity)\s?:/i

/** The words of a heading as they are compared: without numbering, brackets, punctuation. */
export function headingKey(heading: string): string {
  return heading
    .slice(0, 200)
    .toLowerCase()
    .replace(/\([^()]{0,150}\)/g, match => (match === '(s)' ? 's' : ' '))
    .replace(/tl;\s?dr/g, 'tldr')
    .replace(/^\s*(?:\d{1,2}(?:\.\d{1,2})*[.):]?\s|step \d{1,2}:?\s)/, '')
    .replace(/&/g, ' and ')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Which part of a postmortem a heading names, if any. 'Timeline (all times PST) 01/16/2024' is a timeline. */
export function kindOfHeading(heading: string): HeadingKind | null {
  const key = headingKey(heading)
  if (key === '' || key.length > 100) return null
  for (const [kind, pattern] of HEADINGS) if (pattern.test(key)) return kind
  // 'Timeline (all times PST) 01/16/2024', 'Timeline: 3 May 2024'
  const timeline = /^(?:\w{1,20} )?timeline (.*)$/.exec(key)
  return timeline && timeline[1]!.split(' ').every(word => ABOUT_TIMES.test(word)) ? 'timeline' : null
}

const ABOUT_TIMES =
  /^(?:\d{1,4}(?:st|nd|rd|th)?|[a-z]{2,4}t|utc|gmt|all|times?|dates?|are|in|and|to|on|approx\w{0,10}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})$/

/** Whether a first heading can be the document's title. */
export function canBeTitle(section: Section): boolean {
  const key = headingKey(section.heading)
  return /[\p{L}\p{N}]/u.test(key) && section.kind === null && !NO_TITLE.test(key) && !LABEL.test(section.heading)
}

/**
 * Reads the headings of a document. Code is passed over. A line such as 'Action Items' that stands alone above a list
 * is taken for a heading; so is a bold line, if the document has no other headings.
 */
export function outline(lines: string[]): Section {
  const root = buildTree(lines, false)
  const headings = root.children.reduce((sum, child) => sum + 1 + child.children.length, 0)
  return headings > 1 ? root : buildTree(lines, true)
}

function buildTree(lines: string[], boldHeadings: boolean): Section {
  const root: Section = { level: 0, heading: '', kind: null, markdown: '', headingLines: [], lines: [], children: [] }
  const path = [root]
  let fence: string | null = null
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    const current = path[path.length - 1]!
    if (fence !== null) {
      if (closesFence(line, fence)) fence = null
      current.lines.push(line)
      continue
    }
    const opening = fenceOf(line)
    const found = opening ? null : headingAt(lines, at, current, boldHeadings)
    if (opening) fence = opening.mark
    if (!found) {
      current.lines.push(line)
      continue
    }
    const level = found.level ?? Math.max(current.level, 2)
    while (path[path.length - 1]!.level >= level) path.pop()
    const heading = plainText(found.text)
    const section: Section = {
      level,
      heading,
      kind: kindOfHeading(heading),
      markdown: found.text,
      headingLines: lines.slice(at, at + found.lines),
      lines: [],
      children: [],
    }
    path[path.length - 1]!.children.push(section)
    path.push(section)
    at += found.lines - 1
  }
  return root
}

interface FoundHeading {
  /** Absent for a heading that is only a line of text: it ranks with the heading before it. */
  level?: number
  text: string
  lines: 1 | 2
}

function headingAt(lines: string[], at: number, current: Section, boldHeadings: boolean): FoundHeading | null {
  const line = lines[at]!
  const hashes = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(line)
  if (hashes) {
    const text = line.slice(hashes[0].length).trim()
    const bare = /(?:^|\s)#{1,20}$/.test(text.slice(-21)) ? text.replace(/#{1,20}$/, '').trim() : text
    return { level: hashes[1]!.length, text: bare, lines: 1 }
  }
  const text = line.trim()
  if (text === '' || text.length > 300 || line.startsWith('    ')) return null
  const before = at === 0 || lines[at - 1]!.trim() === '' || (current.lines.length === 0 && current.level > 0)
  if (!before) return null
  const under = lines[at + 1]?.trim() ?? ''
  if (/^[\p{L}\p{N}"'“‘(*_`[]/u.test(text) && !text.includes('|') && !isListLine(line) && under.length <= 200) {
    if (/^={2,}$/.test(under)) return { level: 1, text, lines: 2 }
    if (/^-{2,}$/.test(under) && !isRule(line)) return { level: 2, text, lines: 2 }
  }
  const bold = /^(?:\*\*|__)([^*_]{1,80})(?:\*\*|__):?$/.exec(text)
  if (boldHeadings && bold && under === '') return kindOfHeading(bold[1]!) ? { text: bold[1]!, lines: 1 } : null
  const list = under === '' ? lines[at + 2] : lines[at + 1]
  if (text.length <= 40 && /^[\p{L} -]+:?$/u.test(text) && list !== undefined && isListLine(list)) {
    const kind = kindOfHeading(text)
    if (kind === 'actions' || kind === 'timeline' || kind === 'factors') return { text, lines: 1 }
  }
  return null
}

/** All lines of a section as they were written, its own heading left out. */
export function linesOf(section: Section, withHeading = false): string[] {
  const lines: string[] = []
  const add = (one: Section, heading: boolean): void => {
    if (heading) lines.push(...one.headingLines)
    addAll(lines, one.lines)
    for (const child of one.children) add(child, true)
  }
  add(section, withHeading)
  return lines
}
