import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { getPerson } from '#app/identity/get-person.server.ts'
import { importPeople } from '#app/identity/import-people.server.ts'
import { listPeople } from '#app/identity/list-people.server.ts'
import { listTeamTree } from '#app/identity/list-teams.server.ts'
import { PEOPLE_COLUMNS } from '#app/identity/people-columns.ts'
import { savePerson } from '#app/identity/save-person.server.ts'
import { readCsv } from '#app/platform/csv.ts'
import { decodeText } from '#app/platform/decode-text.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { aPerson, give, type House, openHouse, refusalOf } from './house.ts'

function read(text: string) {
  return readCsv(text, PEOPLE_COLUMNS)
}

function take(house: House, text: string, options: { dryRun?: boolean } = {}) {
  return importPeople({ ...house, actor: house.ada }, read(text).rows, options)
}

async function named(house: House, name: string) {
  const context = { ...house, actor: house.ada }
  const { items } = await listPeople(context, { text: name, state: 'all' }, { limit: 1 })
  return getPerson(context, { id: items[0]?.id ?? '' })
}

const CLEAN = `name,email,team,manager_email,start_date,is_engineer,leave_from,leave_to,left_on
Bo Vries,bo@example.org,Platform,cy@example.org,2020-06-15,yes,,,
Cy Wei,CY@example.org,Pay  ments,,2021-01-11,no,2024-05-01,2024-08-31,
Emeka Nwosu,emeka@example.org,payments,cy@example.org,2018-11-19,1,,,2024-02-29
`

onBothDatabases('an import of people', database => {
  it('takes everybody in, their managers and leaves too, and the same file again changes nothing', async () => {
    const house = await openHouse(await database.fresh())
    const report = await take(house, CLEAN)
    expect(report).toMatchObject({ created: 3, updated: 0, unchanged: 0, rejected: 0, errors: [] })
    expect(report.notes).toEqual([
      'Line 2, column team: the team "Platform" is new and is added',
      'Line 3, column team: the team "Pay  ments" is new and is added',
      'Line 4, column team: the team "payments" is new and is added',
    ])
    expect(await named(house, 'Bo')).toMatchObject({ manager: { name: 'Cy Wei' }, team: { name: 'Platform' } })
    expect(await named(house, 'Cy')).toMatchObject({
      leaves: [{ startsOn: '2024-05-01', endsOn: '2024-08-31' }],
      details: { email: 'cy@example.org', isEngineer: false, startedOn: '2021-01-11' },
    })
    expect((await named(house, 'Emeka')).details?.leftOn).toBe('2024-02-29')
    const dump = async () => [
      await house.db.selectFrom('people').selectAll().orderBy('id').execute(),
      await house.db.selectFrom('teams').selectAll().orderBy('id').execute(),
      await house.db.selectFrom('leaves').selectAll().orderBy('id').execute(),
      await house.db.selectFrom('audit_entries').selectAll().orderBy('id').execute(),
    ]
    const before = await dump()
    house.clock.pass(60_000)
    expect(await take(house, CLEAN)).toEqual({
      created: 0,
      updated: 0,
      unchanged: 3,
      rejected: 0,
      errors: [],
      notes: [],
    })
    expect(await dump()).toEqual(before)
  })

  it('only tells what it would do when it is tried first', async () => {
    const house = await openHouse(await database.fresh())
    const tried = await take(house, CLEAN, { dryRun: true })
    expect((await listPeople({ ...house, actor: house.ada }, { state: 'all' }, { limit: 9 })).total).toBe(1)
    expect(await listTeamTree({ ...house, actor: house.ada })).toEqual([])
    expect(await take(house, CLEAN)).toEqual(tried)
  })

  it('changes only what the file speaks of', async () => {
    const house = await openHouse(await database.fresh())
    await take(house, CLEAN)
    const report = await take(
      house,
      'email,name,is_engineer,team\ncy@example.org,Cy Wei-Olsen,,\nbo@example.org,Bo Vries,yes,PLATFORM\n',
    )
    expect(report).toMatchObject({ created: 0, updated: 1, unchanged: 1, errors: [], notes: [] })
    const cy = await named(house, 'Cy')
    expect(cy).toMatchObject({
      name: 'Cy Wei-Olsen',
      team: null,
      details: { isEngineer: false, startedOn: '2021-01-11' },
    })
    expect(cy.leaves?.length).toBe(1)
  })

  it('keeps leaves that it does not mention, and replaces those that it moves', async () => {
    const house = await openHouse(await database.fresh())
    await take(house, CLEAN)
    const leave = (from: string, to: string) =>
      take(house, `name,email,leave_from,leave_to\nCy Wei,cy@example.org,${from},${to}\n`)
    expect(await leave('', '')).toMatchObject({ unchanged: 1 })
    expect(await leave('2026-01-01', '')).toMatchObject({ updated: 1, notes: [expect.stringContaining('no end')] })
    expect(await leave('2026-01-08', '2026-02-08')).toMatchObject({ updated: 1 })
    expect((await named(house, 'Cy')).leaves).toEqual([
      { startsOn: '2024-05-01', endsOn: '2024-08-31' },
      { startsOn: '2026-01-08', endsOn: '2026-02-08' },
    ])
  })

  it('ends the access of those who left, but never of the last administrator', async () => {
    const house = await openHouse(await database.fresh())
    await give(house, 'Bo', 'bo@example.org', 'administrator')
    const cookie = await house.cookieOf('bo@example.org')
    const report = await take(
      house,
      'name,email,left_on\nBo,bo@example.org,2026-03-01\nAda Okafor,ada@example.org,2026-03-02\n',
    )
    expect(report).toMatchObject({ updated: 1, rejected: 1, errors: [{ line: 3, column: 'left_on' }] })
    expect(await house.whoIs({ cookie })).toBeNull()
    expect((await house.actorOf('ada@example.org')).role).toBe('administrator')
  })

  it('never takes people as gone because the file has no rows', async () => {
    const house = await openHouse(await database.fresh())
    await take(house, CLEAN)
    expect(await take(house, CLEAN.split('\n', 1)[0] ?? '')).toMatchObject({ created: 0, updated: 0, unchanged: 0 })
    expect((await listPeople({ ...house, actor: house.ada }, {}, { limit: 9 })).total).toBe(3)
  })

  it('reports every problem of a messy file by line and column, and takes in the rest', async () => {
    const house = await openHouse(await database.fresh())
    const report = await take(house, sample('org-problems'))
    expect(report.errors.map(error => [error.line, error.column])).toEqual([
      [2, 'manager_email'],
      [3, 'manager_email'],
      [4, 'manager_email'],
      [5, 'manager_email'],
      [8, 'email'],
      [9, 'left_on'],
      [10, 'leave_to'],
      [12, 'start_date'],
      [13, 'email'],
      [14, 'email'],
      [17, 'is_engineer'],
    ])
    expect(report).toMatchObject({ created: 5, rejected: 11 })
    expect(report.notes).toEqual(
      expect.arrayContaining([
        'Line 6, column manager_email: nobody with the address nobody@example.com is known: left out',
        'Line 11, column leave_to: the leave has no end: it lasts until somebody writes one',
        'Line 15, column manager_email: gone@example.com left on 2019-06-30',
      ]),
    )
    expect((await named(house, 'Twice')).team?.name).toBe('B')
  })

  it('reads words of other languages for yes and no, and says how it read them', async () => {
    const house = await openHouse(await database.fresh())
    const report = await take(house, sample('bom-semicolon-crlf'))
    expect(report).toMatchObject({ created: 4, errors: [] })
    expect(report.notes).toContain('Line 4, column is_engineer: "nein" is read as no')
    expect((await named(house, 'Jürgen')).details?.isEngineer).toBe(false)
    expect((await named(house, "L'Hôpital")).details?.isEngineer).toBe(true)
  })

  it('counts nobody as an engineer without being told, and says so', async () => {
    const house = await openHouse(await database.fresh())
    const report = await take(house, 'name,email\nBo,bo@example.org\nCy,cy@example.org\n')
    expect(report.notes).toEqual([
      'Column is_engineer: nothing on lines 2, 3: not counted as engineers until somebody says so',
    ])
  })

  it('takes only days that cannot be misread', async () => {
    const house = await openHouse(await database.fresh())
    const report = await take(house, sample('three-date-formats'))
    expect(report).toMatchObject({ created: 1, rejected: 7 })
    expect(report.errors.every(error => error.column === 'start_date')).toBe(true)
  })

  it('keeps names of every script exactly, and compares addresses as they are', async () => {
    const house = await openHouse(await database.fresh())
    const text = sample('rtl-emoji-unicode')
    const report = await take(house, text)
    expect(report).toMatchObject({ created: 11, errors: [] })
    expect(report.notes.filter(note => note.includes('several alphabets')).length).toBe(1)
    const rows = await house.db.selectFrom('people').select('name').execute()
    const stored = new Set(rows.map(row => row.name))
    for (const row of read(text).rows) expect(stored, row.cells.name).toContain(row.cells.name)
  })

  it('is an administrator’s to do', async () => {
    const house = await openHouse(await database.fresh())
    const bo = await give(house, 'Bo', 'bo@example.org', 'editor')
    expect((await refusalOf(importPeople({ ...house, actor: bo }, [], { dryRun: true }))).refusal).toBe('not-found')
  })

  it('leaves nothing behind when it fails half-way', async () => {
    const house = await openHouse(await database.fresh())
    const rows = Array.from({ length: 500 }, (_, n) => ({
      line: n + 2,
      cells: { name: `P${n}`, email: `p${n}@example.org`, team: 'New' },
    }))
    const failing = { ...house, actor: house.ada, clock: { now: failsAfter(3) } }
    await expect(importPeople(failing, rows)).rejects.toThrow('stop')
    expect((await listPeople({ ...house, actor: house.ada }, {}, { limit: 9 })).total).toBe(1)
    expect(await listTeamTree({ ...house, actor: house.ada })).toEqual([])
  })

  it('takes ten thousand people without holding other work up', async () => {
    const house = await openHouse(await database.fresh())
    const lines = Array.from(
      { length: 10_000 },
      (_, n) => `Person ${n},p${n}@example.org,Team ${n % 40},p${n >> 3}@example.org,2020-01-01,yes`,
    )
    const text = `name,email,team,manager_email,start_date,is_engineer\n${lines.join('\n')}`
    const rows = read(text).rows
    let longest = 0
    let last = performance.now()
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 5)
    const report = await importPeople({ ...house, actor: house.ada }, rows)
    clearInterval(beat)
    expect(report).toMatchObject({ created: 9_999, rejected: 1, errors: [{ line: 2, column: 'manager_email' }] })
    expect(longest).toBeLessThan(2_000)
  })

  it('gives the same people whatever the order of the rows', async () => {
    const house = await openHouse(await database.fresh())
    const [header = '', ...lines] = CLEAN.trim().split('\n')
    await take(house, CLEAN)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines), async some => {
        expect(await take(house, [header, ...some].join('\n'))).toMatchObject({ unchanged: some.length, rejected: 0 })
      }),
      { numRuns: 10 },
    )
  })

  it('refuses rows that would close a circle with managers who are here already', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    const bo = await savePerson(context, {
      id: null,
      ...aPerson('Bo', 'bo@example.org', { managerEmail: 'ada@example.org' }),
    })
    const report = await take(
      house,
      'name,email,manager_email\nAda Okafor,ada@example.org,bo@example.org\nCy,cy@example.org,bo@example.org\n',
    )
    expect(report).toMatchObject({ created: 1, rejected: 1, errors: [{ line: 2, column: 'manager_email' }] })
    expect((await getPerson(context, { id: bo })).reports?.map(one => one.name)).toEqual(['Cy'])
  })
})

function sample(name: string): string {
  const bytes = readFileSync(new URL(`./samples/${name}.csv`, import.meta.url))
  return decodeText(bytes).text
}

function failsAfter(calls: number): () => number {
  return () => {
    if (calls-- <= 0) throw new Error('stop')
    return Date.parse('2026-03-10T09:00:00Z')
  }
}
