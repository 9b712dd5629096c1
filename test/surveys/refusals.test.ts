/** Every refusal of collecting and casting has its status, in the order of the contract, and leaves nothing behind. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AppError } from '#app/platform/errors.ts'
import { castResponse, RESPONSE_LIMIT } from '#app/surveys/casting/cast-response.server.ts'
import { extendWave } from '#app/surveys/extend-wave.server.ts'
import type { Wave } from '#app/surveys/get-wave.server.ts'
import { collectBallot } from '#app/surveys/inviting/collect-ballot.server.ts'
import { bytesOf } from '#test/support/blind-ballot.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import {
  type Ballot,
  blind,
  bodyOf,
  DAY,
  openSurveyHouse,
  random,
  type SurveyHouse,
} from '#test/support/survey-client.ts'

/** The status of what a promise was refused with, or 'done'. */
async function statusOf(work: Promise<unknown>): Promise<number | 'done'> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof AppError) return error.status
    throw error
  }
}

onBothDatabases('refusals', database => {
  async function answering(): Promise<{ house: SurveyHouse; wave: Wave; ballot: Ballot }> {
    const house = await openSurveyHouse(await database.fresh(), { Payments: 12, Search: 12 })
    const wave = await house.open()
    const ballot = await house.collect(wave, house.people[0]!)
    house.toAnswering(wave)
    return { house, wave, ballot }
  }
  const counted = async (house: SurveyHouse) =>
    (await house.db.selectFrom('wave_responses').select('tag').execute()).length

  it('of collecting: malformed, not invited, another message, closed', async () => {
    const house = await openSurveyHouse(await database.fresh())
    const wave = await house.open()
    const [ada, ben] = house.people.map(person => house.actorFor(person))
    const collect = (message: unknown, actor = ada, id = wave.id) =>
      statusOf(collectBallot(house.context(actor), id, message))
    const n = BigInt(`0x${Buffer.from(modulusOf(wave.publicKey!)).toString('hex')}`)
    for (const m of [0n, 1n, n - 1n, n, n + 1n, 2n ** 2048n - 1n])
      expect(await collect(bytesOf(m).toString('base64url')), `${m}`.slice(0, 8)).toBe(400)
    for (const message of [
      '',
      'AA',
      bytesOf(5n, 255).toString('base64url'),
      bytesOf(5n, 257).toString('base64url'),
      7,
      null,
    ])
      expect(await collect(message)).toBe(400)
    expect(await collect(`${bytesOf(5n).toString('base64url')}=`), 'one form only').toBe(400)
    const stranger = { ...ada!, personId: 'nobody' }
    const message = blind(wave.publicKey!).blindedMessage
    expect(await collect(message, stranger)).toBe(404)
    expect(await collect(message, { ...ada!, personId: '' })).toBe(404)
    expect(await collect(message, ada, 'no-such-wave')).toBe(404)
    const first = await collectBallot(house.context(ada), wave.id, message)
    expect(await collectBallot(house.context(ada), wave.id, message), 'the same again').toEqual(first)
    expect(await collect(blind(wave.publicKey!).blindedMessage), 'another').toBe(409)
    expect(await collect(message, ben), 'somebody else may be unlucky, but is not refused').toBe('done')
    house.clock.at = Date.parse(wave.closesAt) - 1
    expect(await collect(message)).toBe('done')
    house.clock.pass(1)
    expect(await collect(message), 'from the moment of the closing, though nothing has closed it yet').toBe(410)
    house.clock.at = Date.parse(wave.collectingFrom) - 1
    expect(await collect(message), 'before').toBe(410)
  })

  it('of casting, in their order: size, JSON, time, ballot, content, what was cast before', async () => {
    const { house, wave, ballot } = await answering()
    const send = (body: Uint8Array | object, id = wave.id) =>
      statusOf(castResponse(house.context(), id, body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body))))
    const whole = JSON.parse(bodyOf(ballot).toString())
    expect(await send(Buffer.alloc(RESPONSE_LIMIT + 1, 32))).toBe(413)
    for (const text of ['', '[]', 'null', '"x"', '{', '{"a":1}x']) expect(await send(Buffer.from(text)), text).toBe(400)
    expect(await send(Buffer.from([0x7b, 0xff, 0x7d])), 'not UTF-8').toBe(400)
    expect(await send(whole, 'no-such-wave')).toBe(404)
    expect(await send({})).toBe(403)
    const wrong = (change: object) => ({ ...whole, ...change, answers: 7 })
    for (const change of [
      { serial: random() },
      { prefix: random() },
      { signature: bytesOf(5n).toString('base64url') },
      { signature: whole.signature.slice(4) },
      { serial: 5 },
      { serial: `${whole.serial}=` },
      { signature: undefined },
    ])
      expect(await send(wrong(change)), 'the ballot is looked at before the content').toBe(403)
    const at = house.clock.at
    house.clock.at = Date.parse(wave.answeringFrom) - 1
    expect(await send({}), 'early').toBe(410)
    house.clock.at = Date.parse(wave.closesAt)
    expect(await send({}), 'late, before the ballot is looked at').toBe(410)
    expect(await send(whole)).toBe(410)
    expect(await send(Buffer.from('{')), 'and after the JSON').toBe(400)
    house.clock.at = at
    expect(await send(wrong({}))).toBe(400)
    expect(await counted(house), 'nothing was left behind').toBe(0)

    expect(await send(whole)).toBe('done')
    expect(await send(whole), 'the same again').toBe('done')
    expect(await send({ ...whole, nonce: random() }), 'another nonce').toBe(409)
    expect(await send({ ...whole, answers: { safe: 1 } })).toBe(409)
    expect(await send({ ...whole, comments: [{ item: 'more', text: 'And this', nonce: random() }] })).toBe(409)
    expect(await send(wrong({})), 'content is looked at before what was cast').toBe(400)
    expect(await counted(house)).toBe(1)
  })

  it('of what no question allows, each by its path', async () => {
    const { house, wave, ballot } = await answering()
    const whole = JSON.parse(bodyOf(ballot).toString())
    const errorsOf = async (change: object) => {
      try {
        await castResponse(house.context(), wave.id, Buffer.from(JSON.stringify({ ...whole, ...change })))
        return []
      } catch (error) {
        expect(error).toMatchObject({ status: 400 })
        return (error as AppError).errors.map(one => one.path)
      }
    }
    const comment = (change: object) => ({ comments: [{ item: 'more', text: 'x', nonce: random(), ...change }] })
    expect(await errorsOf({ nonce: 'AA' })).toEqual(['nonce'])
    expect(await errorsOf({ nonce: undefined, answers: undefined })).toEqual(['nonce', 'answers'])
    expect(await errorsOf({ person: 'me' })).toEqual(['person'])
    for (const [id, value] of [
      ['safe', 0],
      ['safe', 6],
      ['safe', 1.5],
      ['safe', '4'],
      ['safe', null],
      ['safe', [4]],
      ['helped', 'maybe'],
      ['helped', ['yes']],
      ['how', 'forum'],
      ['more', 'A comment'],
      ['unknown', 1],
      ['__proto__', 1],
      ['constructor', 1],
    ] as const)
      expect(await errorsOf({ answers: JSON.parse(`{"${id}": ${JSON.stringify(value)}}`) })).toEqual([`answers.${id}`])
    for (const how of [[], ['forum', 'forum'], ['other'], [['forum']]])
      expect(await errorsOf({ answers: { helped: 'yes', how } })).toEqual(['answers.how'])
    expect(await errorsOf({ answers: { helped: 'no', how: ['forum'] } }), 'it was not asked').toEqual(['answers.how'])
    expect(await errorsOf({ answers: { how: ['forum'] } })).toEqual(['answers.how'])
    for (const group of ['no-such', 'all', 5, '']) expect(await errorsOf({ group })).toEqual(['group'])
    expect(await errorsOf({ comments: 'x' })).toEqual(['comments'])
    expect(await errorsOf({ comments: [5] })).toEqual(['comments.0'])
    expect(await errorsOf(comment({ item: 'safe' }))).toEqual(['comments.0.item'])
    expect(await errorsOf(comment({ nonce: random().slice(2) }))).toEqual(['comments.0.nonce'])
    expect(await errorsOf(comment({ name: 'Ada' }))).toEqual(['comments.0.name'])
    for (const text of ['', ' ', 5, 'x'.repeat(2001), 'a\0b', 'half \ud800'])
      expect(await errorsOf(comment({ text }))).toEqual(['comments.0.text'])
    const twice = [1, 2].map(n => ({ item: 'more', text: `${n}`, nonce: random() }))
    expect(await errorsOf({ comments: twice })).toEqual(['comments.1.item'])
    expect(await errorsOf({ answers: {}, group: undefined, comments: undefined }), 'all may be left out').toEqual([])
  })

  it('of a ballot in another wave', async () => {
    const house = await openSurveyHouse(await database.fresh(), { Payments: 12 })
    const wave = await house.open()
    const other = await house.open({ title: 'At the same time' })
    const ballot = await house.collect(wave, house.people[0]!)
    house.toAnswering(other)
    expect(await statusOf(house.cast(other, ballot))).toBe(403)
    expect(await statusOf(house.cast(wave, ballot))).toBe('done')
  })

  it('at the boundaries of time, when the clock jumps, and after the one extension', async () => {
    const { house, wave, ballot } = await answering()
    house.clock.at = Date.parse(wave.closesAt) + DAY
    expect(await statusOf(house.cast(wave, ballot))).toBe(410)
    house.clock.at = Date.parse(wave.closesAt) - 1
    const later = new Date(Date.parse(wave.closesAt) + 3 * DAY).toISOString()
    expect(await statusOf(extendWave(house.context(), wave.id, wave.closesAt))).toBe(400)
    expect(await statusOf(extendWave(house.context(), wave.id, 'later'))).toBe(400)
    expect((await extendWave(house.context(), wave.id, later)).charter?.closesAt).toBe(later)
    expect(await statusOf(extendWave(house.context(), wave.id, later)), 'once').toBe(409)
    house.clock.at = Date.parse(later) - 1
    expect(await statusOf(house.cast(wave, ballot))).toBe('done')
    house.clock.pass(1)
    expect(await statusOf(house.cast(wave, ballot)), 'not even the same again').toBe(410)
  })

  it('for any JSON at all: a refusal or a count, never anything else', async () => {
    const { house, wave, ballot } = await answering()
    const part = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(4, 'yes', ['forum'], { safe: 3 }, [{ item: 'more', text: 'x', nonce: random() }]),
    )
    const keys = ['nonce', 'answers', 'group', 'comments', 'extra'] as const
    const change = fc.record(Object.fromEntries(keys.map(key => [key, part])), { requiredKeys: [] })
    await fc.assert(
      fc.asyncProperty(change, fc.boolean(), async (changed, hasBallot) => {
        const body = hasBallot ? { ...JSON.parse(bodyOf(ballot).toString()), ...changed } : changed
        const status = await statusOf(castResponse(house.context(), wave.id, Buffer.from(JSON.stringify(body))))
        expect(hasBallot ? [400, 409, 'done'] : [403]).toContain(status)
      }),
      { numRuns: 200 },
    )
    expect(await counted(house)).toBeLessThanOrEqual(1)
  })
})

function modulusOf(publicKey: string): Uint8Array {
  const spki = Buffer.from(publicKey, 'base64url')
  // SEQUENCE, INTEGER of 257 bytes with a leading zero, then the exponent 65537.
  return spki.subarray(spki.length - 5 - 256, spki.length - 5)
}
