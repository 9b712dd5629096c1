import { beforeEach, expect, it } from 'vitest'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { administrator, clock, importCsv } from './house.ts'

const counts = ({ created, updated, unchanged, rejected }: Awaited<ReturnType<typeof importCsv>>) => [
  created,
  updated,
  unchanged,
  rejected,
]
const places = ({ errors }: Awaited<ReturnType<typeof importCsv>>) => errors.map(({ line, column }) => [line, column])

const PEOPLE = 'name,email\nAda,ada@example.org\nBo,bo@example.org\n'
const INCIDENTS = [
  'key,title,started_at,resolved_at,incident_commander',
  'INC-1,One,2026-08-01T10:00:00Z,2026-08-01T12:00:00Z,ada@example.org',
  'INC-2,Two,2026-08-02T10:00:00Z,2026-08-02T12:00:00Z,',
].join('\n')

onBothDatabases('imports of tables', database => {
  let db: Db
  beforeEach(async () => {
    db = await database.fresh()
    await prepareDatabase({ db, clock })
    await importCsv(db, 'people', PEOPLE)
    await importCsv(db, 'incidents', INCIDENTS)
  })

  const turns = async () =>
    (
      await db
        .selectFrom('role_assignments')
        .innerJoin('people', 'people.id', 'role_assignments.person_id')
        .innerJoin('incidents', 'incidents.id', 'role_assignments.incident_id')
        .select(['key', 'role', 'people.name', 'role_assignments.started_at', 'ended_at', 'taken_over'])
        .orderBy('key')
        .orderBy('role')
        .orderBy('role_assignments.started_at')
        .execute()
    ).map(
      row =>
        `${row.key} ${row.role} ${row.name} ${row.started_at?.slice(11, 16)}-${row.ended_at?.slice(11, 16)} ${row.taken_over}`,
    )

  it('take roles: commanders but the first took over, whatever the order of the rows', async () => {
    expect(await turns()).toEqual(['INC-1 incident commander Ada undefined-undefined 0'])
    const file = [
      'incident,role,email,started_at,ended_at',
      'inc-1,Incident Commander,BO@example.org,2026-08-01T11:00:00+00:00,',
      'INC-1,incident commander,ada@example.org,2026-08-01T10:05:00Z,2026-08-01T11:00:00Z',
      'INC-1,scribe,bo@example.org,2026-08-01T10:05:00Z,',
    ].join('\n')
    expect(counts(await importCsv(db, 'roles', file, { dryRun: true }))).toEqual([3, 0, 0, 0])
    expect(await turns()).toHaveLength(1)
    expect(counts(await importCsv(db, 'roles', file))).toEqual([3, 0, 0, 0])
    const held = [
      'INC-1 incident commander Ada 10:05-11:00 0',
      'INC-1 incident commander Bo 11:00-undefined 1',
      'INC-1 scribe Bo 10:05-undefined 0',
    ]
    expect(await turns()).toEqual(held)
    expect(counts(await importCsv(db, 'roles', file))).toEqual([0, 0, 3, 0])
    await importCsv(db, 'incidents', INCIDENTS.replace('ada@', 'bo@'))
    expect(await turns()).toEqual(held)
    const ended = await importCsv(db, 'roles', file.replace('+00:00,', '+00:00,2026-08-01T12:00:00Z'))
    expect(counts(ended)).toEqual([0, 1, 2, 0])
  })

  it('follow the commander whom an incident only names', async () => {
    await importCsv(db, 'incidents', INCIDENTS.replace('ada@', 'bo@'))
    expect(await turns()).toEqual(['INC-1 incident commander Bo undefined-undefined 0'])
    await importCsv(db, 'incidents', INCIDENTS.replace('ada@example.org', ''))
    expect(await turns()).toEqual([])
  })

  it('name line and column of what is wrong with a role, and keep an end that cannot be', async () => {
    const report = await importCsv(
      db,
      'roles',
      [
        'incident,role,email,started_at,ended_at',
        'INC-9,scribe,ada@example.org,2026-08-01T10:00:00Z,',
        'INC-1,pilot,nobody,2026-08-01 10:00,yesterday',
        'INC-1,scribe,eve@example.org,2026-08-01T10:00:00Z,',
        'INC-1,scribe,ada@example.org,2026-08-01T10:00:00Z,2026-08-01T09:00:00Z',
        'INC-1,scribe,ada@example.org,2026-08-01T12:00:00+02:00,',
        ',,,,',
      ].join('\n'),
    )
    expect(counts(report)).toEqual([1, 0, 0, 4])
    expect(places(report)).toEqual([
      [2, 'incident'],
      [3, 'role'],
      [3, 'started_at'],
      [3, 'ended_at'],
      [4, 'email'],
      [6, 'started_at'],
    ])
    expect(report.notes.join()).toMatch(/Line 5, ended_at: .* before started_at/)
    const [scribe] = await db.selectFrom('role_assignments').selectAll().where('role', '=', 'scribe').execute()
    expect(scribe).toMatchObject({ ended_at: null, flags: expect.stringContaining('2026-08-01T09:00:00Z') })
  })

  it('take deployments, make the services that they name, and add nothing twice', async () => {
    const file = [
      'deployed_at,service,count',
      '2026-08-01T10:00:00Z,Checkout,3',
      '2026-08-01T10:00:00Z,,',
      '2026-08-01T12:00:00+02:00,checkout,4',
      '2026-08-01,Checkout,1',
      ',Checkout,1',
      '2026-08-02T10:00:00Z,Checkout,1.5',
    ].join('\n')
    const report = await importCsv(db, 'deployments', file)
    expect(counts(report)).toEqual([2, 0, 0, 4])
    expect(places(report)).toEqual([
      [4, 'deployed_at'],
      [5, 'deployed_at'],
      [6, 'deployed_at'],
      [7, 'count'],
    ])
    expect(report.notes).toEqual(['New services: Checkout'])
    expect(counts(await importCsv(db, 'deployments', file))).toEqual([0, 0, 2, 4])
    expect(counts(await importCsv(db, 'deployments', file.replace('Checkout,3', 'Checkout,5')))).toEqual([0, 1, 1, 4])
    const stored = await db.selectFrom('deployments').select(['count']).orderBy('count').execute()
    expect(stored).toEqual([{ count: 1 }, { count: 5 }])
    const lines = '{"deployedAt":"2026-09-01T00:00:00Z","service":{"name":"Checkout"},"count":2}\n'
    expect(counts(await importCsv(db, 'deployments', lines, { name: 'd.jsonl' }))).toEqual([1, 0, 0, 0])
  })

  const items = () =>
    db
      .selectFrom('action_items')
      .leftJoin('incidents', 'incidents.id', 'action_items.incident_id')
      .select(['key', 'action_items.title', 'postmortem_id', 'state', 'closed_on', 'owner_text', 'kind'])
      .orderBy('action_items.title')
      .execute()

  it('take action items, also of an incident without a postmortem', async () => {
    const file = [
      'incident,title,kind,owner_email,created_on,due_on,state,closed_on',
      'INC-2,Alert on lag,Detection,ADA@example.org,2026-08-03,2026-09-03,In Progress,',
      'INC-2,Pin the version,prevent,eve@example.org,2026-08-03,2026-09-03,done,2026-08-20',
    ].join('\n')
    expect(counts(await importCsv(db, 'action-items', file, { dryRun: true }))).toEqual([2, 0, 0, 0])
    expect(await items()).toEqual([])
    const report = await importCsv(db, 'action-items', file)
    expect(counts(report)).toEqual([2, 0, 0, 0])
    expect(report.notes).toEqual([
      'Line 3, owner_email: "eve@example.org" is not the e-mail address of anyone here: kept as written',
    ])
    const nothing = { postmortem_id: null, closed_on: null, owner_text: null }
    expect(await items()).toEqual([
      { ...nothing, key: 'INC-2', title: 'Alert on lag', state: 'in progress', kind: 'detect' },
      {
        ...nothing,
        key: 'INC-2',
        title: 'Pin the version',
        state: 'done',
        kind: 'prevent',
        closed_on: '2026-08-20',
        owner_text: 'eve@example.org',
      },
    ])
    expect(counts(await importCsv(db, 'action-items', file))).toEqual([0, 0, 2, 0])
    const later = 'incident,title,closed_on\nINC-2,Alert on lag,2026-09-01\n'
    expect(counts(await importCsv(db, 'action-items', later))).toEqual([0, 1, 0, 0])
    expect((await items())[0]).toMatchObject({ state: 'done', kind: 'detect' })
  })

  it('know an item of a postmortem again, and hang one on a postmortem that a row names', async () => {
    const markdown = '---\ntitle: Slow\nincident: INC-1\nexternal_id: PM-1\n---\n## Action items\n- Alert on lag\n'
    await importCsv(db, 'postmortems', markdown, { name: 'slow.md' })
    const [before] = await items()
    expect(before).toMatchObject({ key: 'INC-1', title: 'Alert on lag', state: 'open' })
    const file = [
      'incident,postmortem,title,state,external_id',
      'INC-1,,Alert on lag,done,JIRA-1',
      ',PM-1,Another,open,JIRA-2',
      'INC-1,slow,Alert on lag,open,JIRA-1',
      'INC-2,PM-1,Elsewhere,open,',
      ',PM-2,Nowhere,open,',
    ].join('\n')
    const report = await importCsv(db, 'action-items', file)
    expect(counts(report)).toEqual([1, 1, 0, 3])
    expect(places(report)).toEqual([
      [4, 'external_id'],
      [5, 'postmortem'],
      [6, 'postmortem'],
    ])
    expect(await items()).toEqual([
      { ...before, state: 'done' },
      { ...before, title: 'Another' },
    ])
    const renamed = 'incident,title,external_id\nINC-1,Alert on replication lag,JIRA-1\n'
    expect(counts(await importCsv(db, 'action-items', renamed))).toEqual([0, 1, 0, 0])
    expect((await items())[0]).toEqual({ ...before, title: 'Alert on replication lag', state: 'done' })
  })

  it('let an editor neither see nor touch what hangs on a restricted postmortem', async () => {
    const markdown = '---\ntitle: Hushed\nincident: INC-1\nexternal_id: PM-1\n---\n## Action items\n- Secret\n'
    await importCsv(db, 'postmortems', markdown, { name: 'hushed.md' })
    await db.updateTable('postmortems').set({ is_restricted: 1 }).execute()
    const actor = { ...administrator, role: 'editor' as const }
    const file = 'incident,postmortem,title,state\nINC-1,,Secret,done\n,PM-1,More,open\n'
    const report = await importCsv(db, 'action-items', file, { actor })
    expect(counts(report)).toEqual([1, 0, 0, 1])
    expect(report.errors).toEqual([{ line: 3, column: 'postmortem', message: 'there is no postmortem "PM-1"' }])
    expect((await items()).map(({ state, postmortem_id }) => [state, postmortem_id === null])).toEqual(
      expect.arrayContaining([
        ['open', false],
        ['done', true],
      ]),
    )
  })

  it('name line and column of what is wrong with an action item, and take the rest', async () => {
    const report = await importCsv(
      db,
      'action-items',
      [
        'incident,title,kind,due_on,state,created_on,closed_on',
        'INC-9,A,,,,,',
        'INC-1,B,heroic,03/04/2026,sleeping,,',
        ',C,,,,,',
        'INC-1,,,,,,',
        'INC-1,D,,,open,2026-08-03,2026-08-01',
        'INC-1,D,,,,,',
        'INC-1,E,,,dropped,2026-08-03,2026-08-01',
      ].join('\n'),
    )
    expect(counts(report)).toEqual([2, 0, 0, 5])
    expect(places(report)).toEqual([
      [2, 'incident'],
      [3, 'kind'],
      [3, 'due_on'],
      [3, 'state'],
      [4, 'incident'],
      [5, 'title'],
      [7, 'title'],
    ])
    expect(report.notes.map(note => note.slice(0, 18))).toEqual(['Line 6, closed_on:', 'Line 8, closed_on:'])
  })

  it('of roles and deployments are in the audit trail, once, and not when they changed nothing', async () => {
    const roles = 'incident,role,email,started_at\nINC-1,scribe,bo@example.org,2026-08-01T10:00:00Z\n'
    const deployments = 'deployed_at,service,count\n2026-08-01T10:00:00Z,auth,3\n'
    for (let again = 0; again < 2; again++) {
      await importCsv(db, 'roles', roles)
      await importCsv(db, 'deployments', deployments)
    }
    await importCsv(db, 'roles', roles.replace('scribe', 'responder'), { dryRun: true })
    const entries = await db
      .selectFrom('audit_entries')
      .select(['act', 'subject', 'after'])
      .where('act', 'in', ['roles.imported', 'deployments.imported'])
      .orderBy('act')
      .execute()
    const after = JSON.stringify({ created: 1, updated: 0 })
    expect(entries).toEqual([
      { act: 'deployments.imported', subject: 'lines 2 to 2', after },
      { act: 'roles.imported', subject: 'lines 2 to 2', after },
    ])
  })
})
