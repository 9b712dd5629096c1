import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BadInput, sayIssue } from '#app/platform/bad-input.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { decodeText } from '#app/platform/decode-text.ts'

const csv = '../shared/data/csv/synthetic-'
const file = (name: string): Uint8Array => readFileSync(`${csv}${name}.csv`)
const bytes = (...values: (number | string)[]): Uint8Array =>
  new Uint8Array(values.flatMap(value => (typeof value === 'string' ? [...Buffer.from(value)] : [value])))
const refusal = (input: Uint8Array): string => {
  try {
    decodeText(input)
  } catch (error) {
    if (error instanceof BadInput) return error.message
    throw error
  }
  return 'not refused'
}

describe('text', () => {
  it('is read as UTF-8, and a byte order mark is taken off', () => {
    expect(decodeText(bytes('Zoë'))).toEqual({ text: 'Zoë', encoding: 'utf-8', notes: [] })
    expect(decodeText(bytes(0xef, 0xbb, 0xbf, 'name'))).toEqual({ text: 'name', encoding: 'utf-8', notes: [] })
    expect(decodeText(bytes()).text).toBe('')
  })

  it('is read as UTF-16 where its byte order mark says so', () => {
    expect(decodeText(bytes(0xff, 0xfe, 0x5a, 0, 0xeb, 0))).toMatchObject({ text: 'Zë', encoding: 'utf-16le' })
    expect(decodeText(bytes(0xfe, 0xff, 0, 0x5a, 0, 0xeb))).toMatchObject({ text: 'Zë', encoding: 'utf-16be' })
    expect(refusal(bytes(0xff, 0xfe, 0x3d, 0xd8))).toContain('damaged')
  })

  it('that is not UTF-8 is read as windows-1252 and a note says so', () => {
    const decoded = decodeText(bytes('a\nM', 0xe9, 'l', 0x92, ' ', 0x80))
    expect(decoded.text).toBe('a\nMél’ €')
    expect(decoded.encoding).toBe('windows-1252')
    expect(decoded.notes[0]).toContain('first on line 2')
  })

  it('that is neither is refused, naming the line', () => {
    expect(refusal(bytes('a\nb\n', 0x81))).toBe(
      'Line 3: these bytes are neither UTF-8 nor windows-1252 (Latin-1): save the file as UTF-8',
    )
    expect(refusal(bytes('Zoë, José\n', 0xe9, ' x'))).toContain('Line 2: these bytes are not UTF-8, unlike the rest')
  })

  it('keeps a U+FFFD that came with the file, and says that a letter was lost', () => {
    expect(decodeText(bytes('a\n\ufffd')).notes[0]).toContain('line 2')
  })

  it('is not a zip archive, a PDF, a web page or anything with a NUL byte', () => {
    expect(refusal(bytes('PK', 3, 4, 20))).toContain('zip archive')
    expect(refusal(bytes('%PDF-1.7'))).toContain('PDF')
    expect(refusal(bytes('\n <!DOCTYPE HTML><html>'))).toBe(
      'this is a web page, not CSV: you may have been signed out when downloading',
    )
    expect(refusal(bytes('a\nb', 0))).toContain('Line 2: this file is not text')
    expect(refusal(bytes(1, 2, 3, 4, 5, 6, 7))).toContain('not text')
  })
})

describe('what is stored', () => {
  it('has one kind of line end', () => {
    expect(cleanText('a\r\nb\rc\n\td')).toEqual({ text: 'a\nb\nc\n\td', notes: [] })
  })

  it('has no control characters and no lone surrogates, and the report says what was taken out', () => {
    expect(cleanText('a\0b\u0007\u001b[31mc\ud83d d🦊')).toEqual({
      text: 'ab[31mc d🦊',
      notes: ['1 NUL character taken out', '2 control characters taken out', '1 lone surrogate taken out'],
    })
  })

  it('is otherwise exactly what was given: no normalisation, bidirectional and zero-width characters kept', () => {
    const text = 'e\u0301 é \u202eevil\u202c Zero\u200bWidth ﬁ'
    expect(cleanText(text).text).toBe(text)
  })
})

describe.skipIf(!existsSync('../shared/data/csv'))('the awkward files of ../shared/data (skipped where absent)', () => {
  it('of other encodings are decoded without a replacement character', () => {
    expect(decodeText(file('people-latin1')).text).toContain('Jürgen Groß')
    expect(decodeText(file('people-windows1252-smart-quotes')).text).toContain('Máire “Mo” O’Brien')
    expect(decodeText(file('people-utf16le-tab-excel')).text).toContain('Jürgen Groß')
    expect(decodeText(file('people-bom-semicolon-crlf')).text.startsWith('name;')).toBe(true)
  })

  it('that are no CSV are refused with the reason', () => {
    expect(refusal(file('incidents-really-html'))).toContain('web page')
    expect(refusal(file('incidents-really-xlsx'))).toContain('zip archive')
    expect(refusal(file('incidents-nul-and-bad-utf8'))).toContain('Line')
  })
})

describe('an issue', () => {
  it('is one sentence with its place', () => {
    const message = '"urgent" is not a severity; use SEV-1 to SEV-4'
    expect(sayIssue({ line: 7, column: 'severity', message })).toBe(`Line 7, column severity: ${message}`)
    expect(new BadInput([{ column: 2, message: 'a' }, { message: 'b' }]).message).toBe('Column 2: a\nb')
  })
})
