import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  type Headers,
  standardKey,
  verifyBearer,
  verifyGitHub,
  verifyPagerDuty,
  verifyQuery,
  verifyStandardWebhooks,
} from '#app/incidents/hooks/signatures.server.ts'
import { sha256 } from '#app/platform/ids.server.ts'

const BODY = Buffer.from('{"invented": "as the whole of this file"}\n')
const NOW = Date.parse('2026-03-04T12:00:00Z')
const hex = (secret: string, body: Uint8Array = BODY) => createHmac('sha256', secret).update(body).digest('hex')

function delivered(headers: Headers, body: Uint8Array = BODY, query = '') {
  return { headers, body, query: new URLSearchParams(query) }
}

describe('A signature of PagerDuty', () => {
  const signed = (value: string, body = BODY) => delivered({ 'x-pagerduty-signature': value }, body)

  it('vouches for exactly these bytes', () => {
    expect(verifyPagerDuty(signed(`v1=${hex('one secret')}`), ['one secret'], NOW)).toEqual([0])
    const changed = Buffer.from(BODY.toString().trimEnd())
    expect(verifyPagerDuty(signed(`v1=${hex('one secret')}`, changed), ['one secret'], NOW)).toEqual([])
  })

  it('may be one of several, made with any of the secrets that are valid', () => {
    const header = `v1=${hex('nobody’s')}, v1=${hex('new')},v1=${hex('old')}`
    expect(verifyPagerDuty(signed(header), ['old', 'other', 'new'], NOW)).toEqual([0, 2])
  })

  test.each([
    '',
    'v1=',
    hex('s'),
    `v2=${hex('s')}`,
    `v1=${hex('s').slice(1)}`,
    `v1=${hex('s')}0`,
    `v1=${'z'.repeat(64)}`,
  ])('is none when the header is %j', header => {
    expect(verifyPagerDuty(signed(header), ['s'], NOW)).toEqual([])
    expect(verifyPagerDuty(delivered({}), ['s'], NOW)).toEqual([])
  })

  it('never vouches where a source has no secret', () => {
    expect(verifyPagerDuty(signed(`v1=${hex('')}`), [], NOW)).toEqual([])
  })

  it('fits no other body and no other secret', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (one, other) => {
        const header = { 'x-pagerduty-signature': `v1=${hex('s', one)}` }
        const isSame = Buffer.from(one).equals(Buffer.from(other))
        expect(verifyPagerDuty(delivered(header, other), ['s', 't'], NOW)).toEqual(isSame ? [0] : [])
      }),
    )
  })
})

describe('A signature of GitHub', () => {
  it('is made over the bytes, with any of the secrets', () => {
    const header = { 'x-hub-signature-256': `sha256=${hex('b')}` }
    expect(verifyGitHub(delivered(header), ['a', 'b'], NOW)).toEqual([1])
    expect(verifyGitHub(delivered(header), ['a'], NOW)).toEqual([])
    expect(verifyGitHub(delivered({ 'x-hub-signature': `sha1=${hex('b')}` }), ['b'], NOW)).toEqual([])
  })
})

describe('A signature of Standard Webhooks', () => {
  const secret = `whsec_${Buffer.from('twenty-four invented bytes').toString('base64')}`
  function signed(seconds: number | string, { id = 'msg_1', prefix = 'webhook' } = {}) {
    const sum = createHmac('sha256', standardKey(secret)).update(`${id}.${seconds}.`).update(BODY).digest('base64')
    return {
      [`${prefix}-id`]: id,
      [`${prefix}-timestamp`]: String(seconds),
      [`${prefix}-signature`]: `v1,${sum}`,
    }
  }
  const now = NOW / 1000

  it('vouches under either of its names', () => {
    expect(verifyStandardWebhooks(delivered(signed(now)), [secret], NOW)).toEqual([0])
    expect(verifyStandardWebhooks(delivered(signed(now, { prefix: 'svix' })), [secret], NOW)).toEqual([0])
  })

  test.each([
    [300, true],
    [301, false],
    [-300, true],
    [-301, false],
  ])('of %i seconds ago is taken: %j', (age, isTaken) => {
    expect(verifyStandardWebhooks(delivered(signed(now - age)), [secret], NOW)).toEqual(isTaken ? [0] : [])
  })

  it('is bound to its id and its time', () => {
    expect(verifyStandardWebhooks(delivered({ ...signed(now), 'webhook-id': 'msg_2' }), [secret], NOW)).toEqual([])
    const later = { ...signed(now), 'webhook-timestamp': String(now + 1) }
    expect(verifyStandardWebhooks(delivered(later), [secret], NOW)).toEqual([])
    for (const missing of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      expect(verifyStandardWebhooks(delivered({ ...signed(now), [missing]: undefined }), [secret], NOW)).toEqual([])
    expect(verifyStandardWebhooks(delivered(signed('2026-03-04')), [secret], NOW)).toEqual([])
  })

  it('may stand among others', () => {
    const headers = signed(now)
    const own = headers['webhook-signature']!
    const other = `v1,${Buffer.alloc(32).toString('base64')}`
    const of = (value: string) =>
      verifyStandardWebhooks(delivered({ ...headers, 'webhook-signature': value }), [secret], NOW)
    expect(of(`${other} v2,${own.slice(3)} ${own}`)).toEqual([0])
    for (const wrong of [other, `v2,${own.slice(3)}`, own.slice(0, 20), 'v1,', 'v1,?', own.replace(' ', ',')])
      if (wrong !== own) expect(of(wrong), wrong).toEqual([])
  })
})

const hashes = (...secrets: string[]) => secrets.map(sha256)

describe('A secret without a signature', () => {
  it('comes as a bearer or as the password of Basic', () => {
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
    expect(verifyBearer(delivered({ authorization: 'Bearer the-secret' }), hashes('x', 'the-secret'), NOW)).toEqual([1])
    expect(verifyBearer(delivered({ authorization: 'bearer  the-secret ' }), hashes('the-secret'), NOW)).toEqual([0])
    expect(verifyBearer(delivered(basic('anybody:the-secret')), hashes('the-secret'), NOW)).toEqual([0])
    for (const headers of [
      {},
      { authorization: 'the-secret' },
      { authorization: 'Bearer the-secre' },
      basic('the-secret:'),
    ])
      expect(verifyBearer(delivered(headers), hashes('the-secret'), NOW)).toEqual([])
  })

  it('stands once in the address of those who have no other place for it', () => {
    expect(verifyQuery(delivered({}, BODY, 'secret=s%2B1'), hashes('s+1'), NOW)).toEqual([0])
    for (const query of ['', 'secret=', 'secret=other', 'secret=s%2B1&secret=s%2B1', 'Secret=s%2B1'])
      expect(verifyQuery(delivered({}, BODY, query), hashes('s+1'), NOW), query).toEqual([])
  })
})

const SHARED = fileURLToPath(new URL('../../../shared/data/webhooks/', import.meta.url))
const read = (name: string) => JSON.parse(readFileSync(SHARED + name, 'utf8'))

describe.skipIf(!existsSync(SHARED))('Published vectors (skipped where ../shared/data/webhooks is absent)', () => {
  it('of PagerDuty come out as published', () => {
    const { secret, body_file, cases } = read('pagerduty-v3-signature-vectors.json')
    const whole = readFileSync(SHARED + body_file)
    for (const { name, signature, body, expect: expected } of cases) {
      const bytes = body === undefined ? whole : Buffer.from(body)
      const places = verifyPagerDuty(delivered({ 'x-pagerduty-signature': signature }, bytes), [secret], NOW)
      expect(places, name).toEqual(expected === 'valid' ? [0] : [])
    }
  })

  it('of GitHub come out as published', () => {
    const { secret, body, signature } = read('github-signature-vector.json')
    expect(verifyGitHub(delivered({ 'x-hub-signature-256': signature }, Buffer.from(body)), [secret], NOW)).toEqual([0])
  })

  it('of Standard Webhooks come out as published, at their time and not now', () => {
    const { vectors, negative_and_multi_cases_on_first_vector: cases } = read(
      'standard-webhooks-signature-vectors.json',
    )
    for (const { secret_without_its_whsec_prefix: secret, headers, body } of vectors) {
      const at = Number(headers['webhook-timestamp']) * 1000
      const one = delivered(headers, Buffer.from(body))
      expect(verifyStandardWebhooks(one, [`whsec_${secret}`], at)).toEqual([0])
      expect(verifyStandardWebhooks(one, [secret], at + 300_000)).toEqual([0])
      expect(verifyStandardWebhooks(one, [secret], at + 301_000)).toEqual([])
    }
    const { secret_without_its_whsec_prefix: secret, headers, body } = vectors[0]
    const at = Number(headers['webhook-timestamp']) * 1000
    let tried = 0
    for (const { name, expect: expected, ...changed } of cases) {
      if (Object.keys(changed).length === 0) continue
      tried++
      const one = delivered({ ...headers, ...changed }, Buffer.from(body))
      expect(verifyStandardWebhooks(one, [secret], at), name).toEqual(expected.startsWith('valid') ? [0] : [])
    }
    expect(tried).toBeGreaterThan(5)
  })

  it('of a made-up incident.io event come out as computed', () => {
    const {
      secret_without_its_whsec_prefix: secret,
      headers,
      body_file,
    } = read('synthetic-incidentio-signature-vector.json')
    const one = delivered(headers, readFileSync(SHARED + body_file))
    expect(verifyStandardWebhooks(one, [secret], Number(headers['webhook-timestamp']) * 1000)).toEqual([0])
  })
})
