/** What a signed-in person sees of a wave before its results. */
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { invitedText, openWaveView } from '#app/surveys/inviting/open-wave-view.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { openSurveyHouse, type Respondent } from '#test/support/survey-client.ts'

onBothDatabases('a wave before its results', database => {
  async function opened() {
    const house = await openSurveyHouse(await database.fresh(), { Payments: 12, Search: 10 })
    const wave = await house.open({ teamIds: [house.teamIds.Payments ?? ''] })
    const [invited, colleague] = house.people as [Respondent, Respondent]
    const stranger = house.people.find(person => person.email.startsWith('search')) as Respondent
    return { house, wave, invited, colleague, stranger }
  }

  it('says to exactly the person concerned whether a ballot was collected in their name', async () => {
    const { house, wave, invited, colleague, stranger } = await opened()
    await house.collect(wave, invited)
    const own = async (person: Respondent) =>
      (await openWaveView(house.context(house.actorFor(person)), await house.wave(wave.id))).own
    expect(await own(invited)).toBe('collected')
    expect(await own(colleague)).toBe('not-collected')
    expect(await own(stranger)).toBe('not-invited')
  })

  it('shows the invited list to the invited and to administrators, and its hash is the charter’s', async () => {
    const { house, wave, invited, stranger } = await opened()
    const view = async (actor: ReturnType<typeof house.actorFor>) => openWaveView(house.context(actor), wave)
    const text = await invitedText(house.context(house.actorFor(invited)), wave.id)
    expect(createHash('sha256').update(text).digest('hex')).toBe(wave.charter?.invitedSha256)
    expect((await view(house.actorFor(invited))).invited).toHaveLength(12)
    expect((await view(house.actorFor(stranger, 'administrator'))).invited).toHaveLength(12)
    expect((await view(house.actorFor(stranger))).invited).toBeNull()
    await expect(invitedText(house.context(house.actorFor(stranger)), wave.id)).rejects.toThrow('not')
    await expect(invitedText(house.context(house.actorFor(stranger)), 'no-such-wave')).rejects.toThrow('not')
  })

  it('is not there for a wave that was only planned', async () => {
    const { house, invited } = await opened()
    const planned = await house.wave(await house.plan({ title: 'Autumn' }))
    await expect(openWaveView(house.context(house.actorFor(invited)), planned)).rejects.toThrow()
  })
})
