/** Twenty thousand action items: a page takes as many queries as for ten. */
import { expect, test } from 'vitest'
import { listActionItems } from '#app/postmortems/list-action-items.server.ts'
import { type Db, insertRows, inTransaction } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { clock, NOW, prepared, save, someone } from './house.ts'

/** The same database, with its queries counted. */
function counting(db: Db): { db: Db; queries: () => number } {
  let queries = 0
  const counted = db.withPlugin({
    transformQuery(args) {
      queries++
      return args.node
    },
    transformResult: async args => args.result,
  })
  return { db: counted as Db, queries: () => queries }
}

onBothDatabases('A long list of action items', database => {
  test('takes the same number of queries, and its pages hold each item once', async () => {
    const db = await prepared(database)
    const member = await someone(db, 'member')
    const { id } = await save(db, member, { title: 'Checkout stalled', publishedAt: NOW })
    const add = (from: number, to: number) =>
      inTransaction(db, tx =>
        insertRows(
          tx,
          'action_items',
          Array.from({ length: to - from }, (_, index) => {
            const n = from + index
            return {
              id: `item-${String(n).padStart(6, '0')}`,
              postmortem_id: n % 3 ? id : null,
              incident_id: null,
              position: n,
              title: `Item ${n}`,
              kind: null,
              owner_id: n % 5 ? null : member.personId,
              owner_text: null,
              created_on: '2026-01-01',
              due_on: `2026-${String((n % 12) + 1).padStart(2, '0')}-15`,
              state: n % 2 ? 'done' : 'open',
              closed_on: n % 2 ? '2026-06-01' : null,
              drop_reason: null,
              external_id: null,
              created_at: NOW,
              updated_at: NOW,
            }
          }),
        ),
      )
    const asked = async (offset = 0) => {
      const counted = counting(db)
      const list = await listActionItems({ db: counted.db, clock, actor: member }, {}, { offset, limit: 50 })
      return { ...list, queries: counted.queries() }
    }
    await add(0, 10)
    const few = await asked()
    await add(10, 20_000)
    const many = await asked()
    expect(many.queries).toBe(few.queries)
    expect(few.queries).toBeLessThanOrEqual(6)
    expect(many.total).toBe(10_000)
    const seen = new Set<string>()
    for (let offset = 0; offset < 500; offset += 50) for (const item of (await asked(offset)).items) seen.add(item.id)
    expect(seen.size).toBe(500)
    const owners = many.items.map(item => item.ownerId)
    expect(
      owners.every(owner => owner === member.personId),
      'overdue and one’s own come first',
    ).toBe(true)
  })
})
