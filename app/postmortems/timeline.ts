/**
 * Understands a timeline section: a table, a list, a paragraph or a heading for each moment. It is understood as a
 * whole or not at all. A moment is certain only when date and zone are both stated; every other time stays as written.
 */
import { addAll } from '#app/platform/add-all.ts'
import { type Block, blocksOf, type ListItem, trimBlankLines } from './markdown-blocks.ts'
import { LIMITS, type TimelineEntry } from './record.ts'
import { linesOf, type Section } from './sections.ts'
import { findZone, momentOf } from './time-zones.ts'
import { plainText } from './understand-prose.ts'
import { isPlausible, quote } from './understood.ts'
import { daysIn, readWrittenTime, type WrittenTime } from './written-time.ts'

export interface UnderstoodTimeline {
  entries: TimelineEntry[]
  /** Words about the timeline that no entry carries; they stay in the text. */
  remarks: string[]
  definitions: string[]
  notes: string[]
}

/** What holds for all entries until something else is said. */
interface Context {
  zone: string | null
  day: string | null
  dayText: string | null
  /** 'All times approximate': nothing is certain then. */
  vague: boolean
}

const VAGUE = /\bapprox|\broughly\b|\bestimate/i

const REMARK_WORDS = new Set(
  'all the time times event events date dates timestamp timestamps timezone zone note are is in given documented listed shown reported expressed recorded stated and here below following'.split(
    ' ',
  ),
)

/** Null when any line of the section is neither an entry nor a remark about the times. */
export function understandTimeline(section: Section, now: number): UnderstoodTimeline | null {
  return new TimelineReader(now).read(section)
}

class TimelineReader {
  readonly #result: UnderstoodTimeline = { entries: [], remarks: [], definitions: [], notes: [] }
  readonly #now: number
  #last: number | null = null
  #depth = 0

  constructor(now: number) {
    this.#now = now
  }

  read(section: Section): UnderstoodTimeline | null {
    const days = daysIn(section.heading)
    const context: Context = {
      zone: findZone(section.heading),
      day: days.length === 1 ? days[0]! : null,
      dayText: days.length === 1 ? days[0]! : null,
      vague: VAGUE.test(section.heading),
    }
    const { entries, remarks } = this.#result
    const digits = /\d/.test(section.heading.replace(/[+-]\d{1,2}/g, ''))
    if (context.vague || (digits && days.length !== 1)) remarks.push(section.heading)
    if (!this.#blocks(blocksOf(section.lines), context, false)) return null
    for (const child of section.children) if (!this.#heading(child, context)) return null
    const fits = entries.length <= LIMITS.list && entries.every(entry => entry.text.length <= LIMITS.line)
    return fits ? this.#result : null
  }

  /** `timed`: every entry must begin with a time of its own. */
  #blocks(blocks: Block[], context: Context, timed: boolean): boolean {
    const { entries } = this.#result
    for (const block of blocks) {
      if (entries.length > LIMITS.list) return false
      const last = entries[entries.length - 1]
      if (block.kind === 'definition') addAll(this.#result.definitions, block.lines)
      else if (block.kind === 'rule') continue
      else if (block.kind === 'table') {
        if (!this.#table(block, context)) return false
      } else if (block.kind === 'list') {
        for (const item of block.items) if (!this.#item(item, context, timed)) return false
      } else if (block.kind === 'fence') {
        if (!last && this.#paragraph(block.lines.slice(1, -1), context)) continue
        if (!last) return false
        last.text += `\n\n${block.lines.join('\n')}`
      } else if (block.kind === 'paragraph' || block.kind === 'quote') {
        if (this.#remark(block, context) || (block.kind === 'paragraph' && this.#paragraph(block.lines, context)))
          continue
        if (block.kind === 'paragraph' || !last) return false
        last.text += `\n\n${block.lines.join('\n')}`
      } else if (last) last.text += `\n\n${block.lines.join('\n')}`
      else return false
    }
    return true
  }

  /** 'All times in UTC.' */
  #remark(block: Block, context: Context): boolean {
    const text = plainText(block.lines.join(' ')).replace(/^[(_]|[)_.]$/g, '')
    if (text.length > 160 || !/^(?:note:? )?(?:all|the|times?|events?|dates?|timestamps?)\b/i.test(text)) return false
    if (!/\b(?:time|times|timestamps?|timezone|zone|dates?)\b/i.test(text) || block.lines.join('').includes('!['))
      return false
    const zone = findZone(text)
    const vague = VAGUE.test(text)
    const days = daysIn(text)
    const known = (zone === null ? 0 : 1) + days.length
    if (known === 0 && !vague) return false
    // Whatever else the sentence says would be lost.
    const words =
      text
        .toLowerCase()
        .replace((zone ?? '').toLowerCase(), ' ')
        .match(/\p{L}+/gu) ?? []
    if (!vague && days.length === 0 && !words.every(word => REMARK_WORDS.has(word))) return false
    context.zone = zone ?? context.zone
    context.vague ||= vague
    if (days.length === 1) {
      context.day = days[0]!
      context.dayText = days[0]!
    }
    if (vague || days.length > 0) this.#result.remarks.push(block.lines.join('\n'))
    else this.#result.notes.push(`Timeline: ${quote(text)} was applied to its entries`)
    return true
  }

  /** A paragraph whose lines begin with times; a line without one continues the entry before it. */
  #paragraph(lines: string[], context: Context): boolean {
    const entries: { when: WrittenTime; text: string[] }[] = []
    for (const line of lines) {
      const when = readWrittenTime(line.trim())
      const begins = when !== null && (when.separated || (when.hasTime && when.rest !== '') || when.rest === '')
      if (when && begins) entries.push({ when, text: when.rest === '' ? [] : [when.rest] })
      else if (entries.length === 0) return false
      else entries[entries.length - 1]!.text.push(line.trimEnd())
    }
    for (const { when, text } of entries) {
      if (text.length > 0) this.#add(when, text.join('\n'), context)
      else if (when.hasDate && !when.hasTime) this.#setDay(when, context)
      else return false
    }
    return entries.length > 0
  }

  #item(item: ListItem, context: Context, timed: boolean): boolean {
    const [first = '', ...more] = item.lines
    const when = readWrittenTime(first.replace(/^\[[ xX]\]\s/, ''))
    if (!when) {
      const text = item.lines.join('\n').trim()
      if (timed && text !== '') return false
      if (text !== '') this.#result.entries.push({ at: null, atText: null, marker: null, text })
      return true
    }
    if (when.rest === '' && when.hasDate && !when.hasTime && this.#group(more, { ...context }, when)) return true
    const text = [when.rest, ...more].join('\n').trim()
    if (text === '') return false
    this.#add(when, text, context)
    return true
  }

  /** Entries with times of their own below a date. Nothing is kept if it turns out otherwise. */
  #group(lines: string[], context: Context, when: WrittenTime): boolean {
    const { entries, definitions, remarks, notes } = this.#result
    const before = [entries.length, definitions.length, remarks.length, notes.length] as const
    if (when.hasDate) this.#setDay(when, context)
    context.zone = when.zone ?? context.zone
    this.#depth++
    const blocks = this.#depth > 4 ? [] : blocksOf(lines)
    const plain = blocks.every(
      block =>
        block.kind === 'list' || block.kind === 'table' || block.kind === 'paragraph' || entries.length > before[0],
    )
    const understood = blocks.length > 0 && plain && this.#blocks(blocks, context, true)
    this.#depth--
    if (understood && entries.length > before[0]) return true
    entries.length = before[0]
    definitions.length = before[1]
    remarks.length = before[2]
    notes.length = before[3]
    return false
  }

  /** A heading with a date, a time, or both; what is below it belongs to it. */
  #heading(section: Section, outer: Context): boolean {
    const when = readWrittenTime(section.markdown)
    if (!when) return false
    const context = { ...outer }
    if (when.hasDate && !when.hasTime && when.rest === '') {
      this.#setDay(when, context)
      const content = section.lines.some(line => line.trim() !== '')
      if (!content || this.#group(section.lines, context, when)) {
        for (const child of section.children) if (!this.#heading(child, context)) return false
        return content || section.children.length > 0
      }
    }
    const content = linesOf(section)
    if (when.rest !== '') {
      const at = this.#result.entries.length
      if (this.#group(content, { ...context }, when)) {
        const grouped = this.#result.entries.splice(at)
        this.#add(when, when.rest, outer)
        addAll(this.#result.entries, grouped)
        return true
      }
    }
    // A day with pages of text below it is a chapter, not an entry.
    if (!when.hasTime && blocksOf(content).length > 2) return false
    const text = [when.rest, trimBlankLines(content).join('\n')].filter(part => part !== '').join('\n\n')
    if (text === '') return false
    this.#add(when, text, outer)
    return true
  }

  #table(block: Block & { kind: 'table' }, context: Context): boolean {
    const header = block.header.map(cell => plainText(cell))
    const isTime = header.map(cell => /\b(?:time|date|when|day|hour|utc|gmt|timestamp)\b/i.test(cell))
    if (!isTime[0] || isTime.every(Boolean)) return false
    const inner = { ...context }
    inner.zone =
      header
        .filter((_, i) => isTime[i])
        .map(findZone)
        .find(zone => zone !== null) ?? context.zone
    const main = header.findIndex(
      (cell, i) => !isTime[i] && /\b(?:event|what|description|action|details?|summary|happened|note)/i.test(cell),
    )
    const text = main < 0 ? isTime.indexOf(false) : main
    for (const row of block.rows) {
      const time = row.filter((cell, i) => isTime[i] && cell !== '').join(' ')
      const others = row
        .map((cell, i) => (isTime[i] || i === text || cell === '' ? '' : header[i] ? `${header[i]}: ${cell}` : cell))
        .filter(cell => cell !== '')
      const words = [row[text] ?? '', others.length > 0 ? `(${others.join('; ')})` : '']
        .filter(part => part !== '')
        .join(' ')
      if (words === '' && time === '') continue
      const when = readWrittenTime(time)
      if (when && when.rest === '') this.#add(when, words, inner)
      else {
        const zone = inner.zone !== null && /\d/.test(time) && !time.includes(inner.zone) ? ` ${inner.zone}` : ''
        const atText = time === '' ? null : `${plainText(time).slice(0, 150)}${zone}`
        if (time.length > 150) return false
        this.#result.entries.push({ at: null, atText, marker: null, text: words })
      }
    }
    return true
  }

  #setDay(when: WrittenTime, context: Context): void {
    context.day = when.vague ? null : when.day
    context.dayText = when.raw
    this.#last = null
  }

  #add(when: WrittenTime, text: string, context: Context): void {
    const zone = when.zone ?? context.zone
    const day = when.hasDate ? when.day : context.day
    let at = null
    if (day !== null && when.seconds !== null && zone !== null && !when.vague && !context.vague) {
      if (!when.hasDate && this.#last !== null && when.seconds < this.#last - 3600) {
        // Past midnight, or twelve-hour times without am and pm: the date above holds no longer.
        context.day = null
        context.dayText = null
        this.#result.notes.push(
          `Timeline: from ${quote(when.raw)} on the date is not certain, so times stay as written`,
        )
      } else {
        at = momentOf(day, when.seconds, zone)
        if (!when.hasDate) this.#last = when.seconds
      }
    }
    if (at !== null && !isPlausible(at, this.#now)) at = null
    const written = [
      when.hasDate ? '' : (context.dayText ?? ''),
      when.raw,
      when.zone === null && zone !== null ? zone : '',
    ]
    const atText =
      at === null
        ? written
            .filter(part => part !== '')
            .join(' ')
            .slice(0, 200)
        : null
    this.#result.entries.push({ at, atText, marker: null, text })
  }
}
