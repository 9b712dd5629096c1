import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createToken } from '#app/identity/create-token.server.ts'
import { getPerson } from '#app/identity/get-person.server.ts'
import { listPeople } from '#app/identity/list-people.server.ts'
import { getTeam, listTeamTree } from '#app/identity/list-teams.server.ts'
import { onCycles } from '#app/identity/manager-tree.ts'
import { peopleByEmails, peopleByIds } from '#app/identity/people.server.ts'
import { savePerson } from '#app/identity/save-person.server.ts'
import { saveTeam } from '#app/identity/save-team.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { aPerson, give, type House, openHouse, refusalOf } from './house.ts'

const add = (house: House, ...[name, email, more]: Parameters<typeof aPerson>) =>
  savePerson({ ...house, actor: house.ada }, { id: null, ...aPerson(name, email, more) })

onBothDatabases('a person', database => {
  it('is added with everything that is known, and changed', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const team = await saveTeam(context, { slug: null, name: 'Platform', parent: null })
    const leaves = [
      { startsOn: '2026-02-01', endsOn: null },
      { startsOn: '2025-01-01', endsOn: '2025-02-01' },
    ]
    const more = {
      team: team.slug,
      managerEmail: 'ada@example.org',
      startedOn: '2020-02-29',
      timeZone: 'asia/tokyo',
      leaves,
    }
    const id = await add(house, ' Zoë Brontë ', 'ZOE@example.org', more)
    const person = await getPerson(context, { id })
    expect(person).toMatchObject({
      name: 'Zoë Brontë',
      team: { slug: 'platform' },
      manager: { name: 'Ada Okafor' },
      leaves: [...leaves].reverse(),
      details: {
        email: 'zoe@example.org',
        isEngineer: true,
        startedOn: '2020-02-29',
        timeZone: 'Asia/Tokyo',
        account: 'none',
      },
    })
    await savePerson(context, { id, ...aPerson('Zoë B.', 'zoe@example.org') })
    expect(await getPerson(context, { id })).toMatchObject({ name: 'Zoë B.', team: null, manager: null, leaves: [] })
    expect((await getPerson(context, { id: house.ada.personId })).reports).toEqual([])
  })

  it('is refused field by field', async () => {
    const house = await openHouse(await database.fresh())
    const wrong = aPerson('a\nb', 'ada@@example', {
      team: 'nowhere',
      startedOn: '2023-02-30',
      leftOn: 'tomorrow',
      timeZone: '+02:00',
      leaves: [
        { startsOn: '2024-08-01', endsOn: '2024-05-01' },
        { startsOn: '2024-01-01', endsOn: null },
        { startsOn: '2025-01-01', endsOn: null },
      ],
    })
    const refused = await refusalOf(savePerson({ ...house, actor: house.ada }, { id: null, ...wrong }))
    expect(Object.keys(refused.fields).sort()).toEqual([
      'email',
      'leaves.0.endsOn',
      'leaves.2.startsOn',
      'leftOn',
      'name',
      'startedOn',
      'timeZone',
    ])
    expect(refused.message).toBe('7 fields need another look.')
    const later = await refusalOf(add(house, 'Bo', 'bo@example.org', { startedOn: '2023-01-01', leftOn: '2022-12-31' }))
    expect(Object.keys(later.fields)).toEqual(['leftOn'])
    const last = await refusalOf(
      add(house, 'Bo', 'Ada@Example.org', { team: 'nul\0', managerEmail: 'nobody@example.org' }),
    )
    expect(Object.keys(last.fields)).toEqual(['team', 'managerEmail', 'email'])
  })

  it('is never above themselves, however long the way round', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const bo = await add(house, 'Bo', 'bo@example.org')
    await add(house, 'Cy', 'cy@example.org', { managerEmail: 'bo@example.org' })
    await add(house, 'Di', 'di@example.org', { managerEmail: 'cy@example.org' })
    const save = (managerEmail: string) =>
      savePerson(context, { id: bo, ...aPerson('Bo', 'bo@example.org', { managerEmail }) })
    expect((await refusalOf(save('bo@example.org'))).fields.managerEmail).toContain('own manager')
    expect((await refusalOf(save('di@example.org'))).fields.managerEmail).toContain('reports to this person')
    await save('ada@example.org')
  })

  it('who leaves loses sessions and tokens at once, and cannot come back in', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const bo = await give(house, 'Bo', 'bo@example.org', 'administrator')
    const cookie = await house.cookieOf('bo@example.org')
    const { secret } = await createToken({ ...house, actor: bo }, { name: 'x', role: 'member', expiresAt: null })
    await savePerson(context, { id: bo.personId, ...aPerson('Bo', 'bo@example.org', { leftOn: '2026-03-10' }) })
    expect(await house.whoIs({ cookie })).toBeNull()
    expect(await house.whoIs({ token: secret })).toBeNull()
    expect((await refusalOf(house.cookieOf('bo@example.org'))).refusal).toBe('invalid')
    expect(await house.db.selectFrom('sessions').where('account_id', '=', bo.accountId).selectAll().execute()).toEqual(
      [],
    )
    await savePerson(context, { id: bo.personId, ...aPerson('Bo', 'bo@example.org') })
    expect(await house.whoIs({ token: secret }), 'what ended stays so').toBeNull()
    await house.cookieOf('bo@example.org')
  })

  it('who will leave is let in until the last day begins, in the organisation’s zone', async () => {
    const house = await openHouse(await database.fresh())
    await house.db.insertInto('settings').values({ key: 'timeZone', value: '"America/New_York"' }).execute()
    const bo = await give(house, 'Bo', 'bo@example.org', 'administrator')
    const { secret } = await createToken({ ...house, actor: bo }, { name: 'x', role: 'member', expiresAt: null })
    const cookie = await house.cookieOf('bo@example.org')
    const context = { ...house, actor: house.ada }
    await savePerson(context, { id: bo.personId, ...aPerson('Bo', 'bo@example.org', { leftOn: '2026-03-11' }) })
    house.clock.pass(Date.parse('2026-03-11T03:59:59Z') - house.clock.now())
    expect(await house.whoIs({ cookie })).not.toBeNull()
    expect(await house.whoIs({ token: secret })).not.toBeNull()
    house.clock.pass(1000)
    expect(await house.whoIs({ token: secret })).toBeNull()
    expect(await house.whoIs({ cookie })).toBeNull()
  })

  it('who is the last administrator does not leave', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const leave = (leftOn: string) =>
      savePerson(context, { id: house.ada.personId, ...aPerson('Ada Okafor', 'ada@example.org', { leftOn }) })
    expect((await refusalOf(leave('2027-01-01'))).refusal).toBe('conflict')
    const bo = await give(house, 'Bo', 'bo@example.org', 'administrator')
    await savePerson(context, { id: bo.personId, ...aPerson('Bo', 'bo@example.org', { leftOn: '2026-12-31' }) })
    expect((await refusalOf(leave('2027-01-01'))).refusal, 'the other one will be gone by then').toBe('conflict')
    await leave('2026-11-30')
  })

  it('is a member’s to see by name, team and role, as long as they are here', async () => {
    const house = await openHouse(await database.fresh())
    const bo = await give(house, 'Bo', 'bo@example.org', 'member')
    const gone = await add(house, 'Cy', 'cy@example.org', { leftOn: '2026-03-01' })
    const context = { ...house, actor: bo }
    expect(await getPerson(context, { id: house.ada.personId })).toEqual({
      id: house.ada.personId,
      name: 'Ada Okafor',
      team: null,
      role: 'administrator',
    })
    expect((await refusalOf(getPerson(context, { id: gone }))).refusal).toBe('not-found')
    expect((await refusalOf(getPerson(context, { id: 'nul\0' }))).refusal).toBe('not-found')
    expect((await refusalOf(savePerson(context, { id: null, ...aPerson('X', 'x@example.org') }))).refusal).toBe(
      'not-found',
    )
    const names = async (filter: Parameters<typeof listPeople>[1]) =>
      (await listPeople(context, filter, { limit: 50 })).items.map(person => person.name)
    expect(await names({ state: 'all', engineer: true })).toEqual(['Ada Okafor', 'Bo'])
    expect(await names({ text: 'example.org' }), 'addresses are not searched for members').toEqual([])
  })
})

onBothDatabases('the list of people', database => {
  it('is in the order of names, and found by any part without accents', async () => {
    const house = await openHouse(await database.fresh())
    for (const name of ['Zofia Kamińska', 'Élodie Marchand', 'emeka obi', 'Ágnes Kovács', 'נועה כהן'])
      await add(house, name, `${name.length}${name.charCodeAt(0)}@x.org`)
    const names = async (text = '') =>
      (await listPeople({ ...house, actor: house.ada }, { text }, { limit: 50 })).items.map(person => person.name)
    expect(await names()).toEqual([
      'Ada Okafor',
      'Ágnes Kovács',
      'Élodie Marchand',
      'emeka obi',
      'Zofia Kamińska',
      'נועה כהן',
    ])
    expect(await names('KAMINSKA zof')).toEqual(['Zofia Kamińska'])
    expect(await names('ada@example')).toEqual(['Ada Okafor'])
    expect(await names('כהן')).toEqual(['נועה כהן'])
    for (const nonsense of ['%', '_', '\0', "'; drop table people; --", '\ud800'])
      expect(await names(nonsense)).toEqual([])
  })

  it('is filtered by team with the teams below, by engineers, and by who left', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const top = await saveTeam(context, { slug: null, name: 'Engineering', parent: null })
    const below = await saveTeam(context, { slug: null, name: 'Data', parent: top.slug })
    await add(house, 'Bo', 'bo@example.org', { team: below.slug })
    await add(house, 'Cy', 'cy@example.org', { team: top.slug, isEngineer: false })
    await add(house, 'Di', 'di@example.org', { team: top.slug, leftOn: '2026-03-10' })
    await add(house, 'Eve', 'eve@example.org', { leftOn: '2026-03-11' })
    const names = async (filter: Parameters<typeof listPeople>[1]) => {
      const { items, total } = await listPeople(context, filter, { limit: 50 })
      expect(total).toBe(items.length)
      return items.map(person => person.name)
    }
    expect(await names({ team: 'engineering' })).toEqual(['Bo', 'Cy'])
    expect(await names({ team: 'data' })).toEqual(['Bo'])
    expect(await names({ team: 'nowhere' })).toEqual([])
    expect(await names({ team: 'engineering', engineer: false })).toEqual(['Cy'])
    expect(await names({ state: 'left' })).toEqual(['Di'])
    expect(await names({ state: 'all' })).toEqual(['Ada Okafor', 'Bo', 'Cy', 'Di', 'Eve'])
    expect(await names({})).toEqual(['Ada Okafor', 'Bo', 'Cy', 'Eve'])
  })

  it('goes on after a person, whoever comes or goes in the meantime', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    for (const letter of 'BCDEF') await add(house, letter, `${letter}@example.org`)
    const first = await listPeople(context, {}, { limit: 3 })
    expect(first).toMatchObject({ total: 6, items: [{ name: 'Ada Okafor' }, { name: 'B' }, { name: 'C' }] })
    await add(house, 'Aaron', 'aaron@example.org')
    await add(house, 'C', 'c2@example.org')
    const second = await listPeople(context, {}, { limit: 3, after: first.next })
    expect(second.items.map(person => person.name)).toEqual(['C', 'D', 'E'])
    expect((await listPeople(context, {}, { limit: 3, after: second.next })).next).toBeNull()
    expect((await listPeople(context, {}, { limit: 3, offset: 6 })).items.map(person => person.name)).toEqual([
      'E',
      'F',
    ])
  })

  it('puts names to ids and addresses for other rooms', async () => {
    const house = await openHouse(await database.fresh())
    const id = await add(house, 'Bo', 'bo@example.org')
    expect((await peopleByIds(house.db, [id, 'nobody', 'nul\0'])).get(id)?.name).toBe('Bo')
    expect((await peopleByEmails(house.db, ['BO@example.org', 'x'])).get('bo@example.org')?.id).toBe(id)
    expect((await peopleByIds(house.db, [])).size).toBe(0)
  })
})

onBothDatabases('a team', database => {
  it('has its place in a tree and an address that survives a new name', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const top = await saveTeam(context, { slug: null, name: 'Équipe Données', parent: null })
    const below = await saveTeam(context, { slug: null, name: 'Data', parent: top.slug })
    await saveTeam(context, { slug: null, name: 'Another', parent: null })
    await add(house, 'Bo', 'bo@example.org', { team: below.slug })
    await add(house, 'Cy', 'cy@example.org', { team: below.slug, leftOn: '2026-01-01' })
    expect(top.slug).toBe('equipe-donnees')
    await saveTeam(context, { slug: top.slug, name: 'Data and insight', parent: null })
    expect((await listTeamTree(context)).map(team => [team.name, team.depth, team.people])).toEqual([
      ['Another', 0, 0],
      ['Data and insight', 0, 0],
      ['Data', 1, 1],
    ])
    expect(await getTeam(context, { slug: 'equipe-donnees' })).toMatchObject({ name: 'Data and insight' })
    expect((await refusalOf(getTeam(context, { slug: 'nowhere' }))).refusal).toBe('not-found')
  })

  it('is refused below itself, without a name, or with the name of another', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const top = await saveTeam(context, { slug: null, name: 'Top', parent: null })
    const below = await saveTeam(context, { slug: null, name: 'Below', parent: top.slug })
    const fields = async (work: Promise<unknown>) => (await refusalOf(work)).fields
    expect(await fields(saveTeam(context, { slug: top.slug, name: 'Top', parent: below.slug }))).toHaveProperty(
      'parent',
    )
    expect(await fields(saveTeam(context, { slug: top.slug, name: 'Top', parent: top.slug }))).toHaveProperty('parent')
    expect(await fields(saveTeam(context, { slug: null, name: 'New', parent: 'nowhere' }))).toHaveProperty('parent')
    expect(await fields(saveTeam(context, { slug: null, name: ' tOp ', parent: null }))).toHaveProperty('name')
    expect(await fields(saveTeam(context, { slug: null, name: '', parent: null }))).toHaveProperty('name')
    const bo = await give(house, 'Bo', 'bo@example.org', 'editor')
    expect((await refusalOf(saveTeam({ ...house, actor: bo }, { slug: null, name: 'X', parent: null }))).refusal).toBe(
      'not-found',
    )
  })

  it('has an address of its own even when its name has no letters that one could have', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const slugs = []
    for (const name of ['開発', '🔥', 'Q&A', 'Q A'])
      slugs.push((await saveTeam(context, { slug: null, name, parent: null })).slug)
    expect(new Set(slugs).size).toBe(4)
  })
})

describe('who is above whom', () => {
  it('finds exactly those who can walk up to themselves', () => {
    const people = 'abcdefgh'.split('')
    const graph = fc.array(fc.option(fc.constantFrom(...people, 'stranger'), { nil: null }), {
      minLength: 8,
      maxLength: 8,
    })
    fc.assert(
      fc.property(graph, managers => {
        const above = new Map(people.map((person, at) => [person, managers[at] ?? null]))
        const reachesSelf = (person: string) => {
          let at: string | null = person
          for (let step = 0; step < people.length; step++) {
            at = at === null ? null : (above.get(at) ?? null)
            if (at === person) return true
          }
          return false
        }
        expect([...onCycles(above)].sort()).toEqual(people.filter(reachesSelf))
      }),
    )
  })

  it('does not tire of a chain of ten thousand', () => {
    const chain = new Map(Array.from({ length: 10_000 }, (_, n) => [`${n}`, `${n + 1}`] as const))
    expect(onCycles(chain).size).toBe(0)
    expect(onCycles(new Map([...chain, ['9999', '0']])).size).toBe(10_000)
  })
})
