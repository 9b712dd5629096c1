import { describe, expect, it } from 'vitest'
import { type FileKind, understandFile } from '#app/postmortems/understand-file.ts'

const read = (name: string, text: string | Uint8Array, kind?: FileKind) =>
  understandFile(name, typeof text === 'string' ? new TextEncoder().encode(text) : text, kind)
const titles = (file: ReturnType<typeof read>): string[] => file.records.map(({ record }) => record.title)

describe('a file', () => {
  it.each([
    ['notes', '# A\n\nText.', ['A']],
    ['x.csv', 'title,status\nA,draft\nB,draft\n', ['A', 'B']],
    ['x.txt', 'incident;title;status\nI;A;draft\n', ['A']],
    ['x.txt', 'sep=;\ntitle;status\nA;draft\n', ['A']],
    ['x.txt', '{"title":"A"}\n\n{"title":"B"}\n', ['A', 'B']],
    ['x.md', '{"title":"A"}', ['A']],
    ['x.json', '[\n{"title":"A"},\n{"title":"B"}]', ['A', 'B']],
    ['x.csv', 'body\nOnly text.\n', ['Only text']],
    ['x.md', '[a link](x) begins this.', ['a link begins this']],
    ['x.md', '| title | status |\n|---|---|\n| a | b |\n\nText of a document here.', ['Text of a document here']],
  ])('called %s is taken for what is in it: %j', (name, text, expected) => {
    const file = read(name, text)
    expect(file.errors).toEqual([])
    expect(titles(file)).toEqual(expected)
  })

  it('is taken for what its sender says that it is', () => {
    expect(titles(read('x.csv', 'title,status\nA,draft\n', 'markdown'))).toEqual(['title,status A,draft'])
    expect(read('x.md', '# A', 'jsonl').errors).toEqual([{ line: 1, message: 'this line is not JSON' }])
  })

  it.each(['', '\ufeff', ' \n\n', 'title,body\n'])('with nothing in it (%j) is called empty', text => {
    const file = read('x.csv', text)
    expect(file).toMatchObject({ records: [], errors: [] })
    expect(file.notes.join()).toContain('empty')
  })

  it('with mistakes gives the records that are right, and the lines that are not', () => {
    expect(
      read('x.jsonl', '{"title":"A"}\n{"title":\n{"title":"B","severity":"x"}\n{"title":"C","odd":1}\n'),
    ).toMatchObject({
      records: [
        { record: { title: 'A' }, line: 1 },
        { record: { title: 'C' }, line: 4 },
      ],
      errors: [
        { line: 2, message: 'this line is not JSON' },
        { line: 3, column: 'severity' },
      ],
      notes: ['Fields not imported: odd (1)'],
    })
    expect(read('x.csv', 'title,severity,salary\nA,urgent,1\nB,1,1\n')).toMatchObject({
      records: [{ record: { title: 'B', severity: 'SEV-1' }, line: 3 }],
      errors: [{ line: 2, column: 'severity' }],
      notes: ['Column not imported: salary'],
    })
  })

  it('that is no text is refused in words', () => {
    expect(read('x.png', new Uint8Array([0x89, 0x50, 0, 1])).errors[0]!.message).toContain('not text')
    expect(read('x.md', '<!doctype html><p>Sign in').errors[0]!.message).toContain('web page')
    expect(read('x.csv', 'a,b\n1,2\n').errors[0]!.message).toContain('not a header')
  })

  it('in another encoding is read, said so', () => {
    const file = read('x.md', new Uint8Array([...Buffer.from('# Caf'), 0xe9]))
    expect(titles(file)).toEqual(['Café'])
    expect(file.notes[0]).toContain('windows-1252')
  })

  it('never throws, whatever is in it', () => {
    for (const text of [
      '{',
      '[',
      '[[[[',
      '{"a":{"b":{"c":[1,[2]]}}}',
      '---',
      '+++',
      '```',
      '|',
      '"',
      'title\n"',
      '\u0001',
    ]) {
      for (const kind of [undefined, 'csv', 'jsonl', 'markdown'] as const)
        expect(() => read('x', text, kind)).not.toThrow()
    }
  })
})
