/** What is shown of a closed wave, to whom, and what its stewards do with the comments. */
import { describe, expect, it } from 'vitest'
import { readCsv } from '#app/platform/csv.ts'
import { bulletinOf } from '#app/surveys/closing/bulletin.server.ts'
import { partOf } from '#app/surveys/closing/bulletin-page.ts'
import { commitTo, withdrawCommitment } from '#app/surveys/results/commit-to.server.ts'
import { publishDueComments } from '#app/surveys/results/publish-comments.server.ts'
import { publishWave } from '#app/surveys/results/publish-wave.server.ts'
import { releaseCsv } from '#app/surveys/results/release-csv.ts'
import { releaseResource } from '#app/surveys/results/release-resource.ts'
import { releaseFor, resultsView } from '#app/surveys/results/results-view.server.ts'
import {
  finishStewarding,
  previewRedaction,
  redactComment,
  stewardView,
  tagComment,
} from '#app/surveys/results/steward-comments.server.ts'
import { readSurveyFigures } from '#app/surveys/results/survey-figures.server.ts'
import { renderBulletinPage } from '#app/surveys/ui/bulletin-page.tsx'
import { plantThemes } from '#app/themes/plant-themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { DAY, openSurveyHouse } from '#test/support/survey-client.ts'

/** Thirty invited in two teams, of whom twenty-four answered and six wrote something. */
async function closedWave(db: Db) {
  const house = await openSurveyHouse(db, { Payments: 18, Search: 12 })
  await plantThemes({ db, clock: house.clock })
  const wave = await house.open()
  const ballots = await Promise.all(house.people.slice(0, 24).map(person => house.collect(wave, person)))
  house.toAnswering(wave)
  await Promise.all(
    ballots.map((ballot, n) =>
      house.cast(wave, ballot, {
        answers: { safe: 1 + (n % 5), blamed: 1 + (n % 4), helped: n % 2 ? 'no' : 'yes' },
        group: n < 18 ? 'payments' : 'search',
        comments:
          n < 6 ? [{ item: 'more', text: n === 0 ? 'Ask Sam Rivers first, Sam  Rivers knows' : `Comment ${n}` }] : [],
      }),
    ),
  )
  const closed = await house.close(wave)
  const administrator = house.context()
  const steward = house.context(house.actorFor(house.people[0]!))
  const member = house.context(house.actorFor(house.people[5]!))
  return { house, wave: closed, administrator, steward, member }
}

onBothDatabases('the results of a wave', database => {
  it('are for administrators after closing and for every member once published', async () => {
    const { house, wave, administrator, member } = await closedWave(await database.fresh())
    expect(() => releaseFor(wave, member.actor)).toThrow()
    await expect(resultsView(member, wave)).rejects.toMatchObject({ refusal: 'not-found' })
    const early = await resultsView(administrator, wave)
    expect(early).toMatchObject({ cast: 24, invited: 30, trust: 'shown', isPublished: false, comments: [] })
    await publishWave(administrator, wave.id)
    const view = await resultsView(member, await house.wave(wave.id))
    expect(view.questions.map(question => question.id)).toEqual(['safe', 'blamed'])
    expect(view.questions[0]).toMatchObject({ n: 24, favourable: { words: '9' }, change: null })
    expect(view).toMatchObject({ mayAdminister: false, own: 'collected' })
    house.clock.pass(31 * DAY)
    expect((await resultsView(member, await house.wave(wave.id))).own).toBeNull()
    expect(view.heat?.groups.map(group => group.id)).toEqual(['all', 'payments', 'search'])
    expect(view.commentsFrom).not.toBeNull()
  })

  it('are the same cells in every output', async () => {
    const { wave } = await closedWave(await database.fresh())
    const release = wave.release!
    const resource = releaseResource(release)
    expect(Object.keys(resource)).toEqual(
      expect.arrayContaining(['wave', 'invited', 'collected', 'cast', 'k', 'items', 'groups', 'comments']),
    )
    const search = resource.groups.find(group => group.id === 'search')
    expect(search).toMatchObject({ label: 'Search', parent: 'all', hidden: false, n: 6 })
    const csv = releaseCsv(release, wave.questionnaire!)
    const { rows } = readCsv(csv, { required: ['wave'], known: csv.split('\r\n', 1)[0]?.split(',') ?? [] })
    const safe = rows.find(row => row.cells.question === 'safe' && !row.cells.group && !row.cells.option)
    expect(safe?.cells).toMatchObject({ n: '24', favourable: '9', mean: `${release.items[0]?.mean}` })
    expect(rows.find(row => row.cells.group === 'search' && row.cells.question === 'safe')?.cells.n).toBe('6')
  })

  it('give reports their figures, from the day of publishing on', async () => {
    const { house, wave, administrator } = await closedWave(await database.fresh())
    const now = () => new Date(house.clock.now()).toISOString()
    expect(await readSurveyFigures(house.db, now())).toEqual({})
    await publishWave(administrator, wave.id)
    const figures = await readSurveyFigures(house.db, now())
    expect(figures['survey.responseRate']).toEqual({ value: 0.8, count: 24, n: 30 })
    expect(figures['survey.safe']).toMatchObject({ value: 0.375, count: 9, n: 24, worstLow: 0.3, worstHigh: 0.5 })
    expect(Object.keys(figures)).toEqual(['survey.responseRate', 'survey.safe', 'survey.blamed'])
  })

  it('compare with the wave before, and say what will be done', async () => {
    const { house, wave, administrator, member } = await closedWave(await database.fresh())
    await publishWave(administrator, wave.id)
    house.clock.pass(60 * DAY)
    const next = await house.open({ title: 'Autumn' })
    const ballots = await Promise.all(house.people.map(person => house.collect(next, person)))
    house.toAnswering(next)
    await Promise.all(
      ballots.map(ballot => house.cast(next, ballot, { answers: { safe: ballot.serial < 'A' ? 2 : 5 } })),
    )
    const closed = await house.close(next)
    const view = await resultsView(administrator, closed)
    expect(view.before).toMatchObject({ id: wave.id })
    expect(view.hidden.map(one => one.number)).toEqual([2, 3, 4])
    expect(view.trend.waves.map(one => one.id)).toEqual([wave.id, next.id])

    await expect(commitTo(member, wave.id, { text: 'Listen', item: '', action: '' })).rejects.toMatchObject({
      refusal: 'not-found',
    })
    await expect(commitTo(administrator, wave.id, { text: '', item: '', action: '' })).rejects.toMatchObject({
      errors: [{ path: 'text' }],
    })
    await expect(
      commitTo(administrator, wave.id, { text: 'Listen', item: 'safe', action: 'no' }),
    ).rejects.toMatchObject({
      errors: [{ path: 'action' }],
    })
    await commitTo(administrator, wave.id, { text: 'Listen first', item: 'safe', action: '' })
    const shown = await resultsView(member, await house.wave(wave.id))
    expect(shown.commitments).toMatchObject([{ text: 'Listen first', question: 'About safe', action: null }])
    await withdrawCommitment(administrator, wave.id, shown.commitments[0]!.id)
    expect((await resultsView(member, await house.wave(wave.id))).commitments).toEqual([])
  })
})

onBothDatabases('the comments of a closed wave', database => {
  it('are read by its stewards alone, who take names out, give themes, and publish them', async () => {
    const { house, wave, administrator, steward, member } = await closedWave(await database.fresh())
    for (const other of [administrator, member])
      await expect(stewardView(other, wave.id)).rejects.toMatchObject({ refusal: 'not-found' })
    const [question] = (await stewardView(steward, wave.id)).questions
    expect(question?.comments).toHaveLength(6)
    const comment = question!.comments.find(one => one.text.startsWith('Ask'))!.id
    expect(await previewRedaction(steward, wave.id, { comment, words: 'sam rivers' })).toBe(
      'Ask [name] first, [name] knows',
    )
    for (const words of ['', 'Sa', 'nobody here', 'Ask Sam Rivers first, Sam  Rivers knows'])
      await expect(redactComment(steward, wave.id, { comment, words })).rejects.toMatchObject({ refusal: 'invalid' })
    await expect(redactComment(administrator, wave.id, { comment, words: 'Sam' })).rejects.toMatchObject({
      refusal: 'not-found',
    })
    await redactComment(steward, wave.id, { comment, words: 'Sam Rivers' })
    await tagComment(steward, wave.id, { comment, themes: ['organisation'] })
    await expect(tagComment(steward, wave.id, { comment, themes: ['no-theme'] })).rejects.toMatchObject({
      refusal: 'invalid',
    })
    await publishWave(administrator, wave.id)
    expect((await house.wave(wave.id)).release?.comments).toEqual([])
    await finishStewarding(steward, wave.id)
    await expect(stewardView(steward, wave.id)).rejects.toMatchObject({ refusal: 'not-found' })
    const view = await resultsView(member, await house.wave(wave.id))
    expect(view).toMatchObject({ redacted: 1, commentsFrom: null, comments: [{ total: 6, page: 1, pages: 1 }] })
    const texts = view.comments[0]?.comments.map(one => one.text)
    expect(texts?.toSorted()).toEqual(
      ['Ask [name] first, [name] knows', ...[1, 2, 3, 4, 5].map(n => `Comment ${n}`)].toSorted(),
    )
    expect(view.comments[0]?.comments.find(one => one.text.startsWith('Ask'))?.themes).toMatchObject([
      { slug: 'organisation' },
    ])
  })

  it('follow by themselves after five days, published or not', async () => {
    const { house, wave } = await closedWave(await database.fresh())
    house.clock.pass(4 * DAY)
    expect(await publishDueComments(house.context())).toBe(0)
    house.clock.pass(DAY)
    expect(await publishDueComments(house.context())).toBe(1)
    expect(await publishDueComments(house.context())).toBe(0)
    expect((await house.wave(wave.id)).release?.comments[0]?.texts).toHaveLength(6)
  })

  it('are erased unread where there are fewer than k', async () => {
    const db = await database.fresh()
    const house = await openSurveyHouse(db, { Payments: 12 })
    const wave = await house.open()
    const ballots = await Promise.all(house.people.slice(0, 8).map(person => house.collect(wave, person)))
    house.toAnswering(wave)
    await Promise.all(
      ballots.map((ballot, n) => house.cast(wave, ballot, n < 4 ? { comments: [{ item: 'more', text: 'Four' }] } : {})),
    )
    await house.close(wave)
    const steward = house.context(house.actorFor(house.people[0]!))
    expect(await stewardView(steward, wave.id)).toMatchObject({ questions: [], unread: 4 })
    await finishStewarding(steward, wave.id)
    expect(await db.selectFrom('wave_comments').selectAll().execute()).toEqual([])
    expect((await house.wave(wave.id)).release).toMatchObject({ comments: [], redacted: 0 })
  })
})

onBothDatabases('the bulletin', database => {
  it('lists every receipt for everybody, and is not there before closing', async () => {
    const db = await database.fresh()
    const house = await openSurveyHouse(db)
    const wave = await house.open()
    await expect(bulletinOf(house, wave.id)).rejects.toMatchObject({ refusal: 'not-found' })
    const ballot = await house.collect(wave, house.people[0]!)
    house.toAnswering(wave)
    const { receipt } = await house.cast(wave, ballot)
    await house.close(wave)
    const bulletin = await bulletinOf(house, wave.id)
    const html = renderBulletinPage(bulletin, 'Spring', null)
    expect(html).toContain(receipt)
    expect(html).not.toContain(house.people[0]!.email)
  })
})

describe('a page of the bulletin', () => {
  it('asks for the first character of a receipt only where there are many', () => {
    const entries = Array.from({ length: 400 }, (_, n) => ({ receipt: `${'abcd'[n % 4]}${n}` }))
    expect(partOf({ entries, commentReceipts: [] }, null)).toMatchObject({
      receipts: null,
      beginnings: ['a', 'b', 'c', 'd'],
    })
    expect(partOf({ entries, commentReceipts: ['b-comment'] }, 'b')).toMatchObject({ commentReceipts: ['b-comment'] })
    expect(partOf({ entries, commentReceipts: [] }, 'b').receipts).toHaveLength(100)
  })
})
