import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSameValue, mergeSection, type Row, type SectionValue } from '#app/postmortems/merge-section.ts'
import { mergeText } from '#app/postmortems/merge-text.ts'

/** Few different lines, so that they meet often. */
const lines = fc.array(fc.constantFrom<string>('', 'a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 8 })
const text = lines.map(list => list.join('\n'))
/** Lines that nobody else writes. */
const marked = (who: string) =>
  fc.array(
    fc.integer({ min: 0, max: 9 }).map(n => `${who}${n}`),
    { maxLength: 3 },
  )

/** An empty text has no lines. */
const linesIn = (words: string) => (words === '' ? [] : words.split('\n'))
const added = (base: string, other: string) => linesIn(other).filter(line => !linesIn(base).includes(line))

describe('two versions of a text', () => {
  it('lose no line that either side wrote', () => {
    fc.assert(
      fc.property(text, text, text, (base, theirs, mine) => {
        const merged = mergeText(base, theirs, mine)
        if (merged === null) return
        for (const line of [...added(base, theirs), ...added(base, mine)].filter(Boolean))
          expect(linesIn(merged)).toContain(line)
      }),
      { numRuns: 2_000 },
    )
  })

  it('are the one that changed where the other did not, and once where both did the same', () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(mergeText(base, other, base)).toBe(other)
        expect(mergeText(base, base, other)).toBe(other)
        expect(mergeText(base, other, other)).toBe(other)
      }),
    )
  })

  it('contradict each other whichever side is called mine', () => {
    fc.assert(
      fc.property(text, text, text, (base, one, other) => {
        expect(mergeText(base, one, other) === null).toBe(mergeText(base, other, one) === null)
      }),
    )
  })

  it('always agree where both only add lines', () => {
    fc.assert(
      fc.property(lines, marked('t'), marked('m'), fc.nat(), fc.nat(), (base, theirs, mine, at, to) => {
        const put = (list: string[], place: number) => {
          const copy = [...base]
          copy.splice(place % (base.length + 1), 0, ...list)
          return copy.join('\n')
        }
        fc.pre(base.join('\n') !== '')
        const merged = mergeText(base.join('\n'), put(theirs, at), put(mine, to))
        expect(merged).not.toBeNull()
        expect(linesIn(merged as string).length).toBe(base.length + theirs.length + mine.length)
      }),
    )
  })

  it('keep each other where different lines changed', () => {
    expect(mergeText('one\ntwo\nthree', 'ONE\ntwo\nthree', 'one\ntwo\nthree\nfour')).toBe('ONE\ntwo\nthree\nfour')
    expect(mergeText('one\ntwo', 'one\nTWO', 'ONE\ntwo')).toBe('ONE\nTWO')
    expect(mergeText('', 'theirs', 'mine')).toBe('theirs\nmine')
    expect(mergeText('a', 'a\nsame\nt', 'a\nsame\nm')).toBe('a\nsame\nt\nm')
  })

  it('are not put together where the same line reads differently', () => {
    expect(mergeText('one\ntwo', 'one\n2', 'one\nzwei')).toBeNull()
    expect(mergeText('one\ntwo', 'one', 'one\nzwei')).toBeNull()
    expect(mergeText('a', Array(5_000).fill('x').join('\n'), Array(5_000).fill('y').join('\n'))).toBeNull()
  })
})

const row = (id: string, words: string): Row => ({ id, text: words })
const value = (rows: Row[], fields: Record<string, string> = {}): SectionValue => ({ fields, rows })
const BY_LINES = new Set(['text'])
const merge = (base: SectionValue, theirs: SectionValue, mine: SectionValue) => {
  const merged = mergeSection(base, theirs, mine, BY_LINES)
  if (merged.kind === 'conflict') throw new Error(merged.where.join())
  return merged.value
}

describe('two versions of a list', () => {
  const base = value([row('a', '1'), row('b', '2'), row('c', '3')])
  const rows = fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 6 })
    .chain(ids => fc.tuple(...ids.map(id => fc.constantFrom('1', '2', '3').map(words => row(id, words)))))
    .map(list => value(list))

  it('lose no row that either side added or changed', () => {
    fc.assert(
      fc.property(rows, rows, rows, (before, theirs, mine) => {
        const merged = mergeSection(before, theirs, mine, new Set())
        if (merged.kind === 'conflict') return
        const ids = merged.value.rows.map(one => one.id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const one of [...theirs.rows, ...mine.rows]) {
          const old = before.rows.find(other => other.id === one.id)
          if (old?.text !== one.text) expect(merged.value.rows.map(other => other.text)).toContain(one.text)
          if (old?.text !== one.text) expect(ids).toContain(one.id)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('are the one that changed where the other did not', () => {
    fc.assert(
      fc.property(rows, rows, (before, other) => {
        expect(isSameValue(merge(before, other, before), other)).toBe(true)
        expect(isSameValue(merge(before, before, other), other)).toBe(true)
      }),
    )
  })

  it('go together row by row: one moved, one was added, one removed, one changed', () => {
    const theirs = value([row('a', '1'), row('new', 'x'), row('b', '2b'), row('c', '3')])
    const mine = value([row('c', '3'), row('a', '1 too'), row('b', '2')])
    expect(merge(base, theirs, mine).rows).toEqual([row('c', '3'), row('a', '1 too'), row('new', 'x'), row('b', '2b')])
    expect(merge(base, value(base.rows.slice(1)), mine).rows.map(one => one.id)).toEqual(['c', 'a', 'b'])
    expect(merge(base, value(base.rows.slice(1)), base).rows.map(one => one.id)).toEqual(['b', 'c'])
  })

  it('say which field of which row contradicts', () => {
    const theirs = value([row('a', '1!'), row('b', '2'), row('c', '3')], { title: 'T' })
    const mine = value([row('a', '1?'), row('b', '2'), row('c', '3')], { title: 'M' })
    expect(mergeSection(base, theirs, mine, BY_LINES)).toEqual({ kind: 'conflict', where: ['title', 'a.text'] })
  })
})
