import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JudgingPhrase, judgingPhrases } from '#app/postmortems/blameless.ts'
import { dataFile, NO_DATA } from './house.ts'

const SENTENCES = readFileSync(fileURLToPath(new URL('samples/blaming-sentences.txt', import.meta.url)), 'utf8')
  .trim()
  .split('\n')

const phrases = (text: string, names?: string[]) => judgingPhrases(text, names).map(one => one.phrase)

describe('phrases that judge people', () => {
  it('are found in the sixty sentences', () => {
    const missed = SENTENCES.filter(sentence => judgingPhrases(sentence).length === 0)
    expect(SENTENCES).toHaveLength(60)
    expect(missed).toEqual([])
  })

  it('each come with a question about the system', () => {
    for (const sentence of SENTENCES)
      for (const { question, from, to, phrase } of judgingPhrases(sentence)) {
        expect(question).toMatch(/^(What|Which|How) .*\?$/)
        expect(sentence.slice(from, to)).toBe(phrase)
      }
  })

  it('are not found where a system is the subject', () => {
    for (const sentence of [
      'The job failed to start.',
      'The health check failed to notice that the disk was full.',
      'The autoscaler should have added two nodes.',
      'The alert should have fired at 14:05 and did not.',
      'Terraform deleted the security group, since its state was stale.',
      'The monitoring agent missed three samples.',
      'The user agent failed to send the header.',
      'Postgres refused to start with the old configuration.',
      'Retries caused the queue to grow.',
      'The service ignored the signal and was killed.',
      'The replica failed to catch up within the time it was given.',
      'The deploy dropped the column that the reports still read.',
      'A blameless review found five factors.',
      'We could see in git blame when the line came in.',
      'The client did not check the certificate’s date.',
      'Fault tolerance was lower than planned.',
      'The page shows how to read the operator error codes.',
      'We learnt that the runbook had no step for this.',
      'The on-call engineer restarted the pods, and the queue drained.',
    ])
      expect(phrases(sentence), sentence).toEqual([])
  })

  it('are left alone in quotations, code and addresses', () => {
    for (const text of [
      'Support wrote: "the engineer should have checked".',
      'The page said “human error” and no more.',
      '> The operator failed to read the warning.',
      'The log has `user error: forgot to set KEY`.',
      '```\nhe forgot to renew\n```',
      '    the developer neglected to test',
      'See [the report](https://example.org/human-error) and https://example.org/careless.',
    ])
      expect(phrases(text), text).toEqual([])
  })

  it('are found behind names of the organisation’s people, and not behind other words in capitals', () => {
    expect(phrases('Quirin forgot to renew it. Kafka forgot to renew it.', ['Quirin Oduya'])).toEqual(['forgot to'])
    expect(phrases('Then Oduya deleted the volume.', ['Quirin Oduya'])).toEqual(['deleted'])
    expect(phrases('Quirin Oduya was asked, and Redis deleted the key.', ['Quirin Oduya'])).toEqual([])
  })

  it('are given in order, none within another, whatever the text', () => {
    const word = fc.constantFrom(
      'the engineer',
      'should have',
      'failed to',
      'notice',
      'human error',
      '"',
      '`',
      '\n',
      '.',
      'he',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), words => {
        const text = words.join(' ')
        let end = 0
        for (const one of judgingPhrases(text)) {
          expect(one.from).toBeGreaterThanOrEqual(end)
          expect(text.slice(one.from, one.to)).toBe(one.phrase)
          end = one.to
        }
      }),
    )
  })

  it('are looked for in long lines without end, and the search comes to its end', () => {
    for (const piece of ['the engineer ', '"', '`', 'should have ', 'a and ', '> ', 'He and ']) {
      expect(judgingPhrases(piece.repeat(8_000).slice(0, 60_000))).toBeInstanceOf(Array)
    }
  })
})

/** What a person judged each phrase found in the real postmortems to be, by the hash of its surroundings. */
const WRONGLY_FOUND = new Set<string>([])
const RIGHTLY_FOUND = new Set([
  'ea92b0afb25dd5fd',
  'da63d5b6a3b4fe64',
  'e95651d144a6a727',
  'ef4a2100c6baf874',
  '719bd3b331d2d3f2',
  'b46965f35c1b6733',
])

describe.skipIf(NO_DATA)('phrases in real postmortems', () => {
  it('are, where one is found, rightly found nine times in ten', () => {
    const folder = fileURLToPath(new URL('../../../shared/data/postmortems', import.meta.url))
    const found = readdirSync(folder).flatMap(house =>
      readdirSync(join(folder, house)).flatMap(name => {
        const text = dataFile(join('postmortems', house, name)).toString('utf8')
        return judgingPhrases(text).map(one => surroundings(text, one))
      }),
    )
    const right = found.filter(hash => RIGHTLY_FOUND.has(hash)).length
    const wrong = found.filter(hash => WRONGLY_FOUND.has(hash)).length
    console.info(`${found.length} phrases in 40 postmortems: ${right} rightly found, ${wrong} wrongly`)
    expect(right + wrong, 'every phrase has been judged').toBe(found.length)
    expect(right).toBeGreaterThanOrEqual(5)
    expect(right / found.length).toBeGreaterThanOrEqual(0.9)
  })
})

function surroundings(text: string, { from, to }: JudgingPhrase): string {
  const around = text.slice(Math.max(0, from - 40), to + 40)
  return createHash('sha256').update(around).digest('hex').slice(0, 16)
}
