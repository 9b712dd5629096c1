import { expect, it } from 'vitest'
import { caretAfter } from '#app/postmortems/ui/caret.ts'

/** The caret is written as a bar. */
function moved(before: string, after: string): string {
  const at = caretAfter(before.replace('|', ''), before.indexOf('|'), after)
  return `${after.slice(0, at)}|${after.slice(at)}`
}

it('keeps the caret in the line that one was writing, whatever came above or below', () => {
  expect(moved('mine|', 'theirs\nmine')).toBe('theirs\nmine|')
  expect(moved('one\nmi|ne\nthree', 'zero\none\nmine\nthree\nfour')).toBe('zero\none\nmi|ne\nthree\nfour')
  expect(moved('one|\ntwo', 'one\ntwo\nthree')).toBe('one|\ntwo\nthree')
  expect(moved('same\nsame|\nend', 'top\nsame\nsame\nend')).toMatch(/same\|\n(same\n)?end$/)
  expect(moved('one\n|', 'zero\none\n')).toBe('zero\none\n|')
  expect(moved('|', 'theirs')).toBe('|theirs')
})
