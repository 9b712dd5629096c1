/** Waves about something that people came to were once told apart by a word in their plan. */
import { expect, it } from 'vitest'
import { migrate, openDatabase } from '#db/index.server.ts'
import { migrations } from '#db/migrations/index.ts'
import { onBothDatabases } from '#test/support/databases.ts'

const AT = '2026-03-01T09:00:00.000Z'

onBothDatabases('waves of before', database => {
  it('are known to ask those who came to something by the secret line of their plans, and by nothing else', async () => {
    const db = openDatabase(await database.url())
    try {
      const before = Object.entries(migrations).filter(([name]) => name < '0018')
      await migrate(db, Object.fromEntries(before))
      const plans = {
        attenders: { teamIds: [], listSalt: 'a1'.repeat(32) },
        whole: { teamIds: ['t'], repeatMonths: null },
        // A name that only looks like the field.
        named: { teamIds: ['"listSalt":'], questionnaire: { id: 'listSalt', version: 1 } },
      }
      for (const [id, plan] of Object.entries(plans))
        await db
          .insertInto('waves')
          .values({
            id,
            title: id,
            state: 'published',
            plan: JSON.stringify(plan),
            collecting_from: AT,
            answering_from: AT,
            closes_at: AT,
            collected_shown: 0,
            created_at: AT,
            updated_at: AT,
          } as never)
          .execute()
      await migrate(db)
      const waves = await db.selectFrom('waves').select(['id', 'asks_attenders', 'plan']).orderBy('id').execute()
      expect(waves).toEqual([
        { id: 'attenders', asks_attenders: 1, plan: JSON.stringify(plans.attenders) },
        { id: 'named', asks_attenders: 0, plan: JSON.stringify(plans.named) },
        { id: 'whole', asks_attenders: 0, plan: JSON.stringify(plans.whole) },
      ])
    } finally {
      await db.destroy()
    }
  })
})
