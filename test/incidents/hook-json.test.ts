import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parseExactJson, quoteLongIntegers } from '#app/incidents/hooks/exact-json.ts'

describe('JSON from elsewhere', () => {
  it('keeps whole numbers beyond 2^53 as the text that they were written in', () => {
    expect(parseExactJson('{"id": 9007199254740993, "small": 7, "list": [-98765432109876543210, 1.5]}')).toEqual({
      id: '9007199254740993',
      small: 7,
      list: ['-98765432109876543210', 1.5],
    })
  })

  it('leaves the largest safe number, fractions and exponents numbers', () => {
    for (const text of ['9007199254740991', '-9007199254740991', '1234567890123456789.5', '12345678901234567890e2'])
      expect(parseExactJson(text)).toBe(Number(text))
    expect(parseExactJson('9007199254740992')).toBe('9007199254740992')
  })

  it('touches nothing within texts and names', () => {
    const text = String.raw`{"a \" 12345678901234567890": "say \"12345678901234567890\" or \\", "b": 12345678901234567890}`
    expect(parseExactJson(text)).toEqual({
      'a " 12345678901234567890': 'say "12345678901234567890" or \\',
      b: '12345678901234567890',
    })
  })

  test.each(['', '{', '{12345678901234567890: 1}', '012345678901234567890', '[1234567890123456789,]', "{'a': 1}", '-'])(
    'is refused when it is %s',
    text => {
      expect(() => parseExactJson(text)).toThrow(SyntaxError)
    },
  )

  it('gives every value back, with its integers exact', () => {
    const { value } = fc.letrec(tie => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.bigInt(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom('12345678901234567890', '\\', '"', '-1'),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value')),
      ),
    }))
    fc.assert(
      fc.property(value, fc.boolean(), (written, isWide) => {
        expect(parseExactJson(writeJson(written, isWide ? ' ' : ''))).toEqual(asRead(written))
      }),
      { numRuns: 500 },
    )
  })

  it('is not changed where there is nothing to quote', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        fc.pre(!/\d{16}/.test(text))
        expect(quoteLongIntegers(text)).toBe(text)
      }),
    )
  })

  it('is read however deep it is nested, and without delay', () => {
    const deep = `${'['.repeat(200_000)}12345678901234567890${']'.repeat(200_000)}`
    expect(Array.isArray(parseExactJson(deep))).toBe(true)
  })
})

/** JSON as a program without JavaScript's limits writes it. */
function writeJson(value: unknown, gap: string): string {
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return `[${value.map(one => gap + writeJson(one, gap)).join(',')}${gap}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, one]) => `${gap}${JSON.stringify(key)}:${gap}${writeJson(one, gap)}`)
      .join(',')}}`
  return JSON.stringify(value)
}

function asRead(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (Array.isArray(value)) return value.map(asRead)
  if (typeof value !== 'object' || value === null) return value
  return JSON.parse(
    `{${Object.entries(value)
      .map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(asRead(one))}`)
      .join(',')}}`,
  )
}
