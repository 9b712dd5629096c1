/** Action items: who sees and changes which, what has to be said, what is written down, and that nothing is lost. */
import { describe, expect, test } from 'vitest'
import { importAnything } from '#app/home/import-anything.server.ts'
import type { Actor } from '#app/identity/actor.ts'
import { saveIncident } from '#app/incidents/incidents.server.ts'
import { actionHistory } from '#app/postmortems/action-history.server.ts'
import { changeActionItem } from '#app/postmortems/change-action-item.server.ts'
import { changeVisibility } from '#app/postmortems/change-visibility.server.ts'
import { createActionItem } from '#app/postmortems/create-action-item.server.ts'
import { editPostmortem, recordToEdit } from '#app/postmortems/edit-postmortem.server.ts'
import { findActionItem } from '#app/postmortems/find-action-item.server.ts'
import { listActionItems } from '#app/postmortems/list-action-items.server.ts'
import { postmortemHistory } from '#app/postmortems/postmortem-history.server.ts'
import { presentPostmortem } from '#app/postmortems/present-postmortem.server.ts'
import type { Action } from '#app/postmortems/record.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { refusalOf } from '#test/identity/house.ts'
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts'
import { clock, NOW, prepared, save, someone, text } from './house.ts'

const everything = { offset: 0, limit: 200 }

function action(title: string, more: Partial<Action> = {}): Action {
  return {
    title,
    kind: 'prevent',
    owner: null,
    createdOn: '2026-10-01',
    dueOn: '2026-12-15',
    state: 'open',
    closedOn: null,
    reason: null,
    externalId: null,
    ...more,
  }
}

interface House {
  db: Db
  editor: Actor
  member: Actor
  other: Actor
  slug: string
}

async function house(database: TestDatabase): Promise<House> {
  const db = await prepared(database)
  const editor = await someone(db, 'editor')
  const member = await someone(db, 'member')
  const other = await someone(db, 'member', 'other@example.org')
  const { slug } = await save(db, editor, {
    title: 'Checkout stalled',
    publishedAt: NOW,
    authors: ['author@example.org'],
    actions: [
      action('A late one of somebody else', { owner: other.email, dueOn: '2026-11-01' }),
      action('My own, later', { owner: member.email, dueOn: '2026-12-20' }),
      action('My own, late', { owner: member.email, dueOn: '2026-11-15' }),
      action('Nobody’s', { dueOn: null }),
      action('Done', { owner: member.email, state: 'done', closedOn: '2026-10-20' }),
    ],
  })
  return { db, editor, member, other, slug }
}

const titles = async (db: Db, actor: Actor, filter = {}) =>
  (await listActionItems({ db, clock, actor }, filter, everything)).items.map(item => item.facts.title)

async function idOf(db: Db, title: string): Promise<string> {
  return (await db.selectFrom('action_items').select('id').where('title', '=', title).executeTakeFirstOrThrow()).id
}

onBothDatabases('Action items', database => {
  describe('in the list', () => {
    test('come overdue first, mine first among them, then by the day they are due; closed ones when asked for', async () => {
      const { db, member } = await house(database)
      expect(await titles(db, member)).toEqual([
        'My own, late',
        'A late one of somebody else',
        'My own, later',
        'Nobody’s',
      ])
      expect(await titles(db, member, { owner: 'me' })).toEqual(['My own, late', 'My own, later'])
      expect(await titles(db, member, { owner: 'nobody' })).toEqual(['Nobody’s'])
      expect(await titles(db, member, { due: 'overdue' })).toEqual(['My own, late', 'A late one of somebody else'])
      expect(await titles(db, member, { due: 'overdue', state: 'done' })).toEqual([])
      expect(await titles(db, member, { due: 'month', owner: 'me' })).toEqual(['My own, later'])
      expect(await titles(db, member, { due: 'none' })).toEqual(['Nobody’s'])
      expect(await titles(db, member, { state: 'done' })).toEqual(['Done'])
      expect((await titles(db, member, { state: 'all' })).at(-1)).toBe('Done')
      expect(await titles(db, member, { age: '90' })).toEqual([])
      expect(await titles(db, member, { age: '30', owner: 'me' })).toHaveLength(2)
      const page = await listActionItems({ db, clock, actor: member }, {}, { offset: 1, limit: 2 })
      expect([page.total, page.overdue, page.items.length]).toEqual([4, 2, 2])
    })

    test('are by team those of its people and of the teams below it', async () => {
      const { db, member, other } = await house(database)
      for (const [id, parent_id] of [
        ['above', null],
        ['below', 'above'],
        ['beside', null],
      ] as const)
        await db.insertInto('teams').values({ id, slug: id, name: id, parent_id, created_at: NOW }).execute()
      await db.updateTable('people').set({ team_id: 'below' }).where('id', '=', other.personId).execute()
      expect(await titles(db, member, { team: 'above' })).toEqual(['A late one of somebody else'])
      expect(await titles(db, member, { team: 'beside' })).toEqual([])
      expect(await titles(db, member, { team: 'above', owner: 'me' })).toEqual([])
    })

    test('never tell of a draft, of a restricted or archived text, or of what another organisation promised', async () => {
      const { db, editor, member, other } = await house(database)
      await save(db, editor, {
        title: 'A draft',
        status: 'draft',
        authors: [other.email],
        actions: [action('From the draft', { owner: member.email })],
      })
      const restricted = await save(db, editor, {
        title: 'Restricted',
        publishedAt: NOW,
        authors: [other.email],
        actions: [action('From the restricted', { owner: member.email })],
      })
      await save(db, editor, { title: 'Public', publishedAt: NOW, isPublic: true, actions: [action('Of others')] })
      const administrator = await someone(db, 'administrator')
      await changeVisibility({ db, clock, actor: administrator }, restricted.slug, {
        change: 'restrict',
        reason: 'Legal asked.',
      })
      const sees = async (actor: Actor) =>
        (await titles(db, actor)).filter(title => /From|Of others/.test(title)).sort()
      expect(await sees(member)).toEqual([])
      expect(await sees(editor)).toEqual(['From the draft'])
      expect(await sees(other)).toEqual(['From the draft', 'From the restricted'])
      expect(await sees(administrator)).toEqual(['From the draft', 'From the restricted'])
      const id = await idOf(db, 'From the restricted')
      expect(await refusalOf(findActionItem({ db, actor: member }, id))).toMatchObject({ refusal: 'not-found' })
      const change = changeActionItem({ db, clock, actor: member }, { id, change: { state: 'done' } })
      expect(await refusalOf(change)).toMatchObject({ refusal: 'not-found' })
      await changeVisibility({ db, clock, actor: administrator }, restricted.slug, { change: 'archive', reason: '' })
      expect(await sees(administrator)).toEqual(['From the draft'])
    })
  })

  describe('when they change', () => {
    test('postponing asks why; dropping asks why and for whose decision; what is done gets its day', async () => {
      const { db, member } = await house(database)
      const id = await idOf(db, 'My own, late')
      const change = (given: unknown) => changeActionItem({ db, clock, actor: member }, { id, change: given })
      expect((await refusalOf(change({ dueOn: '2027-01-10' }))).fields).toEqual({
        why: 'Say why it needs more time: the next reader will ask.',
      })
      await change({ dueOn: '2027-01-10', why: 'The vendor ships in January.' })
      await change({ dueOn: '2027-01-05' })
      expect(Object.keys((await refusalOf(change({ state: 'dropped' }))).fields)).toEqual(['why', 'decidedBy'])
      expect((await refusalOf(change({ effortDays: 2 }))).fields).toHaveProperty('effortDays')
      await change({ state: 'in progress' })
      await change({ state: 'done', effortDays: 2.5 })
      const { facts } = await findActionItem({ db, actor: member }, id)
      expect(facts).toMatchObject({ state: 'done', closedOn: '2026-12-01', effortDays: 2.5 })
      await change({ state: 'open' })
      await change({ state: 'dropped', why: 'The service is gone.', decidedBy: 'Payments, in their planning' })
      const history = await actionHistory({ db, actor: member }, id)
      expect(history.map(event => [event.words, event.why, event.decidedBy])).toEqual([
        ['postponed it from 15 Nov 2026 to 10 Jan 2027', 'The vendor ships in January.', null],
        ['brought it forward from 10 Jan 2027 to 5 Jan 2027', null, null],
        ['said that it is in progress', null, null],
        ['said that it is done and noted that it took 2.5 days', null, null],
        ['opened it again', null, null],
        ['dropped it', 'The service is gone.', 'Payments, in their planning'],
      ])
      expect((await findActionItem({ db, actor: member }, id)).facts.reason).toBe('The service is gone.')
    })

    test('their postmortem has a revision that says so; changing nothing leaves no trace', async () => {
      const { db, member, slug } = await house(database)
      const id = await idOf(db, 'My own, late')
      await changeActionItem({ db, clock, actor: member }, { id, change: {} })
      await changeActionItem({ db, clock, actor: member }, { id, change: { state: 'open', kind: 'prevent' } })
      const history = () => postmortemHistory({ db, actor: member }, slug, { from: 0, to: 0 })
      expect((await history()).revisions).toHaveLength(1)
      await changeActionItem({ db, clock, actor: member }, { id, change: { state: 'done' } })
      const { revisions, changes } = await history()
      expect(revisions[0]).toMatchObject({
        number: 2,
        actor_name: 'member',
        note: 'Action item “My own, late”: said that it is done',
      })
      expect(
        changes
          .filter(change => change.kind === 'added')
          .map(change => change.text)
          .join(),
      ).toContain('done')
    })

    test('the owner, editors and authors change one; anybody may take on what has no owner', async () => {
      const { db, editor, member, other } = await house(database)
      const change = async (actor: Actor, title: string, given: object) =>
        changeActionItem({ db, clock, actor }, { id: await idOf(db, title), change: given })
      expect(await refusalOf(change(other, 'My own, late', { state: 'done' }))).toMatchObject({ refusal: 'not-found' })
      await change(other, 'Nobody’s', { owner: other.email })
      expect(await refusalOf(change(member, 'Nobody’s', { owner: null }))).toMatchObject({ refusal: 'not-found' })
      await change(editor, 'Nobody’s', { kind: 'detect' })
      expect((await refusalOf(change(editor, 'Nobody’s', { owner: 'who@nowhere.test' }))).fields).toHaveProperty(
        'owner',
      )
    })

    test('keep their history and what they took when their postmortem is written again', async () => {
      const { db, editor, member, slug } = await house(database)
      const id = await idOf(db, 'My own, late')
      await changeActionItem({ db, clock, actor: member }, { id, change: { state: 'done', effortDays: 0.5 } })
      const { record, revision } = await recordToEdit({ db, actor: editor }, slug)
      const changed = { ...record, sections: { ...record.sections, summary: 'Other words.' } }
      await editPostmortem({ db, clock, actor: editor }, slug, { record: changed, expected: revision, note: '' })
      expect((await findActionItem({ db, actor: member }, id)).facts).toMatchObject({ state: 'done', effortDays: 0.5 })
      expect(await actionHistory({ db, actor: member }, id)).toHaveLength(1)
    })

    test('a form that was looked at before somebody else changed it is met with a conflict', async () => {
      const { db, member } = await house(database)
      const id = await idOf(db, 'My own, late')
      const { updatedAt: expected } = await findActionItem({ db, actor: member }, id)
      const later = { now: () => Date.parse(NOW) + 60_000 }
      await changeActionItem({ db, clock: later, actor: member }, { id, change: { state: 'done' }, expected })
      const again = changeActionItem({ db, clock: later, actor: member }, { id, change: { state: 'open' }, expected })
      expect(await refusalOf(again)).toMatchObject({ refusal: 'conflict' })
    })

    test('an issue elsewhere is mirrored by its address, its state set by hand and dated', async () => {
      const { db, member } = await house(database)
      const id = await idOf(db, 'My own, late')
      const change = (given: object) => changeActionItem({ db, clock, actor: member }, { id, change: given })
      expect((await refusalOf(change({ trackerUrl: 'javascript:alert(1)' }))).fields).toHaveProperty('trackerUrl')
      await change({ trackerUrl: 'https://tracker.example.org/OPS-12', trackerState: 'In review' })
      const item = await findActionItem({ db, actor: member }, id)
      expect([item.facts.trackerState, item.trackerSeenOn]).toEqual(['In review', '2026-12-01'])
    })
  })

  describe('when they are written down', () => {
    test('hang on an incident or on a postmortem that one may change', async () => {
      const { db, editor, member, slug } = await house(database)
      await inTransaction(db, tx => saveIncident(tx, { clock }, { key: 'INC-7', title: 'A disk was full' }))
      const create = (actor: Actor, given: object) =>
        createActionItem({ db, clock, actor }, { title: 'A full disk pages the owner', ...given })
      expect(Object.keys((await refusalOf(create(member, {}))).fields)).toEqual(['incident'])
      expect(Object.keys((await refusalOf(create(member, { incident: 'INC-8' }))).fields)).toEqual(['incident'])
      expect(Object.keys((await refusalOf(create(member, { postmortem: slug }))).fields)).toEqual(['postmortem'])
      const id = await create(member, { incident: 'INC-7', owner: member.email, dueOn: '2026-12-24' })
      expect(await titles(db, member, { incident: 'INC-7' })).toEqual(['A full disk pages the owner'])
      expect((await actionHistory({ db, actor: member }, id)).map(event => event.words)).toEqual(['wrote it down'])
      await create(editor, { postmortem: slug })
      const page = await presentPostmortem({ db, actor: member }, slug)
      expect(page.actions.at(-1)).toMatchObject({ title: 'A full disk pages the owner', state: 'open' })
    })
  })

  describe('that were imported', () => {
    const importText = (db: Db, actor: Actor, name: string, source: string) =>
      importAnything({ db, clock, actor }, name.endsWith('.csv') ? 'action-items' : 'postmortems', [
        { name, bytes: text(source) },
      ])
    const document = (more: string) =>
      text(
        `{"external_id":"pm-1","title":"Checkout stalled twice","incident":"INC-7","published_at":"2026-11-01T10:00:00Z","summary":"${more}"}`,
      )

    async function imported(db: Db, actor: Actor, more: string) {
      return importAnything({ db, clock, actor }, 'postmortems', [{ name: 'one.jsonl', bytes: document(more) }])
    }

    test('by incident are shown on the page of its postmortem', async () => {
      const { db, editor } = await house(database)
      await inTransaction(db, tx => saveIncident(tx, { clock }, { key: 'INC-7', title: 'Checkout' }))
      await imported(db, editor, 'The first words.')
      await importText(db, editor, 'items.csv', 'incident,title,state\nINC-7,A limit on retries,open\n')
      const { slug } = await db
        .selectFrom('postmortems')
        .select('slug')
        .where('external_id', '=', 'pm-1')
        .executeTakeFirstOrThrow()
      const page = await presentPostmortem({ db, actor: editor }, slug)
      expect(page.actions.map(one => one.title)).toEqual(['A limit on retries'])
      expect(page.outline.map(one => one.id)).toContain('actions')
    })

    test('by postmortem are noted in its history, and stay when the document comes again', async () => {
      const { db, editor } = await house(database)
      await inTransaction(db, tx => saveIncident(tx, { clock }, { key: 'INC-7', title: 'Checkout' }))
      await imported(db, editor, 'The first words.')
      await importText(db, editor, 'items.csv', 'postmortem,title,state\npm-1,A limit on retries,open\n')
      const id = await idOf(db, 'A limit on retries')
      const { slug } = await db
        .selectFrom('postmortems')
        .select('slug')
        .where('external_id', '=', 'pm-1')
        .executeTakeFirstOrThrow()
      const notes = async () =>
        (await postmortemHistory({ db, actor: editor }, slug, { from: 0, to: 0 })).revisions.map(one => one.note)
      expect((await notes())[0]).toBe('Action items imported')
      await changeActionItem({ db, clock, actor: editor }, { id, change: { state: 'done', effortDays: 1 } })
      await imported(db, editor, 'Other words, so that it is written again.')
      expect((await notes())[0]).toBe('Imported again, changed')
      const item = await findActionItem({ db, actor: editor }, id)
      expect(item.facts).toMatchObject({ title: 'A limit on retries', state: 'done', effortDays: 1 })
      expect(await actionHistory({ db, actor: editor }, id)).toHaveLength(2)
    })
  })
})
