import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONTENT_FOLDER } from '#app/platform/content.server.ts'
import { firstLetters, forEachToken, tokenise } from '#app/search/tokenise.ts'

function terms(text: string): string[] {
  return tokenise(text)
    .filter(token => token.kind !== 'stop')
    .map(token => token.term)
}

/** Whether a search for `query` would meet `text` in its most telling term. */
function meets(query: string, text: string): boolean {
  return terms(text).includes(terms(query)[0]!)
}

describe('the tokeniser', () => {
  it('meets words across forms, case and accents', () => {
    expect(meets('timeouts', 'a Timeout')).toBe(true)
    expect(meets('retrying', 'it retried')).toBe(true)
    expect(meets('creme', 'Crème')).toBe(true)
    expect(meets('strasse', 'Straße')).toBe(true)
    expect(meets("service's", 'services')).toBe(true)
  })

  it('finds identifiers whole and by their parts', () => {
    for (const [identifier, ...parts] of [
      ['ConnectionPoolTimeoutException', 'connection', 'pool', 'timeout', 'exception'],
      ['orders-db', 'orders', 'db', 'orders_db', 'OrdersDb'],
      ['max_retry_count', 'retry', 'MAX_RETRY_COUNT', 'maxRetryCount'],
      ['v2.14.3', '2.14.3', '2.14'],
      ['v2.14.3-rc.1', '2.14.3'],
      ['0x80070005', '80070005', '0X80070005'],
      ['ECONNRESET', 'econnreset'],
      ['/var/log/orders-db/error.log', 'error.log', 'orders-db', '/var/log/orders-db/error.log'],
      ['https://status.example.org/incidents/42', 'status.example.org', 'incidents'],
      ['com.acme.orders::OrderService', 'OrderService', 'com.acme.orders'],
      ['dynamodb.us-east-1.amazonaws.com', 'us-east-1', 'us_east_1', 'amazonaws'],
      ['10.0.3.17:8080', '10.0.3.17', '10.0.3', '8080'],
      ['HTTPServer', 'http', 'server'],
      ['post-mortem', 'postmortem', 'mortem'],
      ['host42', 'host', '42'],
    ] as [string, ...string[]][]) {
      expect(meets(identifier, `before ${identifier}, after`), identifier).toBe(true)
      for (const part of parts) expect(meets(part, `(${identifier})`), `${part} in ${identifier}`).toBe(true)
    }
  })

  it('does not take hashes and short units apart', () => {
    expect(terms('3f9a2bc81d 500ms p99 EC2')).toEqual(['3f9a2bc81d', '500ms', 'p99', 'ec2'])
  })

  it('leaves very common words out, but keeps their places', () => {
    expect(tokenise('out of memory').map(token => [token.position, token.kind])).toEqual([
      [0, 'stop'],
      [1, 'stop'],
      [2, 'word'],
    ])
  })

  it('reads scripts without spaces by characters and pairs', () => {
    expect(meets('障害', '昨日の障害報告')).toBe(true)
    expect(terms('障害')).toEqual(['障', '障害', '害'])
  })

  it('gives places in the source that hold the term, in order, and terms that any database can store', () => {
    const unit = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(..."aBcZ019 -_./:\\@'’éß") },
      fc.constantFrom('Timeout', 'HTTP', 'pool', 'v1.2', '0x1f', '障', '😀', 'ا', 'İ', '\u0301', '\ud800', 'ﷺ'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    )
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), units => {
        const text = units.join('')
        let position = 0
        for (const token of tokenise(text)) {
          expect(token.start).toBeGreaterThanOrEqual(0)
          expect(token.end).toBeGreaterThan(token.start)
          expect(token.end).toBeLessThanOrEqual(text.length)
          expect(token.position).toBeGreaterThanOrEqual(position)
          position = token.position
          expect(token.term.length).toBeGreaterThan(0)
          expect(token.term.length).toBeLessThanOrEqual(64)
          // Half a surrogate pair would not come back from UTF-8.
          expect(Buffer.from(token.term, 'utf8').toString('utf8')).toBe(token.term)
          expect(token.term).not.toContain('\0')
          expect(tokenise(text.slice(token.start, token.end)).map(other => other.term)).toContain(token.term)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('passes over plain words by their first letter without losing a term or a place', () => {
    const prose = readdirSync(join(CONTENT_FOLDER, 'library')).map(name =>
      readFileSync(join(CONTENT_FOLDER, 'library', name), 'utf8'),
    )
    for (const text of [...prose, 'Skies, dying; Yearly YAML. By y. orders-db ORDERS Über uber', 'a', '']) {
      const all = tokenise(text)
      for (const { term } of all.slice(0, 200)) {
        const found: string[] = []
        forEachToken(
          text,
          (other, position, start) => void (other === term && found.push(`${position} ${start}`)),
          firstLetters([term]),
        )
        const expected = all.filter(token => token.term === term)
        expect(found, term).toEqual(expected.map(({ position, start }) => `${position} ${start}`))
      }
    }
  })

  it('reads a megabyte of one word, which only a linear reading survives, and cuts its terms', () => {
    for (const unit of ['a', 'a-', 'aB', 'aaa1', 'a_', "a'", '1.', '_', 'a:', '😀', 'שלום', 'a\u0301', 'ﷺ', '障']) {
      let longest = 0
      forEachToken(unit.repeat(1_000_000 / unit.length), term => {
        longest = Math.max(longest, term.length)
      })
      expect(longest, unit).toBeLessThanOrEqual(64)
    }
  })
})
