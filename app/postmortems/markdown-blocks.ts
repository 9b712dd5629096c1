/** Just enough Markdown, line by line and in linear time, to see whether a section is a list, a table or prose. */

export type Block =
  | { kind: 'list'; ordered: boolean; items: ListItem[]; lines: string[] }
  | { kind: 'table'; header: string[]; rows: string[][]; lines: string[] }
  | { kind: 'fence' | 'image' | 'quote' | 'rule' | 'definition' | 'paragraph'; lines: string[] }

export interface ListItem {
  /** What stands behind the bullet, and the item's other lines without their indentation. */
  lines: string[]
}

const LIST_MARK = /^( {0,3})([-*+]|\d{1,9}[.)])([ \t]+|$)/
const NESTED_MARK = /^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+|$)/

/** Whether a line begins a list item that is not nested. */
export function isListLine(line: string): boolean {
  return LIST_MARK.test(line) && !isRule(line)
}

/** The opening of a code fence: its mark and how far it is indented. */
export function fenceOf(line: string): { mark: string; indent: number } | null {
  const match = /^([ \t]{0,12})(`{3,}|~{3,})/.exec(line)
  if (!match) return null
  if (match[2]![0] === '`' && line.indexOf('`', match[0].length) >= 0) return null
  return { mark: match[2]!, indent: match[1]!.length }
}

/** Whether a line closes the fence that `mark` opened. */
export function closesFence(line: string, mark: string): boolean {
  const text = line.trim()
  if (!text.startsWith(mark)) return false
  for (let i = mark.length; i < text.length; i++) if (text[i] !== mark[0]) return false
  return true
}

/** `[name]: address "title"`, and footnotes: `[^name]: text`. */
export const DEFINITION =
  /^ {0,3}\[(\^[^\]]{1,400}(?=\]:)|[^\]]{1,400}(?=\]:[ \t]{0,20}(?:<[^>]{0,4000}>|[^\s<]{0,4000}[/.#:][^\s<]{0,4000})(?:[ \t]{1,20}["'(].{0,1000})?[ \t]{0,20}$))\]:[ \t]{0,20}(\S.*)?$/

/** Whether a line defines the address of a link or the text of a footnote. */
export function isDefinition(line: string): boolean {
  return line.length < 5_000 && line.includes(']:') && DEFINITION.test(line)
}

/** `---`, `***` and `___`, also with spaces between. */
export function isRule(line: string): boolean {
  if (line.length > 200) return false
  const text = line.replace(/[ \t]/g, '')
  return text.length >= 3 && !/^\s{4}/.test(line) && /^(?:-+|\*+|_+)$/.test(text)
}

/** Splits lines into blocks. Blank lines part blocks and are dropped; everything else is in some block. */
export function blocksOf(lines: string[]): Block[] {
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at]!
    if (line.trim() === '') {
      at++
      continue
    }
    const from = at
    const fence = fenceOf(line)
    if (fence) {
      at = endOfFence(lines, at, fence.mark)
      blocks.push({ kind: 'fence', lines: lines.slice(from, at) })
    } else if (isRule(line)) {
      at++
      blocks.push({ kind: 'rule', lines: [line] })
    } else if (isListLine(line)) {
      const list = readList(lines, at)
      at = list.end
      blocks.push({ kind: 'list', ordered: list.ordered, items: list.items, lines: lines.slice(from, at) })
    } else if (isTableStart(lines, at)) {
      while (at < lines.length && lines[at]!.includes('|') && lines[at]!.trim() !== '') at++
      const rows = lines.slice(from, at)
      blocks.push({ kind: 'table', header: splitRow(rows[0]!), rows: rows.slice(2).map(splitRow), lines: rows })
    } else if (isDefinition(line)) {
      at++
      while (at < lines.length && /^(?: {4}|\t)\s*\S/.test(lines[at]!)) at++
      blocks.push({ kind: 'definition', lines: lines.slice(from, at) })
    } else {
      const kind = paragraphKind(line)
      at++
      while (at < lines.length && continuesParagraph(lines, at)) at++
      blocks.push({ kind, lines: lines.slice(from, at) })
    }
  }
  return blocks
}

function paragraphKind(line: string): 'image' | 'quote' | 'paragraph' {
  const text = line.trim()
  if (text.startsWith('>')) return 'quote'
  return text.startsWith('![') || /^<img\s/i.test(text) ? 'image' : 'paragraph'
}

function continuesParagraph(lines: string[], at: number): boolean {
  const line = lines[at]!
  return line.trim() !== '' && !fenceOf(line) && !isRule(line) && !isListLine(line) && !isTableStart(lines, at)
}

function endOfFence(lines: string[], at: number, mark: string): number {
  let end = at + 1
  while (end < lines.length && !closesFence(lines[end]!, mark)) end++
  return Math.min(end + 1, lines.length)
}

/** Items at the indentation of the first one; everything deeper, and lazy continuation lines, belong to their item. */
function readList(lines: string[], start: number): { items: ListItem[]; ordered: boolean; end: number } {
  const first = LIST_MARK.exec(lines[start]!)!
  const base = first[1]!.length
  const ordered = isOrdered(first)
  const items: ListItem[] = []
  let content = 0
  let at = start
  let blank = false
  while (at < lines.length) {
    const line = lines[at]!
    if (line.trim() === '') {
      blank = true
      at++
      continue
    }
    const item = items[items.length - 1]
    const mark = NESTED_MARK.exec(line)
    const indent = width(line)
    if (mark && indent <= base + 1 && indent <= 3 && !isRule(line)) {
      if (isOrdered(mark) !== ordered) break
      content = mark[0].length
      items.push({ lines: [line.slice(mark[0].length)] })
    } else if (item && (indent >= Math.min(content, base + 2) || !blank) && !(isRule(line) && indent < 2)) {
      if (blank) item.lines.push('')
      const fence = fenceOf(line)
      item.lines.push(dedent(line, content))
      if (fence) {
        const end = endOfFence(lines, at, fence.mark)
        for (at++; at < end; at++) item.lines.push(dedent(lines[at]!, content))
        at--
      }
    } else break
    blank = false
    at++
  }
  return { items, ordered, end: at }
}

function isOrdered(mark: RegExpExecArray): boolean {
  return /\d/.test(mark[2]!)
}

function width(line: string): number {
  let n = 0
  for (const c of line) {
    if (c === ' ') n++
    else if (c === '\t') n += 4
    else break
  }
  return n
}

function dedent(line: string, by: number): string {
  let at = 0
  while (at < by && (line[at] === ' ' || line[at] === '\t')) at++
  return line.slice(at)
}

function isTableStart(lines: string[], at: number): boolean {
  const separator = lines[at + 1]
  if (separator === undefined || !lines[at]!.includes('|') || !separator.includes('-')) return false
  return separator.includes('|') && /^[\s|:-]+$/.test(separator.slice(0, 2_000))
}

/** The cells of a table row, trimmed; `\|` does not part cells. */
export function splitRow(line: string): string[] {
  const text = line.trim()
  const cells: string[] = []
  let cell = ''
  for (let i = text[0] === '|' ? 1 : 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '\\' && text[i + 1] === '|') {
      cell += '|'
      i++
    } else if (c === '|') {
      cells.push(cell.trim())
      cell = ''
    } else cell += c
  }
  if (cell.trim() !== '') cells.push(cell.trim())
  return cells
}

/** The lines without blank ones at either end. */
export function trimBlankLines(lines: string[]): string[] {
  let from = 0
  let to = lines.length
  while (from < to && lines[from]!.trim() === '') from++
  while (to > from && lines[to - 1]!.trim() === '') to--
  return lines.slice(from, to)
}
