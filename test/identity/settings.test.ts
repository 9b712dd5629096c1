import { expect, it } from 'vitest'
import { auditChoices, listAudit } from '#app/identity/list-audit.server.ts'
import { savePerson } from '#app/identity/save-person.server.ts'
import { getPreferences, savePreferences } from '#app/identity/save-preferences.server.ts'
import { saveSettings } from '#app/identity/save-settings.server.ts'
import { saveTeam } from '#app/identity/save-team.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { DEFAULT_SETTINGS } from '#app/identity/settings.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { aPerson, DAY, give, openHouse, refusalOf } from './house.ts'

onBothDatabases('the settings', database => {
  it('have defaults, and keep what was changed', async () => {
    const house = await openHouse(await database.fresh())
    expect(await readSettings(house.db)).toEqual(DEFAULT_SETTINGS)
    const changed = {
      organisationName: ' Acme ',
      timeZone: 'asia/kolkata',
      currency: 'eur',
      hourlyDowntimeCost: 0,
      disclosureThreshold: 8,
    }
    await saveSettings({ ...house, actor: house.ada }, changed)
    expect(await readSettings(house.db)).toMatchObject({
      organisationName: 'Acme',
      timeZone: expect.stringMatching(/^asia\/(kolkata|calcutta)$/i),
      currency: 'EUR',
      hourlyDowntimeCost: 0,
      disclosureThreshold: 8,
      participationTarget: 65,
    })
  })

  it('are refused field by field, and the threshold that protects people never falls', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const wrong = {
      organisationName: '',
      timeZone: 'Mars/Olympus',
      currency: 'XYZ',
      hourlyDowntimeCost: 1.5,
      disclosureThreshold: 4,
      onTimeTarget: Number.NaN,
    }
    expect(Object.keys((await refusalOf(saveSettings(context, wrong))).fields).sort()).toEqual(
      Object.keys(wrong).sort(),
    )
    await saveSettings(context, { disclosureThreshold: 10 })
    expect((await refusalOf(saveSettings(context, { disclosureThreshold: 9 }))).fields.disclosureThreshold).toContain(
      'only rise from 10',
    )
    const bo = await give(house, 'Bo', 'bo@example.org', 'editor')
    expect((await refusalOf(saveSettings({ ...house, actor: bo }, {}))).refusal).toBe('not-found')
  })

  it('fall back to their defaults when the database holds something unreadable', async () => {
    const house = await openHouse(await database.fresh())
    for (const [key, value] of [
      ['timeZone', '{'],
      ['currency', '5'],
      ['organisationName', '"Acme"'],
      ['unknown', '1'],
    ] as const)
      await house.db.insertInto('settings').values({ key, value }).execute()
    expect(await readSettings(house.db)).toEqual({ ...DEFAULT_SETTINGS, organisationName: 'Acme' })
    expect((await house.actorOf('ada@example.org')).timeZone).toBe('UTC')
  })
})

onBothDatabases('a person’s preferences', database => {
  it('are all mails and the organisation’s zone until they choose', async () => {
    const house = await openHouse(await database.fresh())
    const bo = await give(house, 'Bo', 'bo@example.org', 'member')
    const context = { ...house, actor: bo }
    expect(await getPreferences(context)).toEqual({
      timeZone: null,
      mails: ['action-reminders', 'forum-invitations', 'comments', 'reviews'],
    })
    await savePreferences(context, { timeZone: 'Europe/Paris', mails: ['comments'] })
    expect(await getPreferences(context)).toEqual({ timeZone: 'Europe/Paris', mails: ['comments'] })
    const wrong = { timeZone: 'Nowhere', mails: ['everything'] }
    expect(Object.keys((await refusalOf(savePreferences(context, wrong))).fields)).toEqual(['timeZone', 'mails.0'])
    expect((await getPreferences({ ...house, actor: house.ada })).timeZone).toBeNull()
  })
})

onBothDatabases('the audit trail', database => {
  it('tells who did what, when, before and after, in words', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const team = await saveTeam(context, { slug: null, name: 'Platform', parent: null })
    const id = await savePerson(context, {
      id: null,
      ...aPerson('Bo', 'bo@example.org', { managerEmail: 'ada@example.org' }),
    })
    house.clock.pass(DAY)
    await savePerson(context, {
      id,
      ...aPerson('Bo', 'bo@example.org', { managerEmail: 'ada@example.org', team: team.slug }),
    })
    await savePerson(context, {
      id,
      ...aPerson('Bo', 'bo@example.org', { managerEmail: 'ada@example.org', team: team.slug }),
    })
    await saveSettings(context, { hourlyDowntimeCost: 5000 })
    const { items, total } = await listAudit(context, {}, { offset: 0, limit: 3 })
    expect(total).toBe(6)
    expect(items).toMatchObject([
      { act: 'settings.changed', before: { hourlyDowntimeCost: 300000 }, after: { hourlyDowntimeCost: 5000 } },
      { act: 'person.changed', subject: 'Bo <bo@example.org>', before: { team: null }, after: { team: 'Platform' } },
      { act: 'person.created', after: { manager: 'Ada Okafor <ada@example.org>' } },
    ])
    expect(items[0]).toMatchObject({
      at: '2026-03-11T09:00:00.000Z',
      actor: { id: house.ada.personId, name: 'Ada Okafor' },
    })
  })

  it('is found by person, act and time', async () => {
    const house = await openHouse(await database.fresh())
    const bo = await give(house, 'Bo', 'bo@example.org', 'administrator')
    house.clock.pass(DAY)
    await saveTeam({ ...house, actor: bo }, { slug: null, name: 'Platform', parent: null })
    const context = { ...house, actor: house.ada }
    const count = async (filter: Parameters<typeof listAudit>[1]) =>
      (await listAudit(context, filter, { offset: 0, limit: 50 })).total
    expect(await count({})).toBe(5)
    expect(await count({ actorId: bo.personId })).toBe(1)
    expect(await count({ act: 'account.created' })).toBe(2)
    expect(await count({ from: '2026-03-11T00:00:00.000Z' })).toBe(1)
    expect(await count({ to: '2026-03-11T00:00:00.000Z' })).toBe(4)
    expect(await count({ actorId: 'nul\0' })).toBe(0)
    expect(await auditChoices(context)).toMatchObject({
      actors: [{ id: bo.personId, name: 'Bo' }],
      acts: [{ act: 'account.created', words: 'made an account' }, { act: 'person.created' }, { act: 'team.created' }],
    })
  })

  it('holds nothing of an act that failed, and is an administrator’s to read', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const count = async () => (await listAudit(context, {}, { offset: 0, limit: 1 })).total
    const before = await count()
    await refusalOf(savePerson(context, { id: null, ...aPerson('Ada', 'ada@example.org') }))
    await refusalOf(saveSettings(context, { currency: 'no' }))
    expect(await count()).toBe(before)
    const bo = await give(house, 'Bo', 'bo@example.org', 'editor')
    expect((await refusalOf(listAudit({ ...house, actor: bo }, {}, { offset: 0, limit: 1 }))).refusal).toBe('not-found')
  })
})
