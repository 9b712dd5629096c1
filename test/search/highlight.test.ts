import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestPassage } from '#app/search/highlight.ts'
import { plainText } from '#app/search/plain-text.ts'
import { tokenise } from '#app/search/tokenise.ts'

function passage(query: string, ...texts: string[]): string {
  return bestPassage(texts, new Map(tokenise(query).map(({ term }) => [term, term.length])))
}

const FILLER = 'Nothing of note happened for a long while and everybody waited. '.repeat(20)

describe('the passage', () => {
  it('is where most of the words are, beginning with its sentence', () => {
    const text = `${FILLER}The pool alone is here. ${FILLER}Then the connection pools timed out at once. ${FILLER}`
    const html = passage('connection pool timeout', text)
    expect(html).toMatch(/^… Then the <mark>connection<\/mark> <mark>pools<\/mark> timed out/)
    expect(html).toMatch(/ …$/)
    expect(html.replace(/<\/?mark>/g, '').length).toBeLessThan(260)
  })

  it('is the beginning of the first text when no word is in them', () => {
    expect(passage('elsewhere', '', 'It began. It ended.')).toBe('It began. It ended.')
    expect(passage('elsewhere')).toBe('')
  })

  it('marks identifiers whole or in part', () => {
    expect(passage('ConnectionPoolTimeoutException', 'a ConnectionPoolTimeoutException.')).toBe(
      'a <mark>ConnectionPoolTimeoutException</mark>.',
    )
    expect(passage('timeout', 'a ConnectionPoolTimeoutException.')).toBe(
      'a ConnectionPool<mark>Timeout</mark>Exception.',
    )
  })

  it('reads Markdown lightly', () => {
    const text = [
      '## What *happened*',
      '',
      '| when | what |',
      '| --- | :-: |',
      '| 10:00 | [the **page**](https://example.org "t") loaded_twice |',
      '- [x] ![graph](./a.png) `code_here` [^1] <b>bold</b> <!-- hidden --> 2 < 3, a_b_c, 2 * 3 * 4 \\_x',
      '```sql',
      'select 1',
      '```',
    ].join('\n')
    expect(plainText(text)).toBe(
      'What happened when what 10:00 the page loaded_twice graph code_here bold 2 < 3, a_b_c, 2 * 3 * 4 _x select 1',
    )
  })

  it('never lets markup through, whatever text and query', () => {
    const piece = fc.constantFrom(
      '<script>',
      '</mark>',
      '<mark>',
      '&amp;',
      '"',
      "'",
      ' ',
      'pool',
      '\n',
      '[x](',
      ')',
      '`',
      '|',
      '😀',
      '**',
    )
    const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 80 }).map(parts => parts.join(''))
    fc.assert(
      fc.property(text, text, (query, source) => {
        const html = passage(`pool ${query}`, source)
        const outside = html.replace(/<mark>([^<>]*)<\/mark>/g, '$1')
        expect(outside).not.toMatch(/[<>"']/)
        expect(outside).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/)
      }),
      { numRuns: 1000 },
    )
  })

  it('does not begin within a sentence that fits, even where a colon is nearer', () => {
    const before = 'Nothing was wrong with the others that night, as far as anybody could tell from the charts. '
    const text = `${before.repeat(3)}In the log of the ledger: the pool was empty. It was refilled.`
    expect(passage('pool', text)).toMatch(/^… In the log of the ledger: the <mark>pool<\/mark> was empty\./)
    expect(passage('pool', `${before.repeat(3)}Pool exhausted.`)).toMatch(/^… <mark>Pool<\/mark> exhausted\./)
  })

  it('is quick on hostile texts', () => {
    for (const unit of [
      '[',
      '<',
      '<!--',
      '![',
      ' ',
      '*',
      '_',
      '`',
      '|',
      '\\',
      '-',
      '[a](',
      '<a ',
      '> ',
      '#',
      '\n',
      '[^',
      'a|',
    ])
      passage('pool', unit.repeat(1_000_000 / unit.length))
  })
})
