/** Two people changed the same text: their lines are put together, or it is said that they contradict each other. */
import { diffArrays } from 'diff'

/** A stretch of the common text, by line, and what one of the two put in its place. */
interface Edit {
  from: number
  to: number
  lines: string[]
}

/** Texts further apart than this are not compared: they count as rewritten from end to end. */
const MOST_EDITS = 2_000

/**
 * Line by line: what only one side changed is taken, what both added in one place stands in it twice, theirs first,
 * and the same edit on both sides is taken once. An empty text has no lines.
 * @returns null where both changed the same lines in different ways.
 */
export function mergeText(base: string, theirs: string, mine: string): string | null {
  if (theirs === mine || base === mine) return theirs
  if (base === theirs) return mine
  const common = linesOf(base)
  const edits = pair(editsOf(common, linesOf(theirs)), editsOf(common, linesOf(mine)))
  if (edits === null) return null
  const merged: string[] = []
  let at = 0
  for (const edit of edits) {
    merged.push(...common.slice(at, edit.from))
    merged.push(...edit.lines)
    at = edit.to
  }
  merged.push(...common.slice(at))
  return merged.join('\n')
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n')
}

function editsOf(base: string[], other: string[]): Edit[] {
  const parts = diffArrays(base, other, { maxEditLength: MOST_EDITS })
  if (!parts) return [{ from: 0, to: base.length, lines: other }]
  const edits: Edit[] = []
  let at = 0
  let open: Edit | null = null
  for (const part of parts) {
    if (!part.added && !part.removed) {
      at += part.value.length
      open = null
      continue
    }
    if (!open) {
      open = { from: at, to: at, lines: [] }
      edits.push(open)
    }
    if (part.added) open.lines.push(...part.value)
    else {
      at += part.value.length
      open.to = at
    }
  }
  return edits
}

/** Both lists as one, in order; null where they contradict each other. */
function pair(theirs: Edit[], mine: Edit[]): Edit[] | null {
  const edits: Edit[] = []
  let t = 0
  let m = 0
  while (t < theirs.length || m < mine.length) {
    const their = theirs[t]
    const my = mine[m]
    if (!my || (their && comesBefore(their, my))) {
      edits.push(their as Edit)
      t++
    } else if (!their || comesBefore(my, their)) {
      edits.push(my)
      m++
    } else {
      const both = together(their, my)
      if (both === null) return null
      edits.push(both)
      t++
      m++
    }
  }
  return edits
}

/** Whether the first ends where the second begins, or earlier, and they are not both additions to one place. */
function comesBefore(first: Edit, second: Edit): boolean {
  return first.to <= second.from && !(first.from === second.from && first.to === second.to)
}

function together(their: Edit, my: Edit): Edit | null {
  if (their.from !== my.from || their.to !== my.to) return null
  if (same(their.lines, my.lines)) return their
  if (their.from !== their.to) return null
  return { ...their, lines: bothAdditions(their.lines, my.lines) }
}

/** What both began or ended with in the same way stands once. */
function bothAdditions(theirs: string[], mine: string[]): string[] {
  const most = Math.min(theirs.length, mine.length)
  let head = 0
  while (head < most && theirs[head] === mine[head]) head++
  let tail = 0
  while (tail < most - head && theirs[theirs.length - 1 - tail] === mine[mine.length - 1 - tail]) tail++
  return [
    ...theirs.slice(0, theirs.length - tail),
    ...mine.slice(head, mine.length - tail),
    ...theirs.slice(theirs.length - tail),
  ]
}

function same(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((line, at) => line === other[at])
}
