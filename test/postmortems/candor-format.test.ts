import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { writeCandorMarkdown } from '#app/postmortems/candor-format.ts'
import { splitFrontMatter } from '#app/postmortems/front-matter.ts'
import { readPlainYaml } from '#app/postmortems/plain-yaml.ts'
import {
  ACTION_KINDS,
  ACTION_STATES,
  DETECTORS,
  emptyRecord,
  MARKERS,
  type PostmortemRecord,
  recordSchema,
  SEVERITIES,
  STATUSES,
  type Why,
} from '#app/postmortems/record.ts'
import { understandMarkdown } from '#app/postmortems/understand-markdown.ts'

/** Texts as records may hold them, with everything in them that could be taken for YAML, Markdown or a marker. */
const AWKWARD = [
  'yes',
  'no',
  'null',
  '~',
  '1e3',
  '0123',
  '2020-01-01',
  '---',
  '...',
  '+++',
  '- a',
  '# a',
  'a: b',
  '"',
  "'",
  '\\',
  '|',
  '>',
  '[a]',
  '{a: b}',
  '&a',
  '*a',
  '!a',
  '%',
  '@',
  '`',
  '\t',
  ' ',
  '\n',
  '\n\n',
  '  \n',
  '\u2028',
  '\u2029',
  '\u0085',
  '\ufeff',
  '\u007f',
  '\u00a0',
  '🦊',
  '<!-- candor:body -->',
  '## Summary <!-- candor:summary -->',
  '<!-- candor:readable -->',
  '<!-- \\candor:impact -->',
  '<!-- candor:',
  'candor: 1',
  '```',
  ':',
  '?',
  ',',
  'é',
  'e\u0301',
]
const piece = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc.string({ unit: 'binary' }).map(text => text.replace(/[\u0000-\u0008\u000b-\u001f]/g, '')),
  fc.string({ unit: 'grapheme' }),
)
const text = fc.array(piece, { maxLength: 5 }).map(pieces => pieces.join(''))
const line = text.map(value => value.slice(0, 200)).filter(value => value.isWellFormed())
const moment = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2024-01-01T00:00:00Z'), noInvalidDate: true })
  .map(date => date.toISOString())
const day = moment.map(iso => iso.slice(0, 10))
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null })
const whysTo = (depth: number): fc.Arbitrary<Why[]> =>
  depth === 0 ? fc.constant([]) : fc.array(fc.record({ text: line, whys: whysTo(depth - 1) }), { maxLength: 2 })
const whys = whysTo(4)
const list = fc.array(line, { maxLength: 3 })

const record: fc.Arbitrary<PostmortemRecord> = fc.record({
  title: line.filter(value => value !== ''),
  status: fc.constantFrom(...STATUSES),
  publishedAt: maybe(moment),
  externalId: maybe(line),
  sourceUrl: maybe(line),
  incidentKey: maybe(line),
  severity: maybe(fc.constantFrom(...SEVERITIES)),
  startedAt: maybe(moment),
  detectedAt: maybe(moment),
  acknowledgedAt: maybe(moment),
  mitigatedAt: maybe(moment),
  resolvedAt: maybe(moment),
  detectedBy: maybe(fc.constantFrom(...DETECTORS)),
  customerImpact: maybe(fc.boolean()),
  services: list,
  themes: list,
  authors: list,
  highlights: fc.array(
    fc
      .record({ value: line.map(v => v.slice(0, 20)), label: line.map(v => v.slice(0, 60)) })
      .filter(h => h.value.isWellFormed() && h.label.isWellFormed()),
    { maxLength: 4 },
  ),
  isPublic: fc.boolean(),
  sections: fc.record({
    summary: text,
    impact: text,
    wentWell: text,
    lucky: text,
    lessons: text,
    prevention: text,
    detection: text,
    body: text,
  }),
  timeline: fc.array(
    fc.record({ at: maybe(moment), atText: maybe(line), marker: maybe(fc.constantFrom(...MARKERS)), text }),
    { maxLength: 3 },
  ),
  factors: fc.array(fc.record({ text, themes: list, whys }), { maxLength: 3 }),
  actions: fc.array(
    fc.record({
      title: line,
      kind: maybe(fc.constantFrom(...ACTION_KINDS)),
      owner: maybe(line),
      createdOn: maybe(day),
      dueOn: maybe(day),
      state: fc.constantFrom(...ACTION_STATES),
      closedOn: maybe(day),
      reason: maybe(text),
      externalId: maybe(line),
    }),
    { maxLength: 3 },
  ),
})

describe('the Markdown that Candor writes', () => {
  it('gives back exactly the record that was written, whatever its texts are', () => {
    fc.assert(
      fc.property(record, original => {
        expect(recordSchema.safeParse(original).success).toBe(true)
        const written = writeCandorMarkdown(original)
        const read = understandMarkdown(written, 'any.md')
        expect(read.record).toEqual(original)
        expect(read.notes).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('is YAML and Markdown that other programs read the same way', () => {
    fc.assert(
      fc.property(record, original => {
        const written = writeCandorMarkdown(original)
        const block = written.slice(4, written.indexOf('\n---\n') + 1)
        const byLibrary = parse(block, { schema: 'failsafe' })
        expect(readPlainYaml(block)).toEqual(byLibrary)
        expect(byLibrary.title).toBe(original.title)
      }),
      { numRuns: 300 },
    )
  })

  it('survives line ends of Windows', () => {
    const original = {
      ...emptyRecord('Title'),
      sections: { ...emptyRecord('').sections, summary: 'a\n\nb\n', body: '# c\n' },
    }
    expect(understandMarkdown(writeCandorMarkdown(original).replaceAll('\n', '\r\n'), 'x.md').record).toEqual(original)
  })

  it('shows timeline, factors and actions to people, and does not read them again', () => {
    const original: PostmortemRecord = {
      ...emptyRecord('Checkout failed'),
      timeline: [{ at: '2024-03-04T09:12:00.000Z', atText: null, marker: 'started', text: 'Alert fires' }],
      factors: [{ text: 'No limit', themes: ['capacity'], whys: [{ text: 'Nobody asked', whys: [] }] }],
      actions: [
        {
          title: 'Add a limit',
          kind: 'prevent',
          owner: 'ada@example.com',
          createdOn: null,
          dueOn: '2024-04-01',
          state: 'done',
          closedOn: null,
          reason: null,
          externalId: null,
        },
      ],
    }
    const written = writeCandorMarkdown(original)
    expect(written.slice(written.indexOf('<!-- candor:readable -->'))).toBe(`<!-- candor:readable -->

## Timeline

- **2024-03-04 09:12 UTC** Alert fires

## Contributing factors

- No limit
  - Why? Nobody asked

## Action items

- [x] Add a limit (prevent, ada@example.com, due 2024-04-01, done)
`)
    expect(understandMarkdown(`${written}\nwritten below`, 'x.md').record).toEqual(original)
  })

  it('may be edited by hand: words above the first marker join the body, unknown keys are kept', () => {
    const edited =
      '---\ncandor: 1\ntitle: Edited\nseverity: sev2\nodd: kept\n---\nHello.\n\n## Impact <!-- candor:impact -->\nBad.\n'
    const { record, notes } = understandMarkdown(edited, 'x.md')
    expect(record).toMatchObject({ title: 'Edited', severity: 'SEV-2' })
    expect(record.sections.impact).toBe('Bad.')
    expect(record.sections.body).toBe('Hello.\n\n## Front matter\n\n- odd: kept')
    expect(notes).toContain('Text above the first marker was put before the body')
  })

  it('without markers is read like any other document', () => {
    const { record } = understandMarkdown('---\ncandor: 1\ntitle: T\n---\n## Impact\n\nBad.\n', 'x.md')
    expect(record.sections).toMatchObject({ impact: 'Bad.', body: '' })
  })
})

describe('the quick reader of front matter', () => {
  it('agrees with the YAML parser wherever it answers at all', () => {
    const key = fc.constantFrom('a', 'b-c', 'd_e', 'F1')
    const value = fc.oneof(
      fc.constantFrom(
        ...AWKWARD.filter(one => !one.includes('\n')),
        'plain words',
        'a, b',
        'https://x.test/a#b',
        '[a, b]',
        '["a", "b"]',
        '"q"',
        '"a" # c',
        'x # c',
        "'q'",
        '2020-01-01',
        '',
        '[a, [b]]',
        '{a: 1}',
        '|',
        '- x',
        'a:',
        '"\\u00e9\\n"',
      ),
      line.map(one => JSON.stringify(one)),
    )
    const row = fc
      .tuple(
        fc.constantFrom('', '', '', '  ', '    '),
        fc.constantFrom('', '', '', '- ', '  - '),
        fc.option(key, { freq: 9 }),
        value,
      )
      .map(([indent, dash, k, v]) => `${indent}${dash}${k === null ? v : `${k}: ${v}`}`)
    let answered = 0
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), rows => {
        const block = rows.join('\n')
        const quick = readPlainYaml(block)
        if (quick === undefined) return
        answered++
        expect(quick, block).toEqual(parse(block, { schema: 'failsafe' }))
      }),
      { numRuns: 20_000 },
    )
    expect(answered).toBeGreaterThan(500)
  })

  it('keeps words as they are written', () => {
    const block =
      '---\nid: 0123\nwhen: 2020-01-01\nanswer: no\nversion: 1.10\nflow: {at: 2020-01-01T00:00:00Z, text: "a"}\n---\n'
    expect(Object.fromEntries(splitFrontMatter(block).fields!)).toEqual({
      id: '0123',
      when: '2020-01-01',
      answer: 'no',
      version: '1.10',
      flow: { at: '2020-01-01T00:00:00Z', text: 'a' },
    })
  })
})
