/** The respondent's half: ballots, their code, drafts, receipts, the bulletin. Pure, as in browser and terminal. */
import { constants, createHash, generateKeyPairSync, privateDecrypt } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64Url, toBase64Url } from '#app/surveys/casting/receipts.ts'
import {
  type Ballot,
  blindBallot,
  finishBallot,
  isSigned,
  readPublicKey,
  type UnsignedBallot,
  WrongKey,
} from '#app/surveys/respond/ballot.ts'
import { ballotLink, decodeBallot, encodeBallot } from '#app/surveys/respond/ballot-code.ts'
import { type Bulletin, checkBulletin, isBulletin } from '#app/surveys/respond/bulletin-check.ts'
import { makeResponse, receiptsOf } from '#app/surveys/respond/cast.ts'
import {
  type AskedItem,
  askedItems,
  castOf,
  EMPTY_DRAFT,
  leavingOut,
  progressOf,
  withAnswer,
} from '#app/surveys/respond/draft.ts'
import { fill } from '#app/surveys/respond/fill.ts'
import { readReceipts, writeReceipts } from '#app/surveys/respond/receipt-file.ts'
import { wordsIn } from '#app/surveys/respond/words.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(toBase64Url)
const ballots = fc.record<Ballot>({
  wave: fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+){0,4}$/),
  serial: bytes(32),
  prefix: bytes(32),
  signature: bytes(256),
})

/** A server's key, and what it does with a blinded message. */
function aSigner(modulusLength = 2048, publicExponent = 0x10001) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent })
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return {
    publicKey: der.toString('base64url'),
    fingerprint: createHash('sha256').update(der).digest('hex'),
    sign: (blinded: string) =>
      privateDecrypt(
        { key: privateKey, padding: constants.RSA_NO_PADDING },
        Buffer.from(blinded, 'base64url'),
      ).toString('base64url'),
  }
}

const signer = aSigner()

async function aBallot(wave = 'spring'): Promise<Ballot> {
  const key = await readPublicKey(signer.publicKey, signer.fingerprint)
  const unsigned = await blindBallot(key, wave)
  return finishBallot(key, unsigned, signer.sign(unsigned.blindedMessage))
}

describe('a ballot', () => {
  it('is signed without being seen, and is valid', async () => {
    const key = await readPublicKey(signer.publicKey, signer.fingerprint)
    const unsigned = await blindBallot(key, 'spring')
    const ballot = await finishBallot(key, unsigned, signer.sign(unsigned.blindedMessage))
    expect(await isSigned(key, ballot)).toBe(true)
    const sent = Buffer.from(unsigned.blindedMessage, 'base64url').toString('hex')
    for (const secret of [ballot.serial, ballot.prefix, ballot.signature])
      expect(sent).not.toContain(Buffer.from(secret, 'base64url').toString('hex').slice(0, 16))
  })

  it('is refused when the server signed something else', async () => {
    const key = await readPublicKey(signer.publicKey, signer.fingerprint)
    const unsigned: UnsignedBallot = await blindBallot(key, 'spring')
    const other = await blindBallot(key, 'spring')
    await expect(finishBallot(key, unsigned, signer.sign(other.blindedMessage))).rejects.toThrow('invalid signature')
  })

  it('is not valid with another serial, another size, or under another key', async () => {
    const key = await readPublicKey(signer.publicKey, signer.fingerprint)
    const ballot = await aBallot()
    const stranger = aSigner()
    const strange = await readPublicKey(stranger.publicKey, stranger.fingerprint)
    expect(await isSigned(strange, ballot)).toBe(false)
    expect(await isSigned(key, { ...ballot, serial: ballot.prefix })).toBe(false)
    expect(await isSigned(key, { ...ballot, serial: '' })).toBe(false)
    expect(await isSigned(key, { ...ballot, signature: 'not base64url!' })).toBe(false)
  })

  it('is made only under the key of the charter, RSA of 2048 bits with e = 65537', async () => {
    await expect(readPublicKey(signer.publicKey, '0'.repeat(64))).rejects.toThrow(WrongKey)
    await expect(readPublicKey('%', signer.fingerprint)).rejects.toThrow(WrongKey)
    for (const odd of [aSigner(3072), aSigner(2048, 3)])
      await expect(readPublicKey(odd.publicKey, odd.fingerprint)).rejects.toThrow('2048 bits')
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'der' })
    const fingerprint = createHash('sha256').update(curve).digest('hex')
    await expect(readPublicKey(curve.toString('base64url'), fingerprint)).rejects.toThrow('not an RSA key')
  })
})

describe('the code of a ballot', () => {
  it('comes back as the same ballot, alone, in a link, in a file with words, or broken into quoted lines', async () => {
    await fc.assert(
      fc.asyncProperty(ballots, fc.integer({ min: 20, max: 90 }), async (ballot, width) => {
        const code = await encodeBallot(ballot)
        const lines = code.match(new RegExp(`.{1,${width}}`, 'g')) ?? []
        for (const text of [
          code,
          ballotLink('https://candor.test', code, ballot.wave),
          `My ballot:\n${code}\n`,
          lines.map(line => `> ${line}`).join('\r\n'),
        ])
          expect(await decodeBallot(text)).toEqual(ballot)
      }),
      { numRuns: 40 },
    )
  })

  it('is refused when a character was lost or changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        ballots,
        fc.nat({ max: 431 }),
        fc.constantFrom('A', 'b', '7', '_', ''),
        async (ballot, at, to) => {
          const code = await encodeBallot(ballot)
          const place = code.length - 432 + at
          const changed = code.slice(0, place) + to + code.slice(place + 1)
          fc.pre(changed !== code)
          expect(await decodeBallot(changed)).toBeNull()
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is not found in anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async text => {
        expect(await decodeBallot(text)).toBeNull()
      }),
    )
  })
})

const choice = (id: string, values: (number | string)[], showIf?: AskedItem['showIf']): AskedItem => ({
  id,
  kind: typeof values[0] === 'number' ? 'scale' : 'single',
  text: id,
  options: values.map(value => ({ value, label: String(value) })),
  showIf,
})
const items: AskedItem[] = [
  choice('safe', [1, 2, 3, 4, 5]),
  choice('helped', ['yes', 'no'], { item: 'safe', values: [4, 5] }),
  { ...choice('how', ['forum', 'guide'], { item: 'helped', values: ['yes'] }), kind: 'multiple' },
  { id: 'more', kind: 'comment', text: 'more', options: [], showIf: { item: 'how', values: ['guide'] } },
]

describe('a draft', () => {
  it('asks what an earlier answer makes visible, and nothing that hangs on a hidden question', () => {
    const ids = (answers: Parameters<typeof askedItems>[1]) => askedItems(items, answers).map(item => item.id)
    expect(ids({})).toEqual(['safe'])
    expect(ids({ safe: 5 })).toEqual(['safe', 'helped'])
    expect(ids({ safe: 5, helped: 'yes', how: ['forum', 'guide'] })).toEqual(['safe', 'helped', 'how', 'more'])
    // Answered when it was visible; the earlier answer has changed since.
    expect(ids({ safe: 1, helped: 'yes', how: ['guide'] })).toEqual(['safe'])
  })

  it('counts and casts only what is asked', () => {
    let draft = withAnswer(withAnswer(withAnswer(EMPTY_DRAFT, 'safe', 5), 'helped', 'yes'), 'how', ['guide'])
    draft = { ...draft, group: 'payments', comments: { more: '  Time.  ', gone: 'x' } }
    expect(progressOf(items, draft)).toEqual({ answered: 4, asked: 4 })
    expect(castOf(items, draft)).toEqual({
      answers: { safe: 5, helped: 'yes', how: ['guide'] },
      group: 'payments',
      comments: [{ item: 'more', text: 'Time.' }],
    })
    const changed = withAnswer(draft, 'safe', 2)
    expect(castOf(items, changed)).toEqual({ answers: { safe: 2 }, group: 'payments', comments: [] })
    expect(progressOf(items, changed)).toEqual({ answered: 1, asked: 1 })
  })

  it('casts nothing of a question that was left out, until it is answered again', () => {
    const draft = leavingOut(withAnswer(EMPTY_DRAFT, 'safe', 5), 'safe')
    expect(castOf(items, draft).answers).toEqual({})
    expect(draft.leftOut).toEqual(['safe'])
    expect(withAnswer(draft, 'safe', 3)).toMatchObject({ leftOut: [], answers: { safe: 3 } })
    expect(withAnswer(withAnswer(EMPTY_DRAFT, 'how', ['forum']), 'how', [])).toEqual(EMPTY_DRAFT)
  })

  it('casts no value that the question does not have', () => {
    expect(castOf(items, { ...EMPTY_DRAFT, answers: { safe: 9, helped: 'perhaps' } }).answers).toEqual({})
  })
})

describe('receipts', () => {
  it('are those of what was sent, and differ with every casting of the same answers', async () => {
    const ballot = await aBallot()
    const draft = { ...EMPTY_DRAFT, answers: { safe: 4 } }
    const [one, other] = [makeResponse(ballot, items, draft), makeResponse(ballot, items, draft)]
    expect(fromBase64Url(one.nonce)).toHaveLength(32)
    expect(await receiptsOf(one)).toEqual(await receiptsOf(one))
    expect(await receiptsOf(one)).not.toEqual(await receiptsOf(other))
  })

  it('are read back from the file they were written to; one alone will do', () => {
    fc.assert(
      fc.property(bytes(32), fc.array(bytes(32), { maxLength: 4 }), (receipt, commentReceipts) => {
        const receipts = { receipt, commentReceipts }
        expect(readReceipts(writeReceipts('spring', receipts))).toEqual(receipts)
        expect(readReceipts(` ${receipt}\n`)).toEqual({ receipt, commentReceipts: [] })
      }),
    )
    expect(readReceipts('no receipt at all')).toBeNull()
  })
})

describe('a bulletin', () => {
  async function aBulletin(size = 3): Promise<Bulletin> {
    const entries = []
    for (let n = 0; n < size; n += 1) {
      const ballot = await aBallot()
      const { receipt } = await receiptsOf(makeResponse(ballot, items, EMPTY_DRAFT))
      entries.push({ serial: ballot.serial, prefix: ballot.prefix, signature: ballot.signature, receipt })
    }
    return { publicKey: signer.publicKey, invited: 12, collected: 5, cast: size, entries, commentReceipts: [] }
  }

  it('is in order when every ballot is valid, none twice, and the counts can be', async () => {
    const bulletin = await aBulletin()
    const receipts = { receipt: bulletin.entries[1]?.receipt ?? '', commentReceipts: [] }
    expect(isBulletin(JSON.parse(JSON.stringify(bulletin)))).toBe(true)
    expect(await checkBulletin(bulletin, signer.fingerprint, receipts)).toEqual([])
    expect(await checkBulletin(bulletin, null, null)).toEqual([])
  })

  it('is told apart from a forged one', async () => {
    const bulletin = await aBulletin()
    const [first, second] = bulletin.entries as [Bulletin['entries'][0], Bulletin['entries'][0]]
    const stranger = aSigner()
    const receipts = { receipt: toBase64Url(new Uint8Array(32)), commentReceipts: [first.receipt] }
    const problems = (change: Partial<Bulletin>, wanted = null as typeof receipts | null) =>
      checkBulletin({ ...bulletin, ...change }, signer.fingerprint, wanted)
    expect(await problems({ publicKey: stranger.publicKey })).toEqual(['wrong-key'])
    expect(await problems({ entries: [first, first, second] })).toEqual(['serial-twice', 'receipt-twice'])
    expect(await problems({ entries: [first, { ...second, serial: first.serial }], cast: 2 })).toEqual([
      'serial-twice',
      'invalid-signature',
    ])
    expect(await problems({ cast: 4 })).toEqual(['cast-is-not-entries'])
    expect(await problems({ collected: 2 })).toEqual(['more-cast-than-collected'])
    expect(await problems({ invited: 4 })).toEqual(['more-collected-than-invited'])
    expect(await problems({}, receipts)).toEqual(['receipt-missing', 'comment-receipt-missing'])
  })

  it('is no bulletin unless it has the shape of one', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(isBulletin(value)).toBe(false)
      }),
    )
  })
})

describe('the words of the page', () => {
  it('have the same gaps to fill in every language', () => {
    const [english, german] = [wordsIn('en'), wordsIn('de')]
    const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const key of Object.keys(english) as (keyof typeof english)[])
      expect(gaps(german[key]), key).toEqual(gaps(english[key]))
    expect(fill('{n} of {m}', { n: 1 })).toBe('1 of {m}')
  })
})
