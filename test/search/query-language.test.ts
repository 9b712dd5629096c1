import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysOf, explainUnread, formatQuery, parseQuery, readSeverity } from '#app/search/query-language.ts'

describe('the query language', () => {
  it('reads words, phrases, exclusions and operators in any order', () => {
    const query = parseQuery(
      'severity:sev1 pool "connection reset" -redis theme:"Retry storms" before:2025-03 -"dry run" has:timeline',
    )
    expect(query).toEqual({
      words: ['pool'],
      phrases: ['connection reset'],
      excluded: { words: ['redis'], phrases: ['dry run'] },
      filters: {
        theme: ['Retry storms'],
        service: [],
        severity: ['SEV-1'],
        team: [],
        before: '2025-03',
        after: null,
        has: ['timeline'],
      },
      unread: [],
    })
  })

  it('searches what it cannot read as words, and names it', () => {
    const query = parseQuery('before:soon theme: foo:bar severity:high has:nothing outage')
    expect(query.words).toEqual(['before:soon', 'theme:', 'foo:bar', 'severity:high', 'has:nothing', 'outage'])
    expect(query.unread).toEqual(['before:soon', 'theme:', 'foo:bar', 'severity:high', 'has:nothing'])
    expect(explainUnread('before:soon')).toBe('"before:soon" is not a date, so it was searched as words.')
    expect(explainUnread('theme:')).toContain('names nothing')
  })

  it('reads the words after a quotation mark that never closes', () => {
    const query = parseQuery('cache "thundering herd severity:1')
    expect(query.words).toEqual(['cache', 'thundering', 'herd', 'severity:1'])
    expect(query.unread).toEqual(['"thundering herd severity:1'])
    expect(query.filters.severity).toEqual([])
  })

  it('takes addresses, C++ names and times for words, not for operators', () => {
    for (const word of ['https://example.org/x', 'std::vector', '12:34', 'C:\\temp', 'Error:'])
      expect(parseQuery(word)).toMatchObject({ words: [word], unread: [] })
  })

  it('excludes a quoted value that follows a negated operator, and says that it read words', () => {
    const query = parseQuery('-theme:"retry storms" -service:redis')
    expect(query.excluded).toEqual({ words: ['theme:', 'service:redis'], phrases: ['retry storms'] })
    expect(query.unread).toEqual(['-theme:', '-service:redis'])
  })

  it('knows days that exist', () => {
    expect(daysOf('2024')).toEqual({ from: '2024-01-01', until: '2025-01-01' })
    expect(daysOf('2024-12')).toEqual({ from: '2024-12-01', until: '2025-01-01' })
    expect(daysOf('2024-02-29')).toEqual({ from: '2024-02-29', until: '2024-03-01' })
    for (const text of ['2023-02-29', '2024-13', '24', 'soon', '9999', '2024-1-1-1', ''])
      expect(daysOf(text)).toBeNull()
  })

  it('reads a severity however it is written', () => {
    for (const text of ['sev1', 'SEV-1', '1', 'Sev 1', 'P1', 'severity_1']) expect(readSeverity(text)).toBe('SEV-1')
    for (const text of ['high', '', '12', 'sev']) expect(readSeverity(text)).toBeNull()
  })

  it('reads any text, and reads what it wrote as the same query', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '"',
        '“',
        '-',
        '-"',
        '--',
        ' ',
        'theme:',
        'theme:"a b"',
        'Before:2024-02',
        'before:soon',
        'x:y',
        '\t',
      ),
      fc.constantFrom(
        'has:',
        'has:actions',
        'severity:2',
        'severity:"sev 3"',
        '-severity:2',
        '-team:"a',
        '""',
        'a"b"c',
        'after:2020',
      ),
    )
    const text = fc
      .array(fc.tuple(piece, fc.constantFrom('', ' ')), { maxLength: 12 })
      .map(parts => parts.flat().join(''))
    fc.assert(
      fc.property(text, source => {
        const query = parseQuery(source)
        expect(parseQuery(formatQuery(query))).toEqual(query)
      }),
      { numRuns: 500 },
    )
  })
})
