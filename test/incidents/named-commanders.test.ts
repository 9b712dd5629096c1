import { expect, it } from 'vitest'
import { migrate, openDatabase } from '#db/index.server.ts'
import { migrations } from '#db/migrations/index.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { addPerson, NOW } from './room.ts'

onBothDatabases('commanders that incidents named before there were roles', database => {
  it('have a turn of unknown times, where the person is still known', async () => {
    const db = openDatabase(await database.url())
    try {
      const before = Object.entries(migrations).filter(([name]) => name < '0003')
      await migrate(db, Object.fromEntries(before))
      await addPerson(db, 'ada@example.org')
      const blank = { title: 'T', severity: null, impact_note: '', flags: '[]', created_at: NOW, updated_at: NOW }
      await db
        .insertInto('incidents')
        .values(
          ['ada@example.org', 'gone', null].map((commander_id, i) => ({
            ...blank,
            id: `i${i}`,
            key: `INC-${i}`,
            commander_id,
          })) as never,
        )
        .execute()
      await migrate(db)
      expect(await db.selectFrom('role_assignments').selectAll().execute()).toMatchObject([
        {
          incident_id: 'i0',
          role: 'incident commander',
          person_id: 'ada@example.org',
          started_at: null,
          taken_over: 0,
        },
      ])
    } finally {
      await db.destroy()
    }
  })
})
