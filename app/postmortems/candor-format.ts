/**
 * The Markdown that Candor writes: everything as front matter, the texts below it between markers, and at the end the
 * same once more for people, which is not read again. Reading gives back exactly the record that was written.
 */
import { type PostmortemRecord, SECTION_KINDS, SECTION_TITLES, type SectionKind, type Why } from './record.ts'

const READABLE = 'readable'
const MARKER = /^(?:## [^<]{1,60} )?<!-- candor:([A-Za-z]{1,20}) -->[ \t]{0,20}$/

/** The record as a Markdown document. Texts are clean (see clean-text.ts): without CR, NUL and lone surrogates. */
export function writeCandorMarkdown(record: PostmortemRecord): string {
  const parts = [`---\n${frontMatter(record)}---\n\n# ${record.title.split('\n')[0]}\n`]
  for (const kind of SECTION_KINDS) {
    const text = record.sections[kind]
    if (text === '') continue
    const heading = kind === 'body' ? '' : `## ${SECTION_TITLES[kind]} `
    parts.push(`${heading}<!-- candor:${kind} -->\n\n${escapeMarkers(text)}\n`)
  }
  parts.push(`<!-- candor:${READABLE} -->\n${readable(record)}`)
  return parts.join('\n')
}

/**
 * The texts of a document that Candor wrote; null when it has no markers. `rest` is what somebody has written above
 * the first one.
 */
export function readCandorSections(
  body: string,
): { sections: Partial<Record<SectionKind, string>>; rest: string } | null {
  const sections: Partial<Record<SectionKind, string>> = {}
  const lines = body.split('\n')
  const before: string[] = []
  let current: SectionKind | null = null
  let marked = false
  let from = 0
  const close = (to: number): void => {
    if (current === null) return
    const text = unescapeMarkers(unframe(lines.slice(from, to)).join('\n'))
    sections[current] = sections[current] === undefined ? text : `${sections[current]}\n\n${text}`
  }
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    const name = line.includes('<!-- candor:') && line.length < 200 ? MARKER.exec(line)?.[1] : undefined
    if (name === undefined || !(name === READABLE || (SECTION_KINDS as readonly string[]).includes(name))) {
      if (!marked) before.push(line)
      continue
    }
    close(at)
    marked = true
    if (name === READABLE) return { sections, rest: withoutTitle(before) }
    current = name as SectionKind
    from = at + 1
  }
  close(lines.length)
  return marked ? { sections, rest: withoutTitle(before) } : null
}

/** One blank line before and one after a text are the frame, not the text. */
function unframe(lines: string[]): string[] {
  const from = lines[0] === '' ? 1 : 0
  const to = lines.length > from && lines[lines.length - 1] === '' ? lines.length - 1 : lines.length
  return lines.slice(from, to)
}

function withoutTitle(lines: string[]): string {
  const text = lines.join('\n').trim()
  return (text === '#' || text.startsWith('# ')) && !text.includes('\n') ? '' : text
}

/** A marker that stands in a text is told from a real one by a backslash, and that backslash by a second one. */
function escapeMarkers(text: string): string {
  return text.includes('candor:') ? text.replace(/<!-- (\\*)candor:/g, '<!-- \\$1candor:') : text
}

function unescapeMarkers(text: string): string {
  return text.includes('candor:') ? text.replace(/<!-- \\(\\*)candor:/g, '<!-- $1candor:') : text
}

type Plain = string | boolean | string[] | PlainObject[]
type PlainObject = { [key: string]: Plain | null }

function frontMatter(record: PostmortemRecord): string {
  const whys = (list: Why[]): PlainObject[] => list.map(why => ({ text: why.text, whys: whys(why.whys) }))
  return `candor: 1\n${emit(
    {
      title: record.title,
      status: record.status,
      published_at: record.publishedAt,
      external_id: record.externalId,
      source_url: record.sourceUrl,
      incident: record.incidentKey,
      severity: record.severity,
      started_at: record.startedAt,
      detected_at: record.detectedAt,
      acknowledged_at: record.acknowledgedAt,
      mitigated_at: record.mitigatedAt,
      resolved_at: record.resolvedAt,
      detected_by: record.detectedBy,
      customer_impact: record.customerImpact,
      services: record.services,
      themes: record.themes,
      authors: record.authors,
      highlights: record.highlights,
      public: record.isPublic ? true : null,
      timeline: record.timeline.map(entry => ({
        at: entry.at,
        at_text: entry.atText,
        marker: entry.marker,
        text: entry.text,
      })),
      factors: record.factors.map(factor => ({ text: factor.text, themes: factor.themes, whys: whys(factor.whys) })),
      actions: record.actions.map(action => ({
        title: action.title,
        kind: action.kind,
        owner: action.owner,
        created_on: action.createdOn,
        due_on: action.dueOn,
        state: action.state,
        closed_on: action.closedOn,
        reason: action.reason,
        external_id: action.externalId,
      })),
    },
    '',
  )}`
}

/** Block YAML whose texts are all JSON strings: nothing in them can be taken for something else. */
function emit(object: PlainObject, indent: string): string {
  let out = ''
  for (const [key, value] of Object.entries(object)) {
    if (value === null || (Array.isArray(value) && value.length === 0)) continue
    if (typeof value === 'string') out += `${indent}${key}: ${emitText(value)}\n`
    else if (typeof value === 'boolean') out += `${indent}${key}: ${value}\n`
    else if (typeof value[0] === 'string') out += `${indent}${key}: [${(value as string[]).map(emitText).join(', ')}]\n`
    else {
      out += `${indent}${key}:\n`
      for (const item of value as PlainObject[]) {
        const lines = emit(item, `${indent}    `)
        out += `${indent}  - ${lines.slice(indent.length + 4)}`
      }
    }
  }
  return out
}

function emitText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Timeline, factors and actions as people read them. */
function readable(record: PostmortemRecord): string {
  const out: string[] = []
  const item = (text: string, depth = 0): string =>
    `${'  '.repeat(depth)}- ${text.replace(/\n/g, `\n${'  '.repeat(depth + 1)}`)}`
  if (record.timeline.length > 0) {
    out.push('\n## Timeline\n')
    for (const { at, atText, text } of record.timeline) {
      const when = at === null ? atText : `${at.slice(0, 16).replace('T', ' ')} UTC`
      out.push(item(when ? `**${when}** ${text}` : text))
    }
  }
  if (record.factors.length > 0) {
    out.push('\n## Contributing factors\n')
    const whys = (list: Why[], depth: number): void => {
      for (const why of list) {
        out.push(item(`Why? ${why.text}`, Math.min(depth, 20)))
        whys(why.whys, depth + 1)
      }
    }
    for (const factor of record.factors) {
      out.push(item(factor.text))
      whys(factor.whys, 1)
    }
  }
  if (record.actions.length > 0) {
    out.push('\n## Action items\n')
    for (const action of record.actions) {
      const details = [action.kind, action.owner, action.dueOn && `due ${action.dueOn}`, action.state, action.reason]
      const box = action.state === 'done' ? '[x]' : '[ ]'
      out.push(item(`${box} ${action.title} (${details.filter(Boolean).join(', ')})`))
    }
  }
  return out.length > 0 ? `${out.join('\n')}\n` : ''
}
