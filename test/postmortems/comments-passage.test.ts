import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPassage, inOneLine, LONGEST_PASSAGE, passageIn } from '#app/postmortems/comment-passage.ts'

const TEXT = inOneLine(`
  The deploy removed the index. Queries took four seconds and the pool filled. The alert came after nineteen
  minutes. The deploy was rolled back, and the pool drained. Nobody was paged. The pool filled again at noon.
`)

/** Words without repetition, so that a passage stands in one place. */
const distinctWords = fc
  .uniqueArray(fc.stringMatching(/^[a-z]{3,9}$/), { minLength: 12, maxLength: 60 })
  .filter(words => words.every(word => words.filter(other => other.includes(word)).length === 1))
const anyText = fc.string({ unit: 'grapheme', maxLength: 400 })

describe('A passage', () => {
  it('is kept with a little of what is before and after it', () => {
    const passage = passageIn(TEXT, 'the pool  filled')
    expect(passage).toEqual({
      quote: 'the pool filled',
      prefix: 'e removed the index. Queries took four seconds and '.slice(-48),
      suffix: '. The alert came after nineteen minutes. The deploy was'.slice(0, 48),
    })
  })

  it('is not taken from words that are not there, from nothing, or from too many', () => {
    expect(passageIn(TEXT, 'the disk filled')).toBeNull()
    expect(passageIn(TEXT, ' \n ')).toBeNull()
    expect(passageIn('a'.repeat(LONGEST_PASSAGE + 1), 'a'.repeat(LONGEST_PASSAGE + 1))).toBeNull()
  })

  it('is the one that was meant, of several alike', () => {
    const second = passageIn(TEXT, 'The deploy', { prefix: 'after nineteen minutes. ', suffix: ' was rolled' })
    expect(findPassage(TEXT, second!)?.start).toBe(TEXT.lastIndexOf('The deploy'))
    const first = passageIn(TEXT, 'The deploy')
    expect(findPassage(TEXT, first!)?.start).toBe(0)
  })

  it('is found when a word in it was changed, and marked as changed', () => {
    const passage = passageIn(TEXT, 'Queries took four seconds and the pool filled')!
    const edited = TEXT.replace('four seconds', 'almost four seconds').replace('Queries', 'Reads')
    const found = findPassage(edited, passage)!
    expect(found.isExact).toBe(false)
    expect(edited.slice(found.start, found.end)).toBe('took almost four seconds and the pool filled')
  })

  it('is gone when it was written anew, and so is a short one of which a word was changed', () => {
    const passage = passageIn(TEXT, 'Queries took four seconds and the pool filled')!
    expect(findPassage('All of this reads differently now, with a pool in it.', passage)).toBeNull()
    expect(findPassage(TEXT.replace('was paged', 'got a page'), passageIn(TEXT, 'Nobody was paged')!)).toBeNull()
  })

  it('is found where it was in a text that did not change', () => {
    fc.assert(
      fc.property(distinctWords, fc.nat(), fc.nat({ max: 8 }), (words, at, length) => {
        const from = at % words.length
        const quote = words.slice(from, from + 1 + length).join(' ')
        const text = words.join(' ')
        const passage = passageIn(text, quote)!
        expect(findPassage(text, passage)).toEqual({
          start: text.indexOf(quote),
          end: text.indexOf(quote) + quote.length,
          isExact: true,
        })
      }),
    )
  })

  it('is found again whatever is written before it and after it', () => {
    fc.assert(
      fc.property(distinctWords, fc.nat(), anyText, anyText, (words, at, before, after) => {
        const from = at % (words.length - 3)
        const quote = words.slice(from, from + 3).join(' ')
        const passage = passageIn(words.join(' '), quote)!
        const edited = inOneLine(
          `${before} ${words.slice(0, from).join(' ')} ${before} ${quote} ${after} ${words.slice(from + 3).join(' ')}`,
        )
        const found = findPassage(edited, passage)!
        expect(edited.slice(found.start, found.end)).toBe(quote)
        expect(found.isExact).toBe(true)
      }),
    )
  })

  it('stays with its own surroundings when a copy of it is put elsewhere', () => {
    fc.assert(
      fc.property(distinctWords, fc.nat(), fc.boolean(), (words, at, isBefore) => {
        const from = 1 + (at % (words.length - 4))
        const quote = words.slice(from, from + 2).join(' ')
        const text = words.join(' ')
        const passage = passageIn(text, quote)!
        const edited = isBefore ? `${quote} 1 2 3 ${text}` : `${text} 1 2 3 ${quote}`
        expect(findPassage(edited, passage)?.start).toBe(edited.indexOf(text) + text.indexOf(quote))
      }),
    )
  })

  it('is never found outside the text, and what is kept of it can be stored', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.nat(), fc.nat({ max: 60 }), (one, other, at, length) => {
        const text = inOneLine(one)
        const passage = passageIn(text, text.slice(at % (text.length + 1)).slice(0, length))
        if (!passage) return
        for (const part of [passage.prefix, passage.suffix]) expect(part).not.toMatch(/\p{Cs}/u)
        const found = findPassage(inOneLine(other), passage)
        if (found) {
          expect(found.start).toBeGreaterThanOrEqual(0)
          expect(found.end).toBeGreaterThan(found.start)
          expect(found.end).toBeLessThanOrEqual(inOneLine(other).length)
        }
      }),
    )
  })
})
